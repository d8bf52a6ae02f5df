//! `assessment-server webhooks`: what partners' servers were told and are to be told, and asking for one again. Neither names
//! the record; sending is the running server's.

use std::fmt::Write as _;

use assessment_people::access::Action;
use jiff::Timestamp;
use uuid::Uuid;

use super::failed;
use crate::{
    clock::written,
    retention,
    settings::Settings,
    store::{
        Store, StoreError,
        audit::AuditAction,
        webhooks::{Progress, StoredDelivery, WantedDeliveries},
    },
};

/// How many are read at a time.
const PAGE: u32 = 500;

/// One line for each, the newest first.
pub(super) async fn list(store: &dyn Store, partner: &str) -> Result<String, StoreError> {
    let mut text = String::new();
    let mut counts = [0_u64; 3];
    let mut before = None;
    loop {
        let wanted = WantedDeliveries { before, limit: PAGE };
        let page = store.view().await?.webhooks().list(partner, wanted).await?;
        for one in &page {
            counts[match one.progress {
                Progress::Delivered => 0,
                Progress::Pending { .. } => 1,
                Progress::Failed => 2,
            }] += 1;
            // Writing to a String cannot fail.
            let _ = writeln!(text, "{}", line(one));
        }
        before = page.last().map(|last| last.number);
        if page.len() < PAGE as usize {
            break;
        }
    }
    let [delivered, waiting, given_up] = counts;
    let _ = writeln!(text, "{delivered} delivered, {waiting} waiting, {given_up} given up.");
    Ok(text)
}

fn line(one: &StoredDelivery) -> String {
    let state = match one.progress {
        Progress::Delivered => "delivered".to_owned(),
        Progress::Pending { due } => format!("waiting until {}", written(due)),
        Progress::Failed => "given up".to_owned(),
    };
    let outcome =
        one.outcome.as_deref().map(|outcome| format!(", last answer {outcome}")).unwrap_or_default();
    let attempts = if one.attempts == 1 { "attempt" } else { "attempts" };
    let (at, kind, count) = (written(one.at), one.kind.as_str(), one.attempts);
    format!("{} {at} {kind}: {state}, {count} {attempts}{outcome}", one.id)
}

/// Makes one due at once, under the id that it had. The audit trail has it as the operator's.
pub(super) async fn replay(
    store: &dyn Store,
    settings: &Settings,
    partner: &str,
    id: Uuid,
    at: Timestamp,
) -> Result<String, String> {
    if !settings.partners.iter().any(|one| one.id == partner && one.webhook.is_some()) {
        return Err(format!(
            "no [[partners]] in the settings has the id \"{partner}\" and a webhook: nothing would be sent. Name the file with --settings."
        ));
    }
    let asker = retention::operator().map_err(failed)?;
    let mut work = store.begin().await.map_err(failed)?;
    let found = work.webhooks().replay(partner, id, at).await.map_err(failed)?;
    let episode = found.ok_or_else(|| {
        format!("that partner was never told anything under this id. `webhooks list {partner}` lists what there is.")
    })?;
    let action = AuditAction::Episode(Action::ReplayWebhook, episode);
    work.save(&asker.actor, action, at).await.map_err(failed)?;
    Ok(format!("{id} is due now. A server that runs on this database sends it within a second.\n"))
}
