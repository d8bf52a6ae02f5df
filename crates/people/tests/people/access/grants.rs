//! Grants end, sleep and are void (B98).

use assessment_people::access::{
    Grant, GrantRefused, GrantTerms, Liveness, MAX_DAYS, Role, Scope, Sections, USUAL_DAYS,
};
use assessment_people::protection::Protection;

use super::{NOW, grant_between, grant_terms, principal};
use crate::world::{day, episode_id, who};

fn terms() -> GrantTerms {
    grant_terms("them", Role::TacMember, "clinic", Protection::Ordinary, 0, 90)
}

#[test]
fn a_grant_begins_sleeps_wakes_by_use_and_ends_b98() {
    let them = principal("them", "clinic", &[], Vec::new());
    let grant = grant_between(Role::TacMember, "clinic", Protection::Ordinary, 10, 100);
    for (days, expected) in [
        (9, Liveness::NotYet),
        (10, Liveness::Live),
        (69, Liveness::Live),
        (70, Liveness::Asleep),
        (99, Liveness::Asleep),
        (100, Liveness::Ended),
    ] {
        assert_eq!(grant.liveness(&them, day(days)), expected, "day {days}");
    }
    let used = grant.clone().used(day(60)).used(day(50));
    assert_eq!(used.liveness(&them, day(99)), Liveness::Live);
    let ended = used.end(day(80)).end(day(95));
    assert_eq!(ended.liveness(&them, day(79)), Liveness::Live);
    assert_eq!(ended.liveness(&them, day(80)), Liveness::Ended, "an end is not put off");
}

#[test]
fn with_another_organisation_or_issuer_a_grant_is_void_a16_b98() {
    let grant = grant_between(Role::TacMember, "clinic", Protection::Ordinary, NOW, NOW + 9);
    let moved = principal("them", "police", &[], Vec::new());
    assert_eq!(grant.liveness(&moved, day(NOW)), Liveness::Void);
    let mut none = principal("them", "clinic", &[], Vec::new());
    none.organisation = None;
    assert_eq!(grant.liveness(&none, day(NOW)), Liveness::Void);
    let mut other_issuer = principal("them", "clinic", &[], Vec::new());
    other_issuer.subject =
        assessment_people::who::Subject::new("https://other.example", "them").expect("a subject");
    assert_eq!(grant.liveness(&other_issuer, day(NOW)), Liveness::Void);
}

#[test]
fn what_cannot_be_given_is_refused() {
    let refused = |change: fn(&mut GrantTerms)| {
        let mut terms = terms();
        change(&mut terms);
        Grant::give(terms).err()
    };
    assert_eq!(refused(|terms| terms.until = terms.from), Some(GrantRefused::EndsFirst));
    assert_eq!(refused(|terms| terms.until = day(MAX_DAYS + 1)), Some(GrantRefused::TooLong));
    assert_eq!(refused(|terms| terms.until = day(MAX_DAYS)), None);
    assert_eq!(refused(|terms| terms.role = Role::EhCoordinator), Some(GrantRefused::Role));
    assert_eq!(refused(|terms| terms.given_by.subject = terms.to.clone()), Some(GrantRefused::ToThemselves));
}

#[test]
fn who_starts_an_episode_leads_it_for_a_while() {
    let scope = Scope { sections: Sections::ALL, up_to: Protection::Shielded };
    let grant = Grant::on_starting(episode_id(1), who("them", "clinic"), scope, day(0)).used(day(50));
    let them = principal("them", "clinic", &[Role::Practitioner], Vec::new());
    assert_eq!(grant.liveness(&them, day(USUAL_DAYS - 1)), Liveness::Live);
    assert_eq!(grant.liveness(&them, day(USUAL_DAYS)), Liveness::Ended);
}

#[test]
fn a_stored_grant_is_read_back_and_one_without_end_is_refused() {
    let grant = Grant::give(terms()).expect("it can be given").used(day(3)).end(day(40));
    let mut stored = serde_json::to_value(&grant).expect("it is written");
    assert_eq!(serde_json::from_value::<Grant>(stored.clone()).expect("it is read"), grant);
    stored["terms"]["until"] = serde_json::json!("9999-01-01T00:00:00Z");
    assert!(serde_json::from_value::<Grant>(stored).is_err());
    let mut by_starting = serde_json::to_value(Grant::on_starting(
        episode_id(1),
        who("them", "clinic"),
        Scope { sections: Sections::ALL, up_to: Protection::Shielded },
        day(0),
    ))
    .expect("it is written");
    assert!(serde_json::from_value::<Grant>(by_starting.clone()).is_ok());
    by_starting["terms"]["until"] = serde_json::Value::Null;
    assert!(serde_json::from_value::<Grant>(by_starting).is_err());
}

#[test]
fn a_grant_from_before_the_team_s_sections_opens_them_to_those_who_had_every_section_and_write() {
    let read = |role: Role, sections: Sections, is_old: bool| {
        let mut terms = grant_terms("them", role, "clinic", Protection::Ordinary, 0, 90);
        terms.scope.sections = sections;
        let mut text = serde_json::to_value(Grant::give(terms).expect("it can be given")).expect("written");
        if is_old {
            text.as_object_mut().expect("an object").remove("sections_to");
        }
        serde_json::from_value::<Grant>(text).expect("read").terms().scope.sections
    };
    let assessment = Sections::ASSESSMENT;
    let some = Sections::of(&[1, 2]).expect("sections");
    for role in [Role::Practitioner, Role::LeadProfessional] {
        assert_eq!(read(role, assessment, true), Sections::ALL);
        assert_eq!(read(role, assessment, false), assessment, "somebody left the others out");
        assert_eq!(read(role, some, true), some);
    }
    assert_eq!(read(Role::TacMember, assessment, true), assessment);
    assert_eq!(read(Role::FamilyViewer, assessment, true), assessment);
}

#[test]
fn sections_are_those_of_the_form() {
    assert_eq!(Sections::ASSESSMENT.numbers().collect::<Vec<_>>(), (0..=12).collect::<Vec<u8>>());
    assert_eq!(Sections::of(&[16]), None);
    assert_eq!(Sections::ALL.numbers().collect::<Vec<_>>(), (0..=15).collect::<Vec<u8>>());
    let some = Sections::of(&[0, 15]).expect("sections");
    assert_eq!(serde_json::to_value(some).expect("it is written"), serde_json::json!([0, 15]));
    assert!(some.within(Sections::ALL) && !Sections::ALL.within(some) && !some.contains(16));
}
