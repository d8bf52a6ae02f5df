//! Who sent assessments and who led, and what their own pages say of training: as much as take-up counts of them. Whose name
//! goes with it stays in the store.

use std::collections::BTreeMap;

use assessment_form::{PartialDate, WrittenDate};
use assessment_people::{
    episode::{Episode, Step},
    id::EpisodeId,
    moment::Moment,
    take_up::{Did, Facts, Quarter, Worker},
    who::Subject,
};
use jiff::civil::Date;

use super::super::day;
use crate::{
    clock::date_in_england,
    store::{
        episodes::{Key, StoredGrant},
        pages::Training,
    },
};

/// Everybody who worked, by the key of the person.
#[derive(Default)]
pub(super) struct Workers(BTreeMap<String, Worker>);

impl Workers {
    /// Nobody has worked yet; what their pages say.
    pub(super) fn with(pages: Vec<Training>) -> Self {
        let mut all = Self::default();
        for Training { person, saved_at, trained_on } in pages {
            let trained = WrittenDate::from_iso(&trained_on).and_then(|written| written.partial());
            let trained = trained.and_then(PartialDate::earliest);
            all.0.entry(person).or_default().pages.push((date_in_england(saved_at), trained));
        }
        all
    }

    /// The day on which the first page was saved.
    pub(super) fn first_page(&self) -> Option<Date> {
        self.0.values().filter_map(|worker| worker.pages.first()).map(|(saved, _)| *saved).min()
    }

    /// Notes who worked in these episodes.
    pub(super) fn note<'a>(&mut self, episodes: impl Iterator<Item = &'a Episode>, leads: &[StoredGrant]) {
        let mut ends: BTreeMap<EpisodeId, Date> = BTreeMap::new();
        for episode in episodes {
            for version in episode.versions().into_iter().flat_map(|all| all.all()) {
                let sent = version.sent();
                let agency = Some(sent.by.organisation.code().to_owned());
                self.of(&sent.by.subject).did.push((Did::Wrote(day(sent.at)), agency));
            }
            ends.extend(ended(episode).map(|end| (episode.id(), day(end))));
        }
        for stored in leads {
            let terms = stored.grant.terms();
            let until = stored.grant.ended().map_or(terms.until, |ended| ended.min(terms.until));
            let until = day(until);
            // Nobody leads what has ended.
            let until = ends.get(&terms.episode).map_or(until, |end| until.min(*end));
            let agency = terms.organisation.as_ref().map(|organisation| organisation.code().to_owned());
            self.of(&terms.to).did.push((Did::Led(day(terms.from), until), agency));
        }
    }

    /// What they add to the numbers of a quarter.
    pub(super) fn facts(&self, quarter: Quarter) -> impl Iterator<Item = Facts> {
        self.0.values().filter_map(move |worker| worker.facts(quarter))
    }

    fn of(&mut self, subject: &Subject) -> &mut Worker {
        self.0.entry(Key::person(subject).as_str().to_owned()).or_default()
    }
}

/// When the episode ended, where nobody has opened it again.
fn ended(episode: &Episode) -> Option<Moment> {
    let is_end = |step: &Step| matches!(step, Step::Closed | Step::TransferFinished | Step::Merged { .. });
    let is_beginning = |step: &Step| matches!(step, Step::Reopened { .. } | Step::MergeUndone);
    let last = episode.history().iter().rfind(|one| is_end(&one.step) || is_beginning(&one.step))?;
    is_end(&last.step).then_some(last.stamp.at)
}
