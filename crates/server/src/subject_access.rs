//! What is held about one child, for a person who asked for it: every version, what is known beside them, what people said
//! and decided, the team, and who has seen it. What is about somebody else, or is kept from somebody, is listed apart for a
//! person to decide about, and is never in what is given to the person. Knows no HTTP and no SQL; who may ask for it is
//! decided outside.

mod answers;
mod child;
mod statements;
mod text;

use assessment_api::subject_access::{
    SubjectAccess, SubjectAnswer, SubjectEpisode, SubjectLook, SubjectMember, SubjectRecord, SubjectVersion,
    ToDecide,
};
use assessment_people::{
    access::{Action, REFUSED, Sight},
    id::{EpisodeId, PersonId},
    person::Person,
    protection::Protection,
    version::{AssessmentVersion, Why},
};
use jiff::Timestamp;

use answers::Sorted;

use crate::{
    clock,
    store::{
        StoreError, UnitOfWork,
        assessments::StoredAssessment,
        audit::AuditPage,
        episodes::{Asker, StoredEpisode, WantedAccess},
        retention::StoredRequest,
    },
};

/// What is said instead of something that a person has to decide about.
const TO_BE_DECIDED: &str = "A person has to decide";

/// What everybody is told who exports over HTTP, whether or not there is more.
const OTHER_RECORDS: &str = "Records and words that you may not know of are not in this export, and nothing here says whether there are any. \
    Before you give it away, ask the people who run the server for the whole export.";

/// How many notes or entries of an access log are read at a time.
const PAGE: u32 = 200;

/// What tells that the record is kept from somebody. The one who asks may be the one.
const KEEPING_OUT: [Action; 2] = [Action::Exclude, Action::LiftExclusion];

/// What to gather.
pub(crate) struct Subject<'a> {
    /// The request.
    pub(crate) request: &'a StoredRequest,
    /// The child's record, and those joined with it.
    pub(crate) people: &'a [Person],
    /// How the child is related to others, as far as it may be exported.
    pub(crate) family: &'a [String],
    /// The child's episodes that may be exported.
    pub(crate) episodes: &'a [Part],
    /// Whether these are all, whatever their protection.
    pub(crate) is_everything: bool,
}

/// An episode to export.
pub(crate) struct Part {
    /// The episode.
    pub(crate) stored: StoredEpisode,
    /// What of it may be shown; `None` for the people who run the server, who get all of it.
    pub(crate) sight: Option<Sight>,
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
    let mut records = Vec::new();
    for part in subject.episodes {
        records.push((part, versions(work, asker, part.stored.state.episode.id()).await?));
    }
    let mut deciding = Deciding { is_guarded: is_guarded(subject, &records), left: Vec::new() };
    let beside = subject.people.iter().flat_map(|person| child::sorted(person, deciding.is_guarded));
    let beside: Vec<Sorted> = beside.collect();
    let earlier = earlier(work, asker, subject, &beside).await?;
    let child = beside.into_iter().map(|one| deciding.answer(one, None, None)).collect();
    for one in earlier {
        deciding.leave(None, None, &one.question, "another-person", one.answer);
    }
    for line in subject.family {
        deciding.leave(None, None, "person.family", "another-person", line.clone());
    }
    let mut episodes = Vec::new();
    for (part, versions) in records {
        episodes.push(episode(work, asker, &part.stored, versions, &mut deciding).await?);
        let id = part.stored.state.episode.id();
        for one in statements::statements(work, asker, part).await? {
            deciding.leave(Some(id), None, &one.question, one.because, one.answer);
        }
    }
    let for_the_person = SubjectRecord {
        request: subject.request.id.clone(),
        received_on: subject.request.received_on.to_string(),
        made_at: clock::written(at),
        child,
        episodes,
    };
    let text = text::written(&for_the_person);
    if !subject.is_everything {
        deciding.leave(None, None, "other_records", "not-sorted", OTHER_RECORDS.to_owned());
    }
    Ok(SubjectAccess { for_the_person, text, to_decide: deciding.left })
}

/// What earlier revisions say of the child that the record does not say any more. For the people who run the server also what
/// other records said while they were joined with it by mistake. Either may be about somebody else; the latter is, and who may
/// know of this child may not know of that one.
async fn earlier(
    work: &mut (dyn UnitOfWork + '_),
    asker: &Asker,
    subject: &Subject<'_>,
    now: &[Sorted],
) -> Result<Vec<Sorted>, StoreError> {
    let ids: Vec<PersonId> = subject.people.iter().map(|person| person.id).collect();
    let history = if subject.is_everything {
        work.people().history(&asker.actor, &ids).await?
    } else {
        work.people().own_history(&asker.actor, &ids).await?
    };
    let mut earlier: Vec<Sorted> = Vec::new();
    for one in history.iter().flat_map(|person| child::sorted(person, false)) {
        let says_so = |other: &Sorted| (&other.question, &other.answer) == (&one.question, &one.answer);
        if !now.iter().chain(&earlier).any(says_so) {
            earlier.push(one);
        }
    }
    Ok(earlier)
}

async fn versions(
    work: &mut (dyn UnitOfWork + '_),
    asker: &Asker,
    id: EpisodeId,
) -> Result<Vec<StoredAssessment>, StoreError> {
    let mut versions = Vec::new();
    for number in 1.. {
        let Some(found) = work.episodes().version(asker, id, number).await? else { break };
        versions.push(found);
    }
    Ok(versions)
}

/// Whether any version of any of the child's records keeps the address from somebody. Then nothing in any of them that leads
/// to the door is given: the one who asks may be the one whom it is kept from, and an earlier version may have it openly.
fn is_guarded(subject: &Subject<'_>, records: &[(&Part, Vec<StoredAssessment>)]) -> bool {
    subject.people.iter().any(|person| person.strictest() > Protection::Ordinary)
        || records.iter().flat_map(|(_, versions)| versions).any(|one| answers::is_protected(&one.answers))
}

async fn episode(
    work: &mut (dyn UnitOfWork + '_),
    asker: &Asker,
    stored: &StoredEpisode,
    stored_versions: Vec<StoredAssessment>,
    deciding: &mut Deciding,
) -> Result<SubjectEpisode, StoreError> {
    let episode = &stored.state.episode;
    let id = episode.id();
    let mut versions = Vec::new();
    for (number, found) in (1..).zip(stored_versions) {
        let listed = episode.versions().and_then(|all| all.all().find(|one| one.number() == number));
        let sent_by = listed.map(|one| one.sent().by.organisation.code().to_owned()).unwrap_or_default();
        let sorted = answers::sorted(&found.answers, deciding.is_guarded);
        let answers = sorted.into_iter().map(|one| deciding.answer(one, Some(id), Some(number))).collect();
        if let Some(Why::Correction { reason } | Why::NewVersion { reason }) =
            listed.map(AssessmentVersion::why)
        {
            deciding.leave(Some(id), Some(number), "reason", "not-sorted", reason.words().to_owned());
        }
        // What the rules made of it is a judgement about the child, and may tell of others.
        deciding.leave(Some(id), Some(number), "outcome", "judgement", found.outcome);
        versions.push(SubjectVersion {
            number,
            sent_at: clock::written(found.received_at),
            sent_by: deciding.organisation(sent_by, id, "sent_by"),
            form_version: found.form_version,
            answers,
        });
    }
    let grants = work.episodes().grants_in(asker, id).await?;
    let team = grants.iter().map(|stored| {
        let terms = stored.grant.terms();
        let organisation = terms.organisation.as_ref().map(|one| one.code().to_owned());
        SubjectMember {
            organisation: organisation.map(|one| deciding.organisation(one, id, "team.organisation")),
            role: terms.role.code().to_owned(),
            from: clock::written(clock::moment(terms.from)),
        }
    });
    let team = team.collect();
    let seen_by = seen_by(work, asker, id, deciding).await?;
    let state = serde_json::to_value(episode.state().name()).ok();
    Ok(SubjectEpisode {
        id: id.to_string(),
        reference: stored.state.listed.reference.clone(),
        holder: deciding.organisation(episode.holder().code().to_owned(), id, "holder"),
        state: state.and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default(),
        versions,
        team,
        seen_by,
    })
}

/// Who has seen it. Why, in their own words, may tell of anybody, so a person decides about it. Somebody who was refused has
/// not seen it, and that they were may tell whom it is kept from: a person decides about that too, and about who was kept out.
async fn seen_by(
    work: &mut (dyn UnitOfWork + '_),
    asker: &Asker,
    id: EpisodeId,
    deciding: &mut Deciding,
) -> Result<Vec<SubjectLook>, StoreError> {
    let (mut looks, mut after) = (Vec::new(), 0);
    loop {
        let page = work
            .episodes()
            .access_log(asker, id, WantedAccess::always(AuditPage::After(after), PAGE))
            .await?;
        let Some(last) = page.last() else { return Ok(looks) };
        after = last.sequence;
        for entry in page {
            if let Some(reason) = entry.reason {
                let question = format!("access_log[{}]", entry.sequence);
                deciding.leave(Some(id), None, &question, "not-sorted", reason);
            }
            let refused = entry.action.strip_prefix(REFUSED);
            if refused.is_some() || KEEPING_OUT.iter().any(|one| one.code() == entry.action) {
                let who = entry.name.as_deref().unwrap_or("somebody");
                let organisation = entry.organisation.as_deref().unwrap_or("no organisation given");
                let why = entry.refused.as_deref().unwrap_or("no reason kept");
                let said = refused.map(|action| format!("asked and was refused: {action} ({why})"));
                let said = said.unwrap_or(entry.action);
                let said = format!("{} {who} ({organisation}) {said}", clock::written(entry.at));
                let question = format!("seen_by[{}]", entry.sequence);
                deciding.leave(Some(id), None, &question, "kept-from-somebody", said);
                continue;
            }
            let organisation = entry.organisation;
            looks.push(SubjectLook {
                at: clock::written(entry.at),
                name: entry.name,
                organisation: organisation.map(|one| deciding.organisation(one, id, "seen_by.organisation")),
                action: entry.action,
            });
        }
    }
}

/// What is left for a person to decide about.
struct Deciding {
    /// As [`is_guarded`] says.
    is_guarded: bool,
    left: Vec<ToDecide>,
}

impl Deciding {
    fn leave(
        &mut self,
        episode: Option<EpisodeId>,
        version: Option<u32>,
        question: &str,
        because: &str,
        answer: String,
    ) {
        self.left.push(ToDecide {
            episode: episode.map(|id| id.to_string()),
            version,
            question: question.to_owned(),
            because: because.to_owned(),
            answer,
        });
    }

    /// The answer as the person gets it.
    fn answer(&mut self, sorted: Sorted, episode: Option<EpisodeId>, version: Option<u32>) -> SubjectAnswer {
        let Sorted { question, answer, because } = sorted;
        let Some(because) = because else {
            return SubjectAnswer { question, answer: Some(answer), to_be_decided: false };
        };
        self.leave(episode, version, &question, because, answer);
        SubjectAnswer { question, answer: None, to_be_decided: true }
    }

    /// An organisation as the person gets it. A school or a refuge is where the child is.
    fn organisation(&mut self, code: String, episode: EpisodeId, question: &str) -> String {
        if !self.is_guarded || code.is_empty() {
            return code;
        }
        self.leave(Some(episode), None, question, "address", code);
        TO_BE_DECIDED.to_owned()
    }
}
