//! "Do I need to refer?": danger, age, and the few indicators that decide, on one page, with what they suggest. It works on
//! a record like any other, so that nothing is typed twice if a CAF follows. Which indicators decide is the engine's.

use assessment_engine::answers::{Answers, Caf};
use assessment_engine::code_lists::Code;
use assessment_engine::refer::{self, themes};
use assessment_form::{Edit, Group, Kind, is_blank};
use assessment_rules::{Age, Indicator};
use leptos::prelude::*;

use super::title_of;
use crate::components::{
    BackLink, Contacts, Details, ErrorSummary, Follow, OwnNote, PageLink, Suggestion, on_own, redrawn,
};
use crate::form::{Form, use_form};
use crate::questions::{FirstQuestion, IndicatorItem, RadiosOf};
use crate::state::{Event, Page};

/// The question that this page asks about age.
const AGE: &str = "identifying_details.age_band";
/// The id of what the answers suggest.
const RESULT: &str = "refer-result";

#[component]
pub(super) fn Refer() -> impl IntoView {
    let form = use_form();
    let heading = Memo::new(move |_| title_of(form, &Page::Refer));
    view! {
        <BackLink page=Page::Start/>
        <ErrorSummary/>
        <h1 class="govuk-heading-l" tabindex="-1">{heading}</h1>
        <OwnNote stem=None/>
        {on_own(|| view! { <Check/> }.into_any())}
    }
}

#[component]
fn Check() -> impl IntoView {
    let form = use_form();
    view! {
        <div class="ca-refer">
            <p class="ca-measure">{form.text("refer.about")}</p>
            <FirstQuestion name="danger_now"/>
            <AgeQuestion/>
            <Themes/>
            <SoFar/>
            <div id=RESULT tabindex="-1">
                <Suggestion/>
            </div>
            <NoneFound/>
            <Details summary=form.text("refer.numbers")>
                <Contacts/>
            </Details>
            <p class="ca-measure">{form.text("refer.carry_on_about")}</p>
            <div class="govuk-button-group ca-no-print">
                <button type="button" class="govuk-button" on:click=move |_| form.go(Page::Tasks)>
                    {form.text("refer.carry_on")}
                </button>
                <PageLink class="govuk-link" page=Page::Start>{form.text("back.start")}</PageLink>
            </div>
        </div>
    }
}

/// A rough age, where no date says more.
#[component]
fn AgeQuestion() -> impl IntoView {
    let form = use_form();
    let is_dated = Memo::new(move |_| {
        form.answers(|answers| {
            let child = &answers.identifying_details;
            !(child.dob.is_blank() && child.edd.is_blank() && is_blank(&child.age_about))
        })
    });
    redrawn(move || {
        if is_dated.get() {
            return Some(view! { <p class="ca-measure">{form.text("refer.age_known")}</p> }.into_any());
        }
        let group: &dyn Group<Caf> = &Answers::blank().identifying_details;
        let question = group.questions().iter().find(|question| AGE.ends_with(question.name))?;
        let options = options(form, question.kind)?;
        Some(view! { <RadiosOf path=AGE group_key=group.key() question options/> }.into_any())
    })
}

fn options(form: Form, kind: Kind) -> Option<Vec<Code>> {
    match kind {
        Kind::Choice(list) => Some(form.standards().lists.list(list).to_vec()),
        _ => None,
    }
}

/// Which age the indicators are for; `None` until it is answered.
fn age_asked(form: Form) -> Option<Age> {
    let is_answered = form.answers(|answers| {
        let child = &answers.identifying_details;
        !(child.dob.is_blank()
            && child.edd.is_blank()
            && is_blank(&child.age_about)
            && child.age_band.is_empty())
    });
    is_answered.then(|| form.facts().age)
}

/// The indicators, once the age is answered. They are drawn again when the age changes, never while somebody answers.
#[component]
fn Themes() -> impl IntoView {
    let form = use_form();
    let age = Memo::new(move |_| age_asked(form));
    redrawn(move || {
        if age.get().is_none() {
            return view! { <p class="govuk-inset-text">{form.text("refer.age_first")}</p> }.into_any();
        }
        let standards = form.standards();
        let drawn = form.peek_answers(|answers| {
            let themes = themes(answers, form.today(), &standards.pack);
            let draw = |theme: refer::Theme<'_>| {
                let indicators: Vec<Indicator> = theme.indicators.into_iter().cloned().collect();
                (theme.id, indicators)
            };
            themes.into_iter().map(draw).collect::<Vec<_>>()
        });
        let drawn = drawn.into_iter().map(|(id, indicators)| view! { <Theme id indicators/> }.into_any());
        view! {
            <p class="ca-measure">{form.text("refer.signs")}</p>
            {drawn.collect_view()}
        }
        .into_any()
    })
}

/// The indicators of one theme, and "none of these" for those that are still open.
#[component]
fn Theme(id: &'static str, indicators: Vec<Indicator>) -> impl IntoView {
    let form = use_form();
    let name = form.text(&format!("refer.theme.{id}"));
    let standards = form.standards();
    let with_path = |indicator: Indicator| (standards.pack.path_of(&indicator), indicator);
    let with_paths: Vec<(String, Indicator)> = indicators.into_iter().map(with_path).collect();
    let paths: Vec<String> = with_paths.iter().map(|(path, _)| path.clone()).collect();
    let open = Memo::new(move |_| {
        form.answers(|answers| {
            paths.iter().filter(|path| answers.text(path).is_empty()).cloned().collect::<Vec<_>>()
        })
    });
    // What the last press answered, to take back.
    let pressed = RwSignal::new(Vec::<String>::new());
    let none_id = format!("refer-none-{id}");
    let press = {
        let none_id = none_id.clone();
        move |_| {
            let before = pressed.get_untracked();
            let is_back = !before.is_empty();
            // What was answered otherwise meanwhile is not taken back.
            let still_no = |path: &String| form.peek_answers(|answers| answers.text(path) == "no");
            let paths: Vec<String> =
                if is_back { before.into_iter().filter(still_no).collect() } else { open.get_untracked() };
            let mark = if is_back { "" } else { "no" };
            let edits = paths.iter().map(|path| (path.clone(), Edit::Text(mark.to_owned()))).collect();
            pressed.set(if is_back { Vec::new() } else { paths });
            form.dispatch(Event::AnsweredTogether(edits, Some(none_id.clone())));
        }
    };
    let is_used = Memo::new(move |_| !pressed.read().is_empty());
    let button = Memo::new(move |_| match (is_used.get(), open.read().len()) {
        (true, _) => Some("refer.take_back"),
        (false, 0) => None,
        (false, _) => Some("refer.none_of_these"),
    });
    let said = move || match open.read().len() {
        0 => form.text("refer.all_answered"),
        1 => form.text("refer.open_one"),
        count => form.filled("refer.open", &[("count", &count.to_string())]),
    };
    let items =
        with_paths.into_iter().map(|(path, indicator)| view! { <IndicatorItem path indicator/> }.into_any());
    let hidden = format!(": {name}");
    view! {
        <fieldset class="ca-indicators ca-refer__theme">
            <legend class="govuk-fieldset__legend govuk-fieldset__legend--m">
                <h2 class="govuk-fieldset__heading">{name}</h2>
            </legend>
            <ul class="ca-indicators__list">{items.collect_view()}</ul>
            <div class="ca-refer__none">
                {redrawn(move || {
                    let (none_id, press, hidden) = (none_id.clone(), press.clone(), hidden.clone());
                    button.get().map(|key| view! {
                        <button
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
                <p class="ca-refer__open">{said}</p>
            </div>
        </fieldset>
    }
}

/// The headline in one line, in view and announced while somebody answers; the whole of it is below.
#[component]
fn SoFar() -> impl IntoView {
    let form = use_form();
    let line = Memo::new(move |_| {
        form.outcome.get().map(|outcome| {
            let code = outcome.headline.code;
            form.words().headline(outcome.headline_words(), code, outcome.may_be_more()).line
        })
    });
    view! {
        <div class="ca-refer__so-far ca-no-print">
            <p role="status">
                <span>{form.text("refer.so_far")} ": "</span>
                <strong>{line}</strong>
            </p>
            <Follow class="govuk-link" follow=move || form.focus(RESULT)>{form.text("refer.why")}</Follow>
        </div>
    }
}

/// Where everything was answered with no: what that means, and what it does not.
#[component]
fn NoneFound() -> impl IntoView {
    let form = use_form();
    let is_none = Memo::new(move |_| {
        let is_asked = age_asked(form).is_some();
        form.answers(|answers| {
            let standards = form.standards();
            let is_no = |indicator: &&Indicator| answers.text(&standards.pack.path_of(indicator)) == "no";
            is_asked
                && answers.danger_now == "no"
                && themes(answers, form.today(), &standards.pack)
                    .iter()
                    .all(|theme| theme.indicators.iter().all(is_no))
        })
    });
    redrawn(move || {
        is_none
            .get()
            .then(|| view! { <p class="govuk-inset-text">{form.text("refer.none_found")}</p> }.into_any())
    })
}
