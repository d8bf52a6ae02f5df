//! Laws of the pictures on any answers: the plan at a glance counts each action once, and the map draws only people of the
//! record, each once, and nobody whom it keeps something from. Examples are in `pictures`.

use std::collections::BTreeSet;

use assessment_engine::answers::{Answers, HouseholdMember, ParentOrCarer, ServiceInvolved};
use assessment_engine::disclosure::{FamilyAdvice, Telling, gives_address_away};
use assessment_form::typed::compared;
use assessment_form::{WrittenDate, is_blank, parse_day};
use assessment_team::pictures::{ActionState, FamilyMap, Seen, family_map, goals, progress, series};
use assessment_team::{Action, Meeting, MeetingPerson, Outcome, Plan, Review};
use proptest::prelude::*;

/// Names that meet often, one that is an address, and anything.
fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => prop::sample::select(vec![
            "Nia Hart", "Tom Hart", " tom  HART ", "Gran", "Mo Ali", "Sam Okafor", "", "  ", "7 Quarry Hill Close",
        ])
        .prop_map(str::to_owned),
        1 => any::<String>(),
    ]
}

fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(vec!["", "yes", "no", "now", "past", "other", "sibling", "LS2 8BB"])
            .prop_map(str::to_owned),
        any::<String>(),
    ]
}

fn action() -> impl Strategy<Value = Action> {
    let status = prop_oneof![
        6 => prop::sample::select(vec![
            "", "not_started", "in_progress", "partly", "done", "blocked", "no_longer_needed",
        ])
        .prop_map(str::to_owned),
        1 => any::<String>(),
    ];
    let day = prop::option::of(prop::sample::select(vec!["2027-01-20", "2027-02-01", "2027-02-02"]));
    (name(), status, day).prop_map(|(who, status, day)| Action {
        who,
        status,
        by_when: day.and_then(WrittenDate::from_iso).unwrap_or_default(),
        ..Action::default()
    })
}

fn plan() -> impl Strategy<Value = Plan> {
    let outcome =
        (word(), prop::collection::vec(action(), 0..6), word()).prop_map(|(what, actions, score)| Outcome {
            desired_outcome: what,
            actions,
            score_child: score,
            ..Outcome::default()
        });
    (prop::collection::vec(outcome, 0..5), name()).prop_map(|(outcomes, lead)| Plan {
        outcomes,
        lead_professional: lead,
        ..Plan::default()
    })
}

/// A record, and whose rows among parents something is kept from.
fn family() -> impl Strategy<Value = (Answers, Vec<usize>)> {
    let household = (name(), word(), word()).prop_map(|(name, lives, relationship)| HouseholdMember {
        name,
        lives_with_child: lives,
        relationship,
        ..HouseholdMember::default()
    });
    let parent = name().prop_map(|name| ParentOrCarer { name, ..ParentOrCarer::default() });
    let service =
        (word(), word(), name(), word()).prop_map(|(service, other, contact, status)| ServiceInvolved {
            service,
            service_other: other,
            contact_name: contact,
            status,
            ..ServiceInvolved::default()
        });
    let rows = (
        prop::collection::vec(household, 0..6),
        prop::collection::vec(parent, 0..4),
        prop::collection::vec(service, 0..5),
    );
    let kept = prop::collection::vec(0usize..5, 0..3);
    (rows, kept, name(), any::<bool>()).prop_map(
        |((household, parents, services), kept, given, is_protected)| {
            let mut answers = Answers::default();
            answers.identifying_details.given_names = given;
            answers.identifying_details.address.line_1 = "7 Quarry Hill Close".to_owned();
            answers.identifying_details.address.postcode = "LS2 8BB".to_owned();
            answers.identifying_details.address_confidential =
                if is_protected { "yes" } else { "no" }.to_owned();
            answers.home_and_family.household = household;
            answers.parents_and_carers = parents;
            answers.services_involved = services;
            (answers, kept)
        },
    )
}

fn meeting() -> impl Strategy<Value = Meeting> {
    let person = (name(), word(), word()).prop_map(|(name, role, agency)| MeetingPerson {
        name,
        role,
        agency,
        ..MeetingPerson::default()
    });
    prop::collection::vec(person, 0..5).prop_map(|people| Meeting { people, ..Meeting::default() })
}

fn map(answers: &Answers, kept: &[usize], plan: &Plan, meeting: &Meeting) -> FamilyMap {
    let advice = FamilyAdvice { telling: Telling::NoRule, kept_from: kept.to_vec() };
    family_map(Seen { assessment: answers, advice: &advice, plan: Some(plan), meeting: Some(meeting) })
}

/// Everybody who is drawn, by the names that are compared.
fn drawn(map: &FamilyMap) -> (BTreeSet<String>, BTreeSet<String>) {
    let family = map.family.iter().map(|one| compared(&one.name));
    let helpers = map.helpers.iter().filter(|one| !is_blank(&one.name)).map(|one| compared(&one.name));
    (family.collect(), helpers.collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn the_plan_at_a_glance_adds_up_in_whatever_order(plan in plan(), today in 0usize..3) {
        let today = parse_day(["2027-01-01", "2027-02-01", "2028-01-01"][today]).unwrap();
        let (shown, counts) = (goals(&plan, today), progress(&plan, today));
        prop_assert_eq!(shown.len(), plan.outcomes.len());
        let states: Vec<ActionState> = shown.iter().flat_map(|goal| &goal.actions).map(|one| one.state).collect();
        prop_assert_eq!(states.len(), plan.outcomes.iter().map(|one| one.actions.len()).sum::<usize>());
        let total: usize = ActionState::ALL.into_iter().map(|state| counts.count(state)).sum();
        prop_assert_eq!(total, states.len(), "each action is counted once");
        for state in ActionState::ALL {
            prop_assert_eq!(counts.count(state), states.iter().filter(|one| **one == state).count());
        }
        let mut turned = plan.clone();
        turned.outcomes.reverse();
        turned.outcomes.iter_mut().for_each(|outcome| outcome.actions.reverse());
        prop_assert_eq!(progress(&turned, today), counts);
        let mut back = goals(&turned, today);
        back.reverse();
        back.iter_mut().for_each(|goal| goal.actions.reverse());
        prop_assert_eq!(back, shown);
        // Scores of any text are from 0 to 10 or none.
        let scores = series(&plan, &[&Review::default()]);
        let given = scores.iter().flat_map(|one| &one.points).flat_map(|point| point.scores).flatten();
        prop_assert!(given.into_iter().all(|score| score <= 10));
    }

    #[test]
    fn the_map_draws_people_of_the_record_only_and_nobody_who_is_kept_out(
        (answers, kept) in family(), plan in plan(), meeting in meeting(),
    ) {
        let map = map(&answers, &kept, &plan, &meeting);
        let recorded: BTreeSet<String> = answers.home_and_family.household.iter().map(|one| &one.name)
            .chain(answers.parents_and_carers.iter().map(|one| &one.name))
            .chain(answers.services_involved.iter().map(|one| &one.contact_name))
            .chain(meeting.people.iter().map(|one| &one.name))
            .chain([&plan.lead_professional])
            .map(|name| compared(name))
            .collect();
        let (family, helpers) = drawn(&map);
        for name in family.union(&helpers) {
            prop_assert!(recorded.contains(name), "{name} is nobody of the record");
        }
        let out = kept.iter().filter_map(|row| answers.parents_and_carers.get(*row)).map(|one| compared(&one.name));
        for name in out {
            prop_assert!(!family.contains(&name) && !helpers.contains(&name), "{name} is kept out");
        }
        let words = map.family.iter().flat_map(|one| [&one.name, &one.relationship_other])
            .chain(map.helpers.iter().flat_map(|one| [&one.name, &one.role, &one.agency]))
            .chain([&map.child]);
        for word in words {
            prop_assert!(!gives_address_away(&answers, word), "{word} says where they live");
        }
    }

    #[test]
    fn everybody_is_drawn_once_in_whatever_order_they_were_written(
        (mut answers, kept) in family(), plan in plan(), mut meeting in meeting(),
    ) {
        let first = map(&answers, &kept, &plan, &meeting);
        let (family, helpers) = drawn(&first);
        let named = first.helpers.iter().filter(|one| !is_blank(&one.name)).count();
        prop_assert_eq!(named, helpers.len(), "each helper once");
        let lead = compared(&plan.lead_professional);
        for name in family.intersection(&helpers) {
            prop_assert_eq!(name, &lead, "only who leads is both of the family and around it");
        }
        // Two of one name in the household are two people; a parent who is in it is drawn there.
        let rows = answers.home_and_family.household.iter();
        let in_household = rows.filter(|one| family.contains(&compared(&one.name))).count();
        let household: BTreeSet<String> =
            answers.home_and_family.household.iter().map(|one| compared(&one.name)).collect();
        let others = family.difference(&household).count();
        prop_assert_eq!(first.family.len(), in_household + others);
        answers.home_and_family.household.reverse();
        answers.services_involved.reverse();
        meeting.people.reverse();
        let last = answers.parents_and_carers.len();
        answers.parents_and_carers.reverse();
        let kept: Vec<usize> = kept.into_iter().filter(|row| *row < last).map(|row| last - 1 - row).collect();
        prop_assert_eq!(drawn(&map(&answers, &kept, &plan, &meeting)), (family, helpers));
    }
}
