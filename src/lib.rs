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
//! The exports to JavaScript are [`mount`] with the handle that it returns, [`on_panic`], and [`evaluate`], which needs no
//! page.

#![expect(unreachable_pub, reason = "Leptos' component macro makes the fields of properties public")]

mod components;
mod form;
mod io;
mod pages;
mod panic;
mod questions;
pub mod state;
mod words;

use std::cell::RefCell;

use assessment_engine::answers::Answers;
use assessment_engine::standards::Standards;
use assessment_form::parse_day;
use leptos::mount::{UnmountHandle, mount_to};
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyViewState;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;
use web_sys::HtmlElement;

use form::{Form, FormSetup};
use io::memory::Memory;

#[wasm_bindgen]
extern "C" {
    /// What the element's script passes to [`mount`].
    pub type Options;
    /// The base address of the backend.
    #[wasm_bindgen(method, getter)]
    fn api(this: &Options) -> String;
    /// The words of the screen as JSON: one flat object.
    #[wasm_bindgen(method, getter)]
    fn words(this: &Options) -> String;
    /// The backend's rule pack as JSON, where it is not the one built in.
    #[wasm_bindgen(method, getter)]
    fn pack(this: &Options) -> Option<String>;
    /// The backend's profile, likewise.
    #[wasm_bindgen(method, getter)]
    fn profile(this: &Options) -> Option<String>;
    /// What was pressed on the start page while the program was loading: `caf` or `refer`.
    #[wasm_bindgen(method, getter)]
    fn begin(this: &Options) -> Option<String>;
    /// Fetches the words of a part that is loaded later, by its name, as JSON, when they are needed.
    #[wasm_bindgen(method, getter, js_name = partWords)]
    fn part_words(this: &Options) -> Option<js_sys::Function>;
    /// Whether nobody could find out which rules the backend has.
    #[wasm_bindgen(method, getter)]
    fn unknown(this: &Options) -> Option<bool>;
    /// The id of the profile that the backend must have.
    #[wasm_bindgen(method, getter)]
    fn authority(this: &Options) -> Option<String>;
    /// What to open: `assess`, `plan`, `review` or `read`.
    #[wasm_bindgen(method, getter)]
    fn mode(this: &Options) -> Option<String>;
    /// The id of the assessment to open.
    #[wasm_bindgen(method, getter)]
    fn assessment(this: &Options) -> Option<String>;
    /// Whether pages go into the browser's history.
    #[wasm_bindgen(method, getter, js_name = isPaged)]
    fn is_paged(this: &Options) -> bool;
    /// Whether records are kept on this device.
    #[wasm_bindgen(method, getter, js_name = keepsDrafts)]
    fn keeps_drafts(this: &Options) -> bool;
    /// Whether the page lets records be on this device, also where the browser keeps none.
    #[wasm_bindgen(method, getter, js_name = mayBeFile)]
    fn may_be_file(this: &Options) -> bool;
    /// What the element keeps while its page is open.
    #[wasm_bindgen(method, getter)]
    fn memory(this: &Options) -> Memory;
    /// What is to be filled in, by path, as JSON.
    #[wasm_bindgen(method, getter)]
    fn prefill(this: &Options) -> Option<String>;
    /// Gives a promise of the portal's token, by a reason and by the token that was refused.
    #[wasm_bindgen(method, getter)]
    fn token(this: &Options) -> Option<js_sys::Function>;
}

/// A mounted form.
#[wasm_bindgen]
pub struct Handle {
    form: Form,
    /// Dropping it takes the form off the page.
    mounted: RefCell<Option<UnmountHandle<AnyViewState>>>,
    /// Dropping it ends everything reactive in the form.
    owner: RefCell<Option<Owner>>,
}

#[wasm_bindgen]
impl Handle {
    /// Takes the form off the page. The save of what was typed last has begun when this returns.
    ///
    /// Every method takes the handle shared: the page may call one from within an event that another one causes.
    pub fn unmount(&self) {
        self.form.leave();
        drop(self.mounted.take());
        drop(self.owner.take());
    }

    /// Fills in fields of the next new record, by path, as JSON.
    pub fn prefill(&self, fields: &str) {
        self.form.dispatch(state::Event::PrefillGiven(form::fields(fields)));
    }

    /// A portal's token came, or did not.
    pub fn token_came(&self, came: bool) {
        self.form.dispatch(state::Event::TokenCame(came));
        // The first one is asked for to know who is there; a later one may be another person's.
        if came && self.form.is_somebody_known() {
            self.form.ask_who();
        }
    }

    /// Asks who is there: the portal has set another callback, which may be another person's.
    pub fn ask_who(&self) {
        self.form.ask_who_again();
    }

    /// Stores what was typed. A promise: true once it is on this device, false where nothing is kept on it or the browser
    /// refuses.
    pub fn save(&self) -> js_sys::Promise {
        let form = self.form;
        future_to_promise(async move { Ok(form.save_now().await.into()) })
    }

    /// Hides everything until the person signs in again, where people do.
    pub fn lock(&self) {
        self.form.lock();
    }
}

/// Mounts a form into `host`, an element of the shadow root.
///
/// # Errors
/// When the words cannot be read, or the page asks for what there is not; the error's `name` says which. Rules that this
/// program does not know are not used, and every page says so: the backend evaluates with them in any case, and reports
/// where it differs.
#[wasm_bindgen]
pub fn mount(host: HtmlElement, options: &Options) -> Result<Handle, js_sys::Error> {
    panic::report_to_console();
    let setup = FormSetup::new(host.clone(), options)?;
    let owner = Owner::new();
    let form = owner.with(|| Form::new(setup));
    let mounted = owner.with(|| {
        mount_to(host, move || {
            provide_context(form);
            view! { <pages::CurrentPage/> }.into_any()
        })
    });
    if let Some(fields) = options.prefill() {
        form.dispatch(state::Event::PrefillGiven(form::fields(&fields)));
    }
    form.begin(options.begin().as_deref());
    Ok(Handle { form, mounted: RefCell::new(Some(mounted)), owner: RefCell::new(Some(owner)) })
}

/// Calls `stopped` with place and message when the program panics, once the panic is over. Later calls replace it.
#[wasm_bindgen]
pub fn on_panic(stopped: js_sys::Function) {
    panic::report_to(stopped);
}

/// Evaluates a record under the built-in rules, without a form: for portals, and for the tests that compare the shipped
/// program with the native one.
///
/// `answers` is a record as JSON, `today` a day such as `2026-11-23`. The result is the outcome in its canonical form, to
/// the byte what `POST /evaluations` gives. Nothing is stored or sent.
///
/// # Errors
///
/// Throws an error that names what cannot be read; it repeats nothing of the answers.
#[wasm_bindgen]
pub fn evaluate(answers: &str, today: &str) -> Result<String, JsError> {
    let today = parse_day(today).ok_or_else(|| JsError::new("`today` is not a day such as 2026-11-23"))?;
    let reading = Answers::read(answers).map_err(|_| JsError::new("`answers` is not a JSON record"))?;
    let standards = Standards::built_in().map_err(|_| JsError::new("the built-in rules cannot be read"))?;
    Ok(assessment_rules::evaluate(&reading.answers, today, &standards.pack).to_canonical_json())
}
