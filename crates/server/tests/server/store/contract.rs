//! What every store promises, in terms of the traits of `assessment_server::store` and of what is built on them.
//!
//! A clause is a function that takes a [`Harness`]. To add one: write it, and name it in [`run_on`]; the compiler reports a
//! clause that is not run. To run the contract on another store: implement `Harness` and add a line in `store.rs`.

use assessment_api::assessment::{Headline, Suggestion};
use assessment_server::{
    actor::Actor,
    identifier::{AssessmentId, DraftId},
    store::{
        Store, StoreError, UnitOfWork,
        assessments::{NewAssessment, StoredAssessment, StoredSummary, Wanted},
        audit::{AuditAction, AuditPage, StoredEntry},
        drafts::{NewContent, StoredDraft, StoredDraftSummary},
        receipts::StoredReceipt,
    },
};
use jiff::Timestamp;

pub(super) mod access_log;
pub(super) mod assessments;
pub(super) mod audit;
pub(crate) mod deciding;
pub(super) mod drafts;
pub(super) mod episodes;
pub(super) mod erasing;
pub(super) mod families;
pub(super) mod forgetting;
pub(super) mod guards;
pub(super) mod lists;
pub(super) mod moments;
pub(super) mod notes;
pub(super) mod people;
pub(super) mod referrals;
pub(crate) mod retention;
pub(super) mod sessions;
pub(super) mod stories;
pub(super) mod team_records;
pub(super) mod webhooks;
pub(super) mod work;

/// Makes one test of each clause for a store, so that a failure names the clause.
macro_rules! run_on {
    ($name:ident: $harness:ty) => {
        $crate::store::contract::run_on! { $name: $harness:
            access_log::the_log_forgets_after_its_period_and_not_what_an_order_or_a_request_keeps_b43;
            access_log::whatever_is_done_to_what_is_left_is_found_b43;
            assessments::what_was_submitted_is_found;
            assessments::a_list_is_newest_first_and_goes_on_where_it_ended;
            assessments::one_key_stores_one_assessment;
            assessments::one_key_many_times_at_once_stores_one_assessment;
            assessments::a_key_belongs_to_its_actor;
            assessments::another_actor_finds_nothing;
            assessments::an_id_or_reference_or_key_is_used_once;
            drafts::a_revision_follows_the_one_it_was_made_from;
            drafts::a_repeat_of_the_last_change_stores_nothing;
            drafts::of_many_saves_at_once_one_wins;
            drafts::a_deletion_keeps_what_was_saved_and_can_be_undone;
            drafts::another_actor_neither_sees_nor_takes_over_a_draft;
            drafts::a_list_is_last_saved_first_without_deleted_ones;
            drafts::a_revision_is_used_once;
            episodes::an_episode_is_found_by_those_whom_it_concerns_b41;
            episodes::a_change_follows_the_revision_that_it_was_made_from;
            episodes::lists_are_urgent_first_then_by_what_is_due_and_page_without_gaps;
            episodes::a_record_moves_in_every_list_when_it_becomes_urgent_or_is_due;
            episodes::a_reason_is_kept_and_part_of_the_chain_b44;
            episodes::records_from_before_become_episodes_once;
            episodes::a_refusal_is_in_the_log_with_its_reason_as_a_code_b43;
            episodes::the_episodes_of_versions_are_those_that_concern_the_one_who_asks_b41;
            referrals::what_was_sent_is_found_by_those_whom_the_episode_concerns_the_newest_first_b41;
            referrals::of_two_referrals_with_one_id_an_episode_takes_one_b10;
            referrals::the_first_look_of_each_front_door_is_found_with_one_question;
            notes::notes_are_found_by_those_whom_the_episode_concerns_b41;
            notes::nothing_is_said_of_an_episode_that_changes_meanwhile;
            notes::an_id_of_a_note_is_used_once_and_its_words_are_not_in_the_trail_b43;
            team_records::team_records_are_found_by_those_whom_the_episode_concerns_b41;
            team_records::records_and_leads_of_many_episodes_are_for_those_who_reach_all_b41;
            team_records::a_revision_of_a_record_is_used_once_and_a_kept_version_is_settled_once;
            team_records::what_a_team_wrote_is_erased_with_its_episode;
            guards::nothing_stored_can_be_changed_or_removed;
            guards::what_was_acknowledged_is_still_there_when_the_store_opens_again;
            webhooks::what_is_told_is_stored_with_what_it_tells_or_not_at_all;
            webhooks::a_delivery_is_claimed_by_one_at_a_time;
            webhooks::what_is_told_is_erased_with_its_episode;
            work::a_cancelled_unit_of_work_leaves_nothing;
            work::a_dropped_unit_of_work_leaves_nothing;
            work::a_failed_unit_of_work_leaves_nothing;
            work::nothing_is_seen_before_it_is_saved;
            work::a_unit_of_work_sees_what_it_has_added;
            work::each_write_has_one_audit_entry;
            work::of_many_at_once_each_is_stored_or_not_by_itself_b11;
            work::a_request_that_is_given_up_takes_nothing_of_others_with_it_b11;
            audit::pages_show_each_entry_once_however_many_share_a_moment_a10;
            people::a_person_is_found_by_id_and_by_key;
            people::a_candidate_has_a_key_of_each_group;
            people::a_change_follows_the_revision_it_was_made_from;
            people::a_record_that_was_joined_into_another_is_no_longer_looked_for;
            people::joins_and_decisions_are_found_from_either_side;
            people::keys_of_another_version_are_made_again;
            people::of_two_joins_at_once_one_has_the_number;
            families::a_family_is_found_by_each_member_and_keeps_what_ended;
            families::of_two_changes_of_a_family_one_wins;
            families::a_change_during_an_erasing_leaves_nothing_a15;
            families::nothing_of_the_erased_is_left_in_a_family_a15;
            retention::what_is_due_goes_and_what_has_to_be_kept_stays_a15;
            retention::a_hold_that_is_placed_while_a_run_goes_on_counts_a15;
            erasing::the_database_itself_keeps_what_is_on_hold_or_asked_for_a15;
            erasing::a_child_s_record_stays_as_long_as_another_episode_needs_it_a15;
            erasing::a_run_erases_exactly_what_the_list_says_a15;
            erasing::what_was_erased_is_erased_again_after_a_backup_was_restored;
            erasing::drafts_that_nobody_has_saved_for_ninety_days_go;
            forgetting::why_somebody_searched_goes_with_the_record_that_they_found;
            forgetting::why_somebody_searched_in_vain_ends_after_a_year;
            forgetting::words_that_were_changed_are_found_and_words_that_were_erased_are_not_missed_b43;
            forgetting::what_a_record_held_of_another_goes_with_the_other_a6;
            forgetting::what_an_older_join_held_is_known_by_its_moment_a6;
            forgetting::who_was_parted_before_goes_alone_whatever_the_backup_says;
            forgetting::who_was_joined_since_goes_too_whatever_the_backup_says;
            forgetting::a_shielded_record_leaves_a_tombstone_that_tells_nobody_b42;
            forgetting::a_tombstone_tells_nobody_who_must_not_have_been_told;
            sessions::an_attempt_is_used_once;
            sessions::old_attempts_and_sessions_are_forgotten;
            sessions::a_person_is_an_issuer_and_a_subject;
            sessions::a_session_is_found_until_it_is_ended;
            sessions::somebody_can_be_shut_out_a17;
            sessions::everybody_who_has_signed_in_is_listed_once;
            audit::whatever_is_done_to_the_trail_is_found_b43;
            lists::a_page_is_its_person_s_and_changes_revision_by_revision;
            lists::what_pages_say_of_training_is_for_the_program_that_counts_and_nobody_else_b41;
            stories::a_story_keeps_every_wording_and_is_for_those_whose_role_reaches_everything_b41;
            stories::a_story_is_erased_until_a_moment_and_nothing_else_goes_with_it_a15;
            lists::the_register_reaches_each_episode_once_however_many_share_a_moment_a10;
            lists::the_register_is_in_order_of_the_moment_a11;
            lists::episodes_of_before_get_a_place_once;
            lists::the_whole_trail_shows_each_entry_once_to_those_whom_it_reaches_a10;
            lists::an_entry_has_the_name_of_its_time;
            lists::somebody_who_changes_meanwhile_is_still_due;
            moments::records_are_in_order_of_the_moment_however_it_was_written_a11;
            moments::text_that_a_database_may_not_take_is_stored_all_the_same;
        }
    };
    ($name:ident: $harness:ty: $($module:ident::$clause:ident;)+) => {
        mod $name {
            use super::*;
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $clause() {
                    contract::$module::$clause(<$harness as Harness>::new().await).await;
                }
            )+
        }
    };
}
pub(super) use run_on;

/// An actor.
pub(super) fn actor() -> Actor {
    Actor::new("practitioner-1")
}

/// Another actor.
fn other() -> Actor {
    Actor::new("practitioner-2")
}

/// An id that nobody has used.
pub(super) fn draft_id(number: u8) -> DraftId {
    DraftId::parse(&format!("5e7a3b52-0c9d-4b3e-9a53-0000000000{number:02x}")).expect("an id")
}

/// The moment of that number.
pub(super) fn moment(number: u32) -> Timestamp {
    at(&format!("2026-11-23T12:00:{number:02}.000Z"))
}

/// The moment that is written there.
fn at(written: &str) -> Timestamp {
    written.parse().expect("a moment")
}

/// An assessment to add, different for each number in everything that may differ.
pub(super) fn assessment(number: u32) -> NewAssessment {
    NewAssessment {
        id: AssessmentId::random().expect("random bytes"),
        reference: format!("CAF{number}"),
        received_at: moment(number),
        form_version: "caf-2026.1".to_owned(),
        pack_version: format!("pack {number}"),
        body: format!("{{\"body\":{number}}}").into_bytes(),
        sha256: format!("{number:064x}"),
        answers: format!("{{ \"text\" : \"'; -- \\u0000 é 😀 {number}\" }}"),
        outcome: format!("{{\"outcome\":{number}}}"),
        difference: (number % 2 == 1).then(|| format!("{{\"difference\":{number}}}")),
        child_name: (number % 2 == 1).then(|| format!("Teddy Example {number}")),
        suggestion: Suggestion {
            certain: "R1".to_owned(),
            possible: "R2".to_owned(),
            not_ruled_out: format!("R{}", number % 6),
        },
        headline: Headline { kind: "at_least".to_owned(), code: format!("R{}", number % 6) },
    }
}

/// A receipt to add for it.
pub(super) fn receipt(assessment: &NewAssessment) -> StoredReceipt {
    StoredReceipt {
        sha256: assessment.sha256.clone(),
        receipt: format!("{{\"reference\":\"{}\"}}", assessment.reference),
    }
}

/// What a draft holds, different for each number.
pub(super) fn content(number: u32) -> NewContent {
    NewContent {
        body: format!("{{\"form_version\":\"f\",\"number\":{number}}}").into_bytes(),
        sha256: format!("{number:064x}"),
        form_version: "f".to_owned(),
    }
}

/// Sends an assessment as the server does.
pub(super) async fn submit(
    store: &dyn Store,
    actor: &Actor,
    key: &str,
    new: &NewAssessment,
) -> Result<assessment_server::assessments::Submitted, StoreError> {
    assessment_server::assessments::submit(store, actor, key, new, &receipt(new).receipt).await
}

async fn work(store: &dyn Store) -> Box<dyn UnitOfWork> {
    store.begin().await.expect("a unit of work")
}

async fn find(store: &dyn Store, actor: &Actor, id: AssessmentId) -> Option<StoredAssessment> {
    let mut view = store.view().await.expect("a view");
    view.assessments().find(actor, id).await.expect("an answer")
}

async fn list(store: &dyn Store, actor: &Actor) -> Vec<StoredSummary> {
    let mut view = store.view().await.expect("a view");
    view.assessments().list(actor, Wanted { before: None, since: None, limit: 200 }).await.expect("an answer")
}

async fn draft(store: &dyn Store, actor: &Actor, id: DraftId) -> Option<StoredDraft> {
    let mut view = store.view().await.expect("a view");
    view.drafts().find(actor, id).await.expect("an answer")
}

async fn drafts(store: &dyn Store, actor: &Actor) -> Vec<StoredDraftSummary> {
    let mut view = store.view().await.expect("a view");
    view.drafts().list(actor, 200).await.expect("an answer")
}

async fn audit(store: &dyn Store, actor: &Actor) -> Vec<StoredEntry> {
    let mut view = store.view().await.expect("a view");
    view.audit().list(actor, AuditPage::Last, 200).await.expect("an answer")
}

/// The audit entry that an action leaves.
fn entry(sequence: u64, actor: &Actor, action: AuditAction, at: Timestamp) -> StoredEntry {
    StoredEntry {
        sequence,
        at,
        actor: actor.id().to_owned(),
        action: action.name().to_owned(),
        subject_kind: action.subject_kind().to_owned(),
        subject_id: action.subject_id(),
    }
}

/// Asserts that the store holds nothing of an actor's.
async fn assert_empty(store: &dyn Store, actor: &Actor) {
    assert_eq!(list(store, actor).await, []);
    assert_eq!(drafts(store, actor).await, []);
    assert_eq!(audit(store, actor).await, []);
}
