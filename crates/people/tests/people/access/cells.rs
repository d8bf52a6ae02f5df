//! Every cell: each action for each role in each situation, compared with the table that was written by hand. What the
//! situations mean is told here a second time, in the plainest way.

use std::collections::{BTreeMap, BTreeSet};

use assessment_people::access::{
    About, Action, Answer, Decision, EpisodeFacts, Grant, Principal, Progress, Resource, Role, When,
    authorise,
};
use assessment_people::episode::Excluded;
use assessment_people::protection::Protection;

use super::{NOW, grant, principal};
use crate::world::{day, episode_id, organisation, subject};

/// The table that was written by hand.
const EXPECTED: &str = include_str!("expected.txt");

/// The letters of each action and role.
fn letters() -> BTreeMap<(&'static str, usize), &'static str> {
    let lines = EXPECTED.lines().filter(|line| !line.starts_with('#'));
    let cells = lines.flat_map(|line| {
        let mut words = line.split_whitespace();
        let action = words.next().unwrap_or_default();
        words.enumerate().map(move |(role, letters)| ((action, role), letters))
    });
    cells.collect()
}

/// How somebody and an episode are to each other.
#[derive(Debug, Clone)]
struct Situation {
    name: &'static str,
    signed_in: bool,
    organisation: &'static str,
    /// A grant of the role, and whether it counts.
    member: Option<&'static str>,
    /// Whether the grant names them for a shielded record.
    is_named: bool,
    shared_with: &'static [&'static str],
    referred_to: Option<&'static str>,
    excluded: Option<&'static str>,
    protection: Protection,
    progress: Progress,
    is_on_hold: bool,
    is_owner: bool,
}

fn situations() -> Vec<Situation> {
    let own = Situation {
        name: "own",
        signed_in: true,
        organisation: "school",
        member: Some("live"),
        is_named: false,
        shared_with: &["clinic"],
        referred_to: None,
        excluded: None,
        protection: Protection::Ordinary,
        progress: Progress::Open,
        is_on_hold: false,
        is_owner: true,
    };
    let other = || Situation {
        name: "other organisation",
        organisation: "police",
        member: None,
        is_owner: false,
        ..own.clone()
    };
    let team = || Situation { name: "team", organisation: "clinic", is_owner: false, ..own.clone() };
    let same = || Situation { name: "same organisation", member: None, is_owner: false, ..own.clone() };
    let mut all = vec![
        own.clone(),
        team(),
        same(),
        other(),
        Situation { name: "anonymous", signed_in: false, ..own.clone() },
        Situation { name: "team without agreement", organisation: "police", ..team() },
        Situation { name: "referred", referred_to: Some("police"), ..other() },
        Situation {
            name: "excluded front door",
            referred_to: Some("police"),
            excluded: Some("police"),
            ..other()
        },
        Situation { name: "excluded organisation", excluded: Some("school"), ..own.clone() },
        Situation { name: "excluded person", excluded: Some("them"), ..own.clone() },
        Situation { name: "held", progress: Progress::Closed, is_on_hold: true, ..own.clone() },
    ];
    for state in ["ended", "not yet", "asleep", "void", "somebody else's", "of another episode"] {
        all.push(Situation { name: "grant that does not count", member: Some(state), ..own.clone() });
        all.push(Situation { name: "grant that does not count", member: Some(state), ..team() });
    }
    let each: Vec<Situation> = all.clone();
    for protection in [Protection::Confidential, Protection::Shielded] {
        for is_named in [false, true] {
            all.extend(each.iter().map(|one| Situation { protection, is_named, ..one.clone() }));
        }
    }
    let each: Vec<Situation> = all.clone();
    for progress in [Progress::Closed, Progress::Merged] {
        all.extend(each.iter().map(|one| Situation { progress, ..one.clone() }));
    }
    all
}

impl Situation {
    fn facts(&self) -> EpisodeFacts {
        let excluded = self.excluded.map(|who| match who {
            "them" => Excluded::Person(subject("them")),
            code => Excluded::Organisation(organisation(code)),
        });
        EpisodeFacts {
            id: episode_id(1),
            holder: organisation("school"),
            shared_with: self.shared_with.iter().map(|code| organisation(code)).collect(),
            excluded: excluded.into_iter().collect(),
            referred_to: self.referred_to.map(organisation),
            progress: self.progress,
            protection: self.protection,
            is_on_hold: self.is_on_hold,
        }
    }

    fn principal(&self, role: Role) -> Principal {
        let up_to = if self.is_named { Protection::Shielded } else { Protection::Ordinary };
        let given = |organisation: &str| grant(role, organisation, up_to);
        let member = self.member.filter(|_| role.is_granted()).map(|state| match state {
            "ended" => given(self.organisation).end(day(NOW)),
            "not yet" => super::grant_between(role, self.organisation, up_to, NOW + 1, NOW + 9),
            "asleep" => super::grant_between(role, self.organisation, up_to, NOW - 60, NOW + 9),
            "void" => given("where they worked before"),
            "of another episode" => super::grant_in(2, role, self.organisation, up_to),
            "somebody else's" => super::grant_to("somebody", role, self.organisation, up_to),
            _ => given(self.organisation),
        });
        let grants: Vec<Grant> = member.into_iter().collect();
        principal("them", self.organisation, &[role], grants)
    }

    /// The plain telling of the rules. `letters` are those of this action and role.
    fn expected(&self, action: Action, role: Role, letters: &str, knows: bool) -> &'static str {
        let on_record = matches!(action.about(), About::Episode | About::Person);
        if letters.contains('0') {
            return "yes";
        }
        if !self.signed_in {
            return "sign in";
        }
        if !on_record {
            let yes = letters.contains('n') || (letters.contains('d') && self.is_owner);
            let no = if action.about() == About::Draft { "unknown" } else { "forbidden" };
            return if yes { "yes" } else { no };
        }
        let no = if knows { "forbidden" } else { "unknown" };
        let is_duty_here = role == Role::DutyAdvice && self.referred_to == Some(self.organisation);
        match self.excluded {
            Some("them") => return "unknown",
            Some(code) if code == self.organisation && !is_duty_here => return "unknown",
            _ => {}
        }
        let is_member = role.is_granted() && self.member == Some("live");
        let agreed = role == Role::FamilyViewer
            || self.organisation == "school"
            || self.shared_with.contains(&self.organisation);
        let shielded = self.protection == Protection::Shielded;
        let team = is_member && agreed && (!shielded || self.is_named);
        let holder = self.organisation == "school" && !shielded;
        let plain = (letters.contains('t') && team)
            || (letters.contains('h') && holder)
            || (letters.contains('r') && is_duty_here)
            || (letters.contains('a') && !shielded);
        let reason = (letters.contains('H') && holder) || (letters.contains('A') && !shielded);
        if !plain && !reason {
            return no;
        }
        let in_time = match action.when() {
            When::Always => true,
            When::WhileOpen => self.progress == Progress::Open,
            When::OnceClosed => self.progress == Progress::Closed,
            When::UnlessMerged => self.progress != Progress::Merged,
            When::WhileMerged => self.progress == Progress::Merged,
        };
        let is_on_hold = action == Action::Erase && self.is_on_hold;
        match (in_time && !is_on_hold, plain) {
            (false, _) => "not now",
            (true, true) => "yes",
            (true, false) => "with a reason",
        }
    }
}

pub(super) fn said(decision: Decision) -> &'static str {
    match decision {
        Decision::Allowed(allowed) if allowed.needs_reason() => "with a reason",
        Decision::Allowed(_) => "yes",
        Decision::Refused(refusal) => match refusal.answer {
            Answer::SignIn => "sign in",
            Answer::Unknown => "unknown",
            Answer::Forbidden => "forbidden",
            Answer::NotNow => "not now",
        },
    }
}

#[test]
fn every_cell_is_as_the_table_written_by_hand_says_b39_b40() {
    let letters = letters();
    let empty = subject("somebody");
    let mut cells = 0;
    let mut wrong = Vec::new();
    for situation in situations() {
        let facts = situation.facts();
        for (index, role) in Role::ALL.iter().enumerate() {
            let them = situation.principal(*role);
            let owner = if situation.is_owner { &them.subject } else { &empty };
            let who = situation.signed_in.then_some(&them);
            let reads =
                situation.expected(Action::ReadEpisode, *role, letters[&("read-episode", index)], false);
            let knows_person =
                situation.expected(Action::ReadPerson, *role, letters[&("read-person", index)], false);
            for action in Action::ALL {
                let resource = match action.about() {
                    About::Nothing => Resource::Nothing,
                    About::Draft => Resource::Draft { owner },
                    About::Episode => Resource::Episode(&facts),
                    About::Person => Resource::Person {
                        episodes: std::slice::from_ref(&facts),
                        protection: Protection::Ordinary,
                    },
                };
                let knows = match action.about() {
                    About::Person => ["yes", "with a reason"].contains(&knows_person),
                    _ => ["yes", "with a reason"].contains(&reads),
                };
                let expected = situation.expected(*action, *role, letters[&(action.code(), index)], knows);
                let found = said(authorise(who, *action, &resource, day(NOW)));
                cells += 1;
                if found != expected {
                    let name = situation.name;
                    let cell = format!("{} {} {name}", role.code(), action.code());
                    wrong.push(format!("{cell}: {found}, not {expected} ({situation:?})"));
                }
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {cells} cells are wrong, such as\n{}",
        wrong.len(),
        wrong[..wrong.len().min(5)].join("\n")
    );
    assert!(cells > 100_000, "only {cells} cells");
}

#[test]
fn the_table_written_by_hand_has_each_action_and_role_once_b39() {
    let lines: Vec<&str> = EXPECTED.lines().filter(|line| !line.starts_with('#')).collect();
    assert_eq!(lines.len(), Action::ALL.len());
    let named: BTreeSet<&str> = lines.iter().filter_map(|line| line.split_whitespace().next()).collect();
    let ours: BTreeSet<&str> = Action::ALL.iter().map(|action| action.code()).collect();
    assert_eq!(named, ours);
    assert_eq!(letters().len(), Action::ALL.len() * Role::ALL.len());
}
