//! The coordinator's pages: which is shown, who may open it, and which part of the register is wanted. Pure. The server
//! decides all the same: what is not open to somebody here is refused there.

use std::fmt;

/// Runs the lists of an authority.
const COORDINATOR: &str = "eh_coordinator";
/// Reads the access log of everyone, and nothing else of these pages.
const AUDITOR: &str = "auditor";

/// One of the coordinator's pages. Ids only: the browser's history keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CoordinatorPage {
    /// The episodes of the authority.
    Register,
    /// Take-up and outcomes of the area.
    TakeUp,
    /// Pairs of records that may be of one child.
    Duplicates,
    /// One such pair, to be settled.
    Pair(String, String),
    /// What is known of one child, and the joins that the record was in.
    Person(String),
    /// Who has seen what, of everyone.
    Trail,
}

impl CoordinatorPage {
    /// Those that a list links to.
    pub const LISTS: [CoordinatorPage; 4] = [
        CoordinatorPage::Register,
        CoordinatorPage::TakeUp,
        CoordinatorPage::Duplicates,
        CoordinatorPage::Trail,
    ];

    /// Reads a page as [`Display`](fmt::Display) writes it.
    #[must_use]
    pub fn parse(text: &str) -> Option<CoordinatorPage> {
        let mut parts = text.split('.');
        let page = match (parts.next()?, parts.next(), parts.next()) {
            ("register", None, _) => CoordinatorPage::Register,
            ("take_up", None, _) => CoordinatorPage::TakeUp,
            ("duplicates", None, _) => CoordinatorPage::Duplicates,
            ("trail", None, _) => CoordinatorPage::Trail,
            ("person", Some(id), None) if !id.is_empty() => CoordinatorPage::Person(id.to_owned()),
            ("pair", Some(one), Some(other)) if !one.is_empty() && !other.is_empty() => {
                CoordinatorPage::Pair(one.to_owned(), other.to_owned())
            }
            _ => return None,
        };
        parts.next().is_none().then_some(page)
    }

    /// The name of the page for its title: never with an id.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            CoordinatorPage::Register => "register",
            CoordinatorPage::TakeUp => "take_up",
            CoordinatorPage::Duplicates => "duplicates",
            CoordinatorPage::Pair(..) => "pair",
            CoordinatorPage::Person(_) => "person",
            CoordinatorPage::Trail => "trail",
        }
    }

    /// Whether it is shown to somebody with these roles.
    #[must_use]
    pub fn is_open_to(&self, roles: &[String]) -> bool {
        let has = |role: &str| roles.iter().any(|one| one == role);
        has(COORDINATOR) || (*self == CoordinatorPage::Trail && has(AUDITOR))
    }
}

/// Whether somebody with these roles runs the lists.
#[must_use]
pub fn is_coordinator(roles: &[String]) -> bool {
    CoordinatorPage::Register.is_open_to(roles)
}

impl fmt::Display for CoordinatorPage {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())?;
        match self {
            CoordinatorPage::Register
            | CoordinatorPage::TakeUp
            | CoordinatorPage::Duplicates
            | CoordinatorPage::Trail => Ok(()),
            CoordinatorPage::Pair(one, other) => write!(out, ".{one}.{other}"),
            CoordinatorPage::Person(id) => write!(out, ".{id}"),
        }
    }
}

/// Which part of the register is wanted: codes of the profile and of states, never words.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RegisterFilter {
    /// `cluster=` or `wedge=` with a code, as it is in the address; empty for all areas.
    pub area: String,
    /// The code of a state; empty for all.
    pub state: String,
}

impl RegisterFilter {
    /// What comes after the `?` of an address, with what else belongs there.
    #[must_use]
    pub fn query(&self, more: &[String]) -> String {
        let state = (!self.state.is_empty()).then(|| format!("state={}", self.state));
        let area = Some(self.area.clone()).filter(|area| !area.is_empty());
        let parts: Vec<String> = area.into_iter().chain(state).chain(more.iter().cloned()).collect();
        parts.join("&")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn roles(codes: &[&str]) -> Vec<String> {
        codes.iter().map(|code| (*code).to_owned()).collect()
    }

    #[test]
    fn a_coordinators_page_is_read_as_it_was_written_and_anything_else_is_none() {
        let id = |last: u8| format!("2f1c0a3e-0000-4000-8000-00000000000{last}");
        for page in [
            CoordinatorPage::Register,
            CoordinatorPage::TakeUp,
            CoordinatorPage::Duplicates,
            CoordinatorPage::Pair(id(1), id(2)),
            CoordinatorPage::Person(id(1)),
            CoordinatorPage::Trail,
        ] {
            assert_eq!(CoordinatorPage::parse(&page.to_string()), Some(page));
        }
        for text in
            ["", "person", "person.", "pair.x", "pair..x", "pair.x.", "register.x", "take_up.x", "pair.x.y.z"]
        {
            assert_eq!(CoordinatorPage::parse(text), None, "{text}");
        }
    }

    #[test]
    fn only_coordinators_see_the_lists_and_auditors_the_log_alone() {
        let pair = CoordinatorPage::Pair("a".to_owned(), "b".to_owned());
        let person = CoordinatorPage::Person("a".to_owned());
        let all = CoordinatorPage::LISTS.into_iter().chain([pair, person]);
        for page in all {
            assert!(page.is_open_to(&roles(&["practitioner", "eh_coordinator"])), "{page}");
            assert_eq!(page.is_open_to(&roles(&["auditor"])), page == CoordinatorPage::Trail, "{page}");
            let others = ["practitioner", "lead_professional", "tac_member", "safeguarding_lead"];
            assert!(!page.is_open_to(&roles(&others)), "{page}");
            assert!(!page.is_open_to(&roles(&["duty_advice", "family_viewer"])), "{page}");
            assert!(!page.is_open_to(&[]), "{page}");
        }
    }

    #[test]
    fn the_register_is_asked_for_by_codes() {
        let filter = |area: &str, state: &str| RegisterFilter { area: area.into(), state: state.into() };
        assert_eq!(RegisterFilter::default().query(&[]), "");
        assert_eq!(filter("wedge=west", "").query(&[]), "wedge=west");
        assert_eq!(
            filter("cluster=moor", "shared").query(&["limit=25".to_owned()]),
            "cluster=moor&state=shared&limit=25"
        );
    }
}
