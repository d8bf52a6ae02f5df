//! Who is offered where a record of the team asks for a name: those who were let into the episode, and whom the newest version
//! of the assessment names. And the plan's actions that a meeting may have looked at. Anything else is typed as before.

use assessment_api::episode::{EpisodeMember, MemberList};
use assessment_api::path;
use assessment_engine::answers::{Detail, Whom};
use assessment_engine::people::{KnownPerson, people};
use assessment_form::typed::compared;
use assessment_form::{Edit, Group, Kind, is_blank};
use assessment_team::{Action, Node, Plan, Team, TeamRecord};
use leptos::prelude::WithValue;

use super::super::work::{Work, read_version, versions};
use super::asks::{group, is_untyped};
use super::open::Open;
use crate::io::records_client::Asking;
use crate::questions::Offered;

/// What a row of people has the name in.
const NAME: &str = "name";
/// Where a meeting keeps actions.
const ACTIONS: &str = "actions";

/// Whom and what a page knows besides its record.
#[derive(Clone, Default)]
pub(super) struct Known {
    people: Vec<Named>,
    /// The names of those who were let into the record and are not any more, or whose account is closed.
    gone: Vec<String>,
    /// Actions of the plan that are not settled.
    actions: Vec<Action>,
}

/// Somebody who may be named.
#[derive(Clone)]
struct Named {
    name: String,
    /// What they work as, or how they are related to the child, in words; blank where nobody knows.
    role: String,
    /// For whom they work; blank where nobody knows.
    agency: String,
    /// The team's own id of them; blank for somebody who was not let in.
    reference: String,
    whose: Whose,
}

#[derive(Clone)]
enum Whose {
    Team,
    Family,
    /// As the assessment has them.
    Assessment(KnownPerson),
}

impl Named {
    fn belongs_to(&self, whom: Whom) -> bool {
        match &self.whose {
            Whose::Assessment(known) => known.belongs_to(whom),
            Whose::Team => matches!(whom, Whom::Anybody | Whom::Professionals),
            Whose::Family => !matches!(whom, Whom::Professionals | Whom::Assessor),
        }
    }

    fn is(&self, name: &str) -> bool {
        compared(&self.name) == compared(name)
    }
}

impl Known {
    /// Asks who there is. Nobody, for those who may not see that.
    pub(super) async fn ask(work: Work, asking: &Asking, episode: &str) -> Known {
        let at = path::episode(episode);
        let members = asking.get(&format!("{at}/members")).await;
        let members = members.and_then(|reply| reply.read::<MemberList>());
        let members = members.map(|list| list.members).unwrap_or_default();
        let (ended, here): (Vec<EpisodeMember>, Vec<EpisodeMember>) =
            members.into_iter().partition(|one| one.status == "ended" || one.has_left);
        let mut people: Vec<Named> = Vec::new();
        for one in here {
            let Some(name) = one.name.filter(|name| !is_blank(name)) else { continue };
            if people.iter().any(|known| known.is(&name)) {
                continue;
            }
            people.push(Named {
                role: work.code("work.role.", &one.role),
                agency: one.organisation.unwrap_or_default(),
                reference: one.id,
                whose: if one.role == "family_viewer" { Whose::Family } else { Whose::Team },
                name,
            });
        }
        let gone = ended.into_iter().filter_map(|one| one.name);
        let gone = gone.filter(|name| !people.iter().any(|known| known.is(name))).collect();
        for person in named_in_newest(asking, episode).await {
            if person.is_one_person() && !people.iter().any(|known| known.is(&person.name)) {
                people.push(of_assessment(work, person));
            }
        }
        Known { people, gone, actions: Vec::new() }
    }

    /// With the actions of the plan that a meeting may look at.
    pub(super) fn with_plan(mut self, plan: &Plan) -> Known {
        let open = plan.actions().filter(|action| !action.is_settled() && !action.id.is_empty());
        self.actions = open.cloned().collect();
        self
    }

    /// Whether somebody of this name was let in and has left.
    pub(super) fn has_left(&self, name: &str) -> bool {
        let name = compared(name);
        self.gone.iter().any(|one| compared(one) == name)
    }
}

/// Whom the newest version names, for those who see it.
async fn named_in_newest(asking: &Asking, episode: &str) -> Vec<KnownPerson> {
    let list = versions(asking, episode).await;
    let Some(newest) = list.ok().and_then(|list| list.versions.last().map(|one| one.number)) else {
        return Vec::new();
    };
    let version = read_version(asking, episode, newest).await;
    version.map(|version| people(&version.answers, false)).unwrap_or_default()
}

fn of_assessment(work: Work, person: KnownPerson) -> Named {
    let standards = work.form.standards();
    let label = |list, detail| {
        let code = person.text(detail)?;
        standards.lists.find(list, code).map(|found| found.label.clone())
    };
    let in_words = || person.text(Detail::RoleInWords).map(str::to_owned);
    let role = match person.is_child {
        true => Some(work.form.text("offers.child")),
        false => label("relationship", Detail::Relationship)
            .or_else(|| label("roles", Detail::Role))
            .or_else(in_words),
    };
    Named {
        name: person.name.clone(),
        role: role.unwrap_or_default(),
        agency: person.text(Detail::Organisation).unwrap_or_default().to_owned(),
        reference: String::new(),
        whose: Whose::Assessment(person),
    }
}

/// What is offered, with what a press changes, and where the focus goes.
struct Offer {
    name: String,
    who: String,
    edits: Vec<(String, Edit)>,
    focus: String,
}

impl Open {
    /// What is offered at a path, as the screen shows it.
    pub(super) fn offered(self, path: &str, adds: bool) -> Vec<Offered> {
        let offers = self.answers(|record| self.offers(record, path, adds)).into_iter().enumerate();
        let shown = |(place, Offer { name, who, .. })| Offered {
            place,
            name,
            who: Some(who).filter(|who| !who.is_empty()),
        };
        offers.map(shown).collect()
    }

    /// Makes the changes that were offered there.
    pub(super) fn take(self, path: &str, place: usize, adds: bool) {
        let offer = self.peek(|record| self.offers(record, path, adds)).into_iter().nth(place);
        if let Some(Offer { edits, focus, .. }) = offer {
            self.edit_all(edits);
            self.work.form.focus(&focus);
        }
    }

    fn offers(self, record: &TeamRecord, path: &str, adds: bool) -> Vec<Offer> {
        self.known.with_value(|known| match adds {
            true if path == ACTIONS && matches!(record, TeamRecord::Meeting(_)) => actions(known, record),
            true => rows(known, record, path).unwrap_or_default(),
            false => names(known, record, path).unwrap_or_default(),
        })
    }
}

/// Those who may be named at a path, without the one who is named there now, nor those of the other rows of people.
fn names(known: &Known, record: &TeamRecord, path: &str) -> Option<Vec<Offer>> {
    let found = record.find(path)?;
    let Detail::Name(whom) = found.question.holds?.detail else { return None };
    let (stem, name) = path.rsplit_once('.').unwrap_or(("", path));
    let others = match stem.rsplit_once('[') {
        Some((rows, _)) if name == NAME => named_in(record, rows),
        _ => vec![record.text(path)],
    };
    let group = group(record, stem)?;
    Some(offered(known, whom, &others, |person| (fill(group, stem, name, person), path.to_owned())))
}

/// Those for whom a further row of people may be added.
fn rows(known: &Known, record: &TeamRecord, path: &str) -> Option<Vec<Offer>> {
    let Node::Rows(all) = record.node(path)? else { return None };
    // A blank row offers people itself.
    if (0..all.len()).filter_map(|row| all.row(row)).any(|row| is_untyped(Node::Group(row))) {
        return None;
    }
    let mut added = record.clone();
    added.apply(path, Edit::AddRow).ok()?;
    let stem = format!("{path}[{}]", all.len());
    let group = group(&added, &stem)?;
    let question = group.questions().iter().find(|question| question.name == NAME)?;
    let Detail::Name(whom) = question.holds?.detail else { return None };
    Some(offered(known, whom, &named_in(record, path), |person| {
        let mut edits = vec![(path.to_owned(), Edit::AddRow)];
        edits.extend(fill(group, &stem, NAME, person));
        (edits, stem.clone())
    }))
}

/// The plan's actions that the meeting does not have yet.
fn actions(known: &Known, record: &TeamRecord) -> Vec<Offer> {
    let TeamRecord::Meeting(meeting) = record else { return Vec::new() };
    let stem = format!("{ACTIONS}[{}]", meeting.actions.len());
    let open = known.actions.iter().filter(|one| meeting.actions.iter().all(|row| row.action_id != one.id));
    let offer = |one: &Action| {
        let texts =
            [("action_id", &one.id), ("action", &one.action), ("who", &one.who), ("who_ref", &one.who_ref)];
        let texts = texts.map(|(name, text)| (format!("{stem}.{name}"), Edit::Text(text.clone())));
        let mut edits = vec![(ACTIONS.to_owned(), Edit::AddRow)];
        edits.extend(texts);
        edits.push((format!("{stem}.by_when"), Edit::Date(one.by_when.clone())));
        Offer { name: one.action.clone(), who: one.who.clone(), edits, focus: stem.clone() }
    };
    open.map(offer).collect()
}

fn offered(
    known: &Known,
    whom: Whom,
    others: &[&str],
    press: impl Fn(&Named) -> (Vec<(String, Edit)>, String),
) -> Vec<Offer> {
    let people = known.people.iter().filter(|one| one.belongs_to(whom));
    let people = people.filter(|one| !others.iter().any(|other| one.is(other)));
    let offer = |one: &Named| {
        let (edits, focus) = press(one);
        let who = [&one.role, &one.agency].into_iter().filter(|text| !text.is_empty());
        let who = who.map(String::as_str).collect::<Vec<_>>().join(", ");
        Offer { name: one.name.clone(), who, edits, focus }
    };
    people.map(offer).collect()
}

/// The edits that put somebody's name into a group, with what else it holds of them. What was typed there stays.
fn fill(group: &dyn Group<Team>, stem: &str, name: &str, person: &Named) -> Vec<(String, Edit)> {
    let at = |name: &str| if stem.is_empty() { name.to_owned() } else { format!("{stem}.{name}") };
    let text = |name: &str, text: &str| (at(name), Edit::Text(text.to_owned()));
    let mut edits = vec![text(name, &person.name)];
    for (index, question) in group.questions().iter().enumerate() {
        let is_blank = group.get(index).is_none_or(|node| node.is_blank());
        match question.holds.map(|held| held.detail) {
            Some(Detail::RoleInWords) if is_blank => edits.push(text(question.name, &person.role)),
            Some(Detail::Organisation) if is_blank => edits.push(text(question.name, &person.agency)),
            None if is_reference_of(question.name, question.kind, name) => {
                edits.push(text(question.name, &person.reference));
            }
            _ => {}
        }
    }
    edits
}

/// Where a name has the team's own id of that person beside it: a name that was typed by hand has none. The path of the id.
pub(super) fn reference_beside(record: &TeamRecord, path: &str) -> Option<String> {
    let (stem, name) = path.rsplit_once('.').unwrap_or(("", path));
    let group = group(record, stem)?;
    let question = group.questions().iter().find(|one| is_reference_of(one.name, one.kind, name))?;
    let at = if stem.is_empty() { question.name.to_owned() } else { format!("{stem}.{}", question.name) };
    (!record.text(&at).is_empty()).then_some(at)
}

fn is_reference_of(reference: &str, kind: Kind, name: &str) -> bool {
    let of = reference.strip_suffix("_ref");
    kind == Kind::Reference && (of == Some(name) || (of == Some("person") && name == NAME))
}

fn named_in<'a>(record: &'a TeamRecord, rows: &str) -> Vec<&'a str> {
    let Some(Node::Rows(all)) = record.node(rows) else { return Vec::new() };
    (0..all.len()).map(|row| record.text(&format!("{rows}[{row}].{NAME}"))).collect()
}
