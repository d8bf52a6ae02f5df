//! Everybody's own page: what somebody typed there, as it is sent, and what of it a new record can use. Pure.

use std::collections::BTreeMap;

use assessment_api::own_page::{Me, OwnPage};
use assessment_form::{WrittenDate, is_blank};

use super::{Effect, FormState, Remembered};

/// What is known of the page of the person who is signed in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Known {
    /// None, or nobody can tell.
    #[default]
    Nothing,
    /// Being asked for. Nothing is offered before that is known: it would be taken away again under the pointer.
    Asking,
    /// What it says.
    Page(Box<Me>),
}

/// The page of the person who is signed in would be of use.
pub(super) fn wanted(state: &mut FormState) -> Vec<Effect> {
    if state.person.is_none() {
        return Vec::new();
    }
    state.own_page = Known::Asking;
    vec![Effect::ReadOwnPage]
}

/// It was asked for on behalf of this person. By now another one may be signed in.
pub(super) fn read(state: &mut FormState, person: Option<&str>, page: Option<Box<Me>>) -> Vec<Effect> {
    if person == state.person.as_deref() {
        state.own_page = page.map_or(Known::Nothing, Known::Page);
    }
    Vec::new()
}

/// The code of a role that is not in the list, in which the job title says which.
const OTHER: &str = "other";

/// When somebody was trained, as the boxes have it.
#[must_use]
pub fn trained(page: &OwnPage) -> WrittenDate {
    WrittenDate::from_iso(&page.trained_on).unwrap_or_default()
}

/// The same as it is sent: `2026-11-23`, `2026-11` or `2026`, and nothing where the boxes are blank.
///
/// # Errors
/// What is in the boxes is no date. It stays there.
pub fn trained_on(boxes: &WrittenDate) -> Result<String, NoDate> {
    match boxes.partial() {
        Some(date) => Ok(date.to_string()),
        None if boxes.is_blank() => Ok(String::new()),
        None => Err(NoDate),
    }
}

/// What was typed is no date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoDate;

/// What a record can use of somebody's own page: that comes first, and what it does not have, such as an email address,
/// from what this device remembers of the same person. `None` where they have no page yet.
#[must_use]
pub fn for_a_record(me: &Me, device: &Remembered) -> Option<Remembered> {
    me.saved_at.as_ref()?;
    let page = &me.page;
    let mut details = match device {
        Remembered::Details(details) => details.clone(),
        _ => BTreeMap::new(),
    };
    let name = if is_blank(&page.name) { &me.signed_in_name } else { &page.name };
    if !page.role.is_empty() {
        details.remove("assessor.role_other");
    }
    let other = if page.role == OTHER { page.job_title.as_str() } else { "" };
    for (path, text) in [
        ("assessor.name", name.as_str()),
        ("assessor.role", &page.role),
        ("assessor.role_other", other),
        ("assessor.organisation", &me.organisation),
        ("assessor.phone", &page.phone),
    ] {
        if !is_blank(text) {
            details.insert(path.to_owned(), text.to_owned());
        }
    }
    Some(Remembered::Details(details))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn me(page: OwnPage) -> Me {
        Me {
            signed_in_name: "Bernadette Oyelaran".to_owned(),
            organisation: "Aire Valley Health Visiting".to_owned(),
            roles: vec!["practitioner".to_owned()],
            page,
            saved_at: Some("2026-11-23T10:00:00.000Z".to_owned()),
        }
    }

    fn boxes(day: &str, month: &str, year: &str) -> WrittenDate {
        WrittenDate { day: day.to_owned(), month: month.to_owned(), year: year.to_owned() }
    }

    #[test]
    fn a_date_of_training_may_be_a_year_or_a_month_and_comes_back_to_its_boxes() {
        for (typed, sent) in [
            (boxes("23", "11", "2026"), "2026-11-23"),
            (boxes("", "March", "2025"), "2025-03"),
            (boxes("", "", "2024"), "2024"),
            (boxes("", "", ""), ""),
        ] {
            assert_eq!(trained_on(&typed).as_deref(), Ok(sent), "{typed:?}");
            let page = OwnPage { trained_on: sent.to_owned(), ..OwnPage::default() };
            assert_eq!(trained_on(&trained(&page)).as_deref(), Ok(sent));
        }
        for typed in [boxes("30", "2", "2026"), boxes("", "", "last year"), boxes("1", "", "2026")] {
            assert_eq!(trained_on(&typed), Err(NoDate), "{typed:?}");
        }
    }

    #[test]
    fn ones_own_page_comes_before_what_the_device_remembers_and_leaves_the_rest() {
        let device = BTreeMap::from([
            ("assessor.name".to_owned(), "B. Oyelaran".to_owned()),
            ("assessor.role".to_owned(), "other".to_owned()),
            ("assessor.role_other".to_owned(), "Bank nurse".to_owned()),
            ("assessor.email".to_owned(), "b.oyelaran@example.org".to_owned()),
            ("assessor.phone".to_owned(), "0113 496 0100".to_owned()),
        ]);
        let page = OwnPage { role: "health_visitor".to_owned(), ..OwnPage::default() };
        let details = for_a_record(&me(page), &Remembered::Details(device));
        let detail = |path: &str| details.as_ref().and_then(|details| details.detail(path));
        assert_eq!(detail("assessor.name"), Some("Bernadette Oyelaran"), "a blank name is that of sign-in");
        assert_eq!(detail("assessor.role"), Some("health_visitor"));
        assert_eq!(detail("assessor.role_other"), None, "it belonged to the other role");
        assert_eq!(detail("assessor.organisation"), Some("Aire Valley Health Visiting"));
        assert_eq!(detail("assessor.email"), Some("b.oyelaran@example.org"));
        assert_eq!(detail("assessor.phone"), Some("0113 496 0100"));
    }

    #[test]
    fn another_role_is_named_by_the_job_title_and_without_a_page_nothing_is_offered() {
        let page =
            OwnPage { role: "other".to_owned(), job_title: "Play worker".to_owned(), ..OwnPage::default() };
        let details = for_a_record(&me(page), &Remembered::Off);
        let detail = details.as_ref().and_then(|details| details.detail("assessor.role_other"));
        assert_eq!(detail, Some("Play worker"));
        let none = Me { saved_at: None, ..me(OwnPage::default()) };
        assert_eq!(for_a_record(&none, &Remembered::Off), None);
    }
}
