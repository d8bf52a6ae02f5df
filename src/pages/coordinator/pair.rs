//! One pair of records that may be of one child: all that may be read of both, side by side, what speaks for and against,
//! and the decision.

use assessment_api::path::PEOPLE_MATCHES;
use assessment_api::person::{MatchQuestion, Matches, PersonMatch, PersonRecord};
use leptos::prelude::*;

use super::super::work::asked::{answer, asked};
use super::super::work::list::day;
use super::super::work::search::born_in_words;
use super::decide::{Decide, Typed};
use super::duplicates::{evidence, strength_key};
use super::{CoordinatorLink, Work, person_at, side_by_side, use_work};
use crate::components::redrawn;
use crate::state::Focus;
use crate::state::coordinator::CoordinatorPage;

/// A record with the revision that a join must name.
pub(super) type Revised = (PersonRecord, Option<String>);

#[component]
pub(super) fn Pair(one: String, other: String) -> impl IntoView {
    let work = use_work();
    // What was typed stays when the records are looked at again.
    let (typed, round) = (Typed::about(work, &one, &other), RwSignal::new(0_u32));
    let again = Callback::new(move |()| {
        round.update(|round| *round += 1);
        work.form.focus_on(Focus::Heading);
    });
    redrawn(move || {
        round.track();
        both(work, typed, again, [one.clone(), other.clone()])
    })
}

fn both(work: Work, typed: Typed, again: Callback<()>, ids: [String; 2]) -> AnyView {
    let ask = move || {
        let (asking, [one, other]) = (work.asking(None), ids.clone());
        answer(async move {
            let first = asking.get(&person_at(&one)).await?;
            let second = asking.get(&person_at(&other)).await?;
            let question = MatchQuestion { person: Some(one), ..MatchQuestion::default() };
            let matches: Matches = asking.post(PEOPLE_MATCHES, &question, None).await?.read()?;
            let alike = matches.people.into_iter().find(|found| found.person.id == other);
            let records: [Revised; 2] =
                [(first.read()?, first.revision.clone()), (second.read()?, second.revision.clone())];
            Ok((records, alike))
        })
    };
    asked(work, None, ask, move |(records, alike): ([Revised; 2], Option<PersonMatch>)| {
        let merged = records.iter().find_map(|(record, _)| record.merged.as_ref().map(|note| (record, note)));
        if let Some((record, note)) = merged {
            let page = CoordinatorPage::Person(record.id.clone());
            return view! {
                <p class="govuk-inset-text">{note.words.clone()}</p>
                <p><CoordinatorLink page>{work.text("coordinator.joined.open")}</CoordinatorLink></p>
            }
            .into_any();
        }
        let shown = facts(work, [&records[0].0, &records[1].0]);
        let Some(alike) = alike else {
            return view! {
                <p class="govuk-inset-text">{work.text("coordinator.pair.settled")}</p>
                <h2 class="govuk-heading-m">{work.text("coordinator.pair.records")}</h2>
                {shown}
            }
            .into_any();
        };
        let earlier = alike.earlier_decision.map(|decision| {
            let values = [("day", &*day(work, &decision.on)), ("name", &*decision.by)];
            view! { <p class="govuk-inset-text">{work.filled("coordinator.pair.earlier", &values)}</p> }
                .into_any()
        });
        view! {
            <h2 class="govuk-heading-m">{work.text(strength_key(alike.strength))}</h2>
            {earlier}
            {evidence(work, alike.reasons_for, alike.reasons_against)}
            <h2 class="govuk-heading-m">{work.text("coordinator.pair.records")}</h2>
            {shown}
            <Decide records typed again/>
        }
        .into_any()
    })
}

/// All that may be read of both.
fn facts(work: Work, records: [&PersonRecord; 2]) -> AnyView {
    type Read = fn(Work, &PersonRecord) -> Vec<String>;
    let rows: [(&str, Read); 8] = [
        ("coordinator.fact.name", |_, record| record.names.iter().map(|name| name.name.clone()).collect()),
        ("coordinator.fact.born", |work, record| {
            record.born.iter().map(|born| born_in_words(work, born)).collect()
        }),
        ("coordinator.fact.numbers", |work, record| {
            let numbers = record.numbers.iter();
            numbers
                .map(|number| {
                    [&*work.code("coordinator.number.", &number.system), ": ", &number.value].concat()
                })
                .collect()
        }),
        ("coordinator.fact.address", |_, record| {
            record.addresses.iter().map(|lines| lines.join(", ")).collect()
        }),
        ("coordinator.fact.phone", |work, record| {
            let safe = |safe: &str| match safe {
                "not-safe" => [" ", &*work.text("coordinator.phone.not-safe")].concat(),
                _ => String::new(),
            };
            record.phones.iter().map(|phone| [&*phone.number, &*safe(&phone.safe)].concat()).collect()
        }),
        ("coordinator.fact.gp", |_, record| record.gps.clone()),
        ("coordinator.fact.notes", |_, record| record.notes.clone()),
        ("work.fact.holder", |_, record| record.held_by.clone()),
    ];
    let rows = rows.into_iter().map(|(key, read)| (key, records.map(|record| read(work, record))));
    let rows = rows.filter(|(_, values)| values.iter().any(|values| !values.is_empty()));
    let rows: Vec<AnyView> = rows.map(|(key, values)| side_by_side(work, work.text(key), values)).collect();
    view! { <ul class="ca-drafts">{rows}</ul> }.into_any()
}
