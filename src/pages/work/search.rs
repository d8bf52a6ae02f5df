//! Looking for a child by a name, a number or a date. What is typed goes in the body of a request: it is in no address and
//! in nobody's history.

use assessment_api::path::PEOPLE_SEARCH;
use assessment_api::person::{Born, MatchReason, PeopleFound, PeopleSearch, PersonMatch, Strength};
use leptos::prelude::*;

use super::asked::{answer, asked};
use super::fields::{LongText, ShortText};
use super::list::day;
use super::{Top, Work, WorkLink, use_work};
use crate::components::{Details, redrawn};
use crate::state::work::WorkPage;

/// The ids of the two fields.
const TEXT: &str = "work.search.text";
const REASON: &str = "work.search.reason";

#[component]
pub(super) fn Search() -> impl IntoView {
    let work = use_work();
    let (text, reason) = (work.typed_fields.field(TEXT, ""), work.typed_fields.field(REASON, ""));
    let wanted = RwSignal::new(None::<PeopleSearchAsked>);
    let is_missing = RwSignal::new(false);
    let error = Signal::derive(move || {
        (is_missing.get() && text.with(|text| text.trim().is_empty()))
            .then(|| work.text("work.search.needed"))
    });
    let look = move || {
        let typed = text.get_untracked().trim().to_owned();
        if typed.is_empty() {
            is_missing.set(true);
            return work.form.focus(TEXT);
        }
        work.typed_fields.used(TEXT);
        work.typed_fields.used(REASON);
        let reason = Some(reason.get_untracked().trim().to_owned()).filter(|reason| !reason.is_empty());
        wanted.set(Some(PeopleSearchAsked { text: typed, reason }));
    };
    let none = Signal::derive(|| None::<String>);
    view! {
        <Top page=WorkPage::Search/>
        <form
            novalidate=true
            on:submit=move |event| {
                event.prevent_default();
                look();
            }
        >
            <ShortText
                id=TEXT
                label=work.text("work.search.label")
                hint=Some(work.text("work.search.hint"))
                value=text
                error
            />
            <Details summary=work.text("work.search.why")>
                <LongText
                    id=REASON
                    label=work.text("work.search.reason")
                    hint=work.text("work.reason.hint")
                    value=reason
                    error=none
                />
            </Details>
            <button part="button" type="submit" class="govuk-button">{work.text("work.search.button")}</button>
        </form>
        {redrawn(move || wanted.get().map(|wanted| found(work, wanted)))}
    }
}

/// What was asked for.
#[derive(Clone, PartialEq)]
struct PeopleSearchAsked {
    text: String,
    reason: Option<String>,
}

fn found(work: Work, wanted: PeopleSearchAsked) -> AnyView {
    let ask = move || {
        let (asking, PeopleSearchAsked { text, reason }) = (work.asking(None), wanted.clone());
        answer(async move {
            asking.post(PEOPLE_SEARCH, &PeopleSearch { text, reason }, None).await?.read::<PeopleFound>()
        })
    };
    asked(work, None, ask, move |PeopleFound { people, more, more_with_reason }| {
        let said = match people.len() {
            0 => work.text("work.search.none"),
            1 => work.text("work.search.one"),
            count => work.filled("work.search.count", &[("count", &count.to_string())]),
        };
        let more = more.then(|| view! { <p>{work.text("work.search.more")}</p> }.into_any());
        let with_reason = more_with_reason.then(|| {
            view! { <p class="govuk-inset-text">{work.text("work.search.with_reason")}</p> }.into_any()
        });
        let rows: Vec<AnyView> = people.into_iter().map(|found| person(work, found)).collect();
        let rows = (!rows.is_empty()).then(|| view! { <ul class="ca-drafts">{rows}</ul> }.into_any());
        view! {
            <div role="status"><h2 class="govuk-heading-m">{said}</h2></div>
            {rows}
            {more}
            {with_reason}
        }
        .into_any()
    })
}

/// Somebody who was found, as far as may be shown.
pub(super) fn person(
    work: Work,
    PersonMatch { person, strength, reasons_for, reasons_against, .. }: PersonMatch,
) -> AnyView {
    let name = person.name.unwrap_or_else(|| work.text("work.no_name"));
    let mut records = person.episodes.into_iter();
    let name = match records.next() {
        Some(id) => view! {
            <WorkLink class="govuk-link ca-drafts__name" page=WorkPage::Episode(id)><bdi>{name}</bdi></WorkLink>
        }
        .into_any(),
        None => view! { <p class="ca-drafts__detail"><strong><bdi>{name}</bdi></strong></p> }.into_any(),
    };
    let others = records.enumerate().map(|(index, id)| {
        let text = work.filled("work.search.other", &[("number", &(index + 2).to_string())]);
        view! {
            <p class="ca-drafts__detail"><WorkLink page=WorkPage::Episode(id)>{text}</WorkLink></p>
        }
        .into_any()
    });
    let others: Vec<AnyView> = others.collect();
    let born = person.born.map(|born| born_in_words(work, &born));
    let held = (!person.held_by.is_empty())
        .then(|| work.filled("work.held_by", &[("organisation", &work.form.words().list(&person.held_by))]));
    let strength = work.text(match strength {
        Strength::Possible => "work.search.possible",
        Strength::Likely => "work.search.likely",
        Strength::Strong => "work.search.strong",
    });
    let listed = |key: &str, reasons: Vec<MatchReason>| {
        let words: Vec<String> = reasons.into_iter().map(|reason| reason.words).collect();
        (!words.is_empty()).then(|| work.filled(key, &[("reasons", &words.join("; "))]))
    };
    let details = [
        born,
        held,
        Some(strength),
        listed("work.search.for", reasons_for),
        listed("work.search.against", reasons_against),
    ];
    let details: Vec<AnyView> = details
        .into_iter()
        .flatten()
        .map(|detail| view! { <p class="ca-drafts__detail" dir="auto">{detail}</p> }.into_any())
        .collect();
    view! {
        <li class="ca-drafts__item">
            <div class="ca-drafts__about">
                {name}
                {details}
                {others}
            </div>
        </li>
    }
    .into_any()
}

pub(in crate::pages) fn born_in_words(work: Work, Born { from, to }: &Born) -> String {
    match from == to {
        true => work.filled("work.search.born", &[("day", &day(work, from))]),
        false => {
            work.filled("work.search.born.between", &[("from", &day(work, from)), ("to", &day(work, to))])
        }
    }
}
