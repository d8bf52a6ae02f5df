//! `assessment-server webhooks`: what partners' servers were told and are to be told, and asking for one again. Neither names
//! the record; sending is the running server's.

use std::fmt::Write as _;

use assessment_people::access::Action;
use jiff::Timestamp;
use uuid::Uuid;

use super::failed;
use crate::{
    clock::written,
    partners::PartnerSettings,
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

/// One line for each, the newest first. The audit trail has that it was looked at, as the operator's.
///
/// A partner that is no longer in the settings is listed as long as something is stored that it was told.
pub(super) async fn list(
    store: &dyn Store,
    settings: &Settings,
    partner: &str,
    at: Timestamp,
) -> Result<String, String> {
    let (text, count) = listed(store, partner).await.map_err(failed)?;
    if count == 0 && !settings.partners.iter().any(|one| one.id == partner) {
        return Err(format!(
            "no [[partners]] in the settings has the id \"{partner}\", and nothing is stored under it. {}",
            known(settings, |_| true)
        ));
    }
    let asker = retention::operator().map_err(failed)?;
    let entry = AuditAction::Own(Action::ListWebhooks);
    store.begin().await.map_err(failed)?.save(&asker.actor, entry, at).await.map_err(failed)?;
    Ok(text)
}

/// Which partners there are instead.
fn known(settings: &Settings, is_meant: impl Fn(&PartnerSettings) -> bool) -> String {
    let ids: Vec<&str> =
        settings.partners.iter().filter(|one| is_meant(one)).map(|one| one.id.as_str()).collect();
    match ids.as_slice() {
        [] => "There is none; name the file with --settings.".to_owned(),
        ids => format!("There is: {}.", ids.join(", ")),
    }
}

/// The lines, and how many deliveries there are.
async fn listed(store: &dyn Store, partner: &str) -> Result<(String, u64), StoreError> {
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
    Ok((text, delivered + waiting + given_up))
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
            "no [[partners]] in the settings has the id \"{partner}\" and a webhook: nothing would be sent. {}",
            known(settings, |one| one.webhook.is_some())
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
