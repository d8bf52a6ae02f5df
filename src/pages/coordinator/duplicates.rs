//! Duplicates to settle: pairs of records that may be of one child, those that agree most first. A person decides each time,
//! on a page of its own; and the way to a record that was joined, to take it apart.

use assessment_api::duplicates::{DuplicateList, DuplicatePair};
use assessment_api::path::{DUPLICATES, PEOPLE_SEARCH};
use assessment_api::person::{MatchReason, PeopleFound, PeopleSearch, PersonSummary, Strength};
use leptos::prelude::*;

use super::super::work::asked::{answer, asked, more};
use super::super::work::fields::ShortText;
use super::super::work::list::day;
use super::super::work::search::born_in_words;
use super::{CoordinatorLink, Work, side_by_side, use_work};
use crate::components::{Details, redrawn};
use crate::state::Focus;
use crate::state::coordinator::CoordinatorPage;

/// How many at a time. Each is two entries in the access logs.
const PAGE: u32 = 10;
/// The id of the field for somebody to look for.
const TEXT: &str = "coordinator.find";

#[component]
pub(super) fn Duplicates() -> impl IntoView {
    let work = use_work();
    let round = RwSignal::new(0_u32);
    let again = Callback::new(move |()| {
        round.update(|round| *round += 1);
        work.form.focus_on(Focus::Heading);
    });
    view! {
        <p>{work.text("coordinator.duplicates.about")}</p>
        {redrawn(move || {
            round.track();
            pairs(work, None, again)
        })}
        <Find/>
    }
}

fn pairs(work: Work, after: Option<String>, again: Callback<()>) -> AnyView {
    let is_first = after.is_none();
    let after = after.map(|after| format!("&after={after}")).unwrap_or_default();
    let at = format!("{DUPLICATES}?limit={PAGE}{after}");
    let ask = move || {
        let (asking, at) = (work.asking(None), at.clone());
        answer(async move { asking.get(&at).await?.read::<DuplicateList>() })
    };
    asked(work, None, ask, move |DuplicateList { pairs: found, next, to_compare }| {
        let is_empty = found.is_empty() && next.is_none() && is_first;
        let none = is_empty
            .then(|| view! { <p role="status">{work.text("coordinator.duplicates.none")}</p> }.into_any());
        let unfinished = (to_compare > 0 && is_first).then(|| {
            let text = work.filled("coordinator.duplicates.more", &[("count", &to_compare.to_string())]);
            view! {
                <div class="govuk-inset-text">
                    <p>{text}</p>
                    <button type="button" class="ca-press" on:click=move |_| again.run(())>
                        {work.text("coordinator.duplicates.again")}
                    </button>
                </div>
            }
            .into_any()
        });
        let rows: Vec<AnyView> = found.into_iter().map(|found| pair(work, found)).collect();
        view! {
            {unfinished}
            {none}
            {rows}
            {next.map(|next| {
                let id = format!("coordinator.after.{next}");
                more(work, "work.more", id, move || pairs(work, Some(next.clone()), again))
            })}
        }
        .into_any()
    })
}

fn pair(work: Work, found: DuplicatePair) -> AnyView {
    let DuplicatePair { one, other, strength, reasons_for, reasons_against, earlier_decision } = found;
    let [first, second] = [&one, &other].map(|person| name(work, person));
    let page = CoordinatorPage::Pair(one.id.clone(), other.id.clone());
    let hidden = work.filled("coordinator.pair.of", &[("one", &first), ("other", &second)]);
    let born = [&one, &other].map(|person| born(work, person));
    let held = [one.held_by, other.held_by];
    let earlier = earlier_decision.map(|decision| {
        let values = [("day", &*day(work, &decision.on)), ("name", &*decision.by)];
        view! { <p class="govuk-inset-text">{work.filled("coordinator.pair.earlier", &values)}</p> }
            .into_any()
    });
    view! {
        <section class="ca-group">
            <h2 class="govuk-heading-m">{work.text(strength_key(strength))}</h2>
            {earlier}
            <ul class="ca-drafts">
                {side_by_side(work, work.text("coordinator.fact.name"), [vec![first], vec![second]])}
                {side_by_side(work, work.text("coordinator.fact.born"), born)}
                {side_by_side(work, work.text("work.fact.holder"), held)}
            </ul>
            {evidence(work, reasons_for, reasons_against)}
            <p>
                <CoordinatorLink page>
                    {work.text("coordinator.pair.open")} <span class="govuk-visually-hidden">{hidden}</span>
                </CoordinatorLink>
            </p>
        </section>
    }
    .into_any()
}

fn name(work: Work, person: &PersonSummary) -> String {
    person.name.clone().unwrap_or_else(|| work.text("work.no_name"))
}

fn born(work: Work, person: &PersonSummary) -> Vec<String> {
    person.born.iter().map(|born| born_in_words(work, born)).collect()
}

/// How much agrees. Nothing says that it is the same child.
pub(super) fn strength_key(strength: Strength) -> &'static str {
    match strength {
        Strength::Possible => "coordinator.strength.possible",
        Strength::Likely => "coordinator.strength.likely",
        Strength::Strong => "coordinator.strength.strong",
    }
}

/// What speaks for one child, and what against.
pub(super) fn evidence(work: Work, reasons_for: Vec<MatchReason>, against: Vec<MatchReason>) -> AnyView {
    let list = |key: &str, none: &str, reasons: Vec<MatchReason>| {
        let lines: Vec<AnyView> =
            reasons.into_iter().map(|reason| view! { <li>{reason.words}</li> }.into_any()).collect();
        let lines = match lines.is_empty() {
            true => view! { <p>{work.text(none)}</p> }.into_any(),
            false => view! { <ul class="govuk-list govuk-list--bullet">{lines}</ul> }.into_any(),
        };
        view! {
            <h3 class="govuk-heading-s">{work.text(key)}</h3>
            {lines}
        }
        .into_any()
    };
    view! {
        {list("coordinator.for", "coordinator.for.none", reasons_for)}
        {list("coordinator.against", "coordinator.against.none", against)}
    }
    .into_any()
}

/// Looks for a record that was joined, to take it apart.
#[component]
fn Find() -> impl IntoView {
    let work = use_work();
    let text = work.field(TEXT);
    let (wanted, is_missing) = (RwSignal::new(None::<String>), RwSignal::new(false));
    let error = Signal::derive(move || {
        (is_missing.get() && text.with(|text| text.trim().is_empty()))
            .then(|| work.text("work.search.needed"))
    });
    let look = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let typed = text.get_untracked().trim().to_owned();
        if typed.is_empty() {
            is_missing.set(true);
            return work.form.focus(TEXT);
        }
        work.used(TEXT);
        wanted.set(Some(typed));
    };
    view! {
        <Details summary=work.text("coordinator.find")>
            <p>{work.text("coordinator.find.about")}</p>
            <form novalidate=true on:submit=look>
                <ShortText
                    id=TEXT
                    label=work.text("work.search.label")
                    hint=Some(work.text("work.search.hint"))
                    value=text
                    error
                />
                <button part="button" type="submit" class="govuk-button govuk-button--secondary">
                    {work.text("work.search.button")}
                </button>
            </form>
            {redrawn(move || wanted.get().map(|wanted| found(work, wanted)))}
        </Details>
    }
}

fn found(work: Work, text: String) -> AnyView {
    let ask = move || {
        let (asking, text) = (work.asking(None), text.clone());
        answer(async move {
            asking
                .post(PEOPLE_SEARCH, &PeopleSearch { text, reason: None }, None)
                .await?
                .read::<PeopleFound>()
        })
    };
    asked(work, None, ask, move |PeopleFound { people, more, .. }| {
        let said = match people.len() {
            0 => work.text("work.search.none"),
            1 => work.text("work.search.one"),
            count => work.filled("work.search.count", &[("count", &count.to_string())]),
        };
        let rows = people.into_iter().map(|found| {
            let (name, born) = (name(work, &found.person), born(work, &found.person));
            view! {
                <li>
                    <CoordinatorLink page=CoordinatorPage::Person(found.person.id)>
                        <bdi>{name}</bdi>
                    </CoordinatorLink>
                    " "
                    {born}
                </li>
            }
            .into_any()
        });
        view! {
            <p role="status">{said}</p>
            <ul class="govuk-list">{rows.collect_view()}</ul>
            {more.then(|| view! { <p>{work.text("work.search.more")}</p> }.into_any())}
        }
        .into_any()
    })
}
