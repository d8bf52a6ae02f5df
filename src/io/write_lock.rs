//! Several windows with the same record: one may change it. A lock that the browser holds says which one, and is released
//! when a window closes or crashes; a channel tells a window that another wants to take over.
//!
//! Browsers without Web Locks, and those that refuse them to a frame of another site, let every window write; `local_draft`
//! then sees to it that nothing is overwritten.

use std::rc::Rc;

use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use js_sys::{Function, Promise, Reflect};
use leptos::task::spawn_local;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, AbortSignal, BroadcastChannel, DomException, LockManager, LockOptions, MessageEvent,
};

/// Name of the channel, and of each lock before the record's id.
const NAME: &str = "common-assessment";
/// Before an id on the channel: who has this record?
const WHO: &str = "who ";
/// Before an id on the channel: this window has.
const MINE: &str = "mine ";
/// Milliseconds in which the page that was here before a reload gives its lock back. Until then it may answer as well.
const RELOAD: u32 = 700;
/// Milliseconds in which a page gives its lock back that goes slowly and does not answer any more.
const SLOW_RELOAD: u32 = 10_000;
/// Milliseconds that another window has to save what was typed last.
const LAST_SAVE: u32 = 3_000;

/// The right to change one record, until it is dropped.
pub(crate) struct WriteLock(Option<Function>);

impl Drop for WriteLock {
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

/// The right to change a record: `Ok(None)` where the browser has no locks for this page, an error where another window has
/// it. `lost` is called when another window takes it away.
pub(crate) async fn ask(id: &str, ask: Ask, lost: Rc<dyn Fn()>) -> Result<Option<WriteLock>, JsValue> {
    // Not on pages without a secure context, nor in old browsers; where storage is refused, looking may throw.
    let locks = Reflect::get(&gloo_utils::window().navigator(), &"locks".into());
    let Some(locks) = locks.ok().filter(JsValue::is_object).map(JsCast::unchecked_into::<LockManager>) else {
        return Ok(None);
    };
    let options = LockOptions::new();
    if ask == Ask::Politely {
        let refused = AbortController::new()?;
        options.set_signal(&refused.signal());
        let _asked = Asked::whether_a_window_has_it(id, refused);
        return request(&locks, id, &options, lost).await;
    }
    let _ = say(id);
    options.set_signal(&AbortSignal::timeout_with_u32(LAST_SAVE));
    let found = request(&locks, id, &options, lost.clone()).await;
    if found.is_err() {
        let options = LockOptions::new();
        options.set_steal(true);
        return request(&locks, id, &options, lost).await;
    }
    found
}

/// Whether another window has a lock that was not granted, or took it away. Every other error says that the browser has none
/// for this page: in a frame of another site, `SecurityError`.
fn is_taken(reason: &JsValue) -> bool {
    let name = reason.dyn_ref::<DomException>().map(DomException::name);
    name.is_some_and(|name| matches!(name.as_str(), "AbortError" | "TimeoutError"))
}

/// Says something to the other windows.
fn say(text: &str) -> Result<(), JsValue> {
    BroadcastChannel::new(NAME)?.post_message(&text.into())
}

/// Whether another window has a record. A page that goes holds its lock for a while, on a busy machine for long, but soon
/// answers no more: who does not answer is waited for.
struct Asked {
    _answers: Option<Channel>,
    _again: Timeout,
    _end: Timeout,
}

impl Asked {
    /// Refuses once a window has answered that it has the record, or nobody has given it back.
    fn whether_a_window_has_it(id: &str, refused: AbortController) -> Asked {
        let (mine, who) = ([MINE, id].concat(), [WHO, id].concat());
        let late = refused.clone();
        Asked {
            _answers: Channel::new(move |said| {
                if said == mine {
                    refused.abort();
                }
            }),
            _again: Timeout::new(RELOAD, move || drop(say(&who))),
            _end: Timeout::new(SLOW_RELOAD, move || late.abort()),
        }
    }
}

/// Answers for a window that `has` the record which another one asks for, and gives the id of what is `wanted`.
pub(crate) fn heard(text: &str, has: impl Fn(&str) -> bool) -> Option<&str> {
    if let Some(id) = text.strip_prefix(WHO) {
        if has(id) {
            let _ = say(&[MINE, id].concat());
        }
        return None;
    }
    (!text.starts_with(MINE)).then_some(text)
}

async fn request(
    locks: &LockManager,
    id: &str,
    options: &LockOptions,
    lost: Rc<dyn Fn()>,
) -> Result<Option<WriteLock>, JsValue> {
    let mut release = None;
    let held = Promise::new(&mut |resolve, _| release = Some(resolve));
    let granted = Promise::new(&mut |resolve, reject| {
        let held = held.clone();
        let keep = Closure::once_into_js(move || -> JsValue {
            let _ = resolve.call0(&JsValue::UNDEFINED);
            held.into()
        });
        let ended = locks.request_with_options(&format!("{NAME} {id}"), options, keep.unchecked_ref());
        let lost = lost.clone();
        spawn_local(async move {
            let Err(reason) = JsFuture::from(ended).await else { return };
            let _ = reject.call1(&JsValue::UNDEFINED, &reason);
            if is_taken(&reason) {
                lost();
            }
        });
    });
    match JsFuture::from(granted).await {
        Ok(_) => Ok(Some(WriteLock(release))),
        Err(reason) if is_taken(&reason) => Err(reason),
        Err(_) => Ok(None),
    }
}

/// Listens to other windows until it is dropped.
pub(crate) struct Channel {
    channel: BroadcastChannel,
    _heard: EventListener,
}

impl Channel {
    /// Calls `told` with what another window says; see [`heard`]. `None` where the browser has no channels.
    pub(crate) fn new(told: impl Fn(String) + 'static) -> Option<Channel> {
        let channel = BroadcastChannel::new(NAME).ok()?;
        let heard = EventListener::new(&channel, "message", move |event| {
            if let Some(text) = event.dyn_ref::<MessageEvent>().and_then(|event| event.data().as_string()) {
                told(text);
            }
        });
        Some(Channel { channel, _heard: heard })
    }
}

impl Drop for Channel {
    fn drop(&mut self) {
        self.channel.close();
    }
}
