//! Things of the browser that live as long as the part of the page that made them: listeners, effects, timers.
//!
//! Leptos keeps things too, but they must be fit for threads, or else it checks the thread at each use. That brings the
//! standard library's threads and their own allocator along, 4 KB of a download for the one thread that there is. So
//! they lie here, and Leptos only says when a part of the page ends.

use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::on_cleanup;

/// What leads to a thing that is kept. Fit for threads, like all that Leptos' closures hold, because it is a number.
#[derive(Clone, Copy)]
pub(crate) struct Ticket {
    place: usize,
    /// Never given twice, so an old ticket leads to nothing and not to what came after.
    number: u64,
}

#[derive(Default)]
struct Kept {
    things: Vec<Option<(u64, Rc<dyn Any>)>>,
    free: Vec<usize>,
    numbers: u64,
}

thread_local! {
    static KEPT: RefCell<Kept> = RefCell::default();
}

/// Keeps a thing until the part of the page that is being made ends.
#[inline(never)]
pub(crate) fn keep(thing: Rc<dyn Any>) -> Ticket {
    let ticket = KEPT.with_borrow_mut(|kept| {
        let place = kept.free.pop().unwrap_or(kept.things.len());
        kept.numbers += 1;
        let number = kept.numbers;
        match kept.things.get_mut(place) {
            Some(empty) => *empty = Some((number, thing)),
            None => kept.things.push(Some((number, thing))),
        }
        Ticket { place, number }
    });
    on_cleanup(move || {
        let thing = KEPT.with_borrow_mut(|kept| {
            kept.free.push(ticket.place);
            kept.things.get_mut(ticket.place).and_then(Option::take)
        });
        // What ends here may end more, so nothing may be borrowed now.
        drop(thing);
    });
    ticket
}

impl Ticket {
    /// The thing, while it is kept.
    pub(crate) fn thing(self) -> Option<Rc<dyn Any>> {
        KEPT.with_borrow(|kept| match kept.things.get(self.place) {
            Some(Some((number, thing))) if *number == self.number => Some(Rc::clone(thing)),
            _ => None,
        })
    }
}
