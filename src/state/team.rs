//! The team around the child: which of its pages is shown, and a record of the team that is open here. Pure; asking and
//! saving are in `pages::team`, and everything here belongs to a part of the program of its own (decision record 0054).

pub mod days;
pub mod open_record;
pub mod read;
pub mod referral;
pub mod review;
pub mod saving;
pub mod scores;
pub mod settle;
pub mod typed;

use std::fmt;

use assessment_team::RecordKind;

/// One of the team's pages, each about an episode. Ids and numbers only: the browser's history keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TeamPage {
    /// The plan.
    Plan(String),
    /// All meetings.
    Meetings(String),
    /// One meeting.
    Meeting(String, u32),
    /// All reviews.
    Reviews(String),
    /// One review.
    Review(String, u32),
    /// How the plan is getting on.
    Progress(String),
    /// What happened and what is due.
    Timeline(String),
    /// The assessment triangle then and now.
    ThenNow(String),
    /// The family and who helps it.
    Map(String),
    /// What somebody of the family reads of the plan.
    Family(String),
    /// The minutes of one meeting for one recipient.
    Copies(String, u32),
    /// Asking social care for help, and what was sent to it.
    Referral(String),
}

impl TeamPage {
    /// Reads a page as [`Display`](fmt::Display) writes it.
    #[must_use]
    pub fn parse(text: &str) -> Option<TeamPage> {
        let mut parts = text.split('.');
        let (name, id) = (parts.next()?, parts.next().filter(|id| !id.is_empty())?.to_owned());
        let number = parts.next().map(|number| number.parse().ok().filter(|number| *number > 0));
        let page = match (name, number) {
            ("plan", None) => TeamPage::Plan(id),
            ("meetings", None) => TeamPage::Meetings(id),
            ("meeting", Some(number)) => TeamPage::Meeting(id, number?),
            ("reviews", None) => TeamPage::Reviews(id),
            ("review", Some(number)) => TeamPage::Review(id, number?),
            ("progress", None) => TeamPage::Progress(id),
            ("timeline", None) => TeamPage::Timeline(id),
            ("then_now", None) => TeamPage::ThenNow(id),
            ("map", None) => TeamPage::Map(id),
            ("family", None) => TeamPage::Family(id),
            ("copies", Some(number)) => TeamPage::Copies(id, number?),
            ("referral", None) => TeamPage::Referral(id),
            _ => return None,
        };
        parts.next().is_none().then_some(page)
    }

    /// The name of the page for its title: never with an id.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            TeamPage::Plan(_) => "plan",
            TeamPage::Meetings(_) => "meetings",
            TeamPage::Meeting(..) => "meeting",
            TeamPage::Reviews(_) => "reviews",
            TeamPage::Review(..) => "review",
            TeamPage::Progress(_) => "progress",
            TeamPage::Timeline(_) => "timeline",
            TeamPage::ThenNow(_) => "then_now",
            TeamPage::Map(_) => "map",
            TeamPage::Family(_) => "family",
            TeamPage::Copies(..) => "copies",
            TeamPage::Referral(_) => "referral",
        }
    }

    /// The episode that it is about.
    #[must_use]
    pub fn episode(&self) -> &str {
        match self {
            TeamPage::Plan(id)
            | TeamPage::Meetings(id)
            | TeamPage::Meeting(id, _)
            | TeamPage::Reviews(id)
            | TeamPage::Review(id, _)
            | TeamPage::Progress(id)
            | TeamPage::Timeline(id)
            | TeamPage::ThenNow(id)
            | TeamPage::Map(id)
            | TeamPage::Family(id)
            | TeamPage::Copies(id, _)
            | TeamPage::Referral(id) => id,
        }
    }

    /// The record of the team that it shows.
    #[must_use]
    pub fn record(&self) -> Option<(RecordKind, u32)> {
        match self {
            TeamPage::Plan(_) => Some((RecordKind::Plan, 1)),
            TeamPage::Meeting(_, number) => Some((RecordKind::Meeting, *number)),
            TeamPage::Review(_, number) => Some((RecordKind::Review, *number)),
            _ => None,
        }
    }

    /// The page above it: a list, or the episode.
    #[must_use]
    pub fn above(&self) -> Option<TeamPage> {
        match self {
            TeamPage::Meeting(id, _) => Some(TeamPage::Meetings(id.clone())),
            TeamPage::Review(id, _) => Some(TeamPage::Reviews(id.clone())),
            TeamPage::Copies(id, number) => Some(TeamPage::Meeting(id.clone(), *number)),
            _ => None,
        }
    }
}

impl fmt::Display for TeamPage {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}.{}", self.name(), self.episode())?;
        match self {
            TeamPage::Meeting(_, number) | TeamPage::Review(_, number) | TeamPage::Copies(_, number) => {
                write!(out, ".{number}")
            }
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_of_the_team_is_read_as_it_was_written_and_anything_else_is_none() {
        let id = || "2f1c0a3e-0000-4000-8000-000000000001".to_owned();
        for page in [
            TeamPage::Plan(id()),
            TeamPage::Meetings(id()),
            TeamPage::Meeting(id(), 2),
            TeamPage::Reviews(id()),
            TeamPage::Review(id(), 12),
            TeamPage::Progress(id()),
            TeamPage::Timeline(id()),
            TeamPage::ThenNow(id()),
            TeamPage::Map(id()),
            TeamPage::Family(id()),
            TeamPage::Copies(id(), 3),
            TeamPage::Referral(id()),
        ] {
            assert_eq!(TeamPage::parse(&page.to_string()), Some(page));
        }
        for text in [
            "",
            "plan",
            "plan.",
            "plan.a.1",
            "meeting.a",
            "meeting.a.0",
            "meeting.a.x",
            "review.a.1.2",
            "copies.a",
        ] {
            assert_eq!(TeamPage::parse(text), None, "{text}");
        }
    }
}
