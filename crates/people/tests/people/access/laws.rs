//! Laws, tried with random people, grants and episodes.

use std::collections::BTreeSet;

use assessment_people::access::{
    About, Action, Answer, Decision, EpisodeFacts, Grant, GrantTerms, Liveness, Principal, Progress,
    Protected, Resource, Role, Scope, Sections, Sight, authorise, hint,
};
use assessment_people::episode::Excluded;
use assessment_people::protection::Protection;
use assessment_people::who::Organisation;
use proptest::prelude::*;

use super::NOW;
use crate::world::{day, episode_id, organisation, subject, who};

const CODES: [&str; 4] = ["school", "clinic", "police", "council"];

fn code() -> impl Strategy<Value = Organisation> {
    prop::sample::select(&CODES[..]).prop_map(organisation)
}

fn codes() -> impl Strategy<Value = BTreeSet<Organisation>> {
    prop::collection::btree_set(code(), 0..3)
}

fn protection() -> impl Strategy<Value = Protection> {
    prop::sample::select(&Protection::ALL[..])
}

fn sections() -> impl Strategy<Value = Sections> {
    prop::collection::vec(0_u8..=Sections::LAST, 0..5)
        .prop_map(|numbers| Sections::of(&numbers).expect("sections"))
}

fn grant() -> impl Strategy<Value = Grant> {
    let granted = vec![Role::Practitioner, Role::LeadProfessional, Role::TacMember, Role::FamilyViewer];
    let role = prop::sample::select(granted);
    let times =
        (0_u32..NOW + 20, 1_u32..200, prop::option::of(0_u32..NOW + 20), prop::option::of(0_u32..300));
    let to = prop::sample::select(&["them", "them", "them", "other"][..]);
    (1_u32..3, to, prop::option::weighted(0.8, code()), role, sections(), protection(), times).prop_map(
        |(episode, to, organisation, role, sections, up_to, (from, lasts, used, ended))| {
            let terms = GrantTerms {
                episode: episode_id(episode),
                to: subject(to),
                organisation,
                role,
                scope: Scope { sections, up_to },
                from: day(from),
                until: day(from + lasts),
                given_by: who("giver", "school"),
            };
            let grant = Grant::give(terms).expect("it can be given");
            let grant = used.map_or(grant.clone(), |used| grant.used(day(used)));
            ended.map_or(grant.clone(), |ended| grant.end(day(ended)))
        },
    )
}

fn role() -> impl Strategy<Value = Role> {
    prop::sample::select(Role::ALL)
}

fn principal() -> impl Strategy<Value = Principal> {
    let roles = prop::collection::btree_set(role(), 0..3);
    (prop::option::weighted(0.9, code()), roles, prop::collection::vec(grant(), 0..5)).prop_map(
        |(organisation, roles, grants)| Principal { subject: subject("them"), organisation, roles, grants },
    )
}

fn facts() -> impl Strategy<Value = EpisodeFacts> {
    let excluded = prop_oneof![
        code().prop_map(Excluded::Organisation),
        prop::sample::select(&["them", "other"][..]).prop_map(|sub| Excluded::Person(subject(sub))),
    ];
    let excluded = prop_oneof![3 => Just(BTreeSet::new()), 1 => prop::collection::btree_set(excluded, 1..3)];
    let progress =
        prop::sample::select(&[Progress::Open, Progress::Open, Progress::Closed, Progress::Merged][..]);
    (1_u32..3, code(), codes(), excluded, prop::option::of(code()), progress, protection(), any::<bool>())
        .prop_map(|(id, holder, shared_with, excluded, referred_to, progress, protection, is_on_hold)| {
            EpisodeFacts {
                id: episode_id(id),
                holder,
                shared_with,
                excluded,
                referred_to,
                progress,
                protection,
                is_on_hold,
            }
        })
}

/// What is allowed for every action, in the order of the actions: without and with a reason.
fn all(who: &Principal, facts: &EpisodeFacts, person: Protection) -> Vec<[Option<Sight>; 2]> {
    Action::ALL.iter().map(|action| one(who, *action, facts, person)).collect()
}

fn one(who: &Principal, action: Action, facts: &EpisodeFacts, person: Protection) -> [Option<Sight>; 2] {
    let other = subject("other");
    let resource = match action.about() {
        About::Nothing => Resource::Nothing,
        About::Draft => Resource::Draft { owner: &other },
        About::Episode => Resource::Episode(facts),
        About::Person => Resource::Person { episodes: std::slice::from_ref(facts), protection: person },
    };
    let allowed = authorise(Some(who), action, &resource, day(NOW)).allowed();
    [false, true].map(|has_reason| allowed.and_then(|allowed| allowed.sight(has_reason)))
}

/// Whether everything that is allowed in the first is allowed in the second, and shows as much there.
fn within(less: &[[Option<Sight>; 2]], more: &[[Option<Sight>; 2]]) -> bool {
    less.iter().flatten().zip(more.iter().flatten()).all(|(less, more)| match (less, more) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(less), Some(more)) => {
            less.sections().within(more.sections())
                && Protection::ALL.iter().all(|level| !less.shows(*level) || more.shows(*level))
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]

    #[test]
    fn more_protection_never_allows_more_b42(who in principal(), facts in facts(), person in protection()) {
        let mut before = all(&who, &facts, Protection::Ordinary);
        for protection in Protection::ALL.into_iter().filter(|level| *level > facts.protection) {
            let kept = EpisodeFacts { protection, ..facts.clone() };
            let after = all(&who, &kept, Protection::Ordinary);
            prop_assert!(within(&after, &before));
            before = after;
        }
        prop_assert!(within(&all(&who, &facts, person), &all(&who, &facts, Protection::Ordinary)));
    }

    #[test]
    fn a_grant_that_is_not_live_is_no_grant_b98(who in principal(), facts in facts()) {
        let live = |grant: &Grant| grant.liveness(&who, day(NOW)) == Liveness::Live;
        let only = Principal { grants: who.grants.iter().filter(|grant| live(grant)).cloned().collect(), ..who.clone() };
        for action in Action::ALL.iter().filter(|action| action.about() == About::Episode) {
            let ask = |who| authorise(Some(who), *action, &Resource::Episode(&facts), day(NOW));
            prop_assert_eq!(ask(&who), ask(&only), "{}", action.code());
        }
        prop_assert_eq!(all(&who, &facts, Protection::Ordinary), all(&only, &facts, Protection::Ordinary));
    }

    #[test]
    fn another_role_or_grant_never_takes_away(who in principal(), role in role(), grant in grant(), facts in facts()) {
        let before = all(&who, &facts, Protection::Ordinary);
        let mut more = who.clone();
        more.roles.insert(role);
        prop_assert!(within(&before, &all(&more, &facts, Protection::Ordinary)));
        let mut more = who;
        more.grants.push(grant);
        prop_assert!(within(&before, &all(&more, &facts, Protection::Ordinary)));
    }

    #[test]
    fn who_is_excluded_is_shown_nothing(who in principal(), facts in facts()) {
        let mut excluded = facts;
        excluded.excluded.insert(Excluded::Person(who.subject.clone()));
        for action in Action::ALL.iter().filter(|action| matches!(action.about(), About::Episode | About::Person)) {
            prop_assert_eq!(one(&who, *action, &excluded, Protection::Ordinary), [None, None]);
        }
        prop_assert_eq!(hint(Some(&who), &excluded, day(NOW)), None);
        let as_unknown = authorise(Some(&who), Action::ReadVersion, &Resource::Episode(&excluded), day(NOW));
        prop_assert!(matches!(as_unknown, Decision::Refused(refusal) if refusal.answer == Answer::Unknown));
    }

    #[test]
    fn another_exclusion_or_a_narrower_agreement_never_allows_more(
        who in principal(), facts in facts(), code in code(),
    ) {
        let before = all(&who, &facts, Protection::Ordinary);
        let mut narrower = facts.clone();
        narrower.shared_with.remove(&code);
        prop_assert!(within(&all(&who, &narrower, Protection::Ordinary), &before));
        let mut excluded = facts;
        excluded.excluded.insert(Excluded::Organisation(code));
        prop_assert!(within(&all(&who, &excluded, Protection::Ordinary), &before));
    }

    #[test]
    fn a_refusal_tells_of_a_record_only_those_who_may_see_that_it_exists_b40(who in principal(), facts in facts()) {
        let sees = one(&who, Action::ReadEpisode, &facts, Protection::Ordinary) != [None, None];
        for action in Action::ALL.iter().filter(|action| action.about() == About::Episode) {
            let decision = authorise(Some(&who), *action, &Resource::Episode(&facts), day(NOW));
            match decision {
                Decision::Allowed(_) => prop_assert!(sees, "{} without seeing it", action.code()),
                Decision::Refused(refusal) => prop_assert_eq!(refusal.answer == Answer::Unknown, !sees),
            }
        }
    }

    #[test]
    fn what_ended_takes_no_new_versions(who in principal(), facts in facts()) {
        let ended = facts.progress != Progress::Open;
        for action in [Action::SendVersion, Action::Refer, Action::Invite, Action::Comment, Action::Close] {
            let allowed = one(&who, action, &facts, Protection::Ordinary) != [None, None];
            prop_assert!(!(ended && allowed));
        }
    }

    #[test]
    fn a_shielded_record_exists_only_for_people_named_in_it(who in principal(), facts in facts()) {
        let shielded = EpisodeFacts { protection: Protection::Shielded, ..facts };
        let named = who.grants.iter().any(|grant| {
            grant.terms().episode == shielded.id && grant.terms().scope.up_to == Protection::Shielded
        });
        let referred = who.organisation.is_some() && who.organisation == shielded.referred_to;
        let sees = one(&who, Action::ReadEpisode, &shielded, Protection::Ordinary) != [None, None];
        prop_assert!(!sees || named || referred);
    }

    #[test]
    fn what_is_made_from_something_is_kept_as_closely_b42(
        first in protection(), second in protection(), third in protection(), who in principal(), facts in facts(),
    ) {
        let made = Protected::new(1, first).with(Protected::new(2, second), |one, two| one + two).map(|sum| sum * 2);
        let made = made.at_least(third);
        prop_assert_eq!(made.protection(), first.max(second).max(third));
        let sights = all(&who, &facts, Protection::Ordinary);
        for sight in sights.into_iter().flatten().flatten() {
            let each = [first, second, third].iter().all(|level| sight.shows(*level));
            prop_assert_eq!(made.shown_to(sight).is_some(), each);
        }
    }

    #[test]
    fn without_signing_in_there_is_nothing_about_anybody(facts in facts()) {
        for action in Action::ALL {
            let resource = match action.about() {
                About::Nothing => Resource::Nothing,
                _ => Resource::Episode(&facts),
            };
            let allowed = authorise(None, *action, &resource, day(NOW)).allowed().is_some();
            prop_assert_eq!(allowed, *action == Action::ReadStandards);
        }
    }
}
