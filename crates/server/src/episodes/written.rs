//! Whether the written form of a referral is with the front door: somebody said that it was sent, or the front door has opened
//! here what was sent to it, which says as much. Not by when it is due, which `assessment_team` says.

use assessment_people::{
    access::Action,
    episode::{Episode, Referral, SentBy},
    who::Stamp,
};
use jiff::Timestamp;

use super::Asking;
use crate::{
    clock,
    store::{
        StoreError,
        audit::AuditPage,
        episodes::{AccessEntry, EpisodeReader, WantedAccess},
    },
};

/// That the written form of a referral is with the front door, or was sent to it.
pub(crate) enum Written {
    /// Somebody said that it was sent.
    Sent {
        /// How.
        by: SentBy,
        /// Who said so, and when.
        noted: Stamp,
    },
    /// Somebody of the front door has opened the answers here.
    OpenedHere {
        /// Their name, where it is known.
        name: Option<String>,
        /// Which front door.
        organisation: String,
        /// When they did first.
        at: Timestamp,
    },
}

/// How many entries of the access log are read at once.
const PAGE: u32 = 200;

/// What is known of the written form of the referral that waits in an episode. `None` where nothing is, or none waits.
///
/// # Errors
/// If the store fails.
pub(super) async fn written(
    episodes: &mut (dyn EpisodeReader + '_),
    asking: &Asking,
    episode: &Episode,
) -> Result<Option<Written>, StoreError> {
    let Some(referral) = episode.state().referral().filter(|referral| referral.waits()) else {
        return Ok(None);
    };
    if let Some(form) = referral.written.clone() {
        return Ok(Some(Written::Sent { by: form.by, noted: form.noted }));
    }
    // Where a front door is a team of the organisation that asked, its looks cannot be told from those of the others.
    if referral.sent.by.organisation == referral.to {
        return Ok(None);
    }
    let from = Some(clock::moment(referral.sent.at));
    let mut page = AuditPage::After(0);
    loop {
        let wanted = WantedAccess { page, from, until: None, limit: PAGE };
        let entries = episodes.access_log(&asking.asker, episode.id(), wanted).await?;
        let is_last = entries.len() < PAGE as usize;
        let last = entries.last().map(|entry| entry.sequence);
        if let Some(entry) = entries.into_iter().find(|entry| is_receipt(entry, referral)) {
            let organisation = referral.to.code().to_owned();
            return Ok(Some(Written::OpenedHere { name: entry.name, organisation, at: entry.at }));
        }
        match last.filter(|_| !is_last) {
            Some(last) => page = AuditPage::After(last),
            None => return Ok(None),
        }
    }
}

/// Whether somebody of the front door was shown the answers. That they saw that there is a record is not enough.
fn is_receipt(entry: &AccessEntry, referral: &Referral) -> bool {
    let opens = [Action::ReadVersion, Action::ReadReferral].map(Action::code);
    entry.refused.is_none()
        && opens.contains(&entry.action.as_str())
        && entry.organisation.as_deref() == Some(referral.to.code())
}
