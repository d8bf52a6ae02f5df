//! Two answers that do not fit together, as one question: both answers with a way to each, and room to say why both are
//! right. It is asked, and never in the way: nothing here stops saving.

use assessment_engine::answers::Node;
use assessment_engine::contradictions::{Contradiction, explanation};
use assessment_engine::reasons::is_reason;
use assessment_form::{Edit, is_blank};
use leptos::prelude::*;

use super::shown;
use super::typed::typed;
use crate::components::{ChangeLink, on_own, redrawn};
use crate::form::{Form, use_form};
use crate::state::{Event, Focus, Page, Record};
use assessment_wording::uncapitalised;

/// Which contradictions a part of a page shows.
type Fits = Box<dyn Fn(&Contradiction) -> bool + Send + Sync>;

/// All contradictions of the record, on a page where they are looked at together.
#[component]
pub(crate) fn Contradictions(
    /// Whether the page asks before sending: what is asked there is not asked twice.
    #[prop(optional)]
    is_before_sending: bool,
) -> impl IntoView {
    let form = use_form();
    let is_open = form.peek(|state| state.record.as_ref().is_some_and(Record::is_open));
    // Looked at once: a question must not go away while its reason is typed.
    let asked_below: Vec<String> = form
        .contradictions
        .get_untracked()
        .into_iter()
        .filter(|one| {
            is_before_sending && is_open && !one.is_explained && one.matter.is_asked_before_sending()
        })
        .map(|one| one.fingerprint)
        .collect();
    let asked_below = StoredValue::new(asked_below);
    let is_here =
        move |one: &Contradiction| asked_below.with_value(|below| !below.contains(&one.fingerprint));
    let is_any =
        Memo::new(move |_| !form.with_family.get() && form.contradictions.read().iter().any(is_here));
    redrawn(move || {
        is_any.get().then(|| {
            view! {
                <h2 class="govuk-heading-m">{form.text("contradiction.heading")}</h2>
                <p>{form.text("contradiction.about")}</p>
                {asked(form, Box::new(is_here))}
            }
            .into_any()
        })
    })
}

/// Says that there is a new question: it may be out of view of who hears the page. Not while the family may hear it.
#[component]
pub(crate) fn NewContradictions() -> impl IntoView {
    let form = use_form();
    Effect::new(move |before: Option<(u32, usize)>| {
        let open = form.contradictions.read().iter().filter(|one| !one.is_explained).count();
        let opened = form.with(|state| state.opened);
        let is_new = before.is_some_and(|(record, before)| record == opened && open > before);
        if is_new && !form.with_family.get_untracked() {
            form.announce(&form.text("contradiction.new"));
        }
        (opened, open)
    });
}

/// Those that the answer at a path is part of, directly under it. Where both answers are on one page it is asked once.
#[component]
pub(crate) fn ContradictedAt(path: String) -> impl IntoView {
    let form = use_form();
    let below = format!("{path}.");
    let is_here = move |place: &str| place == path || place.starts_with(&below);
    let fits = move |one: &Contradiction| {
        let [first, second] = &one.places;
        let is_one_page = Page::of_path(first) == Page::of_path(second) && is_asked(form, second);
        is_here(second) || (is_here(first) && !is_one_page)
    };
    asked(form, Box::new(fits))
}

fn is_asked(form: Form, path: &str) -> bool {
    let question = form.peek_answers(|answers| answers.find(path).map(|found| found.question));
    question.is_some_and(|question| form.is_asked(path, question))
}

fn asked(form: Form, fits: Fits) -> AnyView {
    let mine = Memo::new(move |_| {
        if form.with_family.get() || form.is_locked.get() {
            return Vec::new();
        }
        let mine = form.contradictions.read().iter().filter(|one| fits(one)).cloned().collect::<Vec<_>>();
        // Whether it is explained is looked at below: a question must not be drawn again while its reason is typed.
        mine.into_iter().map(|one| Contradiction { is_explained: false, ..one }).collect()
    });
    // Drawn again only when others are found: typing a reason changes none of them.
    redrawn(move || mine.get().into_iter().map(|one| view! { <Asked one/> }.into_any()).collect_view())
}

#[component]
fn Asked(one: Contradiction) -> impl IntoView {
    let form = use_form();
    let id = format!("contradiction-{}-{}", one.matter.code(), one.fingerprint);
    let question = form.text(&format!("contradiction.{}", one.matter.code()));
    let places = one.places.clone();
    let answers = redrawn(move || {
        form.track_answers();
        let rows = places.iter().map(|path| place(form, path.clone()).into_any()).collect_view();
        view! { <dl class="govuk-summary-list">{rows}</dl> }.into_any()
    });
    let reason = match one.matter.own_reason() {
        Some(path) => own_reason(form, path).into_any(),
        None => view! { <Why one id=id.clone()/> }.into_any(),
    };
    let label = id.clone();
    view! {
        <div class="ca-contradiction" role="group" aria-labelledby=label>
            <p class="ca-contradiction__question" id=id tabindex="-1">{question}</p>
            {answers}
            {reason}
        </div>
    }
    .into_any()
}

/// One of the two answers, and the way to it.
fn place(form: Form, path: String) -> impl IntoView + use<> {
    let standards = form.standards();
    let (name, value) = form.peek_answers(|answers| {
        let Some(found) = answers.find(&path) else { return Default::default() };
        let value = match (&found.indicator, found.node) {
            (Some(_), Node::Text(mark)) => shown::code(form, "mark", mark),
            (Some(_), _) => shown::code(form, "mark", answers.text(&path)),
            (None, node) => shown::answer(form, found.question.kind, node),
        };
        (form.words().asked(&found, &standards), value)
    });
    let name = match form.part_of(&path) {
        Some(part) => format!("{part}: {}", uncapitalised(&name)),
        None => name,
    };
    let about = format!(" {}", uncapitalised(&name));
    view! {
        <div class="govuk-summary-list__row">
            <dt class="govuk-summary-list__key">{name}</dt>
            <dd class="govuk-summary-list__value ca-typed" dir="auto">{value}</dd>
            <dd class="govuk-summary-list__actions">
                <ChangeLink path>
                    {form.text("check.change")}
                    <span class="govuk-visually-hidden">{about}</span>
                </ChangeLink>
            </dd>
        </div>
    }
}

/// The form asks for this reason in any case. Where something is urgent a weak one holds nothing up, and that is said.
/// Where the page says already what is wrong with the reason, it is not said twice.
fn own_reason(form: Form, path: &'static str) -> impl IntoView {
    let is_said_above = Memo::new(move |_| form.problems.read().iter().any(|problem| problem.path == path));
    redrawn(move || {
        if is_said_above.get() {
            return ().into_any();
        }
        let reason = form.answers(|answers| answers.text(path).to_owned());
        let is_said = is_reason(&reason);
        let is_urgent = form.outcome.get().is_some_and(|outcome| !outcome.urgent.is_empty());
        let text = form.text(match (is_said, is_blank(&reason)) {
            (true, _) => "contradiction.explained",
            (false, true) => "contradiction.below_why",
            (false, false) => "contradiction.below_weak",
        });
        view! {
            <p>
                {text}
                " "
                <ChangeLink path>{form.text("contradiction.below_link")}</ChangeLink>
            </p>
            {(!is_said && is_urgent).then(|| view! { <p>{form.text("contradiction.urgent")}</p> }.into_any())}
        }
        .into_any()
    })
}

/// "Both are right, because …"
#[component]
fn Why(one: Contradiction, id: String) -> impl IntoView {
    let form = use_form();
    let Contradiction { matter, fingerprint, .. } = one;
    let kept = Memo::new({
        let fingerprint = fingerprint.clone();
        move |_| {
            form.answers(|answers| {
                explanation(answers, matter, &fingerprint).map(|(row, kept)| (row, kept.reason.clone()))
            })
        }
    });
    let reason = Memo::new(move |_| kept.get().map(|(_, reason)| reason).unwrap_or_default());
    // A problem found on sending leads to the reason by its path, once there is a row.
    let field = {
        let own = format!("{id}-reason");
        move || {
            kept.get().map_or_else(|| own.clone(), |(row, _)| format!("conclusions.explained[{row}].reason"))
        }
    };
    let (for_id, field_id) = (field.clone(), field);
    let (hint_id, error_id) = (format!("{id}-hint"), format!("{id}-error"));
    let was_left = RwSignal::new(!reason.with_untracked(|reason| is_blank(reason)));
    let is_weak =
        Memo::new(move |_| was_left.get() && !is_blank(&reason.read()) && !is_reason(&reason.read()));
    let described = {
        let (hint_id, error_id) = (hint_id.clone(), error_id.clone());
        move || if is_weak.get() { format!("{hint_id} {error_id}") } else { hint_id.clone() }
    };
    let explain = move |event| {
        if let Some(reason) = typed(&event) {
            form.dispatch(Event::Explained { matter, fingerprint: fingerprint.clone(), reason });
        }
    };
    let error = redrawn(move || {
        let id = error_id.clone();
        is_weak.get().then(|| {
            view! { <p class="govuk-error-message" id=id>{form.text("contradiction.weak")}</p> }.into_any()
        })
    });
    let said = redrawn(move || {
        is_reason(&reason.read()).then(|| {
            view! { <p class="ca-contradiction__said">{form.text("contradiction.explained")}</p> }.into_any()
        })
    });
    view! {
        <div class="govuk-form-group" class:govuk-form-group--error=is_weak>
            <label class="govuk-label govuk-label--s" for=for_id>{form.text("contradiction.why")}</label>
            <div class="govuk-hint" id=hint_id>{form.text("contradiction.why.hint")}</div>
            {error}
            <textarea
                class="govuk-textarea"
                class:govuk-textarea--error=is_weak
                rows="2"
                autocomplete="off"
                id=field_id
                aria-describedby=described
                prop:value=reason
                on:input=explain
                on:change=move |_| was_left.set(true)
            />
            {said}
        </div>
    }
}

/// Reasons that were given for answers that have changed since. They stay in the record until somebody takes them out.
#[component]
pub(crate) fn OldReasons() -> impl IntoView {
    let form = use_form();
    let old = Memo::new(move |_| {
        let current = form.contradictions.get();
        form.answers(|answers| {
            let rows = answers.conclusions.explained.iter().enumerate();
            let is_old = |row: &assessment_engine::answers::Explained| {
                !current.iter().any(|one| one.matter.code() == row.matter && one.fingerprint == row.answers)
            };
            let old = rows.filter(|(_, row)| is_old(row));
            old.map(|(at, row)| (at, row.matter.clone(), row.reason.clone())).collect::<Vec<_>>()
        })
    });
    on_own(move || {
        let rows = old.get().into_iter().map(|(at, matter, reason)| {
            let name = shown::code(form, "contradictions", &matter);
            let remove = move |_| {
                form.answer("conclusions.explained", Edit::RemoveRow(at));
                form.focus_on(Focus::Heading);
            };
            view! {
                <div class="ca-contradiction">
                    <p class="ca-contradiction__question">{name.clone()}</p>
                    <p class="ca-typed" id=format!("conclusions.explained[{at}].reason") tabindex="-1">{reason}</p>
                    <button
                        part="button"
                        type="button"
                        class="govuk-button govuk-button--secondary"
                        disabled=form.is_locked
                        on:click=remove
                    >
                        {form.text("contradiction.remove")}
                        <span class="govuk-visually-hidden">{format!(" {}", uncapitalised(&name))}</span>
                    </button>
                </div>
            }
            .into_any()
        });
        let rows: Vec<AnyView> = rows.collect();
        (!rows.is_empty()).then(|| {
            view! {
                <h2 class="govuk-heading-m">{form.text("contradiction.old")}</h2>
                <p>{form.text("contradiction.old_about")}</p>
                {rows}
            }
            .into_any()
        })
    })
}
