//! What is held about one child, for a person who asked for it: every version, what is known beside them, the team, and who
//! has seen it. What is about somebody else, or is kept from somebody, is listed apart for a person to decide about, and is
//! never in what is given to the person. Knows no HTTP and no SQL; who may ask for it is decided outside.

mod answers;
mod child;
mod text;

use assessment_api::subject_access::{
    SubjectAccess, SubjectAnswer, SubjectEpisode, SubjectLook, SubjectMember, SubjectRecord, SubjectVersion,
    ToDecide,
};
use assessment_people::{id::EpisodeId, person::Person};
use jiff::Timestamp;

use answers::Sorted;

use crate::{
    clock,
    store::{
        StoreError, UnitOfWork,
        audit::AuditPage,
        episodes::{Asker, StoredEpisode},
        retention::StoredRequest,
    },
};

/// How many entries of an access log are read at a time.
const PAGE: u32 = 200;

/// What to gather.
pub(crate) struct Subject<'a> {
    /// The request.
    pub(crate) request: &'a StoredRequest,
    /// The child's record, and those joined with it.
    pub(crate) people: &'a [Person],
    /// The child's episodes that may be exported.
    pub(crate) episodes: &'a [StoredEpisode],
    /// How many others there are.
    pub(crate) left_out: u32,
}

/// Gathers it.
///
/// # Errors
/// If the store cannot be read.
pub(crate) async fn gather(
    work: &mut (dyn UnitOfWork + '_),
    asker: &Asker,
    subject: &Subject<'_>,
    at: Timestamp,
) -> Result<SubjectAccess, StoreError> {
    let mut to_decide = Vec::new();
    let beside = subject.people.iter().flat_map(child::sorted);
    let child = beside.map(|one| said(one, None, None, &mut to_decide)).collect();
    let mut episodes = Vec::new();
    for stored in subject.episodes {
        episodes.push(episode(work, asker, stored, &mut to_decide).await?);
    }
    let for_the_person = SubjectRecord {
        request: subject.request.id.clone(),
        received_on: subject.request.received_on.to_string(),
        made_at: clock::written(at),
        child,
        episodes,
    };
    let text = text::written(&for_the_person);
    Ok(SubjectAccess { for_the_person, text, to_decide, records_left_out: subject.left_out })
}

async fn episode(
    work: &mut (dyn UnitOfWork + '_),
    asker: &Asker,
    stored: &StoredEpisode,
    to_decide: &mut Vec<ToDecide>,
) -> Result<SubjectEpisode, StoreError> {
    let episode = &stored.state.episode;
    let id = episode.id();
    let mut versions = Vec::new();
    for number in 1.. {
        let Some(found) = work.episodes().version(asker, id, number).await? else { break };
        let listed = episode.versions().and_then(|all| all.all().find(|one| one.number() == number));
        let sent_by = listed.map(|one| one.sent().by.organisation.code().to_owned()).unwrap_or_default();
        let sorted = answers::sorted(&found.answers);
        let answers = sorted.into_iter().map(|one| said(one, Some(id), Some(number), to_decide)).collect();
        // What the rules made of it is a judgement about the child, and may tell of others.
        to_decide.push(ToDecide {
            episode: Some(id.to_string()),
            version: Some(number),
            question: "outcome".to_owned(),
            because: "judgement".to_owned(),
            answer: found.outcome,
        });
        versions.push(SubjectVersion {
            number,
            sent_at: clock::written(found.received_at),
            sent_by,
            form_version: found.form_version,
            answers,
        });
    }
    let grants = work.episodes().grants_in(asker, id).await?;
    let team = grants.iter().map(|stored| {
        let terms = stored.grant.terms();
        SubjectMember {
            organisation: terms.organisation.as_ref().map(|one| one.code().to_owned()),
            role: terms.role.code().to_owned(),
            from: clock::written(clock::from_microseconds(terms.from.microseconds())),
        }
    });
    let team = team.collect();
    let seen_by = seen_by(work, asker, id, to_decide).await?;
    let state = serde_json::to_value(episode.state().name()).ok();
    Ok(SubjectEpisode {
        id: id.to_string(),
        reference: stored.state.listed.reference.clone(),
        holder: episode.holder().code().to_owned(),
        state: state.and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default(),
        versions,
        team,
        seen_by,
    })
}

/// Who has seen it. Why, in their own words, may tell of anybody, so a person decides about it.
async fn seen_by(
    work: &mut (dyn UnitOfWork + '_),
    asker: &Asker,
    id: EpisodeId,
    to_decide: &mut Vec<ToDecide>,
) -> Result<Vec<SubjectLook>, StoreError> {
    let (mut looks, mut after) = (Vec::new(), 0);
    loop {
        let page = work.episodes().access_log(asker, id, AuditPage::After(after), PAGE).await?;
        let Some(last) = page.last() else { return Ok(looks) };
        after = last.sequence;
        for entry in page {
            if let Some(reason) = entry.reason {
                to_decide.push(ToDecide {
                    episode: Some(id.to_string()),
                    version: None,
                    question: format!("access_log[{}]", entry.sequence),
                    because: "not-sorted".to_owned(),
                    answer: reason,
                });
            }
            looks.push(SubjectLook {
                at: clock::written(entry.at),
                name: entry.name,
                organisation: entry.organisation,
                action: entry.action,
            });
        }
    }
}

/// The answer as the person gets it. What somebody has to decide about goes to the list.
fn said(
    sorted: Sorted,
    episode: Option<EpisodeId>,
    version: Option<u32>,
    to_decide: &mut Vec<ToDecide>,
) -> SubjectAnswer {
    let Sorted { question, answer, because } = sorted;
    let Some(because) = because else {
        return SubjectAnswer { question, answer: Some(answer), to_be_decided: false };
    };
    to_decide.push(ToDecide {
        episode: episode.map(|id| id.to_string()),
        version,
        question: question.clone(),
        because: because.to_owned(),
        answer,
    });
    SubjectAnswer { question, answer: None, to_be_decided: true }
}
