//! The story behind a number of take-up: every wording is kept, and erased until a moment by the guarded way only.

use assessment_people::{
    access::Action,
    take_up::{About, Measure, RECORDED, Since, Threshold, publish},
};
use assessment_server::{
    retention::{erased, reapply},
    store::{
        StoreError,
        audit::AuditAction,
        register::StoredStory,
        retention::{ErasedBecause, ErasedKind, StoryToErase},
    },
};
use jiff::civil::date;

use super::{
    lists::{coordinator, nobody, told},
    moment, other, work,
};
use crate::store::Harness;

pub(in crate::store) async fn a_story_keeps_every_wording_and_is_for_those_whose_role_reaches_everything_b41(
    harness: impl Harness,
) {
    let store = harness.store();
    let who = coordinator();
    let write = async |new: &StoredStory| {
        let mut unit = work(&*store).await;
        unit.register().tell(&who, new, moment(4)).await?;
        unit.save(&other(), AuditAction::Own(Action::WriteTakeUpStory), moment(4)).await
    };
    let first = told(1, "Two schools joined.\nTheir teams were new to it.");
    assert!(write(&first).await.is_err(), "nothing was published about that quarter");
    let since = Since { opened: "2026-07-01".parse().expect("a day"), team: None, pages: None };
    let published = publish(first.about.quarter, &[], since, &[], &RECORDED, Threshold::USUAL);
    let mut unit = work(&*store).await;
    unit.register().publish(&who, &published, moment(3)).await.expect("published");
    unit.save(&other(), AuditAction::Own(Action::ReadTakeUp), moment(3)).await.expect("saved");
    let all = [first, told(2, "Three schools joined."), told(3, "")];
    for one in &all {
        write(one).await.expect("written");
    }
    let again = write(&told(3, "Another")).await;
    assert!(matches!(again, Err(StoreError::Conflict(_))), "{again:?}");
    let other_measure = About { measure: Measure::Closed, ..all[0].about };
    let mut view = store.view().await.expect("a view");
    let mut register = view.register();
    assert_eq!(register.stories(&who).await, Ok(vec![all[2].clone()]));
    let newest_first: Vec<StoredStory> = all.iter().rev().cloned().collect();
    assert_eq!(register.wordings(&who, all[0].about).await, Ok(newest_first));
    assert_eq!(register.wordings(&who, other_measure).await, Ok(Vec::new()));
    let nobody = nobody();
    assert_eq!(register.stories(&nobody).await, Ok(Vec::new()));
    assert_eq!(register.wordings(&nobody, all[0].about).await, Ok(Vec::new()));
}

pub(in crate::store) async fn a_story_is_erased_until_a_moment_and_nothing_else_goes_with_it_a15(
    harness: impl Harness,
) {
    let store = harness.store();
    let who = coordinator();
    let first = told(1, "Zzyzx moved here.");
    let since = Since { opened: "2026-07-01".parse().expect("a day"), team: None, pages: None };
    let published = publish(first.about.quarter, &[], since, &[], &RECORDED, Threshold::USUAL);
    let mut unit = work(&*store).await;
    unit.register().publish(&who, &published, moment(3)).await.expect("published");
    unit.save(&other(), AuditAction::Own(Action::ReadTakeUp), moment(3)).await.expect("saved");
    let other_measure = About { measure: Measure::Closed, ..first.about };
    let closed = StoredStory { about: other_measure, ..told(1, "Another number") };
    let write = async |new: &StoredStory, minute| {
        let mut unit = work(&*store).await;
        unit.register().tell(&who, new, moment(minute)).await.expect("written");
        let entry = AuditAction::Own(Action::WriteTakeUpStory);
        unit.save(&other(), entry, moment(minute)).await.expect("saved");
    };
    write(&first, 4).await;
    write(&told(2, "Zzyzx moved away."), 5).await;
    write(&closed, 5).await;
    let late = told(3, "Two schools joined.");
    write(&late, 9).await;

    let what = StoryToErase {
        about: first.about,
        until: moment(5),
        because: ErasedBecause::Decided,
        today: date(2026, 11, 23),
    };
    let mut unit = work(&*store).await;
    let refused = unit.retention().erase_story(&nobody(), &what, moment(10)).await;
    // SQLite has no roles: there the server itself asks who they are.
    assert!(matches!(refused, Ok(true) | Err(StoreError::Unavailable(_))), "{refused:?}");
    unit.cancel().await.expect("cancelled");
    let mut unit = work(&*store).await;
    assert_eq!(unit.retention().erase_story(&who, &what, moment(10)).await, Ok(true));
    unit.save(&other(), AuditAction::Own(Action::EraseTakeUpStory), moment(10)).await.expect("saved");
    let mut view = store.view().await.expect("a view");
    assert_eq!(view.register().wordings(&who, first.about).await, Ok(vec![late]), "it was written after");
    assert_eq!(view.register().wordings(&who, other_measure).await, Ok(vec![closed]));
    drop(view);
    let mut unit = work(&*store).await;
    assert_eq!(unit.retention().erase_story(&who, &what, moment(11)).await, Ok(false), "nothing is left");
    unit.cancel().await.expect("cancelled");

    let left = erased(&*store).await.expect("tombstones");
    let [one] = left.as_slice() else { panic!("{left:?}") };
    assert_eq!(
        (one.kind, one.because, one.story()),
        (ErasedKind::Story, ErasedBecause::Decided, Some(first.about))
    );
    assert_eq!((one.erased_at, one.may_be_told), (moment(10), false));
    // As after a backup was restored that had it: what was written before the tombstone goes again.
    let again = reapply(&*store, &left, moment(12)).await.expect("done");
    assert_eq!((again.erased, again.gone, again.kept.len()), (1, 0, 0));
    let mut view = store.view().await.expect("a view");
    assert_eq!(view.register().wordings(&who, first.about).await, Ok(Vec::new()));
    drop(view);
    assert_eq!(reapply(&*store, &left, moment(13)).await.expect("done").gone, 1);
    harness.verify(&[]).await.expect("the trail is whole");
}
