//! Everybody's own page: reading it, checking what somebody writes, and saving it so that nothing is overwritten unseen.
//! Knows no HTTP and no SQL. Name, organisation and roles as sign-in tells them are not in it: those are not theirs to change.

use assessment_engine::validation::{ProblemCode as Code, identifiers::phone};
use assessment_form::{
    WrittenDate, is_blank,
    typed::{has_misleading, length},
};
use assessment_people::access::Action;
use jiff::civil::Date;

use crate::{
    drafts::Expected,
    episodes::{Asking, NotDone, may_at_all},
    evaluation::Evaluator,
    store::{
        Store, StoreError, UnitOfWork,
        audit::AuditAction,
        pages::{Page, StoredPage},
    },
};

/// How long name, job title, telephone number and level of training may be, in characters: as long as the form takes them.
const LONGEST: [usize; 4] = [140, 100, 80, 100];

/// What is wrong with a page: which member, and what.
pub(crate) fn check(page: &Page, today: Date, evaluator: &Evaluator) -> Vec<(&'static str, Code)> {
    let mut wrong = Vec::new();
    let texts = [
        ("name", &page.name),
        ("job_title", &page.job_title),
        ("phone", &page.phone),
        ("training_level", &page.training_level),
    ];
    for ((member, text), most) in texts.into_iter().zip(LONGEST) {
        if has_misleading(text) || text.contains(['\n', '\r', '\t']) {
            wrong.push((member, Code::HiddenCharacters));
        } else if length(text) > most {
            wrong.push((member, Code::TooLong));
        } else if member == "phone" && !is_blank(text) && phone(text).is_none() {
            wrong.push((member, Code::Phone));
        }
    }
    for (member, list, code) in [("role", "roles", &page.role), ("language", "languages", &page.language)] {
        if !code.is_empty() && !evaluator.offers(list, code) {
            wrong.push((member, Code::NotOffered));
        }
    }
    if !is_blank(&page.trained_on) {
        let date = WrittenDate::from_iso(&page.trained_on).and_then(|written| written.partial());
        match date.and_then(assessment_form::PartialDate::earliest) {
            None => wrong.push(("trained_on", Code::DateNotReal)),
            Some(first) if first > today => wrong.push(("trained_on", Code::DateInFuture)),
            Some(_) => {}
        }
    }
    wrong
}

/// Reads their page. `None` if they have none yet.
///
/// # Errors
/// They may not, or the store cannot be read.
pub(crate) async fn read(store: &dyn Store, asking: &Asking) -> Result<Option<StoredPage>, NotDone> {
    let found = {
        let mut view = store.view().await?;
        let grants = view.episodes().grants_to(&asking.asker).await?;
        may_at_all(&asking.principal(&grants), Action::OwnPage, asking.now)?;
        view.pages().find(&asking.asker).await?
    };
    let work = store.begin().await?;
    work.save(&asking.asker.actor, AuditAction::Own(Action::OwnPage), asking.at).await?;
    Ok(found)
}

/// Saves their page as the revision that follows `expected`. Saving again what is there already stores nothing: its answer
/// was lost on the way.
///
/// # Errors
/// They may not, or the page has been changed since.
pub(crate) async fn save(
    store: &dyn Store,
    asking: &Asking,
    page: Page,
    expected: Expected,
) -> Result<StoredPage, NotDone> {
    match attempt(store.begin().await?, asking, page.clone(), expected).await {
        // The same person, in another window, was first. A new unit of work sees it.
        Err(NotDone::Store(StoreError::Conflict(_))) => {
            attempt(store.begin().await?, asking, page, expected).await
        }
        outcome => outcome,
    }
}

async fn attempt(
    mut work: Box<dyn UnitOfWork>,
    asking: &Asking,
    page: Page,
    expected: Expected,
) -> Result<StoredPage, NotDone> {
    let grants = work.episodes().grants_to(&asking.asker).await?;
    may_at_all(&asking.principal(&grants), Action::OwnPage, asking.now)?;
    let found = work.pages().find(&asking.asker).await?;
    let current = found.as_ref().map_or(0, |stored| stored.revision);
    let expected = match expected {
        Expected::Nothing => 0,
        Expected::Revision(revision) => revision,
    };
    match found {
        Some(stored) if stored.page == page && current == expected.saturating_add(1) => {
            work.cancel().await?;
            Ok(stored)
        }
        _ if current != expected => {
            work.cancel().await?;
            Err(NotDone::Stale(current))
        }
        _ => {
            let revision = current.saturating_add(1);
            work.pages().add(&asking.asker, &page, revision, asking.at).await?;
            work.save(&asking.asker.actor, AuditAction::Own(Action::OwnPage), asking.at).await?;
            Ok(StoredPage { page, revision, saved_at: asking.at })
        }
    }
}
