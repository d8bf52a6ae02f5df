//! Building pages: a small layer over the DOM and Leptos' reactive system.
//!
//! Leptos' own `view!` makes a new type, and new code, for every shape of markup; with a form of this size that alone
//! was more than the whole download may be (decision record 0007 has the figures). Here every element is made by the
//! same few functions, and only what changes is reactive. It is not a virtual DOM and not a template language.

use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::{Document, Element, Event, HtmlElement, HtmlInputElement, Node};

/// One element in the making.
pub(crate) struct El(Element);

/// Nodes to be put somewhere.
#[derive(Default)]
pub(crate) struct View(Vec<Node>);

/// Makes an element.
pub(crate) fn el(tag: &str) -> El {
    match document().create_element(tag) {
        Ok(element) => El(element),
        // Only an invalid tag name gets here, and tags are written in this program.
        Err(_) => unreachable!("a tag name is valid"),
    }
}

/// Text on its own.
pub(crate) fn text(text: &str) -> View {
    View(vec![document().create_text_node(text).into()])
}

/// Nothing.
pub(crate) fn nothing() -> View {
    View::default()
}

/// An element with a class and a text.
pub(crate) fn p(tag: &str, class: &str, text: &str) -> El {
    el(tag).class(class).text(text)
}

/// Text that only people who listen get.
pub(crate) fn hidden(text: &str) -> El {
    p("span", "govuk-visually-hidden", text)
}

/// A button that does something.
pub(crate) fn button(class: &str, text: &str, press: impl Fn() + 'static) -> El {
    el("button").attr("type", "button").class(class).text(text).on("click", move |_| press())
}

/// A link that leads somewhere within the form.
pub(crate) fn anchor(class: &str, text: &str, follow: impl Fn() + 'static) -> El {
    el("a").attr("href", "#").class(class).text(text).on("click", move |event| {
        event.prevent_default();
        follow();
    })
}

impl El {
    /// Sets the class; none when empty.
    pub(crate) fn class(self, class: &str) -> El {
        if class.is_empty() { self } else { self.attr("class", class) }
    }

    /// Sets an attribute.
    pub(crate) fn attr(self, name: &str, value: &str) -> El {
        set(&self.0, name, Some(value));
        self
    }

    /// Sets an attribute, if there is a value.
    pub(crate) fn maybe(self, name: &str, value: Option<&str>) -> El {
        set(&self.0, name, value);
        self
    }

    /// Adds text.
    pub(crate) fn text(self, content: &str) -> El {
        self.add(text(content))
    }

    /// Adds nodes.
    pub(crate) fn add(self, view: impl Into<View>) -> El {
        append(&self.0, view.into());
        self
    }

    /// Sets what an input, textarea or select holds.
    pub(crate) fn value(self, value: &str) -> El {
        let _ = js_sys::Reflect::set(&self.0, &"value".into(), &value.into());
        self
    }

    /// Calls `listen` when something happens to the element. Lives as long as the part of the page it is in.
    pub(crate) fn on(self, event: &str, listen: impl Fn(Event) + 'static) -> El {
        attach(&self.0, event, Closure::new(Box::new(listen) as Box<dyn Fn(Event)>));
        self
    }

    /// Keeps an attribute as `read` says; empty takes it away.
    pub(crate) fn live_attr(
        self,
        name: &'static str,
        read: impl Fn() -> String + Send + Sync + 'static,
    ) -> El {
        let (element, value) = (self.0.clone(), memo(read));
        keep(Box::new(move || {
            let value = value.get();
            set(&element, name, Some(value.as_str()).filter(|value| !value.is_empty()));
        }));
        self
    }

    /// Keeps a radio or checkbox ticked as `read` says.
    pub(crate) fn live_checked(self, read: impl Fn() -> bool + Send + Sync + 'static) -> El {
        let (element, value) = (self.0.clone(), memo(move || flag(read())));
        keep(Box::new(move || {
            if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
                input.set_checked(!value.get().is_empty());
            }
        }));
        self
    }

    /// Keeps the text as `read` says.
    pub(crate) fn live_text(self, read: impl Fn() -> String + Send + Sync + 'static) -> El {
        let (element, value) = (self.0.clone(), memo(read));
        keep(Box::new(move || element.set_text_content(Some(&value.get()))));
        self
    }

    /// A part that is drawn anew whenever `key` changes. What it builds must depend on nothing else that changes.
    pub(crate) fn live(self, key: Memo<String>, build: impl Fn() -> View + 'static) -> El {
        self.add(live(key, build))
    }
}

/// A part that is drawn anew whenever `key` changes.
pub(crate) fn live(key: Memo<String>, build: impl Fn() -> View + 'static) -> View {
    boxed_live(key, Box::new(build))
}

fn boxed_live(key: Memo<String>, build: Box<dyn Fn() -> View>) -> View {
    // Two marks stay; what stands between them is the part. Parts may stand within parts.
    let holder: Node = document().create_document_fragment().into();
    let (first, last): (Node, Node) =
        (document().create_comment("").into(), document().create_comment("").into());
    let _ = holder.append_child(&first);
    let _ = holder.append_child(&last);
    keep(Box::new(move || {
        key.track();
        let View(fresh) = untrack(&build);
        let Some(parent) = last.parent_node() else { return };
        while let Some(old) = first.next_sibling().filter(|old| *old != last) {
            let _ = parent.remove_child(&old);
        }
        for node in fresh {
            let _ = parent.insert_before(&node, Some(&last));
        }
    }));
    View(vec![holder])
}

/// A text that is computed from the state, and passed on only when it changes.
pub(crate) fn memo(read: impl Fn() -> String + Send + Sync + 'static) -> Memo<String> {
    boxed_memo(Box::new(read))
}

/// A condition as a text, for [`memo`].
pub(crate) fn flag(yes: bool) -> String {
    if yes { "1".to_owned() } else { String::new() }
}

fn boxed_memo(read: Box<dyn Fn() -> String + Send + Sync>) -> Memo<String> {
    Memo::new(move |_| read())
}

/// Runs `draw` now and whenever what it read has changed, as long as the part of the page it is in.
fn keep(draw: Box<dyn Fn()>) {
    let effect = RenderEffect::new(move |_| draw());
    StoredValue::new_local(effect);
}

fn attach(element: &Element, event: &str, listen: Closure<dyn Fn(Event)>) {
    let _ = element.add_event_listener_with_callback(event, listen.as_ref().unchecked_ref());
    StoredValue::new_local(listen);
}

fn set(element: &Element, name: &str, value: Option<&str>) {
    let _ = match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    };
}

fn append(element: &Element, View(nodes): View) {
    for node in nodes {
        let _ = element.append_child(&node);
    }
}

fn document() -> Document {
    match web_sys::window().and_then(|window| window.document()) {
        Some(document) => document,
        None => unreachable!("the form is on a page"),
    }
}

/// Puts the first page into `host`.
pub(crate) fn fill(host: &HtmlElement, view: impl Into<View>) {
    append(host, view.into());
}

impl View {
    /// Adds more nodes.
    pub(crate) fn and(mut self, other: impl Into<View>) -> View {
        self.0.extend(other.into().0);
        self
    }
}

impl From<El> for View {
    fn from(El(element): El) -> View {
        View(vec![element.into()])
    }
}

impl<T: Into<View>> From<Option<T>> for View {
    fn from(view: Option<T>) -> View {
        view.map_or_else(nothing, Into::into)
    }
}

impl<T: Into<View>> From<Vec<T>> for View {
    fn from(views: Vec<T>) -> View {
        View(views.into_iter().flat_map(|view| view.into().0).collect())
    }
}

impl<T: Into<View>> FromIterator<T> for View {
    fn from_iter<I: IntoIterator<Item = T>>(views: I) -> View {
        View(views.into_iter().flat_map(|view| view.into().0).collect())
    }
}

/// What was typed into the control that an event came from.
pub(crate) fn typed(event: &Event) -> String {
    let value = event.target().and_then(|target| js_sys::Reflect::get(&target, &"value".into()).ok());
    value.and_then(|value| value.as_string()).unwrap_or_default()
}

/// Whether the box that an event came from is ticked.
pub(crate) fn is_ticked(event: &Event) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    target.is_some_and(|input| input.checked())
}
