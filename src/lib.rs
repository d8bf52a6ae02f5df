//! The browser side: a form that is mounted into the custom element's shadow root.
//!
//! ```text
//! element (JavaScript) ─► mount ─► form::Form ─► pages ─► questions ─► components
//!                                    │  ▲
//!                              state::update   (pure)
//!                                    │
//!                                    ▼
//!                                   io          (the only place that touches storage, network, history, clock)
//! ```
//!
//! The only exports to JavaScript are [`mount`] and the handle that it gives.

mod components;
mod dom;
mod form;
mod io;
mod kept;
mod pages;
mod questions;
pub mod state;
mod words;

use std::cell::Cell;
use std::rc::Rc;

#[cfg(target_family = "wasm")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

/// What keeps a mounted form alive.
#[wasm_bindgen]
pub struct Handle {
    mounted: Option<Box<dyn std::any::Any>>,
    form: Rc<Cell<Option<form::Form>>>,
}

#[wasm_bindgen]
impl Handle {
    /// Takes the form off the page. The save of what was typed last has begun when this returns.
    pub fn unmount(&mut self) {
        if let Some(form) = self.form.take() {
            form.leave();
        }
        self.mounted = None;
    }
}

/// Mounts a form into `host`, which lies in the element's shadow root.
///
/// `options` is an object with `api` (the base address of the backend), `onpanic`, a function that is called once when the
/// program has stopped, and the texts `pack` and `profile` where the backend has other rules than those built in.
#[wasm_bindgen]
pub fn mount(host: HtmlElement, options: &JsValue) -> Handle {
    let option =
        |name: &str| js_sys::Reflect::get(options, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED);
    if let Ok(callback) = option("onpanic").dyn_into::<js_sys::Function>() {
        io::panic::tell(callback);
    }
    let api = option("api").as_string().unwrap_or_else(|| "/api/v1/".to_owned());
    let rules = option("pack").as_string().zip(option("profile").as_string());
    let (inner, mounted_form) = (host.clone(), Rc::new(Cell::new(None)));
    let keep = Rc::clone(&mounted_form);
    let handle =
        leptos::mount::mount_to(host, move || match form::Form::new(inner.clone(), &api, rules.as_ref()) {
            Some(form) => {
                keep.set(Some(form));
                dom::fill(&inner, pages::page(form));
            }
            // The data is built in and tested; a build with broken data stops here instead of showing half a form, and
            // the element's script says so.
            None => unreachable!("the data that is built in can be read"),
        });
    Handle { mounted: Some(Box::new(handle)), form: mounted_form }
}
