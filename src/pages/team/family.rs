//! What somebody of the family reads of the plan: what we agreed, who does what by when, what they said. People of the
//! family read their own; those who make copies choose whose, see exactly that, and print it. What is in it is the server's.

use assessment_api::episode::EpisodeRecord;
use assessment_api::path::{self, FAMILY_PAGE};
use assessment_api::team::{FamilyAim, FamilyPage, FamilyPageShown, FamilyPromise, FamilyReader, FamilySaid};
use assessment_people::access::Action;
use assessment_rules::OpeningHours;
use leptos::prelude::*;

use super::super::work::asked::asked_about;
use super::super::work::choices::Select;
use super::super::work::list::day;
use super::super::work::{Work, use_work};
use super::pictures::print;
use crate::components::{Column, redrawn};
use crate::io::records_client::Asking;
use crate::state::work::Failure;
use crate::state::work::after::may;

/// The child's own page, as the server calls it.
const CHILD: &str = "child";

#[component]
pub(super) fn Family(episode: String) -> impl IntoView {
    let work = use_work();
    let ask = move |asking: Asking, id: String| async move {
        asking.get(&path::episode(&id)).await?.read::<EpisodeRecord>()
    };
    asked_about(work, episode, ask, move |record| {
        if may(&record, Action::ReadFamilyCopy) {
            // A page of one's own needs nothing around it.
            return page(work, record.id, None);
        }
        match may(&record, Action::ExportEpisode) {
            true => chosen(work, record.id),
            false => {
                let text = work.text(Failure::Forbidden.key());
                view! { <p class="govuk-inset-text" role="alert">{text}</p> }.into_any()
            }
        }
    })
}

/// Asks for a page, and draws it.
fn page(work: Work, episode: String, reader: Option<String>) -> AnyView {
    let is_copy = reader.is_some();
    let ask = move |asking: Asking, id: String| {
        let at = FAMILY_PAGE.replace("{id}", &id);
        let at = reader.as_ref().map_or_else(|| at.clone(), |reader| format!("{at}?reader={reader}"));
        async move { asking.get(&at).await?.read::<FamilyPage>() }
    };
    asked_about(work, episode, ask, move |found| document(work, &found, is_copy))
}

/// For those who make copies: whose page, and then that page.
fn chosen(work: Work, episode: String) -> AnyView {
    let ask = async |asking: Asking, id: String| {
        let at = format!("{}?reader={CHILD}", FAMILY_PAGE.replace("{id}", &id));
        asking.get(&at).await?.read::<FamilyPage>()
    };
    let of = episode.clone();
    asked_about(work, episode, ask, move |FamilyPage { readers, .. }| {
        let whose = RwSignal::new(String::new());
        let options = readers.iter().map(|reader| (reader.reader.clone(), reader_said(work, reader)));
        let options = vec![(None, options.collect())];
        let episode = of.clone();
        let drawn = redrawn(move || {
            let whose = whose.get();
            (!whose.is_empty()).then(|| page(work, episode.clone(), Some(whose)))
        });
        view! {
            <div class="ca-no-print">
                <p>{work.text("team.family.about")}</p>
                <Column>
                    <Select
                        id="team.family.whose"
                        label=work.text("team.family.whose")
                        none=work.form.text("choose")
                        options
                        value=whose
                        error=Signal::stored(None::<String>)
                    />
                </Column>
            </div>
            {drawn}
        }
        .into_any()
    })
}

fn reader_said(work: Work, reader: &FamilyReader) -> String {
    let is_child = reader.reader == CHILD;
    let name = reader.name.clone().unwrap_or_else(|| work.text("work.no_name"));
    work.filled(if is_child { "team.family.child" } else { "team.family.parent" }, &[("name", &name)])
}

fn document(work: Work, found: &FamilyPage, is_copy: bool) -> AnyView {
    let is_child = found.reader.as_ref().is_some_and(|reader| reader.reader == CHILD);
    let name = found.reader.as_ref().and_then(|reader| reader.name.clone());
    let Some(page) = &found.page else {
        let why = found.why_not.as_deref().unwrap_or("none_yet");
        let numbers = (!is_copy).then(|| {
            view! {
                <h2 class="govuk-heading-m">{work.text("team.family.help")}</h2>
                {numbers(work, false)}
            }
            .into_any()
        });
        return view! {
            <p class="govuk-inset-text" role="status">{work.text(&format!("team.family.why_not.{why}"))}</p>
            {numbers}
        }
        .into_any();
    };
    let title = match (is_child, name) {
        (_, None) => work.text("team.family.title"),
        (_, Some(name)) => work.filled("team.family.title_of", &[("name", &name)]),
    };
    let exactly = is_copy.then(|| {
        view! { <p class="govuk-hint ca-no-print">{work.text("team.family.exactly")}</p> }.into_any()
    });
    view! {
        {exactly}
        {print(work)}
        <article class="ca-output ca-family" aria-labelledby="team.family.title">
            <h2 class="govuk-heading-l" id="team.family.title" dir="auto">{title}</h2>
            <p>{work.text(if is_child { "team.family.intro.child" } else { "team.family.intro.parent" })}</p>
            {agreed(work, page)}
            {said(work, &page.said)}
            {next(work, page)}
            <h3 class="govuk-heading-m">{work.text("team.family.help")}</h3>
            {numbers(work, is_child)}
            <p class="ca-family__made">{work.filled("team.family.made", &[("day", &day(work, &found.today))])}</p>
        </article>
    }
    .into_any()
}

fn typed(text: &str) -> AnyView {
    view! { <p class="ca-typed" dir="auto">{text.to_owned()}</p> }.into_any()
}

/// What we agreed, and who does what by when.
fn agreed(work: Work, page: &FamilyPageShown) -> AnyView {
    let goal = page.goal.as_deref().map(|goal| {
        view! {
            <h3 class="govuk-heading-m">{work.text("team.family.goal")}</h3>
            {typed(goal)}
        }
        .into_any()
    });
    let aims: Vec<AnyView> = page.aims.iter().map(|one| aim(work, one)).collect();
    let aims = match aims.is_empty() {
        true => view! { <p>{work.text("team.family.no_aims")}</p> }.into_any(),
        false => aims.into_any(),
    };
    view! {
        {goal}
        <h3 class="govuk-heading-m">{work.text("team.family.agreed")}</h3>
        {aims}
    }
    .into_any()
}

fn aim(work: Work, aim: &FamilyAim) -> AnyView {
    let know = aim.how_we_will_know.as_deref().map(|how| {
        view! {
            <p class="ca-family__label">{work.text("team.family.know")}</p>
            {typed(how)}
        }
        .into_any()
    });
    let promises: Vec<AnyView> = aim.promises.iter().map(|one| promise(work, one)).collect();
    let promises = match promises.is_empty() {
        true => view! { <p>{work.text("team.family.no_promises")}</p> }.into_any(),
        false => view! { <ul class="govuk-list ca-family__promises">{promises}</ul> }.into_any(),
    };
    view! {
        <div class="ca-family__aim">
            <h4 class="govuk-heading-s" dir="auto">{aim.what.clone()}</h4>
            {know}
            <p class="ca-family__label">{work.text("team.family.who_does_what")}</p>
            {promises}
        </div>
    }
    .into_any()
}

fn promise(work: Work, one: &FamilyPromise) -> AnyView {
    let who = one.who.clone().unwrap_or_else(|| work.text("team.family.nobody"));
    let by = one.by.as_deref().map(|by| work.filled("team.family.by", &[("day", &day(work, by))]));
    // What is only said to be late or stuck is for talking about, not for paper.
    let status = match one.status.as_str() {
        "done" => Some("team.family.status.done"),
        "no_longer_needed" => Some("team.family.status.dropped"),
        "in_progress" | "partly" => Some("team.family.status.started"),
        _ => None,
    };
    view! {
        <li>
            <strong dir="auto">{who}</strong>
            ": "
            <span class="ca-typed" dir="auto">{one.what.clone()}</span>
            {by.map(|by| view! { <span class="ca-family__by">{by}</span> }.into_any())}
            {status.map(|key| view! { <span class="ca-family__status">{work.text(key)}</span> }.into_any())}
        </li>
    }
    .into_any()
}

/// What this person said, in their own words.
fn said(work: Work, all: &[FamilySaid]) -> AnyView {
    let said = all.iter().map(|one| {
        let on = one.on.as_deref().map(|on| work.filled("team.family.said_on", &[("day", &day(work, on))]));
        view! {
            <blockquote class="ca-family__said">
                {typed(&one.words)}
                {on.map(|on| view! { <p class="ca-family__by">{on}</p> }.into_any())}
            </blockquote>
        }
        .into_any()
    });
    let said: Vec<AnyView> = said.collect();
    let said = match said.is_empty() {
        true => view! { <p>{work.text("team.family.said_nothing")}</p> }.into_any(),
        false => said.into_any(),
    };
    view! {
        <h3 class="govuk-heading-m">{work.text("team.family.you_said")}</h3>
        {said}
    }
    .into_any()
}

/// When we look at it again, and whom to ask.
fn next(work: Work, page: &FamilyPageShown) -> AnyView {
    let next = page.next.as_deref().map(|next| work.filled("team.family.next", &[("day", &day(work, next))]));
    let lead =
        page.lead_professional.as_deref().map(|name| work.filled("team.family.lead", &[("name", name)]));
    let lines = next.into_iter().chain(lead).chain([work.text("team.family.wrong")]);
    let lines = lines.map(|line| view! { <p dir="auto">{line}</p> }.into_any());
    view! {
        <h3 class="govuk-heading-m">{work.text("team.family.then")}</h3>
        {lines.collect_view()}
    }
    .into_any()
}

/// Whom to ring. Paper is read at night: it says of each number when it answers, and never that it answers now.
fn numbers(work: Work, is_child: bool) -> AnyView {
    let ids: &[&str] =
        if is_child { &["police_999", "childline"] } else { &["police_999", "public_line", "nspcc"] };
    let standards = work.form.standards();
    let contacts = ids.iter().filter_map(|id| standards.pack.contact(id)).map(|contact| {
        let phone = contact.phone.clone().unwrap_or_default();
        let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
        let key = if contact.hours == OpeningHours::Always { "always" } else { "not_always" };
        view! {
            <li>
                <a class="ca-urgent__phone" href=format!("tel:{digits}")>{phone}</a>
                " "
                {contact.name.clone()}
                ". "
                {work.text(&format!("team.family.hours.{key}"))}
            </li>
        }
        .into_any()
    });
    let key = if is_child { "team.family.help.child" } else { "team.family.help.parent" };
    view! {
        <p>{work.text(key)}</p>
        <ul class="govuk-list ca-family__numbers">{contacts.collect_view()}</ul>
    }
    .into_any()
}
