//! Things of the browser that live as long as the part of the page that made them: listeners and effects.
//!
//! Leptos keeps things too, but they must be fit for threads, or else it checks the thread at each use. That brings the
//! standard library's threads and their own allocator along, 4 KB of a download for the one thread that there is. So
//! they lie here, and Leptos only says when a part of the page ends.

use std::any::Any;
use std::cell::RefCell;

use leptos::prelude::on_cleanup;

#[derive(Default)]
struct Store {
    things: Vec<Option<Box<dyn Any>>>,
    free: Vec<usize>,
}

thread_local! {
    static KEPT: RefCell<Store> = RefCell::default();
}

/// Keeps a thing until the part of the page that is being made ends.
#[inline(never)]
pub(crate) fn keep(thing: Box<dyn Any>) {
    let place = KEPT.with_borrow_mut(|kept| {
        let place = kept.free.pop().unwrap_or(kept.things.len());
        match kept.things.get_mut(place) {
            Some(empty) => *empty = Some(thing),
            None => kept.things.push(Some(thing)),
        }
        place
    });
    // What leads to a thing is fit for threads, because it is a number.
    on_cleanup(move || {
        let thing = KEPT.with_borrow_mut(|kept| {
            kept.free.push(place);
            kept.things.get_mut(place).and_then(Option::take)
        });
        // What ends here may end more, so nothing may be borrowed now.
        drop(thing);
    });
}
