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
mod json;
mod kept;
mod pages;
mod questions;
pub mod state;
mod words;

#[cfg(target_family = "wasm")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

use any_spawner::Executor;
use leptos::prelude::Owner;
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

/// What keeps a mounted form alive.
#[wasm_bindgen]
pub struct Handle {
    /// Everything reactive in the form ends with it.
    owner: Option<Owner>,
    form: form::Form,
}

#[wasm_bindgen]
impl Handle {
    /// Takes the form off the page. The save of what was typed last has begun when this returns.
    pub fn unmount(&mut self) {
        self.form.leave();
        self.owner = None;
    }
}

/// Mounts a form into `host`, which lies in the element's shadow root.
///
/// `options` is an object with `api` (the base address of the backend) and the texts `pack` and `profile` where the backend
/// has other rules than those built in.
#[wasm_bindgen]
pub fn mount(host: HtmlElement, options: &JsValue) -> Handle {
    let option =
        |name: &str| js_sys::Reflect::get(options, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED);
    let api = option("api").as_string().unwrap_or_else(|| "/api/v1/".to_owned());
    let rules = option("pack").as_string().zip(option("profile").as_string());
    // Effects run in microtasks. An error would say that they do already.
    let _ = Executor::init_wasm_bindgen();
    let owner = Owner::new();
    let form = owner.with(|| match form::Form::new(host.clone(), &api, rules.as_ref()) {
        Some(form) => {
            dom::fill(&host, pages::page(form));
            form
        }
        // The data is built in and tested; a build with broken data stops here instead of showing half a form, and
        // the element's script says so.
        None => unreachable!("the data that is built in can be read"),
    });
    Handle { owner: Some(owner), form }
}
