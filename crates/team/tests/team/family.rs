//! Starting points, copies of minutes for each person, and the family's page: what each may read. Not the words around it.

use assessment_engine::answers::{Answers, ParentOrCarer};
use assessment_engine::disclosure::{Audience, FamilyAdvice, Protection, Telling};
use assessment_engine::standards::Standards;
use assessment_engine::triangle::Worry;
use assessment_form::{Kind, parse_day};
use assessment_team::copies::{For, Stopped, TABLE, copy, left_out, protection};
use assessment_team::{Meeting, RecordKind, Scope, TeamRecord, View, family_page, proposals, reader_named};
use serde_json::json;

use super::catalogue::all;

fn parent(name: &str) -> ParentOrCarer {
    ParentOrCarer { name: name.to_owned(), ..ParentOrCarer::default() }
}

/// A child with two parents who live apart; the address is protected.
fn assessment() -> Answers {
    let parents_and_carers = vec![parent("Nia Hart"), parent("Tom Hart")];
    let mut answers = Answers { parents_and_carers, ..Answers::default() };
    answers.identifying_details.address_confidential = "yes".to_owned();
    answers.identifying_details.address.line_1 = "7 Quarry Hill Close".to_owned();
    answers.identifying_details.address.postcode = "LS2 8BB".to_owned();
    answers
}

fn meeting() -> TeamRecord {
    let view = |id: &str, name: &str, said: &str| View {
        id: id.to_owned(),
        name: name.to_owned(),
        said: said.to_owned(),
        method: vec!["words".to_owned()],
    };
    let read = TeamRecord::from_value(
        RecordKind::Meeting,
        json!({
            "form_version": RecordKind::Meeting.form_version(), "kind": "first", "status": "held", "on": "2027-02-26",
            "place": "At home, 7 Quarry Hill Close", "purpose": "To agree a plan",
            "people": [{"id": "p1", "name": "Mo Ali", "role": "Worker", "agency": "Rose Refuge", "attendance": "attended"}],
            "child_voice": "I miss my cat", "child_voice_method": ["words"],
            "points": [{"id": "t1", "source": "GP", "point": "Nia takes tablets"}],
            "risk_factors": "Tom has been at the door", "decisions": [{"id": "d1", "decision": "A plan", "reason": "Sleep"}]
        }),
    );
    let TeamRecord::Meeting(mut meeting) = read.unwrap().record else { panic!("a meeting") };
    meeting.family_views =
        vec![view("v1", "Nia Hart", "I am tired"), view("v2", "Tom Hart", "I want to help")];
    TeamRecord::Meeting(meeting)
}

fn no_advice() -> FamilyAdvice {
    FamilyAdvice { telling: Telling::NoRule, kept_from: vec![] }
}

/// What a copy of the meeting says to somebody, as one text.
fn read_by(audience: &Audience, advice: &FamilyAdvice) -> Result<String, Stopped> {
    let (record, assessment) = (meeting(), assessment());
    let reader = For { audience, assessment: &assessment, advice };
    let lines = copy(&record, false, reader)?;
    Ok(lines
        .iter()
        .map(|line| format!("{} {}\n", line.path, serde_json::to_string(&line.answer).unwrap()))
        .collect())
}

#[test]
fn every_question_of_the_team_has_a_protection_and_every_row_a_question() {
    for entry in all() {
        let is_part = matches!(entry.question.kind, Kind::Group | Kind::Rows(_));
        let sort = protection(entry.group, entry.question.name);
        if !is_part && entry.question.kind != Kind::Reference {
            assert_ne!(sort, Protection::Undecided, "{}", entry.stem());
        }
        if entry.question.kind == Kind::Reference {
            assert_eq!(sort, Protection::Undecided, "an id goes to nobody: {}", entry.stem());
        }
    }
    for (group, rows) in TABLE {
        for name in rows.iter().flat_map(|(_, names)| names.split(' ')) {
            let is_there = all().iter().any(|entry| entry.group == *group && entry.question.name == name);
            assert!(is_there, "no question {group}.{name}");
        }
    }
}

#[test]
fn minutes_say_to_each_person_what_that_person_may_read() {
    let advice = no_advice();
    let child = read_by(&Audience::Child, &advice).unwrap();
    let nia = read_by(&Audience::Parent(0), &advice).unwrap();
    let tom = read_by(&Audience::Parent(1), &advice).unwrap();
    let school = read_by(&Audience::Service("school".to_owned()), &advice).unwrap();
    for (words, readers) in [
        ("I miss my cat", [true, false, false, true]),
        ("I am tired", [false, true, false, true]),
        ("I want to help", [false, false, true, true]),
        ("Nia takes tablets", [false, false, false, true]),
        ("Tom has been at the door", [false, false, false, true]),
        ("Rose Refuge", [false, false, false, true]),
        ("Quarry Hill", [false, false, false, false]),
        ("A plan", [true, true, true, true]),
    ] {
        let found = [&child, &nia, &tom, &school].map(|copy| copy.contains(words));
        assert_eq!(found, readers, "{words}");
    }
    assert!(nia.contains("place null"), "the copy says that the place is withheld: {nia}");
}

#[test]
fn nobody_of_the_family_gets_a_copy_that_a_telling_rule_keeps_back() {
    let kept = FamilyAdvice { telling: Telling::Never, kept_from: vec![] };
    assert_eq!(read_by(&Audience::Child, &kept), Err(Stopped::Telling(Telling::Never)));
    assert_eq!(read_by(&Audience::Parent(0), &kept), Err(Stopped::Telling(Telling::Never)));
    assert!(read_by(&Audience::Service("school".to_owned()), &kept).is_ok());
    let from_tom = FamilyAdvice { telling: Telling::Tell, kept_from: vec![1] };
    assert_eq!(read_by(&Audience::Parent(1), &from_tom), Err(Stopped::KeptFrom));
    assert!(read_by(&Audience::Parent(0), &from_tom).is_ok());
    assert_eq!(read_by(&Audience::Parent(7), &from_tom), Err(Stopped::Nobody));
}

#[test]
fn the_familys_page_has_promises_and_each_persons_own_words() {
    let plan = TeamRecord::from_value(
        RecordKind::Plan,
        json!({
            "form_version": RecordKind::Plan.form_version(), "long_term_goal": "A calm home", "review_date": "2027-04-01",
            "outcomes": [{"id": "o1", "desired_outcome": "Sleeps well", "evidence": "Seen at 3am", "actions": [
                {"id": "a1", "action": "A bedtime plan", "who": "Nia Hart", "by_when": "2027-03-15", "budget_spent": "20"},
                {"id": "a2", "action": "Visit 7 Quarry Hill Close", "who": "Mo Ali", "status": "done"}
            ]}]
        }),
    );
    let plan = plan.unwrap().record;
    let (TeamRecord::Meeting(meeting), assessment, advice) = (meeting(), assessment(), no_advice()) else {
        panic!("a meeting")
    };
    let page = |audience: &Audience| {
        let reader = For { audience, assessment: &assessment, advice: &advice };
        family_page(plan.as_plan().unwrap(), &[&meeting], &[], reader)
    };
    let said = |audience: &Audience| {
        page(audience).unwrap().said.into_iter().map(|said| said.words).collect::<Vec<_>>()
    };
    assert_eq!(said(&Audience::Child), ["I miss my cat"]);
    assert_eq!(said(&Audience::Parent(0)), ["I am tired"]);
    assert_eq!(said(&Audience::Parent(1)), ["I want to help"]);
    let nia = page(&Audience::Parent(0)).unwrap();
    assert_eq!(nia.next, parse_day("2027-04-01"));
    let [aim] = nia.aims.try_into().unwrap();
    let [promise] = aim.promises.try_into().unwrap();
    assert_eq!((promise.what.as_str(), promise.who.as_deref()), ("A bedtime plan", Some("Nia Hart")));
    assert_eq!(
        promise.by,
        parse_day("2027-03-15"),
        "the action with the protected address is not on the page"
    );
    assert_eq!(page(&Audience::Service("school".to_owned())), Err(Stopped::Nobody));
    let cancelled = Meeting { status: "cancelled".to_owned(), ..*meeting.clone() };
    let reader = For { audience: &Audience::Child, assessment: &assessment, advice: &advice };
    assert_eq!(family_page(plan.as_plan().unwrap(), &[&cancelled], &[], reader).unwrap().said, vec![]);
}

#[test]
fn proposals_come_from_needs_and_copy_nothing_that_may_not_be_read() {
    let standards = Standards::built_in().unwrap();
    let today = parse_day("2026-11-23").unwrap();
    let mut answers = assessment();
    answers.elements.identity.needs = "He says that he is stupid".to_owned();
    answers.elements.general_health.needs = "Damp at 7 Quarry Hill Close".to_owned();
    answers.elements.behavioural.indicators.insert("no-such-sign".to_owned(), "yes".to_owned());
    let action = assessment_engine::answers::AgreedAction {
        desired_outcome: "Likes himself".to_owned(),
        action: "A mentor".to_owned(),
        who: "Mo Ali".to_owned(),
        ..Default::default()
    };
    answers.agreed_actions.actions = vec![action];
    let everything = |_: &str| true;
    let found = proposals(&answers, today, &standards, &everything);
    let needs: Vec<_> =
        found.needs.iter().map(|need| (need.element, need.worry, need.evidence.as_deref())).collect();
    assert_eq!(
        needs,
        [
            ("behavioural", Some(Worry::Yes), None),
            ("general_health", None, None),
            ("identity", None, Some("He says that he is stupid")),
        ],
        "worries first; a text with the protected address is not copied"
    );
    assert_eq!(found.needs[2].paths, ["elements.identity.needs"]);
    assert_eq!(found.agreed[0].action, "A mentor");
    // A reader without section 7 and without the practitioners' own.
    let narrow = |path: &str| !path.starts_with("elements.");
    let found = proposals(&answers, today, &standards, &narrow);
    assert!(found.needs.is_empty() && found.agreed.len() == 1);
    let without_signs = |path: &str| !path.ends_with(".indicators");
    let found = proposals(&answers, today, &standards, &without_signs);
    assert!(found.needs.iter().all(|need| need.element != "behavioural" && need.worry.is_none()));
}

#[test]
fn a_copy_and_what_it_leaves_out_are_together_everything_that_was_answered() {
    let (record, assessment, advice) = (meeting(), assessment(), no_advice());
    let mut answered = Vec::new();
    record.walk(&Scope::of(&record, false), &mut |visit| {
        if visit.asked
            && !matches!(visit.question.kind, Kind::Group | Kind::Rows(_))
            && !visit.node.is_blank()
        {
            answered.push(visit.path());
        }
        visit.asked
    });
    for audience in
        [Audience::Child, Audience::Parent(0), Audience::Parent(1), Audience::Service("school".to_owned())]
    {
        let reader = For { audience: &audience, assessment: &assessment, advice: &advice };
        let shown = copy(&record, false, reader).unwrap();
        let out = left_out(&record, false, reader).unwrap();
        let mut both: Vec<String> = shown
            .iter()
            .filter(|line| line.answer.is_some())
            .map(|line| line.path.clone())
            .chain(out.iter().map(|one| one.path.clone()))
            .collect();
        both.sort();
        let mut all = answered.clone();
        all.sort();
        assert_eq!(both, all, "{audience:?}");
    }
    let kept = FamilyAdvice { telling: Telling::Never, kept_from: vec![] };
    let reader = For { audience: &Audience::Child, assessment: &assessment, advice: &kept };
    assert_eq!(left_out(&record, false, reader).err(), Some(Stopped::Telling(Telling::Never)));
}

#[test]
fn somebody_who_signs_in_reads_their_own_page_only_where_their_name_is_one_persons() {
    let mut answers = assessment();
    answers.identifying_details.given_names = "Cai".to_owned();
    answers.identifying_details.family_name = "Hart".to_owned();
    assert_eq!(reader_named(&answers, "nia  hart"), Some(Audience::Parent(0)));
    assert_eq!(reader_named(&answers, "Tom Hart"), Some(Audience::Parent(1)));
    assert_eq!(reader_named(&answers, "Cai Hart"), Some(Audience::Child));
    for name in ["", " ", "Hart", "N Hart", "Gran Hart"] {
        assert_eq!(reader_named(&answers, name), None, "{name}");
    }
    answers.parents_and_carers.push(parent("Cai Hart"));
    assert_eq!(reader_named(&answers, "Cai Hart"), None, "father and son have one name");
}
