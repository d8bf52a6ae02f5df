//! Whether the written form of a referral is with the front door: somebody said that it was sent, or the front door has opened
//! here what was sent to it, which says as much. Not by when it is due, which `assessment_team` says.

use std::collections::BTreeMap;

use assessment_people::{
    episode::{Episode, Referral, SentBy},
    id::EpisodeId,
    who::Stamp,
};
use jiff::Timestamp;

use super::Asking;
use crate::{
    clock,
    store::{
        StoreError,
        episodes::{EpisodeReader, WantedReceipt},
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

/// What is known of the written form of the referral that waits in an episode. `None` where nothing is, or none waits.
///
/// # Errors
/// If the store fails.
pub(super) async fn written(
    episodes: &mut (dyn EpisodeReader + '_),
    asking: &Asking,
    episode: &Episode,
) -> Result<Option<Written>, StoreError> {
    Ok(written_of(episodes, asking, [episode]).await?.remove(&episode.id()))
}

/// The same of several episodes, with one question for all of them. Those of which nothing is known are absent.
///
/// # Errors
/// If the store fails.
pub(super) async fn written_of(
    episodes: &mut (dyn EpisodeReader + '_),
    asking: &Asking,
    of: impl IntoIterator<Item = &Episode>,
) -> Result<BTreeMap<EpisodeId, Written>, StoreError> {
    let (mut written, mut wanted) = (BTreeMap::new(), Vec::new());
    for episode in of {
        let Some(referral) = waiting(episode) else { continue };
        match &referral.written {
            Some(form) => {
                let sent = Written::Sent { by: form.by, noted: form.noted.clone() };
                written.insert(episode.id(), sent);
            }
            None => wanted.extend(receipt(episode, referral)),
        }
    }
    written.extend(opened(episodes, asking, &wanted).await?);
    Ok(written)
}

/// Whether the front door has opened here what was sent to it, whatever anybody said.
///
/// # Errors
/// If the store fails.
pub(super) async fn is_opened(
    episodes: &mut (dyn EpisodeReader + '_),
    asking: &Asking,
    episode: &Episode,
) -> Result<bool, StoreError> {
    let wanted: Vec<WantedReceipt> =
        waiting(episode).and_then(|referral| receipt(episode, referral)).into_iter().collect();
    Ok(!opened(episodes, asking, &wanted).await?.is_empty())
}

fn waiting(episode: &Episode) -> Option<&Referral> {
    episode.state().referral().filter(|referral| referral.waits())
}

/// What would be its receipt. Where a front door is a team of the organisation that asked, its looks cannot be told from those
/// of the others.
fn receipt(episode: &Episode, referral: &Referral) -> Option<WantedReceipt> {
    (referral.sent.by.organisation != referral.to).then(|| WantedReceipt {
        episode: episode.id(),
        organisation: referral.to.clone(),
        from: clock::moment(referral.sent.at),
    })
}

async fn opened(
    episodes: &mut (dyn EpisodeReader + '_),
    asking: &Asking,
    wanted: &[WantedReceipt],
) -> Result<BTreeMap<EpisodeId, Written>, StoreError> {
    if wanted.is_empty() {
        return Ok(BTreeMap::new());
    }
    let found = episodes.receipts(&asking.asker, wanted).await?;
    let opened = |(id, receipt): (EpisodeId, crate::store::episodes::Receipt)| {
        let organisation =
            wanted.iter().find(|one| one.episode == id).map(|one| one.organisation.code().to_owned());
        let organisation = organisation.unwrap_or_default();
        (id, Written::OpenedHere { name: receipt.name, organisation, at: receipt.at })
    };
    Ok(found.into_iter().map(opened).collect())
}
