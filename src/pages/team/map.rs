//! A map of the family and the people who help it: the family on one side, the helpers on the other, each joined to the
//! child, and a table of the same people. Who is in it is `assessment_team::pictures`' to say.

use assessment_engine::disclosure::family_advice;
use assessment_rules::evaluate;
use assessment_team::pictures::{FamilyMap, Helper, Lives, Relative, Seen, family_map};
use leptos::prelude::*;

use super::super::work::asked::asked_about;
use super::super::work::{Work, read_version, use_work, versions};
use super::pictures::{at, key, length, picture, print, table, typed, words};
use super::progress::{Records, read};
use crate::components::wrapped;
use crate::io::records_client::Asking;
use crate::questions::shown::code;
use crate::state::work::{Failure, Version};

/// The width of the picture and of a box in it, in its own units: at 320 px they are nearly pixels.
const WIDTH: f64 = 320.0;
const BOX: f64 = 146.0;
/// The height of a box, and from box to box.
const HIGH: f64 = 62.0;
const STEP: f64 = 72.0;
/// Where the boxes begin: above them are the child, and what the two sides are.
const TOP: f64 = 86.0;
/// How many letters of an average width are in a line of a box, and how many lines it has.
const LETTERS: usize = 17;
const LINES: usize = 3;

#[component]
pub(super) fn FamilyMapPage(episode: String) -> impl IntoView {
    let work = use_work();
    let ask = move |asking: Asking, id: String| async move {
        let list = versions(&asking, &id).await?;
        let Some(newest) = list.versions.last() else { return Ok(None) };
        let version = read_version(&asking, &id, newest.number).await?;
        // Who sees the assessment and not what the team writes sees the map without it.
        let records = match read(&asking, &id).await {
            Err(Failure::Forbidden) => Records::default(),
            records => records?,
        };
        Ok(Some((version, records)))
    };
    asked_about(work, episode, ask, move |found| match found {
        None => view! { <p>{work.text("work.versions.none")}</p> }.into_any(),
        Some((version, records)) => shown(work, &version, &records),
    })
}

fn shown(work: Work, version: &Version, records: &Records) -> AnyView {
    if !version.whole && version.answers.parents_and_carers.is_empty() {
        // Who must not be told is said beside the parents: without them nobody can be left out.
        return view! { <p class="govuk-inset-text">{work.text("team.map.no_parents")}</p> }.into_any();
    }
    let pack = &work.form.standards().pack;
    let outcome = evaluate(&version.answers, work.form.today(), pack);
    let mut advice = family_advice(&version.answers, Some(&outcome), &[], pack);
    if !version.whole {
        // Whether something is kept from somebody may not be shown here. Unknown is withheld.
        let parents = version.answers.parents_and_carers.iter().enumerate();
        let unknown = parents.filter(|(_, parent)| parent.not_to_be_told.is_empty());
        advice.kept_from.extend(unknown.map(|(row, _)| row));
    }
    let meeting = records.meetings.iter().rev().find(|meeting| !meeting.is_cancelled());
    let plan = records.plan.as_ref();
    let map = family_map(Seen { assessment: &version.answers, advice: &advice, plan, meeting });
    let part = (!version.whole || records.is_part)
        .then(|| view! { <p class="govuk-inset-text">{work.text("team.map.part")}</p> }.into_any());
    let present = Lives::ALL.into_iter().filter(|lives| map.family.iter().any(|one| one.lives == *lives));
    let items = present.map(|lives| (sample(lives), lives_said(work, lives))).collect();
    view! {
        <p>{work.text("team.map.about")}</p>
        {part}
        {drawing(work, &map)}
        {key(items)}
        {people(work, &map)}
        {print(work)}
    }
    .into_any()
}

fn child(work: Work, map: &FamilyMap) -> String {
    if map.child.is_empty() { work.text("work.no_name") } else { map.child.clone() }
}

fn lives_said(work: Work, lives: Lives) -> String {
    work.text(&format!("team.map.lives.{}", lives.code()))
}

fn relation(work: Work, one: &Relative) -> String {
    match one.relationship_other.is_empty() {
        false => one.relationship_other.clone(),
        true if one.relationship.is_empty() => work.text("team.map.no_relation"),
        true => code(work.form, "relationship", &one.relationship),
    }
}

/// What somebody does for the family, in words.
fn role(work: Work, one: &Helper) -> String {
    let service = (!one.service.is_empty()).then(|| code(work.form, "services", &one.service));
    // "Other" says nothing where the record names it.
    let service = service.filter(|_| one.service != "other" || one.agency.is_empty());
    let leads = one.leads.then(|| work.text("team.map.leads"));
    let parts = [leads, Some(one.role.clone()), service, Some(one.agency.clone())];
    let mut said: Vec<String> = Vec::new();
    for part in parts.into_iter().flatten().filter(|part| !part.is_empty()) {
        if !said.contains(&part) {
            said.push(part);
        }
    }
    said.join(", ")
}

/// The name of a helper, where it is known.
fn helper_name(work: Work, one: &Helper) -> String {
    if one.name.is_empty() { work.text("team.map.no_name") } else { one.name.clone() }
}

fn drawing(work: Work, map: &FamilyMap) -> AnyView {
    let rows = map.family.len().max(map.helpers.len());
    let height = TOP + STEP * length(rows).max(1.0);
    let middle = WIDTH / 2.0;
    let family = map.family.iter().enumerate().map(|(row, one)| {
        let class = format!("ca-map__box ca-map__box--{}", one.lives.code());
        person(&class, (0.0, row), &one.name, &relation(work, one))
    });
    let helpers = map.helpers.iter().enumerate().map(|(row, one)| {
        let class = "ca-map__box ca-map__box--helper";
        let role = role(work, one);
        match one.name.is_empty() {
            true => person(class, (WIDTH - BOX, row), &role, ""),
            false => person(class, (WIDTH - BOX, row), &one.name, &role),
        }
    });
    let stem_end = TOP + STEP * length(rows.saturating_sub(1)) + HIGH / 2.0;
    let stem = (rows > 0).then(|| {
        view! { <line class="ca-map__line" x1=at(middle) x2=at(middle) y1="40" y2=at(stem_end)/> }.into_any()
    });
    let name = wrapped(&child(work, map), 22, 1).join(" ");
    let content = view! {
        {stem}
        <rect class="ca-map__child" x="70" y="2" width="180" height="38"/>
        <rect class="ca-map__child" x="74" y="6" width="172" height="30"/>
        <g class="ca-map__name">{words(middle, 26.0, "middle", name)}</g>
        <g class="ca-map__side">
            {words(0.0, TOP - 16.0, "start", work.text("team.map.family"))}
            {words(WIDTH, TOP - 16.0, "end", work.text("team.map.helpers"))}
        </g>
        {family.collect_view()}
        {helpers.collect_view()}
    };
    let title = work.filled("team.map.picture", &[("child", &child(work, map))]);
    picture("team.map", title, described(work, map), (WIDTH, height), content.into_any())
}

/// The box of somebody, joined to the line from the child.
fn person(class: &str, (x, row): (f64, usize), name: &str, about: &str) -> AnyView {
    let y = TOP + STEP * length(row);
    let (from, to) = if x > 0.0 { (WIDTH / 2.0, x) } else { (BOX, WIDTH / 2.0) };
    let first = wrapped(name, LETTERS, 2);
    let rest = wrapped(about, LETTERS, LINES.saturating_sub(first.len()));
    let line = |index: usize, text: String| words(x + 7.0, y + 19.0 + 17.0 * length(index), "start", text);
    let names = first.iter().enumerate().map(|(index, text)| line(index, text.clone()));
    let more = rest.iter().enumerate().map(|(index, text)| line(first.len() + index, text.clone()));
    let level = at(y + HIGH / 2.0);
    view! {
        <line class="ca-map__line" x1=at(from) x2=at(to) y1=level.clone() y2=level/>
        <rect class=class.to_owned() x=at(x + 1.0) y=at(y) width=at(BOX - 2.0) height=at(HIGH) rx="3"/>
        <g class="ca-map__name">{names.collect_view()}</g>
        {more.collect_view()}
    }
    .into_any()
}

/// The border that says where somebody lives.
fn sample(lives: Lives) -> AnyView {
    let class = format!("ca-map__box ca-map__box--{}", lives.code());
    view! { <rect class=class x="-13" y="-9" width="26" height="18" rx="3"/> }.into_any()
}

/// Everybody of the map, for those who do not see it.
fn described(work: Work, map: &FamilyMap) -> String {
    let family = map
        .family
        .iter()
        .map(|one| format!("{}: {}, {}", one.name, relation(work, one), lives_said(work, one.lives)));
    let helpers = map.helpers.iter().map(|one| format!("{}: {}", helper_name(work, one), role(work, one)));
    family.chain(helpers).collect::<Vec<_>>().join(". ")
}

fn people(work: Work, map: &FamilyMap) -> AnyView {
    let heads = ["team.map.name", "team.map.relation", "team.map.lives"].map(|key| work.text(key));
    let family = map.family.iter().map(|one| {
        vec![typed(one.name.clone()), typed(relation(work, one)), lives_said(work, one.lives).into_any()]
    });
    let helper_heads = ["team.map.name", "team.map.does"].map(|key| work.text(key));
    let helpers = map.helpers.iter().map(|one| vec![typed(helper_name(work, one)), typed(role(work, one))]);
    view! {
        {table(work.text("team.map.family"), heads.into(), family.collect())}
        {table(work.text("team.map.helpers"), helper_heads.into(), helpers.collect())}
    }
    .into_any()
}
