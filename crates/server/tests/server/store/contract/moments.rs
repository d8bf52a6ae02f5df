//! Times and texts that databases treat differently, and must not.

use assessment_server::{
    drafts::{Expected, save},
    store::assessments::Wanted,
};

use super::{actor, assessment, at, content, draft_id, drafts, find, list, submit};
use crate::store::Harness;

pub(in crate::store) async fn records_are_in_order_of_the_moment_however_it_was_written_a11(
    harness: impl Harness,
) {
    let store = harness.store();
    // In the order in which they are stored, and the place of each in the list.
    let written = [
        ("2026-11-23T06:00:00.5Z", 2),
        ("2026-11-23T07:00:00.2+01:00", 3),
        ("2026-11-23T06:00:00.500001Z", 1),
        ("2026-11-23T06:00:00Z", 4),
        ("2026-11-23T06:59:59.999999+01:00", 5),
        ("2026-11-23T05:00:01-01:00", 0),
    ];
    let mut expected = vec![None; written.len()];
    for ((moment, place), number) in written.into_iter().zip(0_u8..) {
        let mut new = assessment(u32::from(number));
        new.received_at = at(moment);
        submit(&*store, &actor(), &number.to_string(), &new).await.expect("stored");
        let found = find(&*store, &actor(), new.id).await.expect("the assessment");
        assert_eq!(found.received_at, new.received_at, "to the microsecond");
        save(&*store, &actor(), draft_id(number), Expected::Nothing, &content(1), at(moment))
            .await
            .expect("saved");
        expected[place] = Some((new.id.to_string(), draft_id(number).to_string()));
    }
    let rows = list(&*store, &actor()).await;
    let saved = drafts(&*store, &actor()).await;
    let found: Vec<_> =
        rows.iter().zip(&saved).map(|(row, draft)| Some((row.id.clone(), draft.id.clone()))).collect();
    assert_eq!(found, expected);

    let mut view = store.view().await.expect("a view");
    for (since, count) in [
        ("2026-11-23T06:00:00Z", 5),
        ("2026-11-23T07:00:00+01:00", 5),
        ("2026-11-23T06:00:00.500001Z", 2),
        ("2026-11-23T06:00:01.000001Z", 0),
    ] {
        let wanted = Wanted { before: None, since: Some(at(since)), limit: 200 };
        let newest = view.assessments().list(&actor(), wanted).await.expect("rows");
        assert_eq!(newest, rows[..count], "{since}");
    }
}

pub(in crate::store) async fn text_that_a_database_may_not_take_is_stored_all_the_same(
    harness: impl Harness,
) {
    let store = harness.store();
    // U+0000 is the one character that PostgreSQL has no place for in text.
    let mut new = assessment(1);
    new.child_name = Some("Ted\0dy O\u{2019}Example \u{1f600}".to_owned());
    submit(&*store, &actor(), "k", &new).await.expect("stored");
    let shown = list(&*store, &actor()).await.remove(0).child_name.expect("a name");
    assert_eq!(shown.replace('\u{fffd}', "\0"), new.child_name.expect("a name"));
    let mut draft = content(1);
    draft.form_version = "f\0".to_owned();
    save(&*store, &actor(), draft_id(1), Expected::Nothing, &draft, at("2026-11-23T06:00:00Z"))
        .await
        .expect("saved");
    assert_eq!(drafts(&*store, &actor()).await.len(), 1);
}
