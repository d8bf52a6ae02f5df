//! What was sent to social care: found by those whom its episode concerns, the newest first, as it was sent; and who of a front
//! door looked first.

use assessment_api::referral::{SentDocument, SentLine, SentPart};
use assessment_people::{
    access::Action,
    id::ReferralId,
    moment::Moment,
    who::{Stamp, Who},
};
use assessment_server::staff::StaffMember;
use assessment_server::store::{
    Store, StoreError,
    audit::AuditAction,
    episodes::{Asker, WantedReceipt},
    referrals::SentReferral,
};
use serde_json::json;

use super::{
    actor,
    episodes::{asker, author, organisation, state, store_one},
    moment, other, work,
};
use crate::store::Harness;

/// Something of the author's.
pub(super) fn sent(words: &str) -> SentReferral {
    let by = Who { subject: author().subject, organisation: organisation("North") };
    let line = SentLine { label: "Why".to_owned(), value: words.to_owned() };
    let part = SentPart { heading: "Why we ask".to_owned(), lines: vec![line] };
    SentReferral {
        id: None,
        to: organisation("Hub"),
        sent: Stamp { by, at: Moment::new(moment(3)) },
        answers: json!({ "form_version": "referral-2026.1", "why": words }),
        document: SentDocument { parts: vec![part] },
    }
}

async fn list(store: &dyn Store, who: &Asker, number: u128) -> Vec<SentReferral> {
    let mut unit = work(store).await;
    let id = state(number, false, None).episode.id();
    let found = unit.referrals().list(who, id).await.expect("an answer");
    unit.cancel().await.expect("cancelled");
    found
}

pub(in crate::store) async fn what_was_sent_is_found_by_those_whom_the_episode_concerns_the_newest_first_b41(
    harness: impl Harness,
) {
    let store = harness.store();
    let one = state(1, false, None);
    store_one(&*store, &one).await;
    store_one(&*store, &state(2, false, None)).await;
    // Text that a database may not take is stored all the same.
    for words in ["First.", "'; -- \u{0} \u{e9} \u{1f600}"] {
        let mut unit = work(&*store).await;
        unit.referrals().add(&author(), one.episode.id(), &sent(words), moment(3)).await.expect("added");
        let action = AuditAction::Episode(Action::Refer, one.episode.id());
        unit.save(&actor(), action, moment(3)).await.expect("saved");
    }
    let expected = vec![sent("'; -- \u{0} \u{e9} \u{1f600}"), sent("First.")];
    for (who, finds) in [
        (author(), true),
        (asker(&other(), "two", "North", false), true),
        (asker(&other(), "three", "Hub", true), true),
        (asker(&other(), "four", "South", false), false),
    ] {
        let found = list(&*store, &who, 1).await;
        assert_eq!(found, if finds { expected.clone() } else { Vec::new() }, "{who:?}");
    }
    assert_eq!(list(&*store, &author(), 2).await, []);
    let harness = harness.reopen().await;
    assert_eq!(list(&*harness.store(), &author(), 1).await, expected);
}

pub(in crate::store) async fn of_two_referrals_with_one_id_an_episode_takes_one_b10(harness: impl Harness) {
    let store = harness.store();
    let id = ReferralId::parse("5e7a3b52-0c9d-4b3e-9a53-0000000000aa");
    let with_id = SentReferral { id, ..sent("Once.") };
    for number in [1_u128, 2] {
        let one = state(number, false, None);
        store_one(&*store, &one).await;
        // Another episode may have one of that id: nobody learns of it.
        for is_first in [true, false] {
            let mut unit = work(&*store).await;
            let added = unit.referrals().add(&author(), one.episode.id(), &with_id, moment(3)).await;
            match added {
                Ok(()) if is_first => {
                    let action = AuditAction::Episode(Action::Refer, one.episode.id());
                    unit.save(&actor(), action, moment(3)).await.expect("saved");
                }
                Err(StoreError::Conflict(_)) if !is_first => {}
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(list(&*store, &author(), number).await, std::slice::from_ref(&with_id));
    }
}

pub(in crate::store) async fn the_first_look_of_each_front_door_is_found_with_one_question(
    harness: impl Harness,
) {
    let store = harness.store();
    let states = [1, 2, 3].map(|number| state(number, false, None));
    for one in &states {
        store_one(&*store, one).await;
    }
    let staff = StaffMember {
        issuer: "https://issuer.example".to_owned(),
        subject: "duty".to_owned(),
        name: "Dee Duty".to_owned(),
        organisation: "Hub".to_owned(),
        roles: std::collections::BTreeSet::new(),
    };
    let who = store.sessions().meet(&staff, "5e7a3b52-0c9d-4b3e-9a53-0000000000dd", moment(3)).await;
    let duty = assessment_server::actor::Actor::new(who.expect("met").id);
    for (at, episode, action) in [
        (3, &states[1], Action::ReadVersion),
        (4, &states[0], Action::ReadEpisode),
        (5, &states[0], Action::ReadReferral),
        (6, &states[0], Action::ReadVersion),
    ] {
        let unit = work(&*store).await;
        unit.save(&duty, AuditAction::Episode(action, episode.episode.id()), moment(at))
            .await
            .expect("saved");
    }
    let wanted: Vec<WantedReceipt> = states
        .iter()
        .map(|one| WantedReceipt {
            episode: one.episode.id(),
            organisation: organisation("Hub"),
            from: moment(4),
        })
        .collect();
    let mut view = store.view().await.expect("a view");
    let found = view.episodes().receipts(&author(), &wanted).await.expect("an answer");
    let found: Vec<_> = found.into_iter().map(|(id, receipt)| (id, receipt.name, receipt.at)).collect();
    assert_eq!(found, [(states[0].episode.id(), Some("Dee Duty".to_owned()), moment(5))]);
    let stranger = asker(&other(), "four", "South", false);
    assert!(view.episodes().receipts(&stranger, &wanted).await.expect("an answer").is_empty());
    assert!(view.episodes().receipts(&author(), &[]).await.expect("an answer").is_empty());
}
