//! What is said when the program panics: where, and the message if it is fixed text. A message that was put together at
//! run time may repeat what somebody typed, so it is left out.

use std::cell::RefCell;
use std::panic::PanicHookInfo;
use std::sync::Once;

use js_sys::Function;
use wasm_bindgen::JsValue;

thread_local! {
    /// The element's script.
    static STOPPED: RefCell<Option<Function>> = const { RefCell::new(None) };
}

/// Writes panics to the browser's console from now on, and tells the element's script of them.
pub(crate) fn report_to_console() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| std::panic::set_hook(Box::new(report)));
}

/// Tells this function of panics too. It is called in the middle of the panic and must not call back into the program.
pub(crate) fn report_to(stopped: Function) {
    STOPPED.set(Some(stopped));
}

fn report(info: &PanicHookInfo<'_>) {
    let text = place_and_message(info);
    leptos::logging::error!("common-assessment stopped at {text}");
    if let Some(stopped) = STOPPED.with_borrow(Clone::clone) {
        let _ = stopped.call1(&JsValue::UNDEFINED, &text.into());
    }
}

fn place_and_message(info: &PanicHookInfo<'_>) -> String {
    let place = info.location().map(|at| format!("{}:{}", at.file(), at.line())).unwrap_or_default();
    match info.payload().downcast_ref::<&'static str>() {
        Some(message) => format!("{place}: {message}"),
        None => place,
    }
}
