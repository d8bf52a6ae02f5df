//! What coordinators and auditors see of deliveries, and asking for one again. Nothing of the record that a delivery is about:
//! some of those who may look here may not know of it.

use assessment_people::access::Action;
use uuid::Uuid;

use crate::{
    episodes::{Asking, NotDone, may_at_all},
    partners::Partners,
    store::{
        Store,
        audit::AuditAction,
        webhooks::{StoredDelivery, WantedDeliveries},
    },
};

/// A page of the deliveries to a partner, newest first, and the number before which the next one begins.
///
/// # Errors
/// If they may not, or there is no such partner.
pub(crate) async fn list(
    store: &dyn Store,
    asking: &Asking,
    partners: &Partners,
    partner: &str,
    wanted: WantedDeliveries,
) -> Result<(Vec<StoredDelivery>, Option<u64>), NotDone> {
    may_at_all(&asking.principal(&[]), Action::ListWebhooks, asking.now)?;
    let partner = partners.find(partner).ok_or(NotDone::Missing)?;
    let limit = wanted.limit;
    // One more than asked for tells whether there is a next page.
    let wanted = WantedDeliveries { limit: limit + 1, ..wanted };
    let mut found = store.view().await?.webhooks().list(partner.id(), wanted).await?;
    let more = found.len() > limit as usize;
    found.truncate(limit as usize);
    let next = found.last().filter(|_| more).map(|last| last.number);
    let entry = AuditAction::Own(Action::ListWebhooks);
    store.begin().await?.save(&asking.asker.actor, entry, asking.at).await?;
    Ok((found, next))
}

/// Makes a delivery due at once, with the id that it had.
///
/// # Errors
/// If they may not, or there is no such delivery.
pub(crate) async fn replay(
    store: &dyn Store,
    asking: &Asking,
    partners: &Partners,
    partner: &str,
    id: Option<Uuid>,
) -> Result<(), NotDone> {
    may_at_all(&asking.principal(&[]), Action::ReplayWebhook, asking.now)?;
    let (Some(partner), Some(id)) = (partners.find(partner), id) else { return Err(NotDone::Missing) };
    let mut work = store.begin().await?;
    let found = work.webhooks().replay(partner.id(), id, asking.at).await?;
    let episode = found.ok_or(NotDone::Missing)?;
    let action = AuditAction::Episode(Action::ReplayWebhook, episode);
    Ok(work.save(&asking.asker.actor, action, asking.at).await?)
}
