//! What somebody of the family reads of the plan: the one page for the child, or one for each parent or carer. Whose it is
//! follows from who asks; those who make copies may ask for anybody's, and so see exactly what that person sees.

use assessment_api::team::{
    FamilyAim, FamilyPage as Reply, FamilyPageShown, FamilyPromise, FamilyReader, FamilySaid,
};
use assessment_engine::{
    answers::Answers,
    disclosure::{Audience, FamilyAdvice, family_advice},
    standards::Standards,
};
use assessment_people::{access::Action, id::EpisodeId, protection::Protection, who::Reason};
use assessment_rules::evaluate;
use assessment_team::{
    FamilyPage, Meeting, Plan, RecordKind, Review, TeamRecord,
    copies::{For, Stopped},
    family_page as page_of, family_readers, reader_name, reader_named,
};

use super::{in_sight, sees};
use crate::{
    clock::date_in_england,
    episodes::{Asking, NotDone, Open, open},
    store::{Store, team_records::Which},
    team_part::{self, read_back},
};

/// The page. Without a reader it is that of the one who asks.
///
/// # Errors
/// If they may not, they do not see the plan, or nothing was sent.
pub(crate) async fn family_page(
    store: &dyn Store,
    asking: &Asking,
    id: EpisodeId,
    reader: Option<Audience>,
    standards: &Standards,
    reason: Option<&Reason>,
) -> Result<Reply, NotDone> {
    let is_copy = reader.is_some();
    let action = if is_copy { Action::ExportEpisode } else { Action::ReadFamilyCopy };
    let mut open = open(store, asking, action, id, reason).await?;
    in_sight(&open, RecordKind::Plan)?;
    let episode = open.stored.state.episode.clone();
    if episode.versions().is_none() {
        return Err(NotDone::Missing);
    }
    let answers = team_part::newest(&mut *open.episodes(), &asking.asker, &episode).await?;
    let today = date_in_england(asking.at);
    let outcome = evaluate(&answers, today, &standards.pack);
    let advice = family_advice(&answers, Some(&outcome), &[], &standards.pack);
    let reader = match reader {
        Some(reader) => Some(reader),
        None => {
            let name = open.episodes().name_of(&asking.asker, &asking.asker.subject).await?;
            name.and_then(|name| reader_named(&answers, &name))
        }
    };
    // The page has a person's own words from meetings and reviews. That person reads them with the plan; a copy of them is
    // made by those who see where they come from, and whom something is kept from.
    let sees_all = open.sight.shows(Protection::Confidential)
        && [RecordKind::Meeting, RecordKind::Review].into_iter().all(|kind| sees(&open, kind));
    let made = match is_copy && !sees_all {
        true => Err(WhyNot::NotInSight),
        false => {
            let records = records(&mut open, asking, id).await?;
            made(&records, &answers, &advice, reader.as_ref())
        }
    };
    open.close(asking, reason).await?;
    let readers = if is_copy && sees_all { family_readers(&answers) } else { Vec::new() };
    let readers = readers.iter().map(|reader| named(&answers, reader)).collect();
    let today = today.to_string();
    Ok(match (made, reader) {
        (Ok(page), Some(reader)) => {
            let reader = Some(named(&answers, &reader));
            Reply { today, reader, page: Some(shown(page)), why_not: None, readers }
        }
        (Ok(_), None) => Reply { today, reader: None, page: None, why_not: None, readers },
        (Err(why), reader) => Reply {
            today,
            reader: reader.filter(|_| is_copy).map(|reader| named(&answers, &reader)),
            page: None,
            // The family is not told that something is kept from it.
            why_not: is_copy.then(|| why.code().to_owned()),
            readers,
        },
    })
}

/// Why there is no page.
enum WhyNot {
    NotInSight,
    NoPlan,
    Stopped(Stopped),
}

impl WhyNot {
    fn code(&self) -> &'static str {
        match self {
            WhyNot::NotInSight => "not_in_sight",
            WhyNot::NoPlan => "no_plan",
            WhyNot::Stopped(Stopped::Telling(_)) => "telling",
            WhyNot::Stopped(Stopped::KeptFrom) => "kept_from",
            WhyNot::Stopped(Stopped::Nobody) => "nobody",
        }
    }
}

/// The plan as the family agreed to it, and the meetings and reviews that are complete, the newest first: what is still being
/// written is nobody's words yet.
#[derive(Default)]
struct Complete {
    plan: Option<Plan>,
    meetings: Vec<Meeting>,
    reviews: Vec<Review>,
}

async fn records(open: &mut Open, asking: &Asking, id: EpisodeId) -> Result<Complete, NotDone> {
    let mut all = open.team_records().list(&asking.asker, id).await?;
    all.sort_by_key(|record| std::cmp::Reverse(record.which.number));
    let mut found = Complete::default();
    for record in all {
        let Some((completed, _)) = record.completed else { continue };
        let newest = stored(open, asking, id, record.which, None).await?;
        match newest {
            // A plan goes on being written after it was agreed. Minutes and reviews are corrected, and the correction counts.
            TeamRecord::Plan(newest) => {
                if let TeamRecord::Plan(agreed) =
                    stored(open, asking, id, record.which, Some(completed)).await?
                {
                    found.plan = Some(agreed.with_statuses_of(&newest));
                }
            }
            TeamRecord::Meeting(meeting) => found.meetings.push(*meeting),
            TeamRecord::Review(review) => found.reviews.push(*review),
        }
    }
    Ok(found)
}

async fn stored(
    open: &mut Open,
    asking: &Asking,
    id: EpisodeId,
    which: Which,
    revision: Option<u32>,
) -> Result<TeamRecord, NotDone> {
    let found = open.team_records().find(&asking.asker, id, which, revision).await?;
    Ok(read_back(which.kind, &found.ok_or(NotDone::Missing)?.answers)?)
}

fn made(
    records: &Complete,
    assessment: &Answers,
    advice: &FamilyAdvice,
    reader: Option<&Audience>,
) -> Result<FamilyPage, WhyNot> {
    let audience = reader.ok_or(WhyNot::Stopped(Stopped::Nobody))?;
    let reader = For { audience, assessment, advice };
    reader.check().map_err(WhyNot::Stopped)?;
    let plan = records.plan.as_ref().ok_or(WhyNot::NoPlan)?;
    let meetings: Vec<&Meeting> = records.meetings.iter().collect();
    let reviews: Vec<&Review> = records.reviews.iter().collect();
    page_of(plan, &meetings, &reviews, reader).map_err(WhyNot::Stopped)
}

fn named(assessment: &Answers, reader: &Audience) -> FamilyReader {
    let name = Some(reader_name(assessment, reader)).filter(|name| !name.is_empty());
    FamilyReader { reader: reader.to_string(), name }
}

fn shown(page: FamilyPage) -> FamilyPageShown {
    let FamilyPage { goal, aims, lead_professional, said, next } = page;
    let aims = aims.into_iter().map(|aim| FamilyAim {
        what: aim.what,
        how_we_will_know: aim.how_we_will_know,
        promises: aim
            .promises
            .into_iter()
            .map(|promise| FamilyPromise {
                what: promise.what,
                who: promise.who,
                by: promise.by.map(|day| day.to_string()),
                status: promise.status,
            })
            .collect(),
    });
    let said =
        said.into_iter().map(|said| FamilySaid { words: said.words, on: said.on.map(|on| on.to_string()) });
    FamilyPageShown {
        goal,
        aims: aims.collect(),
        lead_professional,
        said: said.collect(),
        next: next.map(|day| day.to_string()),
    }
}
