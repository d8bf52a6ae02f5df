//! Building pages: a small layer over the DOM and Leptos' reactive system.
//!
//! Leptos' own `view!` makes a new type, and new code, for every shape of markup; with a form of this size that alone
//! was more than the whole download may be (decision record 0007 has the figures). Here every element is made by the
//! same few functions, and only what changes is reactive. It is not a virtual DOM and not a template language.

use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::{Document, Element, Event, HtmlElement, HtmlInputElement, Node};

use crate::kept;

/// One element in the making.
pub(crate) struct El(Element);

/// Something to be put somewhere: one node, which may be a fragment of several.
pub(crate) struct View(Node);

/// Makes an element.
#[inline(never)]
pub(crate) fn el(tag: &str) -> El {
    match document().create_element(tag) {
        Ok(element) => El(element),
        // Only an invalid tag name gets here, and tags are written in this program.
        Err(_) => unreachable!("a tag name is valid"),
    }
}

/// Text on its own.
#[inline(never)]
pub(crate) fn text(text: &str) -> View {
    View(document().create_text_node(text).into())
}

/// Nothing.
#[inline(never)]
pub(crate) fn nothing() -> View {
    View(document().create_document_fragment().into())
}

/// An element with a class and a text.
#[inline(never)]
pub(crate) fn p(tag: &str, class: &str, text: &str) -> El {
    el(tag).class(class).text(text)
}

/// Text that only people who listen get.
#[inline(never)]
pub(crate) fn hidden(text: &str) -> El {
    p("span", "govuk-visually-hidden", text)
}

/// A button that does something.
pub(crate) fn button(class: &str, text: &str, press: impl Fn() + 'static) -> El {
    pressed(el("button").attr("type", "button").class(class).text(text), Box::new(press))
}

/// A link that leads somewhere within the form.
pub(crate) fn anchor(class: &str, text: &str, follow: impl Fn() + 'static) -> El {
    pressed(el("a").attr("href", "#").class(class).text(text), Box::new(follow))
}

// The functions below that take boxes are the ones with code in them. What is generic above them only boxes: code
// that is made once for each closure is what made the download large.

#[inline(never)]
fn pressed(element: El, act: Box<dyn Fn()>) -> El {
    element.on("click", move |event| {
        // A link must not leave the page; a button outside a form has nothing to prevent.
        event.prevent_default();
        act();
    })
}

impl El {
    /// Sets the class; none when empty.
    #[inline(never)]
    pub(crate) fn class(self, class: &str) -> El {
        if class.is_empty() { self } else { self.attr("class", class) }
    }

    /// Sets an attribute.
    #[inline(never)]
    pub(crate) fn attr(self, name: &str, value: &str) -> El {
        set(&self.0, name, Some(value));
        self
    }

    /// Sets an attribute, if there is a value.
    #[inline(never)]
    pub(crate) fn maybe(self, name: &str, value: Option<&str>) -> El {
        set(&self.0, name, value);
        self
    }

    /// Adds text.
    #[inline(never)]
    pub(crate) fn text(self, content: &str) -> El {
        self.add(text(content))
    }

    /// Adds nodes.
    pub(crate) fn add(self, view: impl Into<View>) -> El {
        self.put(view.into())
    }

    #[inline(never)]
    fn put(self, View(node): View) -> El {
        let _ = self.0.append_child(&node);
        self
    }

    /// Sets what an input, textarea or select holds.
    #[inline(never)]
    pub(crate) fn value(self, value: &str) -> El {
        let _ = js_sys::Reflect::set(&self.0, &"value".into(), &value.into());
        self
    }

    /// Calls `listen` when something happens to the element. Lives as long as the part of the page it is in.
    pub(crate) fn on(self, event: &str, listen: impl Fn(Event) + 'static) -> El {
        attach(&self.0, event, Box::new(listen));
        self
    }

    /// Keeps an attribute as `read` says; empty takes it away.
    pub(crate) fn live_attr(
        self,
        name: &'static str,
        read: impl Fn() -> String + Send + Sync + 'static,
    ) -> El {
        keep_attribute(&self.0, name, memo(read));
        self
    }

    /// Keeps a radio or checkbox ticked as `read` says.
    pub(crate) fn live_checked(self, read: impl Fn() -> bool + Send + Sync + 'static) -> El {
        keep_checked(&self.0, memo(move || flag(read())));
        self
    }

    /// Keeps the text as `read` says.
    pub(crate) fn live_text(self, read: impl Fn() -> String + Send + Sync + 'static) -> El {
        keep_text(&self.0, memo(read));
        self
    }

    /// A part that is drawn anew whenever `key` changes. What it builds must depend on nothing else that changes.
    pub(crate) fn live(self, key: Memo<String>, build: impl Fn() -> View + 'static) -> El {
        self.add(live(key, build))
    }
}

#[inline(never)]
fn keep_attribute(element: &Element, name: &'static str, value: Memo<String>) {
    let element = element.clone();
    keep(Box::new(move || {
        let value = value.get();
        set(&element, name, Some(value.as_str()).filter(|value| !value.is_empty()));
    }));
}

#[inline(never)]
fn keep_checked(element: &Element, value: Memo<String>) {
    let input = element.clone().unchecked_into::<HtmlInputElement>();
    keep(Box::new(move || input.set_checked(!value.get().is_empty())));
}

#[inline(never)]
fn keep_text(element: &Element, value: Memo<String>) {
    let element = element.clone();
    keep(Box::new(move || element.set_text_content(Some(&value.get()))));
}

/// A part that is drawn anew whenever `key` changes.
pub(crate) fn live(key: Memo<String>, build: impl Fn() -> View + 'static) -> View {
    boxed_live(key, Box::new(build))
}

#[inline(never)]
fn boxed_live(key: Memo<String>, build: Box<dyn Fn() -> View>) -> View {
    // Two marks stay; what stands between them is the part. Parts may stand within parts.
    let View(holder) = nothing();
    let (first, last): (Node, Node) =
        (document().create_comment("").into(), document().create_comment("").into());
    let _ = holder.append_child(&first);
    let _ = holder.append_child(&last);
    keep(Box::new(move || {
        // Reading computes it; a memo that is only tracked has nothing that could change it.
        key.with(|_| ());
        let View(fresh) = untrack(&build);
        let Some(parent) = last.parent_node() else { return };
        while let Some(old) = first.next_sibling().filter(|old| *old != last) {
            let _ = parent.remove_child(&old);
        }
        let _ = parent.insert_before(&fresh, Some(&last));
    }));
    View(holder)
}

/// A text that is computed from the state, and passed on only when it changes.
pub(crate) fn memo(read: impl Fn() -> String + Send + Sync + 'static) -> Memo<String> {
    boxed_memo(Box::new(read))
}

/// A condition as a text, for [`memo`].
pub(crate) fn flag(yes: bool) -> String {
    if yes { "1".to_owned() } else { String::new() }
}

#[inline(never)]
fn boxed_memo(read: Box<dyn Fn() -> String + Send + Sync>) -> Memo<String> {
    Memo::new(move |_| read())
}

/// Runs `draw` now and whenever what it read has changed, as long as the part of the page it is in.
#[inline(never)]
fn keep(draw: Box<dyn Fn()>) {
    kept::keep(Box::new(RenderEffect::new(move |_| draw())));
}

#[inline(never)]
fn attach(element: &Element, event: &str, listen: Box<dyn Fn(Event)>) {
    let listen = Closure::wrap(listen);
    let _ = element.add_event_listener_with_callback(event, listen.as_ref().unchecked_ref());
    kept::keep(Box::new(listen));
}

#[inline(never)]
fn set(element: &Element, name: &str, value: Option<&str>) {
    let _ = match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    };
}

#[inline(never)]
fn document() -> Document {
    match web_sys::window().and_then(|window| window.document()) {
        Some(document) => document,
        None => unreachable!("the form is on a page"),
    }
}

/// Puts the first page into `host`.
pub(crate) fn fill(host: &HtmlElement, view: impl Into<View>) {
    let _ = host.append_child(&view.into().0);
}

impl View {
    /// Adds more after it.
    pub(crate) fn and(self, other: impl Into<View>) -> View {
        self.join(other.into())
    }

    #[inline(never)]
    fn join(self, View(other): View) -> View {
        if self.0.node_type() == Node::DOCUMENT_FRAGMENT_NODE {
            let _ = self.0.append_child(&other);
            self
        } else {
            nothing().join(self).join(View(other))
        }
    }
}

impl From<El> for View {
    fn from(El(element): El) -> View {
        View(element.into())
    }
}

impl<T: Into<View>> From<Option<T>> for View {
    fn from(view: Option<T>) -> View {
        view.map_or_else(nothing, Into::into)
    }
}

impl<T: Into<View>> From<Vec<T>> for View {
    fn from(views: Vec<T>) -> View {
        views.into_iter().collect()
    }
}

impl<T: Into<View>> FromIterator<T> for View {
    fn from_iter<I: IntoIterator<Item = T>>(views: I) -> View {
        gathered(&mut views.into_iter().map(Into::into))
    }
}

#[inline(never)]
fn gathered(views: &mut dyn Iterator<Item = View>) -> View {
    let all = nothing();
    for View(node) in views {
        let _ = all.0.append_child(&node);
    }
    all
}

/// What was typed into the control that an event came from.
#[inline(never)]
pub(crate) fn typed(event: &Event) -> String {
    let value = event.target().and_then(|target| js_sys::Reflect::get(&target, &"value".into()).ok());
    value.and_then(|value| value.as_string()).unwrap_or_default()
}

/// Whether the box that an event came from is ticked.
pub(crate) fn is_ticked(event: &Event) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    target.is_some_and(|input| input.checked())
}
