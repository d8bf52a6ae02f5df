//! Reading and writing records. Not their checks.

use assessment_form::Edit;
use assessment_team::{NotRead, RecordKind, TeamRecord};

#[test]
fn what_was_typed_comes_back() {
    for kind in RecordKind::ALL {
        let mut record = TeamRecord::blank(kind);
        let (rows, text) = match kind {
            RecordKind::Plan => ("outcomes", "outcomes[0].desired_outcome"),
            RecordKind::Meeting => ("points", "points[0].point"),
            RecordKind::Review => ("parent_comments", "parent_comments[0].comment"),
        };
        record.apply(rows, Edit::AddRow).unwrap();
        record.apply(text, Edit::Text(" Siân’s words \n".to_owned())).unwrap();
        let json = record.to_json();
        let read = TeamRecord::read(kind, &json).unwrap();
        assert_eq!((read.record, read.unread), (record, vec![]), "{json}");
    }
}

#[test]
fn a_record_of_another_form_is_refused() {
    let plan = TeamRecord::blank(RecordKind::Plan).to_json();
    assert_eq!(TeamRecord::read(RecordKind::Review, &plan), Err(NotRead::FormVersion));
    assert_eq!(TeamRecord::read(RecordKind::Plan, "{}"), Err(NotRead::FormVersion));
    assert!(matches!(TeamRecord::read(RecordKind::Plan, "[1"), Err(NotRead::NotAnswers(_))));
}

#[test]
fn lists_find_the_days_of_a_record() {
    let mut meeting = TeamRecord::blank(RecordKind::Meeting);
    let day = |day: &str| Edit::Date(assessment_form::WrittenDate::from_iso(day).unwrap());
    for (path, edit) in [
        ("on", day("2027-04-26")),
        ("starts_at", Edit::Text("2.30pm".to_owned())),
        ("ends_at", Edit::Text("soon".to_owned())),
        ("next_on", day("2027-06-07")),
    ] {
        meeting.apply(path, edit).unwrap();
    }
    let next = meeting.next_on().map(|on| on.to_string());
    assert_eq!(
        (meeting.on().map(|on| on.to_string()), next),
        (Some("2027-04-26".into()), Some("2027-06-07".into()))
    );
    meeting.apply("kind", Edit::Text("closing".to_owned())).unwrap();
    assert_eq!(meeting.next_on(), None, "kept as it was typed, and not what comes next");
    let TeamRecord::Meeting(meeting) = meeting else { panic!("a meeting") };
    assert_eq!(meeting.starts().map(|at| at.to_string()).as_deref(), Some("2027-04-26T14:30:00"));
    assert_eq!(meeting.ends(), None);
}

#[test]
fn how_an_episode_ends_is_a_section_of_its_own() {
    for (kind, path, section) in [
        (RecordKind::Plan, "outcomes[0].id", 9),
        (RecordKind::Review, "notes", 13),
        (RecordKind::Review, "closing.reason", 15),
        (RecordKind::Review, "outcomes[2].reached", 15),
        (RecordKind::Meeting, "closing", 14),
    ] {
        assert_eq!(kind.section_at(path), section, "{path}");
    }
}
