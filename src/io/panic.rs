//! What happens when the program panics: the element's script is told, once, and makes the page read-only. A page
//! that still takes typing while nothing is saved would lose it.

use std::cell::RefCell;

use js_sys::Function;
use wasm_bindgen::JsValue;

thread_local! {
    static CALLBACKS: RefCell<Vec<Function>> = const { RefCell::new(Vec::new()) };
}

/// Calls `callback` when the program panics.
pub(crate) fn tell(callback: Function) {
    CALLBACKS.with_borrow_mut(|callbacks| {
        if callbacks.is_empty() {
            std::panic::set_hook(Box::new(|_| {
                // The message may hold what somebody typed, so it goes nowhere.
                CALLBACKS.with(|callbacks| {
                    if let Ok(callbacks) = callbacks.try_borrow() {
                        for callback in callbacks.iter() {
                            let _ = callback.call0(&JsValue::UNDEFINED);
                        }
                    }
                });
            }));
        }
        callbacks.push(callback);
    });
}
