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
