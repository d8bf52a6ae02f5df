//! Questions on a page: one control for each kind, chosen by the catalogue row. No question is named here, and no control
//! knows of which form its question is.

mod assessment;
mod checkboxes;
mod contradiction;
mod date;
mod fold;
mod indicators;
mod note;
mod nothing_else;
mod offers;
mod questionnaire;
mod radios;
mod rows;
mod select;
pub(crate) mod shown;
mod text;
mod today;
mod typed;
mod wrapper;

use assessment_engine::answers::{Answers, Caf, Question};
use assessment_engine::code_lists::Code;
use assessment_form::{Group, Kind};
use leptos::prelude::*;

use crate::components::redrawn;
use crate::form::use_form;
use checkboxes::Checkboxes;
pub(crate) use contradiction::{Contradictions, NewContradictions, OldReasons};
use date::DateInput;
use fold::Fold;
pub(crate) use indicators::IndicatorItem;
use indicators::Indicators;
pub(crate) use note::option_note;
pub(crate) use questionnaire::{AnyQuestion, Asks, Offered, Questionnaire, Value, use_questionnaire};
use radios::{RadioItems, Radios};
use rows::Rows;
use select::Select;
use text::{TextArea, TextInput};
use wrapper::UnderLegend;

/// The most options that are shown as radios.
const MAX_RADIOS: usize = 7;
/// The longest text, in characters, whose box is short enough to be beside another.
const MAX_SHORT: u16 = 140;
/// The longest text, in characters, that is a few lines in a box beside another.
const MAX_FEW_LINES: u16 = 500;
/// The most radios, and the longest label of one, for them to be beside another question.
const MAX_SHORT_OPTIONS: usize = 5;
const MAX_SHORT_LABEL: usize = 40;

/// What a control needs to know of its question.
#[derive(Clone)]
pub(crate) struct Field {
    /// The path, which is also the control's id.
    pub(crate) path: String,
    /// The stem of the wording keys.
    pub(crate) key: String,
    pub(crate) question: AnyQuestion,
    pub(crate) label: String,
    pub(crate) hint: Option<String>,
    /// The problem that is shown at the question, in words.
    pub(crate) error: Memo<Option<String>>,
    pub(crate) has_error: Memo<bool>,
    /// The ids of hint and error, for `aria-describedby`.
    pub(crate) described_by: Memo<Option<String>>,
    /// Whether it may be beside another on a wide screen.
    pub(crate) is_short: bool,
}

impl Field {
    fn new(path: String, group_key: &str, question: AnyQuestion) -> Field {
        let key = format!("{group_key}.{}", question.name);
        let asking = use_questionnaire();
        let asks = asking.asks();
        let label = asks.label(&key, question);
        let hint = asks.text(&format!("{key}.hint"));
        let error = asking.error_at(&path);
        let has_error = Memo::new(move |_| error.read().is_some());
        let hint_id = hint.as_ref().map(|_| format!("{path}-hint"));
        let error_id = format!("{path}-error");
        let count_id = text::is_counted(&question).then(|| text::count_id(&path));
        let described_by = Memo::new(move |_| {
            let error_id = has_error.get().then_some(&error_id);
            let ids: Vec<&str> = [hint_id.as_ref(), error_id, count_id.as_ref()]
                .into_iter()
                .flatten()
                .map(String::as_str)
                .collect();
            (!ids.is_empty()).then(|| ids.join(" "))
        });
        let is_short = is_short(question, &*asks);
        Field { path, key, question, label, hint, error, has_error, described_by, is_short }
    }
}

/// Whether a question takes little room: a date, a code, a number or a short text. By kind and limit, never by name.
fn is_short(question: AnyQuestion, asks: &dyn Asks) -> bool {
    match question.kind {
        Kind::Text => (1..=MAX_SHORT).contains(&question.max),
        Kind::Choice(list) => {
            let options = asks.options(list);
            let is_short = |option: &Code| option.label.chars().count() <= MAX_SHORT_LABEL;
            options.len() > MAX_RADIOS || (options.len() <= MAX_SHORT_OPTIONS && options.iter().all(is_short))
        }
        Kind::Multiline => (1..=MAX_FEW_LINES).contains(&question.max),
        Kind::Choices(_) | Kind::Indicators | Kind::Group | Kind::Rows(_) => false,
        // Dates, codes, numbers, and lists of short lines.
        _ => true,
    }
}

/// One question at the top of a record: the first question, or a section that is a repeating group.
#[component]
pub(crate) fn TopLevel(#[prop(into)] name: String) -> impl IntoView {
    let record: &dyn Group<Caf> = Answers::blank();
    let found = record.position(&name).and_then(|index| record.questions().get(index));
    found.map(|question| view! { <Ask stem="" group_key=record.key() question/> }.into_any())
}

/// The question that every record begins with: a choice between a few options. It names its control, so that the first
/// page needs no other (decision record 0032).
#[component]
pub(crate) fn FirstQuestion(name: &'static str) -> impl IntoView {
    let record: &dyn Group<Caf> = Answers::blank();
    let found = record.position(name).and_then(|index| record.questions().get(index));
    found.map(|question| {
        let question = AnyQuestion::of_assessment(use_form(), name.to_owned(), record.key(), question);
        ask(name.to_owned(), record.key(), question, first)
    })
}

fn first(field: Field) -> AnyView {
    let Kind::Choice(list) = field.question.kind else { return ().into_any() };
    let options = use_questionnaire().asks().options(list);
    view! { <Radios field options/> }.into_any()
}

/// A choice between some of a question's options. It is not taken back: another one is chosen.
#[component]
pub(crate) fn RadiosOf(
    #[prop(into)] path: String,
    group_key: &'static str,
    question: &'static Question,
    options: Vec<Code>,
) -> impl IntoView {
    let value = use_questionnaire().text_at(&path);
    let question = AnyQuestion::of_assessment(use_form(), path.clone(), group_key, question);
    let field = Field::new(path.clone(), group_key, question);
    view! {
        <UnderLegend field>
            <div class="govuk-radios">
                <RadioItems path=path.clone() value options/>
            </div>
        </UnderLegend>
    }
}

/// Something that a page puts before one of its questions, or in the question's own place.
pub(crate) type Own = fn(path: &str) -> Option<AnyView>;

/// All questions of the group at `stem`, in catalogue order. A run of them that has a sub-heading is folded under it while
/// nothing in it is answered, needed or wrong.
#[component]
pub(crate) fn Questions(
    #[prop(into)] stem: String,
    #[prop(optional)] before: Option<Own>,
    #[prop(optional)] instead: Option<Own>,
) -> impl IntoView {
    let asks = use_questionnaire().asks();
    let (key, questions) = asks.group(&stem).unwrap_or_default();
    let heading = |question: &AnyQuestion| asks.text(&format!("heading.{key}.{}", question.name));
    let runs = questions.chunk_by(|_, next| heading(next).is_none());
    runs.map(|run| {
        let title = run.first().and_then(heading);
        let mut has_own = false;
        let asked = run.iter().map(|question| {
            let path = join(&stem, question.name);
            let own = instead.and_then(|instead| instead(&path));
            let first = before.and_then(|before| before(&path));
            has_own |= own.is_some() || first.is_some();
            let asked = || ask(path.clone(), key, *question, control);
            view! {
                {first}
                {own.unwrap_or_else(asked)}
            }
            .into_any()
        });
        let content = asked.collect_view().into_any();
        match title {
            None => view! { <div class="ca-run">{content}</div> }.into_any(),
            // What a page puts there itself is never folded.
            Some(title) if has_own => view! {
                <h2 class="govuk-heading-m">{title}</h2>
                <div class="ca-run">{content}</div>
            }
            .into_any(),
            Some(title) => {
                let paths = run.iter().map(|question| join(&stem, question.name)).collect();
                let shown = run.iter().map(|question| question.shown).collect();
                view! { <Fold paths shown title>{content}</Fold> }.into_any()
            }
        }
    })
    .collect_view()
    .into_any()
}

fn join(stem: &str, name: &str) -> String {
    if stem.is_empty() { name.to_owned() } else { format!("{stem}.{name}") }
}

/// One question of the assessment below `stem`, while it is asked.
#[component]
pub(crate) fn Ask(
    #[prop(into)] stem: String,
    group_key: &'static str,
    question: &'static Question,
) -> impl IntoView {
    let path = join(&stem, question.name);
    let question = AnyQuestion::of_assessment(use_form(), path.clone(), group_key, question);
    ask(path, group_key, question, control)
}

fn ask(path: String, group_key: &'static str, question: AnyQuestion, draw: Draw) -> AnyView {
    match question.shown {
        None => with_notes(Field::new(path, group_key, question), draw),
        Some(shown) => redrawn(move || {
            shown.get().then(|| with_notes(Field::new(path.clone(), group_key, question), draw))
        }),
    }
}

/// How a control is drawn.
type Draw = fn(Field) -> AnyView;

/// The control, and under it what does not fit the answer.
fn with_notes(field: Field, draw: Draw) -> AnyView {
    let is_answer = !matches!(field.question.kind, Kind::Group | Kind::Rows(_));
    let note = note::note(&field);
    let below = is_answer.then(|| use_questionnaire().asks().below(&field.path)).flatten();
    view! {
        {draw(field)}
        {note}
        {below}
    }
    .into_any()
}

/// The control of a kind of question.
fn control(field: Field) -> AnyView {
    match field.question.kind {
        Kind::Group => view! { <Nested field/> }.into_any(),
        Kind::Rows(max) => view! { <Rows field max/> }.into_any(),
        Kind::Indicators => view! { <Indicators field/> }.into_any(),
        Kind::Choice(list) => {
            let options = use_questionnaire().asks().options(list);
            if options.len() > MAX_RADIOS {
                view! { <Select field options/> }.into_any()
            } else {
                view! { <Radios field options/> }.into_any()
            }
        }
        Kind::Choices(list) => {
            let options = use_questionnaire().asks().options(list);
            view! { <Checkboxes field options/> }.into_any()
        }
        Kind::PastDate | Kind::BirthDate | Kind::ComingDate | Kind::ExpectedDate | Kind::AnyDate => {
            view! { <DateInput field/> }.into_any()
        }
        Kind::Multiline | Kind::Lines | Kind::Phones => view! { <TextArea field/> }.into_any(),
        Kind::Text
        | Kind::Time
        | Kind::Age
        | Kind::Score
        | Kind::Money
        | Kind::NhsNumber
        | Kind::Upn
        | Kind::Uln
        | Kind::Uci
        | Kind::Postcode
        | Kind::Phone
        | Kind::Email
        | Kind::Reference => view! { <TextInput field/> }.into_any(),
    }
}

/// A struct of further questions, under one legend.
#[component]
fn Nested(field: Field) -> impl IntoView {
    let stem = field.path.clone();
    view! {
        <fieldset class="govuk-fieldset ca-nested" aria-describedby=field.described_by>
            <legend class="govuk-fieldset__legend govuk-fieldset__legend--m">{field.label.clone()}</legend>
            <wrapper::Hint field=field.clone()/>
            <Questions stem/>
        </fieldset>
    }
}
