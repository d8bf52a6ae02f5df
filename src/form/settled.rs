//! Values that change seldom and that very much on a page follows: whether it is locked, the answer of each question, the
//! outcome.
//!
//! A memo over the whole state, or over all answers, wakes everything that reads it at each key, to ask whether it has
//! changed. On a page full of indicators that was two fifths of the script that a key ran (decision record 0046).

use std::sync::{Arc, OnceLock, Weak};

use leptos::prelude::*;
use leptos::reactive::graph::{AnySource, AnySubscriber, ReactiveNode, Subscriber, WithObserver};

/// Follows one memo. It looks at it as soon as it may have changed, and passes on only that it has.
#[derive(Default)]
struct Gate {
    memo: OnceLock<AnySource>,
    changed: ArcTrigger,
}

impl ReactiveNode for Gate {
    fn mark_check(&self) {
        // A memo that has changed says so by `mark_dirty`.
        if let Some(memo) = self.memo.get() {
            memo.update_if_necessary();
        }
    }

    fn mark_dirty(&self) {
        self.changed.notify();
    }

    fn mark_subscribers_check(&self) {}

    fn update_if_necessary(&self) -> bool {
        false
    }
}

impl Subscriber for Gate {
    fn add_source(&self, source: AnySource) {
        self.memo.get_or_init(|| source);
    }

    fn clear_sources(&self, _: &AnySubscriber) {}
}

/// The value of a memo, for many readers: they are woken only when it has changed. It is looked at as soon as anything that
/// it follows changes, so the memo must be cheap, or needed by every page.
///
/// For views, which run later. A memo that others are made from reads memos, not settled values: what those follow may not
/// have been told yet.
pub(crate) fn settled<T: Clone + PartialEq + Send + Sync + 'static>(memo: Memo<T>) -> Memo<T> {
    let gate = Arc::new(Gate::default());
    let weak: Weak<Gate> = Arc::downgrade(&gate);
    AnySubscriber(Arc::as_ptr(&gate).addr(), weak).with_observer(|| super::track(memo));
    // The gate lives as long as what it is for.
    Memo::new(move |_| {
        gate.changed.track();
        memo.get_untracked()
    })
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    /// Something on a page that reads a value, and counts how often it is woken.
    #[derive(Default)]
    struct Reader(AtomicUsize);

    impl ReactiveNode for Reader {
        fn mark_dirty(&self) {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
        fn mark_check(&self) {
            self.mark_dirty();
        }
        fn mark_subscribers_check(&self) {}
        fn update_if_necessary(&self) -> bool {
            false
        }
    }

    impl Subscriber for Reader {
        fn add_source(&self, _: AnySource) {}
        fn clear_sources(&self, _: &AnySubscriber) {}
    }

    impl Reader {
        fn of<T: Clone + Send + Sync + 'static>(memo: Memo<T>) -> Arc<Reader> {
            let reader = Arc::new(Reader::default());
            let weak: Weak<Reader> = Arc::downgrade(&reader);
            AnySubscriber(Arc::as_ptr(&reader).addr(), weak).with_observer(|| drop(memo.get()));
            reader
        }

        fn woken(&self) -> usize {
            self.0.load(Ordering::Relaxed)
        }
    }

    #[test]
    fn readers_are_woken_only_when_the_value_has_changed() {
        let owner = Owner::new();
        owner.with(|| {
            let state = RwSignal::new((0, false));
            let answered = Memo::new(move |_| state.read().0);
            let is_locked = Memo::new(move |_| state.read().1);
            let is_even = settled(Memo::new(move |_| answered.get() % 2 == 0));
            let calm = settled(is_locked);
            let [restless, reader, of_even] = [is_locked, calm, is_even].map(Reader::of);
            state.update(|state| state.0 += 2);
            assert_eq!((restless.woken(), reader.woken(), of_even.woken()), (1, 0, 0));
            state.update(|state| state.1 = true);
            assert_eq!((reader.woken(), of_even.woken()), (1, 0));
            assert!(calm.get_untracked() && is_even.get_untracked());
            state.update(|state| *state = (3, false));
            assert_eq!(of_even.woken(), 1);
            assert!(!calm.get_untracked() && !is_even.get_untracked());
        });
    }

    #[test]
    fn a_value_ends_with_the_page_that_it_was_made_for() {
        let owner = Owner::new();
        owner.with(|| {
            let state = RwSignal::new(0);
            let looked = Arc::new(AtomicUsize::new(0));
            let page = owner.child();
            page.with(|| {
                let looked = looked.clone();
                settled(Memo::new(move |_| looked.fetch_add(state.get() + 1, Ordering::Relaxed)))
            });
            let before = looked.load(Ordering::Relaxed);
            page.cleanup();
            state.set(1);
            assert_eq!(looked.load(Ordering::Relaxed), before);
        });
    }
}
