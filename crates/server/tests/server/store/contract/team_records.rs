//! What teams write: found by those whom their episode concerns, revision by revision, never changed, and gone with their
//! episode.

use assessment_api::team::TeamClash;
use assessment_people::{
    access::Action,
    id::EpisodeId,
    moment::Moment,
    who::{Reason, Stamp, Who},
};
use assessment_server::store::{
    StoreError, UnitOfWork,
    audit::AuditAction,
    episodes::{Asker, StoredGrant},
    team_records::{
        Circulation, KeptBecause, KeptVersion, ListedRecord, RecordOf, Revision, Saved, SentTo, Which,
        WhyKept,
    },
};
use assessment_team::RecordKind;
use jiff::civil::date;
use serde_json::json;

use super::{
    actor,
    episodes::{asker, author, organisation, state, store_one},
    moment, other, work,
};
use crate::store::Harness;

const PLAN: Which = Which { kind: RecordKind::Plan, number: 1 };
const MEETING: Which = Which { kind: RecordKind::Meeting, number: 1 };

fn stamp() -> Stamp {
    let by = Who { subject: author().subject, organisation: organisation("North") };
    Stamp { by, at: Moment::new(moment(3)) }
}

/// A revision, different for each number in everything that may differ.
fn revision(number: u32, words: &str) -> Revision {
    Revision {
        number,
        base: number - 1,
        sha256: format!("{number:064x}"),
        form_version: "plan-2026.1".to_owned(),
        answers: json!({ "form_version": "plan-2026.1", "long_term_goal": words }).to_string(),
        saved: Saved {
            by: stamp(),
            reason: Reason::new("A word was missing.").filter(|_| number > 1),
            settles: None,
            on: Some(date(2026, 12, 1)),
            next_on: None,
            cancelled: number == 2,
            closings: 0,
            owed: None,
        },
    }
}

fn kept(number: u32) -> KeptVersion {
    let clash = TeamClash {
        path: "long_term_goal".to_owned(),
        base: None,
        yours: Some(json!("'; -- \u{0} \u{e9} \u{1f600}")),
        theirs: Some(json!("Theirs.")),
    };
    KeptVersion {
        id: format!("5e7a3b52-0c9d-4b3e-9a53-0000000000{number:02x}"),
        base: 1,
        sha256: format!("{number:064x}"),
        form_version: "plan-2026.1".to_owned(),
        answers: "{}".to_owned(),
        kept: KeptBecause {
            by: stamp(),
            why: WhyKept::Clash,
            reason: None,
            against: 2,
            theirs: Some(stamp()),
            clashes: vec![clash],
        },
        settled: None,
    }
}

fn circulation() -> Circulation {
    let sent = SentTo { to: vec!["Priya Raman".to_owned()], on: date(2026, 12, 2), by: stamp() };
    Circulation { id: "5e7a3b52-0c9d-4b3e-9a53-0000000000cc".to_owned(), revision: 1, sent }
}

/// One of everything.
pub(in crate::store) async fn add_everything(unit: &mut dyn UnitOfWork, id: EpisodeId) {
    let (who, at) = (author(), moment(3));
    let mut records = unit.team_records();
    for new in [revision(1, "'; -- \u{0} \u{e9} \u{1f600}"), revision(2, "Second.")] {
        records.add(&who, id, PLAN, &new, at).await.expect("added");
    }
    records.add(&who, id, MEETING, &revision(1, "Meeting."), at).await.expect("added");
    for number in [1, 2] {
        records.keep(&who, id, PLAN, &kept(number), at).await.expect("kept");
    }
    records.settle(&who, id, &kept(1).id, 2, at).await.expect("settled");
    records.complete(&who, id, PLAN, 2, &stamp(), at).await.expect("completed");
    records.circulate(&who, id, 1, &circulation(), at).await.expect("circulated");
}

async fn list(harness: &impl Harness, who: &Asker, id: EpisodeId) -> Vec<ListedRecord> {
    let mut unit = work(&*harness.store()).await;
    let found = unit.team_records().list(who, id).await.expect("a list");
    unit.cancel().await.expect("cancelled");
    found
}

pub(in crate::store) async fn team_records_are_found_by_those_whom_the_episode_concerns_b41(
    harness: impl Harness,
) {
    let store = harness.store();
    let (one, two) = (state(1, false, None), state(2, false, None));
    store_one(&*store, &one).await;
    store_one(&*store, &two).await;
    let id = one.episode.id();
    let mut unit = work(&*store).await;
    add_everything(&mut *unit, id).await;
    unit.save(&actor(), AuditAction::Episode(Action::WriteTeamRecords, id), moment(3)).await.expect("saved");

    let found = list(&harness, &author(), id).await;
    let plan = ListedRecord {
        which: PLAN,
        newest: Some((2, revision(2, "").saved)),
        completed: Some((2, stamp())),
        waiting: 1,
        is_circulated: false,
    };
    assert_eq!(found[0], plan);
    assert_eq!((found[1].which, found[1].is_circulated, found[1].waiting), (MEETING, true, 0));
    assert_eq!(found.len(), 2);

    for (who, finds) in [
        (asker(&other(), "two", "North", false), true),
        (asker(&other(), "three", "Hub", true), true),
        (asker(&other(), "four", "South", false), false),
    ] {
        assert_eq!(list(&harness, &who, id).await.len(), if finds { 2 } else { 0 }, "{who:?}");
        let mut unit = work(&*store).await;
        let mut records = unit.team_records();
        let newest = records.find(&who, id, PLAN, None).await.expect("an answer");
        assert_eq!(newest, finds.then(|| revision(2, "Second.")));
        let first = records.find(&who, id, PLAN, Some(1)).await.expect("an answer");
        assert_eq!(first, finds.then(|| revision(1, "'; -- \u{0} \u{e9} \u{1f600}")));
        assert_eq!(records.find(&who, id, PLAN, Some(3)).await, Ok(None));
        let all = records.revisions(&who, id, PLAN).await.expect("revisions");
        assert_eq!(all.len(), if finds { 2 } else { 0 });
        let all_kept = records.kept(&who, id, PLAN).await.expect("kept");
        let expected = [KeptVersion { settled: Some(2), ..kept(1) }, kept(2)];
        assert_eq!(all_kept, if finds { expected.to_vec() } else { Vec::new() });
        let sent = records.circulations(&who, id, 1).await.expect("circulations");
        assert_eq!(sent, if finds { vec![circulation()] } else { Vec::new() });
        // A repeat is the actor's own.
        assert_eq!(records.is_repeat(&who, id, PLAN, 1, &revision(2, "").sha256).await, Ok(false));
        assert_eq!(records.find(&who, two.episode.id(), PLAN, None).await, Ok(None));
    }
    let mut unit = work(&*store).await;
    let mut records = unit.team_records();
    for (base, number, is_repeat) in [(1, 2, true), (0, 2, false), (1, 1, false)] {
        let found = records.is_repeat(&author(), id, PLAN, base, &revision(number, "").sha256).await;
        assert_eq!(found, Ok(is_repeat), "{base} {number}");
    }
}

pub(in crate::store) async fn records_and_leads_of_many_episodes_are_for_those_who_reach_all_b41(
    harness: impl Harness,
) {
    let store = harness.store();
    let (one, two, three) = (state(1, false, None), state(2, false, None), state(3, false, None));
    let ids = [&one, &two, &three].map(|state| state.episode.id());
    for state in [&one, &two, &three] {
        store_one(&*store, state).await;
    }
    let hub = asker(&other(), "three", "Hub", true);
    let mut view = store.view().await.expect("a view");
    assert_eq!(view.team_records().first_saved(&hub).await, Ok(None));
    drop(view);
    let who = author();
    let mut unit = work(&*store).await;
    add_everything(&mut *unit, ids[0]).await;
    unit.team_records().add(&who, ids[2], PLAN, &revision(1, "Third."), moment(2)).await.expect("added");
    let lead = |state, revision, used| {
        let given = super::episodes::grant(state);
        let grant = if used { given.grant.used(Moment::new(moment(4))) } else { given.grant };
        StoredGrant { grant, revision, ..given }
    };
    unit.episodes().add_grant(&who, &lead(&one, 1, false), moment(2)).await.expect("added");
    unit.episodes().add_grant(&who, &lead(&one, 2, true), moment(4)).await.expect("added");
    unit.save(&actor(), AuditAction::Episode(Action::WriteTeamRecords, ids[0]), moment(4))
        .await
        .expect("saved");

    for (who, finds) in [(hub, true), (author(), false)] {
        let mut view = store.view().await.expect("a view");
        let found = view.team_records().of_all(&who, &ids[..2]).await.expect("records");
        let newest = |which, number, words, completed| RecordOf {
            episode: ids[0],
            which,
            answers: revision(number, words).answers,
            saved: revision(number, words).saved,
            completed,
        };
        let expected = [newest(MEETING, 1, "Meeting.", None), newest(PLAN, 2, "Second.", Some(moment(3)))];
        assert_eq!(found, if finds { expected.to_vec() } else { Vec::new() });
        let first = view.team_records().first_saved(&who).await;
        assert_eq!(first, Ok(finds.then(|| moment(2))));
        let leads = view.register().leads(&who, &ids).await.expect("leads");
        assert_eq!(leads, if finds { vec![lead(&one, 2, true)] } else { Vec::new() });
        assert_eq!(view.team_records().of_all(&who, &[]).await, Ok(Vec::new()));
    }
}

pub(in crate::store) async fn a_revision_of_a_record_is_used_once_and_a_kept_version_is_settled_once(
    harness: impl Harness,
) {
    let store = harness.store();
    let one = state(1, false, None);
    store_one(&*store, &one).await;
    let id = one.episode.id();
    let mut unit = work(&*store).await;
    add_everything(&mut *unit, id).await;
    unit.save(&actor(), AuditAction::Episode(Action::WriteTeamRecords, id), moment(3)).await.expect("saved");
    let who = author();
    for attempt in 0..5 {
        let mut unit = work(&*store).await;
        let mut records = unit.team_records();
        let outcome = match attempt {
            0 => records.add(&who, id, PLAN, &revision(2, "Another."), moment(4)).await,
            1 => records.keep(&who, id, PLAN, &kept(2), moment(4)).await,
            2 => records.settle(&who, id, &kept(1).id, 3, moment(4)).await,
            3 => records.complete(&who, id, PLAN, 2, &stamp(), moment(4)).await,
            _ => records.circulate(&who, id, 2, &circulation(), moment(4)).await,
        };
        assert!(matches!(outcome, Err(StoreError::Conflict(_))), "{attempt}: {outcome:?}");
    }
}

pub(in crate::store) async fn what_a_team_wrote_is_erased_with_its_episode(harness: impl Harness) {
    use super::retention::{add, due, episode_id, now, to_erase};
    let store = harness.store();
    add(&*store, due(4)).await;
    let id = episode_id(4);
    let mut unit = work(&*store).await;
    add_everything(&mut *unit, id).await;
    unit.save(&actor(), AuditAction::Episode(Action::WriteTeamRecords, id), moment(3)).await.expect("saved");
    assert_eq!(list(&harness, &author(), id).await.len(), 2);

    let mut unit = work(&*store).await;
    let who = super::retention::author();
    unit.retention().lock(&who, id, &[]).await.expect("locked");
    unit.retention().erase_episode(&who, &to_erase(4), now()).await.expect("erased");
    unit.save(&actor(), AuditAction::Episode(Action::Erase, id), now()).await.expect("saved");
    let authority = asker(&other(), "three", "Hub", true);
    let mut unit = work(&*store).await;
    let mut records = unit.team_records();
    assert_eq!(records.list(&authority, id).await, Ok(Vec::new()));
    assert_eq!(records.revisions(&authority, id, PLAN).await, Ok(Vec::new()));
    assert_eq!(records.kept(&authority, id, PLAN).await, Ok(Vec::new()));
    assert_eq!(records.circulations(&authority, id, 1).await, Ok(Vec::new()));
}
