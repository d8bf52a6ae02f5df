//! The assessment triangle: three sides, and on each its elements with what is known of them. A picture and no more: the
//! states come from the engine (`assessment_engine::triangle`), and the list beside it says the same in words.

mod shape;
mod sign;

use assessment_engine::triangle::{ElementState, Talk, talked_about};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::redrawn;
use crate::form::{Form, use_form};
use crate::state::Page;
pub(crate) use shape::wrapped;
use shape::{Cell, LINE, Shape, TIGHT};
use sign::Sign;
pub(crate) use sign::SignIcons;
use sign::signs_in_words;

/// How much of the window's upper edge the bar with the child's name may cover, in CSS pixels.
const BAR: f64 = 130.0;

/// The triangle of these states. With links, each element leads to its page.
#[component]
pub(crate) fn Triangle(#[prop(into)] states: Signal<Vec<ElementState>>, is_linked: bool) -> impl IntoView {
    redrawn(move || drawing(use_form(), &states.read(), is_linked))
}

/// The triangle with its key, and on a narrow screen, where it does not fit, the same as a list. For pages that have no
/// other list.
#[component]
pub(crate) fn TrianglePicture(
    #[prop(into)] states: Signal<Vec<ElementState>>,
    is_linked: bool,
) -> impl IntoView {
    let form = use_form();
    let key = redrawn(move || {
        let mut codes: Vec<&'static str> = Vec::new();
        for code in states.read().iter().flat_map(ElementState::signs) {
            if !codes.contains(&code) {
                codes.push(code);
            }
        }
        view! { <TriangleKey codes/> }.into_any()
    });
    let list = redrawn(move || {
        let standards = form.standards();
        let lines = states.get().into_iter().filter(|state| state.is_asked).map(|state| {
            let name = standards.framework.element(state.id).map(|element| element.label.clone());
            view! {
                <li class="ca-triangle-narrow__line">
                    <span>{name}</span>
                    <SignIcons state/>
                </li>
            }
            .into_any()
        });
        lines.collect_view().into_any()
    });
    view! {
        <div class="ca-triangle-box">
            <Triangle states is_linked/>
            {key}
        </div>
        <ul class="ca-triangle-narrow">{list}</ul>
    }
}

/// What the signs mean.
#[component]
pub(crate) fn TriangleKey(#[prop(into)] codes: Vec<&'static str>) -> impl IntoView {
    let form = use_form();
    let items = codes.into_iter().map(|code| {
        view! {
            <li class="ca-key__item">
                <svg class="ca-sign" viewBox="-11 -11 22 22" aria-hidden="true"><Sign code/></svg>
                {form.text(&format!("triangle.{code}"))}
            </li>
        }
        .into_any()
    });
    view! { <ul class="ca-key">{items.collect_view()}</ul> }
}

fn drawing(form: Form, states: &[ElementState], is_linked: bool) -> AnyView {
    let standards = form.standards();
    let framework = &standards.framework;
    let sides = framework.domains.iter().map(|domain| {
        let of_domain = framework.elements.iter().filter(|element| element.domain == domain.id);
        let states = of_domain.filter_map(|words| states.iter().find(|state| state.id == words.id));
        states.filter(|state| state.is_asked).copied().collect::<Vec<_>>()
    });
    let sides: Vec<Vec<ElementState>> = sides.collect();
    let shape = Shape::of(sides.iter().map(Vec::len).collect());
    let groups = framework.domains.iter().zip(&sides).enumerate().map(|(side, (domain, states))| {
        let cells = states.iter().enumerate().filter_map(|(at, state)| {
            let cell = shape.cell(side, at)?;
            let name = framework.element(state.id).map(|element| element.label.clone()).unwrap_or_default();
            Some(element(form, *state, name, cell, is_linked))
        });
        let title = lines(&wrapped(&domain.label, shape.title_width(side), 2), LINE, shape.title(side));
        view! {
            <g role="list" aria-label=domain.label.clone()>
                <g aria-hidden="true" class="ca-triangle__side">{title}</g>
                {cells.collect_view()}
            </g>
        }
        .into_any()
    });
    let asked = sides.iter().map(Vec::len).sum::<usize>().to_string();
    let done = talked_about(states).to_string();
    let is_copy = states.iter().any(|state| state.talk == Talk::NotShown);
    let key = if is_copy { "triangle.count_copy" } else { "triangle.count" };
    let middle = form.filled(key, &[("done", &done), ("count", &asked)]);
    let (x, y) = shape.middle();
    view! {
        <svg
            class="ca-triangle"
            viewBox=shape.view_box()
            role="group"
            aria-label=form.text("triangle.label")
        >
            <path class="ca-triangle__sides" d=shape.outline()/>
            <g class="ca-triangle__middle" aria-hidden="true">{lines(&wrapped(&middle, 10, 3), LINE, (x, y, "middle"))}</g>
            {groups.collect_view()}
        </svg>
    }
    .into_any()
}

/// One element: its name and its signs in a cell, as a link where it has one.
fn element(form: Form, state: ElementState, name: String, cell: Cell, is_linked: bool) -> AnyView {
    let label = format!("{name}: {}", signs_in_words(form, &state));
    let signs = state.signs();
    let count = signs.len();
    let text = wrapped(&name, cell.letters(count), cell.lines());
    let text = lines(&text, cell.pitch(text.len()), cell.text(count));
    let signs = signs.into_iter().enumerate().map(|(at, code)| {
        let (x, y) = cell.sign(at, count);
        view! { <g transform=format!("translate({x} {y})")><Sign code/></g> }.into_any()
    });
    let signs = signs.collect_view();
    let Cell { x, y, width, height, .. } = cell;
    let content = view! {
        <rect
            class="ca-triangle__cell"
            x=x.to_string()
            y=y.to_string()
            width=width.to_string()
            height=height.to_string()
            rx="4"
        />
        {text}
        {signs}
    };
    let page = Page::Element(state.id.to_owned());
    let follow = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        form.go(page.clone());
    };
    // Going up, the browser puts the link at the upper edge, under the bar: it leaves no room above what is in a picture.
    let keep_in_view = |event: leptos::ev::KeyboardEvent| {
        let link = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let is_under_bar = |link: &web_sys::Element| link.get_bounding_client_rect().top() < BAR;
        if let Some(link) = link.filter(|link| event.key() == "Tab" && is_under_bar(link)) {
            link.scroll_into_view_with_bool(false);
        }
    };
    if is_linked {
        view! {
            <g role="listitem">
                <a class="ca-triangle__link" href="#" aria-label=label on:click=follow on:keyup=keep_in_view>
                    {content}
                </a>
            </g>
        }
        .into_any()
    } else {
        view! { <g role="listitem" aria-label=label>{content}</g> }.into_any()
    }
}

/// Lines of text around a point, so far from each other.
fn lines(text: &[String], pitch: i32, (x, y, anchor): (i32, i32, &'static str)) -> AnyView {
    let first = y - pitch / 2 * (i32::try_from(text.len()).unwrap_or_default() - 1) + 5;
    let lines = text.iter().zip(0..).map(|(line, at)| {
        view! {
            <tspan x=x.to_string() y=(first + pitch * at).to_string()>{line.clone()}</tspan>
            " "
        }
        .into_any()
    });
    let is_tight = pitch == TIGHT;
    view! { <text class:ca-triangle__tight=is_tight text-anchor=anchor aria-hidden="true">{lines.collect_view()}</text> }.into_any()
}
