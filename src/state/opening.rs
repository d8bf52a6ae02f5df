//! What a form opens first, as the page around it asks. A mode of working and the id of an assessment, read once.

use super::Page;
use super::team::TeamPage;
use super::work::WorkPage;

/// The most characters of an id.
const MAX_ID: usize = 64;

/// What a form opens first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Opening {
    /// The start page.
    #[default]
    Start,
    /// A record that is kept here, or else the episode with this id on the server.
    Assessment(String),
    /// A page of what was sent.
    Sent(Page),
}

impl Opening {
    /// Reads the element's `mode` and `assessment`.
    ///
    /// # Errors
    /// The attribute that is wrong: a mode that there is not, one that needs an assessment and has none, or an id that cannot
    /// be one.
    pub fn parse(mode: Option<&str>, assessment: Option<&str>) -> Result<Opening, WrongAttribute> {
        let is_id = |id: &&str| {
            let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
            (1..=MAX_ID).contains(&id.len()) && id.bytes().all(plain)
        };
        let id = match assessment {
            Some(id) => Some(Some(id).filter(is_id).ok_or(WrongAttribute::Assessment)?.to_owned()),
            None => None,
        };
        let sent = |page: WorkPage| Opening::Sent(Page::Work(page.to_string()));
        match (mode.unwrap_or("assess"), id) {
            ("assess", None) => Ok(Opening::Start),
            ("assess", Some(id)) => Ok(Opening::Assessment(id)),
            ("read", Some(id)) => Ok(sent(WorkPage::Episode(id))),
            ("plan", Some(id)) => Ok(sent(WorkPage::Together(TeamPage::Plan(id)))),
            ("review", Some(id)) => Ok(sent(WorkPage::Together(TeamPage::Reviews(id)))),
            ("read" | "plan" | "review", None) => Err(WrongAttribute::Assessment),
            _ => Err(WrongAttribute::Mode),
        }
    }
}

/// The attribute by which the page asks for what there is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WrongAttribute {
    /// `mode`.
    Mode,
    /// `assessment`.
    Assessment,
}

impl WrongAttribute {
    /// Its name, which is the reason that the element reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            WrongAttribute::Mode => "mode",
            WrongAttribute::Assessment => "assessment",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "0198c0de-0000-7000-8000-000000000001";

    #[test]
    fn each_mode_leads_to_its_page() {
        let page = |mode| match Opening::parse(Some(mode), Some(ID)) {
            Ok(Opening::Sent(page)) => page.to_string(),
            other => format!("{other:?}"),
        };
        assert_eq!(page("read"), format!("work.episode.{ID}"));
        assert_eq!(page("plan"), format!("work.together.plan.{ID}"));
        assert_eq!(page("review"), format!("work.together.reviews.{ID}"));
        assert_eq!(Opening::parse(None, None), Ok(Opening::Start));
        assert_eq!(Opening::parse(Some("assess"), Some(ID)), Ok(Opening::Assessment(ID.into())));
    }

    #[test]
    fn what_is_no_mode_and_no_id_opens_nothing() {
        use WrongAttribute::{Assessment, Mode};
        for (mode, id, wrong) in [
            ("edit", None, Mode),
            ("", None, Mode),
            ("read", None, Assessment),
            ("plan", None, Assessment),
            ("assess", Some(""), Assessment),
            ("assess", Some("../x"), Assessment),
            ("read", Some("a.b"), Assessment),
            ("read", Some(&*"9".repeat(65)), Assessment),
        ] {
            assert_eq!(Opening::parse(Some(mode), id), Err(wrong), "{mode} {id:?}");
        }
    }
}
