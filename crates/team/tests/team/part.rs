//! A record for somebody who may not see all of it, and what they save: rows B42's law, that what is left out is said and is
//! never taken away by those who do not see it.

use assessment_engine::answers::Answers;
use assessment_form::{Edit, Group, NodeMut, WrittenDate};
use assessment_team::{Reader, RecordKind, Team, TeamRecord, part, part_at, put_back};
use serde_json::{Value, json};

/// The address of the child, which is kept from people.
fn assessment() -> Answers {
    let mut answers = Answers::default();
    answers.identifying_details.address_confidential = "yes".to_owned();
    answers.identifying_details.address.line_1 = "7 Quarry Hill Close".to_owned();
    answers.identifying_details.address.postcode = "LS2 8BB".to_owned();
    answers
}

fn reader(sections: &[u8], confidential: bool, writes: bool) -> Reader {
    Reader { sections: sections.to_vec(), confidential, writes, assessment: assessment() }
}

/// Everybody who may see less than all, and one who sees all.
fn readers() -> Vec<Reader> {
    // Who sees no section of a record is shown nothing of it at all, and saves nothing.
    let sections: [&[u8]; 2] = [&[9, 13, 14, 15], &[9, 13, 14]];
    let mut readers = Vec::new();
    for sections in sections {
        for (confidential, writes) in [(true, true), (true, false), (false, true), (false, false)] {
            readers.push(reader(sections, confidential, writes));
        }
    }
    readers
}

/// Answers every question, with two rows in each repeating group.
fn fill(group: &mut dyn Group<Team>, path: &str) {
    for (index, question) in group.questions().iter().enumerate() {
        let path = format!("{path}.{}", question.name);
        match group.get_mut(index).unwrap() {
            NodeMut::Text(text) => path.clone_into(text),
            NodeMut::List(items) => items.push(path),
            NodeMut::Date(date) => *date = WrittenDate::from_iso("2027-03-01").unwrap(),
            NodeMut::Marks(marks) => drop(marks.insert(path, "yes".to_owned())),
            NodeMut::Group(inner) => fill(inner, &path),
            NodeMut::Rows(rows) => {
                for at in 0..2 {
                    rows.push();
                    fill(rows.row_mut(at).unwrap(), &format!("{path}[{at}]"));
                }
            }
        }
    }
}

fn filled(kind: RecordKind) -> TeamRecord {
    let mut record = TeamRecord::blank(kind);
    fill(record.group_mut(), kind.code());
    record
}

fn meeting() -> TeamRecord {
    let answers = json!({
        "form_version": RecordKind::Meeting.form_version(), "kind": "first", "status": "held", "on": "2027-02-26",
        "place": "At home, 7  Quarry hill CLOSE", "purpose": "To agree a plan",
        "people": [
            {"id": "p1", "name": "Mo Ali", "role": "Worker", "agency": "Rose Refuge", "attendance": "attended"},
            {"id": "p2", "name": "Priya Raman", "role": "Teacher", "attendance": "apologies", "apology_reason": "Her mother is ill"},
        ],
        "decisions": [{"id": "d1", "decision": "A plan", "disagreement": "Tom says no"}],
    });
    TeamRecord::from_value(RecordKind::Meeting, answers).unwrap().record
}

#[test]
fn what_is_left_out_is_absent_and_said_b42() {
    let minutes = meeting();
    for (who, expected) in [
        (reader(&[14], true, false), vec![]),
        (reader(&[14], false, true), vec!["place", "people[0].agency"]),
        (
            reader(&[14], false, false),
            vec!["place", "people[0].agency", "people[1].apology_reason", "decisions[0].disagreement"],
        ),
    ] {
        let seen = part(&minutes, &who);
        assert_eq!(seen.left_out, expected);
        for path in &seen.left_out {
            assert!(seen.record.node(path).unwrap().is_blank(), "{path}");
        }
        assert_eq!(seen.record.text("people[1].id"), "p2", "ids tell rows apart");
        assert_eq!(seen.record == minutes, expected.is_empty());
    }
    // An address that may be told hides no school.
    let mut told = reader(&[14], false, true);
    told.assessment.identifying_details.address_confidential = "no".to_owned();
    assert_eq!(part(&minutes, &told).left_out, Vec::<String>::new());
}

#[test]
fn of_a_section_that_is_not_seen_there_is_the_section_alone_b42() {
    let seen = part(&filled(RecordKind::Review), &reader(&[13], true, true));
    assert_eq!(seen.left_out, ["outcomes[0].reached", "outcomes[1].reached", "closing"]);
    assert!(seen.record.node("closing").unwrap().is_blank());
    assert!(!seen.record.node("notes").unwrap().is_blank());
}

#[test]
fn what_somebody_saves_unchanged_changes_nothing_whatever_they_see_b42() {
    for kind in RecordKind::ALL {
        let base = filled(kind);
        for who in readers() {
            let seen = part(&base, &who);
            let back = put_back(&base, &seen.record, &who, &[]);
            assert_eq!((back.clashes, &back.record), (vec![], &base), "{kind:?} {:?}", who.sections);
            // By now they see everything, and say what had been left out.
            let all = reader(&[9, 13, 14, 15], true, true);
            let back = put_back(&base, &seen.record, &all, &seen.left_out);
            assert_eq!((back.clashes, &back.record), (vec![], &base), "{kind:?} {:?}", who.sections);
        }
    }
}

#[test]
fn what_they_change_counts_also_where_rows_move_b42() {
    let (base, who) = (meeting(), reader(&[14], false, true));
    let TeamRecord::Meeting(mut seen) = part(&base, &who).record else { panic!("a meeting") };
    seen.people.reverse();
    seen.purpose = "To begin".to_owned();
    seen.people[1].name.clear();
    let TeamRecord::Meeting(back) = put_back(&base, &TeamRecord::Meeting(seen), &who, &[]).record else {
        panic!("a meeting")
    };
    assert_eq!((back.purpose.as_str(), back.place.as_str()), ("To begin", "At home, 7  Quarry hill CLOSE"));
    assert_eq!((back.people[1].agency.as_str(), back.people[1].name.as_str()), ("Rose Refuge", ""));
}

#[test]
fn nobody_writes_over_or_takes_away_what_they_do_not_see_b42() {
    let (base, who) = (meeting(), reader(&[14], false, true));
    let mut over = part(&base, &who).record;
    over.apply("place", Edit::Text("The school".to_owned())).unwrap();
    let back = put_back(&base, &over, &who, &[]);
    assert_eq!(back.clashes.iter().map(|one| one.path.as_str()).collect::<Vec<_>>(), ["place"]);
    assert_eq!(back.record.text("place"), "The school", "what they wrote is kept");
    let TeamRecord::Meeting(mut away) = part(&base, &who).record else { panic!("a meeting") };
    away.people.clear();
    let away = TeamRecord::Meeting(away);
    let back = put_back(&base, &away, &who, &[]);
    let paths: Vec<&str> = back.clashes.iter().map(|one| one.path.as_str()).collect();
    assert_eq!(paths, ["people[0]"], "the other row holds nothing that they do not see");
    // What the clash tells them is no more than the record does.
    let [clash] = back.clashes.as_slice() else { panic!("one clash") };
    let shown = part_at(RecordKind::Meeting, &clash.path, &clash.theirs, &who);
    let expected = json!({"id": "p1", "name": "Mo Ali", "role": "Worker", "attendance": "attended"});
    assert_eq!(shown, Some(expected));
    assert_eq!(part_at(RecordKind::Meeting, "place", &json!("7 Quarry Hill Close"), &who), None);
    assert_eq!(part_at(RecordKind::Meeting, "purpose", &json!("To begin"), &who), Some(json!("To begin")));
    let whole = part_at(RecordKind::Meeting, "", &base.to_value(), &who).unwrap();
    assert_eq!(whole["people"][0].get("agency"), None::<&Value>);
}

#[test]
fn a_hidden_answer_never_goes_to_another_row_where_rows_have_no_ids_b42() {
    let people = |names: &[(&str, &str)]| {
        let rows: Vec<Value> = names
            .iter()
            .map(|(name, agency)| json!({"name": name, "role": "Worker", "agency": agency}))
            .collect();
        let answers = json!({
            "form_version": RecordKind::Meeting.form_version(), "kind": "first", "on": "2027-02-26", "people": rows,
        });
        TeamRecord::from_value(RecordKind::Meeting, answers).unwrap().record
    };
    let base = people(&[("Mo Ali", "Rose Refuge"), ("Priya Raman", "")]);
    let who = reader(&[14], false, true);
    let seen = part(&base, &who);
    assert_eq!(seen.left_out, ["people[0].agency"]);
    // Nothing was changed: it is put back.
    let same = put_back(&base, &seen.record, &who, &[]);
    assert_eq!((same.record, same.clashes), (base.clone(), vec![]));
    // The first row is taken away: the next one does not get what was hidden in it, and a person decides.
    for saved in [people(&[("Priya Raman", "")]), people(&[("Priya Raman", ""), ("Mo Ali", "")])] {
        let back = put_back(&base, &saved, &who, &[]);
        assert_eq!(back.record, saved);
        let paths: Vec<&str> = back.clashes.iter().map(|clash| clash.path.as_str()).collect();
        assert_eq!(paths, ["people[0]"]);
    }
}
