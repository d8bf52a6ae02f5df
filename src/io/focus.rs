//! Moving the focus once a page is drawn. Ids are looked up in the form's own root: they do not cross shadow roots.

use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, ShadowRoot};

use crate::state::Focus;

/// Moves the focus after the page has been drawn.
pub(crate) fn later(host: &HtmlElement, target: Focus) {
    let host = host.clone();
    // Leptos draws in a microtask; a timer comes after it.
    Timeout::new(0, move || now(&host, &target)).forget();
}

/// Makes a change that may redraw the numbers to ring while somebody is at one of them, and leaves the focus there; at
/// the first number of its list where that one is gone.
pub(crate) fn keep(host: &HtmlElement, change: impl FnOnce()) {
    let root = host.get_root_node().dyn_into::<ShadowRoot>().ok();
    let focused = root.as_ref().and_then(ShadowRoot::active_element);
    let list = focused.as_ref().and_then(|focused| focused.closest("[data-numbers]").ok().flatten());
    change();
    let (Some(root), Some(focused), Some(list)) = (root, focused, list) else { return };
    Timeout::new(0, move || {
        if root.active_element().is_some() {
            return;
        }
        let first = || list.query_selector("a").ok().flatten();
        let found = if focused.is_connected() { Some(focused) } else { first() };
        if let Some(found) = found.and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
            let _ = found.focus();
        }
    })
    .forget();
}

fn now(host: &HtmlElement, target: &Focus) {
    let found = match target {
        Focus::Heading => host.query_selector("h1").ok().flatten(),
        Focus::Summary => host.query_selector(".govuk-error-summary").ok().flatten(),
        Focus::Id(id) => find(host, id),
    };
    // What is focused is never in something that is folded.
    let mut around = found.as_ref().and_then(folded);
    while let Some(details) = around {
        let _ = details.set_attribute("open", "");
        around = folded(&details);
    }
    let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) else { return };
    if *target == Focus::Heading {
        // The urgent banner is above the heading and comes first. Where it leaves no room for the heading, the browser
        // scrolls on until the heading is in view; the bar at the top then still leads to the banner.
        host.scroll_into_view();
        // With a banner there is no room for who can see the screen above it.
        let over = host.query_selector(".ca-privacy:has(~ .ca-urgent)").ok().flatten();
        if let Some(over) = over {
            gloo_utils::window().scroll_by_with_x_and_y(0.0, f64::from(over.client_height()));
        }
    }
    let _ = element.focus();
}

/// The closed `<details>` that an element is in; its own summary is not in it.
fn folded(element: &Element) -> Option<Element> {
    let inside = element.closest("summary").ok().flatten().and_then(|summary| summary.parent_element());
    let from = inside.and_then(|details| details.parent_element()).unwrap_or_else(|| element.clone());
    from.closest("details:not([open])").ok().flatten()
}

/// An element of the form by its id.
fn find(host: &HtmlElement, id: &str) -> Option<Element> {
    host.get_root_node().dyn_into::<ShadowRoot>().ok()?.get_element_by_id(id)
}
