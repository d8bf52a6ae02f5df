//! The indicators that decide, one theme after the other: a theme is open once the one before it has been gone through, and
//! any of them by a press. Nothing that was found is folded by itself.

use assessment_engine::refer::{self, Theme};
use assessment_form::Edit;
use assessment_rules::Indicator;
use leptos::context::Provider;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::{RESULT, age_asked};
use crate::components::{Claims, redrawn};
use crate::form::{Form, use_form};
use crate::questions::IndicatorItem;
use crate::state::Event;

/// A theme as it is drawn: what is asked, and whether it is open.
#[derive(Clone)]
struct Drawn {
    id: &'static str,
    indicators: Vec<(String, Indicator)>,
    is_open: RwSignal<bool>,
}

/// How far a theme is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Progress {
    /// How many are not answered.
    open: usize,
    /// How many are "yes" or "not sure".
    found: usize,
}

impl Progress {
    /// Whether the next theme is the one to look at.
    fn is_gone_through(self) -> bool {
        self.open == 0 || self.found > 0
    }
}

/// The themes, once the age is answered. They are drawn again when the age changes, never while somebody answers.
#[component]
pub(super) fn Themes() -> impl IntoView {
    let form = use_form();
    let age = Memo::new(move |_| age_asked(form));
    redrawn(move || {
        if age.get().is_none() {
            return view! { <p class="govuk-inset-text">{form.text("refer.age_first")}</p> }.into_any();
        }
        let themes = StoredValue::new(drawn(form));
        let views = themes.with_value(|all| {
            (0..all.len()).map(|at| view! { <OneTheme all=themes at/> }.into_any()).collect_view()
        });
        let open_all = move |_| themes.with_value(|all| all.iter().for_each(|theme| theme.is_open.set(true)));
        let is_any_closed = move || themes.with_value(|all| all.iter().any(|theme| !theme.is_open.get()));
        view! {
            <p class="ca-measure">{form.text("refer.signs")}</p>
            <p class="ca-no-print" hidden=move || !is_any_closed()>
                <button type="button" class="ca-press" on:click=open_all>{form.text("refer.open_all")}</button>
            </p>
            {views}
        }
        .into_any()
    })
}

/// What is drawn for the age that is known now. Open at first is what was found, and the first theme to look at.
fn drawn(form: Form) -> Vec<Drawn> {
    let standards = form.standards();
    let drawn = |theme: Theme<'_>| {
        let with_path = |indicator: &Indicator| (standards.pack.path_of(indicator), indicator.clone());
        let indicators = theme.indicators.into_iter().map(with_path).collect();
        Drawn { id: theme.id, indicators, is_open: RwSignal::new(false) }
    };
    let drawn: Vec<Drawn> = form.peek_answers(|answers| {
        refer::themes(answers, form.today(), &standards.pack).into_iter().map(drawn).collect()
    });
    let mut is_reached = true;
    for theme in &drawn {
        let progress = untrack(|| progress(form, &theme.indicators));
        theme.is_open.set(progress.found > 0 || (is_reached && progress.open > 0));
        is_reached &= progress.is_gone_through();
    }
    drawn
}

fn progress(form: Form, indicators: &[(String, Indicator)]) -> Progress {
    form.answers(|answers| {
        let marks = || indicators.iter().map(|(path, _)| answers.text(path));
        Progress {
            open: marks().filter(|mark| mark.is_empty()).count(),
            found: marks().filter(|mark| ["yes", "unsure"].contains(mark)).count(),
        }
    })
}

/// The indicators of one theme, and "none of these" for those that are still open.
#[component]
fn OneTheme(all: StoredValue<Vec<Drawn>>, at: usize) -> impl IntoView {
    let form = use_form();
    let (theme, next) = all.with_value(|all| (all.get(at).cloned(), all.get(at + 1).cloned()));
    theme.map(|theme| {
        let Drawn { id, indicators, is_open } = theme;
        let name = form.text(&format!("refer.theme.{id}"));
        let progress = Memo::new({
            let indicators = indicators.clone();
            move |_| progress(form, &indicators)
        });
        // Once somebody has found something here, the next theme is the one to look at.
        let next_open = next.as_ref().map(|next| next.is_open);
        Effect::new(move |before: Option<bool>| {
            let is_gone_through = progress.read().is_gone_through();
            if before == Some(false) && is_gone_through {
                next_open.inspect(|next| next.set(true));
            }
            is_gone_through
        });
        let toggled = move |event: leptos::ev::Event| {
            let details = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            if let Some(details) = details {
                is_open.set(details.has_attribute("open"));
            }
        };
        let said = move || match *progress.read() {
            Progress { open: 0, found: 0 } => form.text("refer.all_answered"),
            Progress { open: 0, found } => form.filled("refer.found", &[("count", &found.to_string())]),
            Progress { open: 1, .. } => form.text("refer.open_one"),
            Progress { open, .. } => form.filled("refer.open", &[("count", &open.to_string())]),
        };
        let paths = indicators.iter().map(|(path, _)| path.clone()).collect();
        let items = indicators
            .into_iter()
            .map(|(path, indicator)| view! { <IndicatorItem path indicator/> }.into_any())
            .collect_view();
        let next = next.map_or(RESULT.to_owned(), |next| summary_id(next.id));
        let about = form.text(&format!("refer.theme.{id}.about"));
        view! {
            <details class="ca-fold ca-refer__theme" prop:open=is_open on:toggle=toggled>
                <summary class="ca-fold__summary" id=summary_id(id)>
                    <h2 class="ca-fold__heading">{name.clone()}</h2>
                    <span class="ca-refer__open">{said}</span>
                    <span class="ca-refer__about">{about}</span>
                </summary>
                // What is explained in here cannot be seen from outside.
                <Provider value=Claims::new()>
                    <fieldset class="ca-indicators">
                        <legend class="govuk-visually-hidden">{name.clone()}</legend>
                        <ul class="ca-indicators__list">{items}</ul>
                        <NoneOfThese id name paths progress is_open next/>
                    </fieldset>
                </Provider>
            </details>
        }
        .into_any()
    })
}

fn summary_id(theme: &str) -> String {
    format!("refer-theme-{theme}")
}

/// Answers what is open in a theme with no, and goes on to the next; or takes that back.
#[component]
fn NoneOfThese(
    id: &'static str,
    name: String,
    paths: Vec<String>,
    progress: Memo<Progress>,
    is_open: RwSignal<bool>,
    /// Where to go on.
    next: String,
) -> impl IntoView {
    let form = use_form();
    // What the last press answered, to take back.
    let pressed = RwSignal::new(Vec::<String>::new());
    let none_id = format!("refer-none-{id}");
    let press = {
        let none_id = none_id.clone();
        move |_| {
            let before = pressed.get_untracked();
            let is_back = !before.is_empty();
            let is_marked =
                |path: &String, mark: &str| form.peek_answers(|answers| answers.text(path) == mark);
            // What was answered otherwise meanwhile is not taken back.
            let mark = if is_back { "" } else { "no" };
            let paths: Vec<String> = match is_back {
                true => before.into_iter().filter(|path| is_marked(path, "no")).collect(),
                false => paths.iter().filter(|path| is_marked(path, "")).cloned().collect(),
            };
            let edits = paths.iter().map(|path| (path.clone(), Edit::Text(mark.to_owned()))).collect();
            pressed.set(if is_back { Vec::new() } else { paths });
            let focus = if is_back { none_id.clone() } else { next.clone() };
            form.dispatch(Event::AnsweredTogether(edits, Some(focus)));
            // What was found stays in view.
            if !is_back && progress.get_untracked().found == 0 {
                is_open.set(false);
            }
        }
    };
    let is_used = Memo::new(move |_| !pressed.read().is_empty());
    let button = Memo::new(move |_| match (is_used.get(), progress.read().open) {
        (true, _) => Some("refer.take_back"),
        (false, 0) => None,
        (false, _) => Some("refer.none_of_these"),
    });
    let hidden = format!(": {name}");
    view! {
        <div class="ca-refer__none">
            {redrawn(move || {
                let (none_id, press, hidden) = (none_id.clone(), press.clone(), hidden.clone());
                button.get().map(|key| view! {
                    <button
                        part="button"
                        type="button"
                        class="govuk-button govuk-button--secondary ca-no-print"
                        id=none_id
                        disabled=form.is_locked
                        on:click=press
                    >
                        {form.text(key)}
                        <span class="govuk-visually-hidden">{hidden}</span>
                    </button>
                }.into_any())
            })}
        </div>
    }
}
