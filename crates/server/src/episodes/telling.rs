//! Who is told what of a change, decided where the change is made and stored with it. Those who may not know are not told, and
//! nobody is told more than ids and kinds. Sends nothing: that is [`crate::delivering`]'s.
//!
//! A partner is told
//! - that a version was stored which its own people sent, anyone's episode;
//! - what happens in an episode that its own people started, while their organisation holds it or it is shared with them, and
//!   none of them must not be told; of a record that is kept more closely than ordinary only what its own people did.

use assessment_people::{
    episode::{Episode, Excluded, Happened, Step},
    id::{EpisodeId, VersionId},
    protection::Protection,
    version::Why,
};

use super::{Asking, NotDone};
use crate::{
    identifier::random_uuid,
    partners::Partner,
    store::{UnitOfWork, episodes::EpisodeState, webhooks::NewEvent},
    webhooks::Kind,
};

/// Stores what partners are told of the step from one state to the next; `None` before the episode existed.
///
/// # Errors
/// If the store cannot take it; then nothing of the change is stored either.
pub(super) async fn tell(
    work: &mut dyn UnitOfWork,
    asking: &Asking,
    before: Option<&EpisodeState>,
    next: &EpisodeState,
) -> Result<(), NotDone> {
    for told in asking.partners.iter().flat_map(|partner| told(partner, before, next)) {
        store(work, asking, told).await?;
    }
    Ok(())
}

/// Stores that a version was received for an episode which had become part of another. The partner whose people sent it
/// hears of the episode that they wrote it for, and nothing of the other.
///
/// # Errors
/// If the store cannot take it.
pub(super) async fn tell_author(
    work: &mut dyn UnitOfWork,
    asking: &Asking,
    written_for: EpisodeId,
    version: VersionId,
) -> Result<(), NotDone> {
    let kind = Kind::AssessmentReceived;
    let author = asking.partners.of_issuer(asking.asker.subject.issuer());
    let Some(partner) = author.filter(|partner| partner.is_told(kind)) else { return Ok(()) };
    let partner = partner.id().to_owned();
    store(work, asking, Told { partner, kind, episode: written_for, version: Some(version) }).await
}

async fn store(work: &mut dyn UnitOfWork, asking: &Asking, told: Told) -> Result<(), NotDone> {
    let event = NewEvent {
        id: random_uuid()?,
        partner: told.partner,
        kind: told.kind,
        episode: told.episode,
        version: told.version,
        at: asking.at,
    };
    Ok(work.webhooks().add(&asking.asker, &event).await?)
}

/// What one partner is told.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Told {
    partner: String,
    kind: Kind,
    episode: EpisodeId,
    version: Option<VersionId>,
}

fn told(partner: &Partner, before: Option<&EpisodeState>, next: &EpisodeState) -> Vec<Told> {
    let episode = &next.episode;
    let known = before.map_or(0, |before| before.episode.history().len());
    let steps = episode.history().iter().skip(known);
    steps
        .filter_map(|happened| {
            let (kind, version) = kind(episode, &happened.step)?;
            let may = partner.is_told(kind) && may_know(partner, before, next, happened, version);
            may.then(|| Told { partner: partner.id().to_owned(), kind, episode: episode.id(), version })
        })
        .collect()
}

/// What a step is called, if anybody is ever told of it: who must not be told, agreement, plans and meetings are for people
/// who open the record.
fn kind(episode: &Episode, step: &Step) -> Option<(Kind, Option<VersionId>)> {
    let kind = match step {
        Step::Sent { version } => {
            let why = episode.versions().and_then(|all| all.get(*version)).map(|version| version.why());
            let kind = match why {
                Some(Why::Correction { .. }) => Kind::AssessmentCorrected,
                _ => Kind::AssessmentReceived,
            };
            return Some((kind, Some(*version)));
        }
        Step::Withdrawn => Kind::AgreementWithdrawn,
        Step::ReferralAccepted | Step::ReferralNotAccepted => Kind::ReferralAnswered,
        Step::Handed { .. } => Kind::HandedOver,
        Step::Closed | Step::TransferFinished => Kind::Closed,
        Step::Reopened { .. } => Kind::Reopened,
        _ => return None,
    };
    Some((kind, None))
}

fn may_know(
    partner: &Partner,
    before: Option<&EpisodeState>,
    next: &EpisodeState,
    happened: &Happened,
    version: Option<VersionId>,
) -> bool {
    let is_theirs = |happened: &Happened| happened.stamp.by.subject.issuer() == partner.issuer();
    let did_it = is_theirs(happened);
    // A version that came late was written for another episode: its author is told of that one.
    let versions = next.episode.versions();
    let why = version.and_then(|id| versions.and_then(|all| all.get(id))).map(|version| version.why());
    let came_late = matches!(why, Some(Why::LateAmendment { .. }));
    if did_it && version.is_some() && !came_late {
        return true;
    }
    let Some(opened) = next.episode.history().first().filter(|opened| is_theirs(opened)) else {
        return false;
    };
    let organisation = &opened.stamp.by.organisation;
    let is_open_to = |episode: &Episode| {
        let basis = episode.state().stage().basis();
        episode.holder() == organisation
            || basis.is_some_and(|basis| basis.shared_with.contains(organisation))
    };
    // That it was given away is the last thing that they are told.
    let is_open = is_open_to(&next.episode) || before.is_some_and(|before| is_open_to(&before.episode));
    let is_kept_from = next.episode.excluded().iter().any(|excluded| match excluded {
        Excluded::Person(person) => person.issuer() == partner.issuer(),
        Excluded::Organisation(whole) => whole == organisation,
    });
    let is_ordinary = next.protection == Protection::Ordinary;
    is_open && !is_kept_from && (did_it || is_ordinary)
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, path::PathBuf};

    use assessment_people::{
        episode::{Basis, Closure, ClosureReason, Ground, StillOpen},
        id::PersonId,
        moment::Moment,
        version::NewVersion,
        who::{Organisation, Stamp, Subject, Who},
    };
    use uuid::Uuid;

    use super::*;
    use crate::{
        partners::{PartnerSettings, Partners},
        store::episodes::Listed,
        webhooks::WebhookSettings,
    };

    const SCHOOL: &str = "https://login.school.example/";
    const TRUST: &str = "https://login.trust.example/";
    const COUNCIL: &str = "https://login.council.example/";

    fn partners(kinds: impl IntoIterator<Item = Kind>) -> Partners {
        let kinds: BTreeSet<Kind> = kinds.into_iter().collect();
        let partner = |id: &str, issuer: &str| PartnerSettings {
            id: id.to_owned(),
            name: id.to_owned(),
            origins: vec![format!("https://{id}.example")],
            issuer: issuer.to_owned(),
            webhook: Some(WebhookSettings {
                url: String::new(),
                secret_file: PathBuf::new(),
                kinds: kinds.clone(),
            }),
        };
        let all = [partner("school", SCHOOL), partner("trust", TRUST)];
        Partners::read(&all, &[SCHOOL, TRUST, COUNCIL]).expect("partners")
    }

    fn office(code: &str) -> Organisation {
        Organisation::new(code).expect("an organisation")
    }

    fn stamp(issuer: &str, organisation: &str) -> Stamp {
        let subject = Subject::new(issuer, "one").expect("a subject");
        let at = Moment::parse("2026-11-23T12:00:00Z").expect("a moment");
        Stamp { by: Who { subject, organisation: office(organisation) }, at }
    }

    fn teacher() -> Stamp {
        stamp(SCHOOL, "school-7")
    }

    fn version(number: u128, sent: Stamp) -> NewVersion {
        let id = VersionId::from_uuid(Uuid::from_u128(number));
        NewVersion { id, sent, form: "caf-2026.3".to_owned(), rules: "1".to_owned() }
    }

    /// An episode that the school's teacher started.
    fn started() -> Episode {
        let (id, child) = (EpisodeId::from_uuid(Uuid::from_u128(1)), PersonId::from_uuid(Uuid::from_u128(2)));
        let episode = Episode::open(id, child, office("school-7"), teacher());
        let basis = Basis { ground: Ground::Agreed, shared_with: BTreeSet::new() };
        let episode =
            episode.ask(teacher()).and_then(|asked| asked.rest_on(basis, teacher())).expect("agreed");
        episode.send(version(1, teacher()), None).expect("sent")
    }

    fn close(episode: Episode, by: Stamp) -> Episode {
        let closure = Closure::new(ClosureReason::NeedsMet, None, None).expect("complete");
        episode.close(closure, &StillOpen::new(), by).expect("closed")
    }

    fn state(episode: &Episode, protection: Protection) -> EpisodeState {
        let listed = Listed {
            reference: "CAF1".to_owned(),
            child_name: Some("Sentinel Marigold".to_owned()),
            headline: None,
            urgent: false,
            due_on: None,
        };
        EpisodeState { episode: episode.clone(), protection, listed }
    }

    /// Who is told what, as `partner kind`.
    fn all(before: Option<&EpisodeState>, next: &EpisodeState) -> Vec<String> {
        let partners = partners(Kind::ALL);
        let all = partners.iter().flat_map(|partner| told(partner, before, next));
        all.map(|one| format!("{} {}", one.partner, one.kind.as_str())).collect()
    }

    #[test]
    fn a_partner_hears_of_what_its_own_people_started_once() {
        use Protection::{Confidential, Ordinary, Shielded};
        let first = started();
        for protection in [Ordinary, Confidential, Shielded] {
            let first = state(&first, protection);
            assert_eq!(all(None, &first), ["school assessment.received"], "{protection:?}");
            assert_eq!(all(Some(&first), &first), Vec::<String>::new(), "nothing has happened since");
        }
        let silent = partners([Kind::Closed]);
        assert!(silent.iter().all(|partner| told(partner, None, &state(&first, Ordinary)).is_empty()));
    }

    #[test]
    fn of_a_record_that_is_kept_closely_it_hears_only_what_its_own_people_did_b42() {
        let (first, council) = (started(), stamp(COUNCIL, "council"));
        for protection in [Protection::Ordinary, Protection::Confidential, Protection::Shielded] {
            let before = state(&first, protection);
            let by_others = state(&close(first.clone(), council.clone()), protection);
            let heard = protection == Protection::Ordinary;
            assert_eq!(!all(Some(&before), &by_others).is_empty(), heard, "{protection:?}");
            let by_them = state(&close(first.clone(), teacher()), protection);
            assert_eq!(all(Some(&before), &by_them), ["school episode.closed"], "{protection:?}");
            // More protection from this very step counts.
            let tighter = state(&close(first.clone(), council.clone()), Protection::Shielded);
            assert!(all(Some(&before), &tighter).is_empty());
        }
    }

    #[test]
    fn nobody_hears_who_must_not_be_told_b42() {
        let (first, council) = (started(), stamp(COUNCIL, "council"));
        let related = Subject::new(SCHOOL, "aunt").expect("a subject");
        let ordinary = |episode: &Episode| state(episode, Protection::Ordinary);
        // Only where another organisation holds it can all of the school be kept from it.
        let basis = Basis { ground: Ground::Agreed, shared_with: BTreeSet::from([office("school-7")]) };
        let shared = first.clone().rest_on(basis, teacher()).expect("agreed");
        let shared = shared.hand_to(office("council"), council.clone()).expect("handed over");
        let closed = close(shared.clone(), council.clone());
        assert_eq!(all(Some(&ordinary(&shared)), &ordinary(&closed)), ["school episode.closed"]);
        for (start, excluded) in
            [(&first, Excluded::Person(related)), (&shared, Excluded::Organisation(office("school-7")))]
        {
            let kept = start.clone().exclude(excluded, council.clone()).expect("excluded");
            assert!(all(Some(&ordinary(start)), &ordinary(&kept)).is_empty(), "nor that they are");
            let closed = close(kept.clone(), council.clone());
            assert!(all(Some(&ordinary(&kept)), &ordinary(&closed)).is_empty());
        }
        let elsewhere = Excluded::Organisation(office("trust"));
        let kept = first.clone().exclude(elsewhere, council.clone()).expect("excluded");
        let closed = close(kept.clone(), council);
        assert_eq!(all(Some(&ordinary(&kept)), &ordinary(&closed)), ["school episode.closed"]);
    }

    #[test]
    fn that_it_was_given_away_is_the_last_thing_they_hear() {
        let (first, council) = (started(), stamp(COUNCIL, "council"));
        let given = first.clone().hand_to(office("trust"), council.clone()).expect("handed over");
        let (before, next) = (state(&first, Protection::Ordinary), state(&given, Protection::Ordinary));
        assert_eq!(all(Some(&before), &next), ["school episode.handed-over"]);
        let closed = state(&close(given, council), Protection::Ordinary);
        assert!(all(Some(&next), &closed).is_empty(), "nor does the trust, which did not start it");
    }

    #[test]
    fn whose_people_sent_a_version_hears_of_it_in_any_episode() {
        let first = started();
        let nurse = stamp(TRUST, "trust");
        let amendment = assessment_people::version::Amendment {
            started_from: VersionId::from_uuid(Uuid::from_u128(1)),
            kind: assessment_people::version::AmendmentKind::Correction,
            reason: assessment_people::who::Reason::new("A wrong date.").expect("a reason"),
        };
        let second = first.clone().send(version(3, nurse), Some(amendment)).expect("sent");
        let before = state(&first, Protection::Shielded);
        assert_eq!(
            all(Some(&before), &state(&second, Protection::Shielded)),
            ["trust assessment.corrected"],
            "and the school not, of a shielded record"
        );
        let before = state(&first, Protection::Ordinary);
        let both = all(Some(&before), &state(&second, Protection::Ordinary));
        assert_eq!(both, ["school assessment.corrected", "trust assessment.corrected"]);
    }
}
