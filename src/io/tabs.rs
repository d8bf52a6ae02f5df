//! Several windows with the same record: one may change it. A lock that the browser holds says which, and goes by itself
//! when a window closes or crashes; a channel tells a window that another wants to take over.
//!
//! Browsers without Web Locks let everybody write; that nothing is overwritten is then `local_draft`'s work.

use std::rc::Rc;

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{AbortSignal, BroadcastChannel, Event};

/// Name of the channel, and of each lock before the record's id.
const NAME: &str = "common-assessment";
/// Milliseconds in which the page that was here before this one, after a reload, gives its lock back.
const RELOAD: u32 = 700;
/// Milliseconds that another window has to save its last words.
const LAST_WORDS: u32 = 3_000;

/// The right to change one record, until it is dropped.
pub(crate) struct Lock(Option<Function>);

impl Drop for Lock {
    fn drop(&mut self) {
        if let Some(release) = &self.0 {
            let _ = release.call0(&JsValue::UNDEFINED);
        }
    }
}

/// How the right to change a record is asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ask {
    /// Unless another window has it.
    Politely,
    /// Another window that has it is told, and loses it even if it does not answer.
    TakeOver,
}

#[wasm_bindgen]
extern "C" {
    type Locks;
    #[wasm_bindgen(method)]
    fn request(this: &Locks, name: &str, options: &Object, granted: &JsValue) -> Promise;
}

/// The right to change a record: `Ok(None)` where the browser has no locks, an error where another window has it.
/// `lost` is called when another window takes it away.
pub(crate) async fn writer(id: &str, ask: Ask, lost: Rc<dyn Fn()>) -> Result<Option<Lock>, JsValue> {
    let locks = Reflect::get(&super::window()?.navigator(), &"locks".into())?;
    if !locks.is_object() {
        return Ok(None);
    }
    let locks: Locks = locks.unchecked_into();
    let patience = if ask == Ask::TakeOver {
        let _ = BroadcastChannel::new(NAME).and_then(|channel| channel.post_message(&id.into()));
        LAST_WORDS
    } else {
        RELOAD
    };
    let signal = AbortSignal::timeout_with_u32(patience);
    let found = request(&locks, id, "signal", &signal, lost.clone()).await;
    if found.is_err() && ask == Ask::TakeOver {
        return request(&locks, id, "steal", &JsValue::TRUE, lost).await.map(Some);
    }
    found.map(Some)
}

async fn request(
    locks: &Locks,
    id: &str,
    option: &str,
    value: &JsValue,
    lost: Rc<dyn Fn()>,
) -> Result<Lock, JsValue> {
    let options = Object::new();
    Reflect::set(&options, &option.into(), value)?;
    let mut release = None;
    let held = Promise::new(&mut |resolve, _| release = Some(resolve));
    let granted = Promise::new(&mut |resolve, reject| {
        let held = held.clone();
        let keep = Closure::once_into_js(move || -> JsValue {
            let _ = resolve.call0(&JsValue::UNDEFINED);
            held.into()
        });
        let ended = locks.request(&format!("{NAME} {id}"), &options, &keep);
        let lost = lost.clone();
        spawn_local(async move {
            if JsFuture::from(ended).await.is_err() {
                let _ = reject.call0(&JsValue::UNDEFINED);
                lost();
            }
        });
    });
    JsFuture::from(granted).await.map(|_| Lock(release))
}

/// Listens to other windows until it is dropped.
pub(crate) struct Channel {
    channel: Option<BroadcastChannel>,
    _heard: Closure<dyn Fn(Event)>,
}

impl Channel {
    /// Calls `wanted` with the id of a record that another window wants to change.
    pub(crate) fn new(wanted: impl Fn(String) + 'static) -> Channel {
        // A kind of closure that the form has already: another one would have to be downloaded.
        let heard = Closure::<dyn Fn(Event)>::new(move |event: Event| {
            if let Some(id) = Reflect::get(&event, &"data".into()).ok().and_then(|data| data.as_string()) {
                wanted(id);
            }
        });
        let channel = BroadcastChannel::new(NAME).ok();
        if let Some(channel) = &channel {
            channel.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        }
        Channel { channel, _heard: heard }
    }
}

impl Drop for Channel {
    fn drop(&mut self) {
        if let Some(channel) = &self.channel {
            channel.close();
        }
    }
}
