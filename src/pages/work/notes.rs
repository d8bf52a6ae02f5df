//! What people say about a record: reading it, and saying something. A safeguarding lead can say it as such, or give a second
//! opinion on the level of need. Nothing here is ever changed or taken back.

use assessment_api::note::{NewNote, NoteList, NoteShown};
use assessment_api::path;
use assessment_people::access::Action;
use assessment_people::note::{Level, MAX_WORDS};
use leptos::prelude::*;

use super::after::{OpenRecord, Sent, typed};
use super::asked::{answer, asked, more};
use super::choices::Select;
use super::fields::{Choice, LongText, only_of};
use super::team::section_names;
use super::{Work, use_work};
use crate::components::redrawn;
use crate::io::clock;

/// The ids of the fields.
const KIND: &str = "work.note.kind";
const LEVEL: &str = "work.note.level";
const ABOUT: &str = "work.note.about";
const KEPT: &str = "work.note.kept";
const WORDS: &str = "work.note.words";

/// What a second opinion is called on the wire.
const OPINION: &str = "second_opinion";

#[component]
pub(super) fn Notes(held: OpenRecord) -> impl IntoView {
    let work = use_work();
    let id = held.record().id;
    let list = held.may(Action::ReadComments).then(|| listed(work, id, 0));
    let write = match held.may(Action::Comment) {
        true => view! { <Write held/> }.into_any(),
        false => view! { <p>{work.text("work.note.not_now")}</p> }.into_any(),
    };
    view! {
        <p>{work.text("work.note.about_all")}</p>
        {list}
        {write}
    }
}

/// A page of the notes, oldest first.
fn listed(work: Work, id: String, after: u64) -> AnyView {
    let at = format!("{}/notes?after={after}", path::episode(&id));
    let episode = id.clone();
    let ask = move || {
        let (asking, at) = (work.asking(Some(&episode)), at.clone());
        answer(async move { asking.get(&at).await?.read::<NoteList>() })
    };
    let of = id.clone();
    asked(work, Some(id), ask, move |NoteList { notes, next }| {
        if notes.is_empty() && next.is_none() && after == 0 {
            return view! { <p>{work.text("work.note.none")}</p> }.into_any();
        }
        let rows: Vec<AnyView> = notes.into_iter().map(|note| row(work, note)).collect();
        view! {
            <ul class="ca-drafts">{rows}</ul>
            {next.map(|next| {
                let of = of.clone();
                more(work, "work.more", format!("work.note.after.{next}"), move || listed(work, of.clone(), next))
            })}
        }
        .into_any()
    })
}

fn row(work: Work, note: NoteShown) -> AnyView {
    let level = note.level.as_deref().map(|level| work.code("work.level.", level));
    let kind = [Some(work.code("work.note.kind.", &note.kind)), level];
    let kind = kind.into_iter().flatten().collect::<Vec<_>>().join(": ");
    let by = note.said.name.unwrap_or_else(|| work.text("work.somebody"));
    let by = [by, note.said.organisation].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
    let said =
        work.filled("work.note.said", &[("when", &clock::in_words(&note.said.at)), ("name", &by.join(", "))]);
    let about =
        note.section.map(|number| work.filled("work.note.on", &[("section", &section_names(work, number))]));
    let kept = (note.protection != "ordinary").then(|| work.code("work.note.kept.", &note.protection));
    let detail = about.into_iter().chain(kept).collect::<Vec<_>>().join(" ");
    view! {
        <li class="ca-drafts__item">
            <div class="ca-drafts__about">
                <p class="ca-drafts__detail"><strong>{kind}</strong></p>
                <p class="ca-typed">{note.words}</p>
                <p class="ca-drafts__detail" dir="auto">{said}</p>
                <p class="ca-drafts__detail">{detail}</p>
            </div>
        </li>
    }
    .into_any()
}

#[component]
fn Write(held: OpenRecord) -> impl IntoView {
    let work = use_work();
    let [kind, level, about, kept, words] =
        ["kind", "level", "about", "kept", "words"].map(|name| held.field(name));
    let is_pressed = RwSignal::new(false);
    let record = held.record();
    let is_lead = held.may(Action::SecondOpinion);
    // What is kept of somebody who was a lead is not offered to them any more, and does not go.
    let is_opinion = Memo::new(move |_| is_lead && kind.with(|kind| kind == OPINION));
    let asks_how = record.protection != "ordinary";
    let options = move |stem: &str, codes: &[&str]| {
        codes.iter().map(|code| ((*code).to_owned(), work.text(&[stem, code].concat()))).collect::<Vec<_>>()
    };
    let kinds = is_lead.then(|| {
        let options = options("work.note.kind.", &["comment", "safeguarding", OPINION]);
        let error = held.needed(is_pressed, kind, "work.note.kind.needed");
        view! { <Choice name=KIND legend=work.text("work.note.kind") options value=kind error/> }.into_any()
    });
    let levels = move || {
        is_opinion.get().then(|| {
            let levels = Level::ALL.iter().map(|level| level.code()).collect::<Vec<_>>();
            let options = options("work.level.", &levels);
            let error = held.needed(is_pressed, level, "work.note.level.needed");
            view! { <Choice name=LEVEL legend=work.text("work.note.level") options value=level error/> }
                .into_any()
        })
    };
    // Where nothing is secret nobody has to think about it. Elsewhere there is no answer that is safe to assume.
    let hows = asks_how.then(|| {
        let all: &[&str] = match record.protection.as_str() {
            "shielded" => &["ordinary", "confidential", "shielded"],
            _ => &["ordinary", "confidential"],
        };
        let options = options("work.note.keep.", all);
        let error = held.needed(is_pressed, kept, "work.note.keep.needed");
        view! { <Choice name=KEPT legend=work.text("work.note.keep") options value=kept error/> }.into_any()
    });
    let wrong = Signal::derive(move || {
        let too_many = words.with(|words| words.trim().chars().count()).saturating_sub(MAX_WORDS);
        match (is_pressed.get(), words.with(|words| words.trim().is_empty()), too_many) {
            (true, true, _) => Some(work.text("work.note.words.needed")),
            (true, _, 1..) => Some(work.filled("work.note.words.long", &[("count", &too_many.to_string())])),
            _ => None,
        }
    });
    let is_ready = move || {
        is_pressed.set(true);
        let missing = [
            (is_lead && typed(kind).is_none(), KIND),
            (is_opinion.get_untracked() && typed(level).is_none(), LEVEL),
            (wrong.get_untracked().is_some(), WORDS),
            (asks_how && typed(kept).is_none(), KEPT),
        ];
        let first = missing.into_iter().find(|(is_missing, _)| *is_missing);
        if let Some((_, id)) = first {
            work.form.focus(id);
        }
        first.is_none()
    };
    // What went last: the same words go under the same id, so that a repeat says nothing twice.
    let last = StoredValue::new(None::<NewNote>);
    let send = move || {
        let mut note = NewNote {
            id: clock::random_id(),
            kind: typed(kind).filter(|_| is_lead).unwrap_or_else(|| "comment".to_owned()),
            level: typed(level).filter(|_| is_opinion.get_untracked()),
            section: typed(about).and_then(|number| number.parse().ok()),
            protection: typed(kept).filter(|_| asks_how),
            words: words.get_untracked(),
        };
        if let Some(before) = last.get_value() {
            let again = NewNote { id: before.id.clone(), ..note.clone() };
            if again == before {
                note = again;
            }
        }
        last.set_value(Some(note.clone()));
        let add: Sent = Box::new(|asking, at, revision| {
            answer(async move { asking.post(&format!("{at}/notes"), &note, Some(&revision)).await })
        });
        held.send(add, None, "work.note.added");
    };
    view! {
        <h2 class="govuk-heading-m">{work.text("work.note.write")}</h2>
        {kinds}
        {redrawn(levels)}
        <LongText
            id=WORDS
            label=work.text("work.note.words")
            hint=work.text("work.note.words.hint")
            value=words
            error=wrong
            max=None
        />
        {sections(work, &record.sections, about)}
        {hows}
        {held.button("work.note.add", Signal::derive(|| None), is_ready, send)}
    }
}

/// What the note is about: the record as a whole, or a section that its author sees.
fn sections(work: Work, seen: &[u8], about: RwSignal<String>) -> AnyView {
    only_of(seen.iter().map(u8::to_string).collect(), about);
    let options = seen.iter().map(|number| (number.to_string(), section_names(work, *number))).collect();
    view! {
        <Select
            id=ABOUT
            label=work.text("work.note.about")
            hint=Some(work.text("work.note.about.hint"))
            none=work.text("work.note.about.all")
            options=vec![(None, options)]
            value=about
            error=Signal::derive(|| None::<String>)
        />
    }
    .into_any()
}
