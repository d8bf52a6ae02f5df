//! Things of the browser that live as long as the part of the page that made them: listeners, effects, timers.
//!
//! Leptos keeps things too, but they must be fit for threads, or else it checks the thread at each use. That brings the
//! standard library's threads and their own allocator along, 4 KB of a download for the one thread that there is. So
//! they lie here, and Leptos only says when a part of the page ends.

use std::any::Any;
use std::cell::RefCell;
use std::marker::PhantomData;
use std::rc::Rc;

use leptos::prelude::on_cleanup;

/// What leads to a thing that is kept. Fit for threads, like all that Leptos' closures hold, because it is a number.
#[derive(Clone, Copy)]
struct Ticket {
    place: usize,
    /// Never given twice, so an old ticket leads to nothing and not to what came after.
    number: u64,
}

#[derive(Default)]
struct Store {
    things: Vec<Option<(u64, Rc<dyn Any>)>>,
    free: Vec<usize>,
    numbers: u64,
}

thread_local! {
    static KEPT: RefCell<Store> = RefCell::default();
}

/// Keeps a thing until the part of the page that is being made ends.
pub(crate) fn keep(thing: Rc<dyn Any>) {
    store(thing);
}

#[inline(never)]
fn store(thing: Rc<dyn Any>) -> Ticket {
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
    fn thing(self) -> Option<Rc<dyn Any>> {
        KEPT.with_borrow(|kept| match kept.things.get(self.place) {
            Some(Some((number, thing))) if *number == self.number => Some(Rc::clone(thing)),
            _ => None,
        })
    }
}

/// A value that is kept, and can be looked at and changed from wherever its handle was copied to.
pub(crate) struct Kept<T>(Ticket, PhantomData<fn() -> T>);

impl<T> Clone for Kept<T> {
    fn clone(&self) -> Kept<T> {
        *self
    }
}

impl<T> Copy for Kept<T> {}

impl<T: 'static> Kept<T> {
    /// Keeps a value until the part of the page that is being made ends.
    pub(crate) fn new(value: T) -> Kept<T> {
        Kept(store(Rc::new(RefCell::new(value))), PhantomData)
    }

    /// Looks at the value, which must still be kept.
    pub(crate) fn with_value<R>(self, look: impl FnOnce(&T) -> R) -> R {
        let thing = self.0.thing();
        match thing.as_ref().and_then(|thing| thing.downcast_ref::<RefCell<T>>()) {
            Some(value) => look(&value.borrow()),
            None => unreachable!("what is looked at is kept"),
        }
    }

    /// Changes the value, while it is kept.
    pub(crate) fn update_value(self, change: impl FnOnce(&mut T)) {
        let thing = self.0.thing();
        if let Some(value) = thing.as_ref().and_then(|thing| thing.downcast_ref::<RefCell<T>>()) {
            change(&mut value.borrow_mut());
        }
    }
}
