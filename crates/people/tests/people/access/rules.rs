//! Rules with stories, and that the table is whole.

use std::collections::BTreeSet;

use assessment_people::access::{
    About, Action, Allowed, Decision, EpisodeFacts, Principal, Protected, Resource, Role, Scope, Sections,
    TABLE, Why, authorise, hint,
};
use assessment_people::episode::Excluded;
use assessment_people::protection::Protection;

use super::cells::said;
use super::{NOW, facts, grant, principal};
use crate::world::{day, organisation, subject};

fn ask(who: &Principal, action: Action, facts: &EpisodeFacts) -> Decision {
    authorise(Some(who), action, &Resource::Episode(facts), day(NOW))
}

fn allowed(who: &Principal, action: Action, facts: &EpisodeFacts) -> Allowed {
    ask(who, action, facts).allowed().expect("it is allowed")
}

#[test]
fn every_action_has_a_row_b39() {
    for action in Action::ALL {
        let rows = TABLE.iter().filter(|row| row.actions.contains(action)).count();
        assert!(rows > 0, "nobody may {}: give it a row", action.code());
    }
    let codes: BTreeSet<&str> = Action::ALL.iter().map(|action| action.code()).collect();
    assert_eq!(codes.len(), Action::ALL.len());
}

#[test]
fn the_roles_are_the_code_list() {
    let list: serde_json::Value =
        serde_json::from_str(include_str!("../../data/app_roles.json")).expect("the list is JSON");
    let items = list["items"].as_array().expect("it has items");
    let codes: Vec<&str> = items.iter().filter_map(|one| one["code"].as_str()).collect();
    assert_eq!(codes, Role::ALL.iter().map(|role| role.code()).collect::<Vec<_>>());
    for role in Role::ALL {
        assert_eq!(Role::parse(role.code()), Some(*role));
    }
    assert_eq!(Role::parse("Practitioner"), None);
}

#[test]
fn where_a_child_lives_opens_nothing_and_a_check_says_only_whom_to_ask_a12() {
    let north = principal("them", "north", &[Role::Practitioner], Vec::new());
    let of_south = EpisodeFacts { holder: organisation("south"), ..facts() };
    for action in Action::ALL.iter().filter(|action| action.about() == About::Episode) {
        assert_eq!(said(ask(&north, *action, &of_south)), "unknown", "{}", action.code());
    }
    assert_eq!(hint(Some(&north), &of_south, day(NOW)), Some(&organisation("south")));
    let shielded = EpisodeFacts { protection: Protection::Shielded, ..of_south.clone() };
    assert_eq!(hint(Some(&north), &shielded, day(NOW)), None);
    let excluded =
        EpisodeFacts { excluded: BTreeSet::from([Excluded::Person(subject("them"))]), ..of_south.clone() };
    assert_eq!(hint(Some(&north), &excluded, day(NOW)), None);
    let member = principal("them", "north", &[Role::TacMember], Vec::new());
    assert_eq!(hint(Some(&member), &of_south, day(NOW)), None, "a member of a team does not check");
    assert_eq!(hint(None, &of_south, day(NOW)), None);
}

#[test]
fn a_colleague_sees_whom_to_ask_with_a_reason_and_no_answer_b44() {
    let colleague = principal("them", "school", &[Role::Practitioner], Vec::new());
    let read = allowed(&colleague, Action::ReadEpisode, &facts());
    assert!(read.needs_reason());
    assert_eq!(read.sight(false), None);
    assert_eq!(read.sight(true).map(|sight| sight.sections()), Some(Sections::NONE));
    assert_eq!(said(ask(&colleague, Action::ReadVersion, &facts())), "forbidden");
}

#[test]
fn a_member_who_also_leads_safeguarding_sees_more_with_a_reason_b44() {
    let both = principal(
        "them",
        "school",
        &[Role::SafeguardingLead],
        vec![grant(Role::TacMember, "school", Protection::Ordinary)],
    );
    let read = allowed(&both, Action::ReadVersion, &facts());
    assert!(!read.needs_reason());
    let (plain, more) = (read.sight(false).expect("as a member"), read.sight(true).expect("as a lead"));
    assert_eq!(plain.sections(), Sections::of(&[1, 2, 3]).expect("sections"));
    assert!(!plain.shows(Protection::Confidential));
    assert_eq!(more.sections(), Sections::ALL);
    assert!(more.shows(Protection::Confidential) && !more.shows(Protection::Shielded));
}

#[test]
fn a_withdrawn_agreement_shuts_out_other_organisations_and_not_the_family() {
    let withdrawn = EpisodeFacts { shared_with: BTreeSet::new(), ..facts() };
    let clinic =
        principal("them", "clinic", &[], vec![grant(Role::TacMember, "clinic", Protection::Ordinary)]);
    assert_eq!(said(ask(&clinic, Action::ReadVersion, &facts())), "yes");
    assert_eq!(said(ask(&clinic, Action::ReadVersion, &withdrawn)), "unknown");
    let refusal = ask(&clinic, Action::ReadVersion, &withdrawn);
    assert!(matches!(refusal, Decision::Refused(one) if one.why == Why::OutsideAgreement));
    let family =
        principal("them", "clinic", &[], vec![grant(Role::FamilyViewer, "clinic", Protection::Ordinary)]);
    assert_eq!(said(ask(&family, Action::ReadFamilyCopy, &withdrawn)), "yes");
}

#[test]
fn a_family_member_without_an_organisation_reads_the_copy_and_no_version() {
    let mut terms =
        super::grant_terms("them", Role::FamilyViewer, "x", Protection::Ordinary, NOW - 1, NOW + 1);
    terms.organisation = None;
    let grant = assessment_people::access::Grant::give(terms).expect("it can be given");
    let mut mother = principal("them", "x", &[], vec![grant]);
    mother.organisation = None;
    assert_eq!(said(ask(&mother, Action::ReadFamilyCopy, &facts())), "yes");
    assert_eq!(said(ask(&mother, Action::RecordAgreement, &facts())), "yes");
    for action in [Action::ReadVersion, Action::ReadComments, Action::ReadAccessLog, Action::Refer] {
        assert_eq!(said(ask(&mother, action, &facts())), "forbidden", "{}", action.code());
    }
}

#[test]
fn a_record_under_hold_is_not_erased_a15() {
    let coordinator = principal("them", "council", &[Role::EhCoordinator], Vec::new());
    let closed = EpisodeFacts { progress: assessment_people::access::Progress::Closed, ..facts() };
    assert_eq!(said(ask(&coordinator, Action::Erase, &closed)), "with a reason");
    let held = EpisodeFacts { is_on_hold: true, ..closed };
    assert_eq!(said(ask(&coordinator, Action::Erase, &held)), "not now");
    assert_eq!(said(ask(&coordinator, Action::Erase, &facts())), "not now", "it is open");
}

#[test]
fn nobody_gives_more_than_they_see() {
    let lead =
        principal("them", "school", &[], vec![grant(Role::LeadProfessional, "school", Protection::Ordinary)]);
    let sight = allowed(&lead, Action::Invite, &facts()).sight(false).expect("without a reason");
    let scope = |sections: &[u8], up_to| Scope { sections: Sections::of(sections).expect("sections"), up_to };
    assert!(sight.may_give(scope(&[1, 3], Protection::Ordinary)));
    assert!(!sight.may_give(scope(&[1, 4], Protection::Ordinary)));
    assert!(!sight.may_give(scope(&[1], Protection::Confidential)));
}

#[test]
fn a_person_is_open_through_an_episode_and_shut_by_an_exclusion_in_any() {
    let member =
        principal("them", "school", &[], vec![grant(Role::Practitioner, "school", Protection::Ordinary)]);
    let other = EpisodeFacts { id: crate::world::episode_id(2), holder: organisation("police"), ..facts() };
    let person = |episodes: &[EpisodeFacts], protection| {
        said(authorise(
            Some(&member),
            Action::ReadPerson,
            &Resource::Person { episodes, protection },
            day(NOW),
        ))
    };
    assert_eq!(person(&[other.clone(), facts()], Protection::Ordinary), "yes");
    assert_eq!(person(std::slice::from_ref(&other), Protection::Ordinary), "unknown");
    assert_eq!(person(&[], Protection::Ordinary), "unknown");
    assert_eq!(person(&[facts()], Protection::Shielded), "unknown");
    let excluded = EpisodeFacts { excluded: BTreeSet::from([Excluded::Person(subject("them"))]), ..other };
    assert_eq!(person(&[excluded, facts()], Protection::Ordinary), "unknown");
}

#[test]
fn an_action_on_another_sort_of_thing_is_refused() {
    let coordinator = principal("them", "council", &[Role::EhCoordinator], Vec::new());
    let decision = authorise(Some(&coordinator), Action::ReadEpisode, &Resource::Nothing, day(NOW));
    assert!(matches!(decision, Decision::Refused(one) if one.why == Why::OtherResource));
}

#[test]
fn what_is_kept_is_shown_only_by_a_sight_that_shows_it_b42() {
    let member =
        principal("them", "school", &[], vec![grant(Role::Practitioner, "school", Protection::Ordinary)]);
    let sight = allowed(&member, Action::ReadVersion, &facts()).sight(false).expect("as a member");
    let name = Protected::new("Ada", Protection::Ordinary);
    let address = Protected::new("1 Elm Road", Protection::Confidential);
    assert_eq!(name.shown_to(sight), Some(&"Ada"));
    assert_eq!(address.shown_to(sight), None);
    assert!(!format!("{address:?}").contains("Elm"));
    let label = name.with(address, |name, address| format!("{name}, {address}"));
    assert_eq!((label.protection(), label.shown_to(sight)), (Protection::Confidential, None));
}

#[test]
fn the_facts_of_an_episode_are_those_of_its_state_and_the_strictest_protection_b42() {
    use assessment_people::access::Progress;
    use assessment_people::episode::{ClosureReason, ReferralAnswer};

    use crate::episode::{closure, nothing, shared};
    use crate::world::{episode_id, reason, stamp};

    let of = |episode: &assessment_people::episode::Episode| {
        EpisodeFacts::of(
            episode,
            Protection::Ordinary,
            [Protection::Confidential, Protection::Ordinary],
            false,
        )
    };
    let open = of(&shared());
    assert_eq!(open.protection, Protection::Confidential);
    assert_eq!(open.shared_with, BTreeSet::from([organisation("clinic")]));
    assert_eq!((open.progress, open.referred_to), (Progress::Open, None));
    let withdrawn = shared().withdraw_agreement(stamp(4)).expect("it was agreed");
    assert_eq!(of(&withdrawn).shared_with, BTreeSet::new());
    let referred = shared().refer(organisation("police"), reason("Bruises."), stamp(4)).expect("open");
    assert_eq!(of(&referred).referred_to, Some(organisation("police")));
    let back = referred.answer_referral(ReferralAnswer::NotAccepted, stamp(5)).expect("it waits");
    assert_eq!(of(&back).referred_to, None);
    let accepted = shared().refer(organisation("police"), reason("Bruises."), stamp(4)).expect("open");
    let accepted = accepted.answer_referral(ReferralAnswer::Accepted, stamp(5)).expect("it waits");
    let up = accepted.step_up(stamp(6)).expect("it was accepted");
    assert_eq!((of(&up).progress, of(&up).referred_to), (Progress::Open, Some(organisation("police"))));
    let closed = shared().close(closure(ClosureReason::NeedsMet, 4), &nothing(), stamp(4)).expect("open");
    assert_eq!(of(&closed).progress, Progress::Closed);
    assert_eq!(of(&closed).shared_with.len(), 1, "members read it while their grants last");
    let merged = closed.merge_into(episode_id(2), stamp(5)).expect("two episodes");
    assert_eq!(of(&merged).progress, Progress::Merged);
}
