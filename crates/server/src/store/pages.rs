//! The repository of own pages: what somebody who signs in has written about themselves, so that nothing is typed again.
//! A change is a further revision; the one before stays. Each person finds their own page and nobody else's.

use async_trait::async_trait;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{StoreError, episodes::Asker};

/// What somebody has written about themselves. Blank is not said.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Page {
    /// The name that goes on an assessment.
    pub name: String,
    /// Their role, by code.
    pub role: String,
    /// Their job title, in their own words.
    pub job_title: String,
    /// How to ring them at work, as written.
    pub phone: String,
    /// When they were last trained, as `2026-11-23`, `2026-11` or `2026`.
    pub trained_on: String,
    /// To which level, in the words of those who trained them.
    pub training_level: String,
    /// The language in which they read best, by code.
    pub language: String,
}

/// A page as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredPage {
    /// The page.
    pub page: Page,
    /// Its revision, from 1.
    pub revision: u64,
    /// When that was saved.
    pub saved_at: Timestamp,
}

/// What one revision of somebody's page says of their training.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Training {
    /// Whose page, as [`super::episodes::Key::person`] has it.
    pub person: String,
    /// When it was saved.
    pub saved_at: Timestamp,
    /// When they were last trained, as in [`Page::trained_on`].
    pub trained_on: String,
}

/// Finds own pages.
#[async_trait]
pub trait PageReader: Send {
    /// Their page.
    async fn find(&mut self, asker: &Asker) -> Result<Option<StoredPage>, StoreError>;

    /// What each revision of every page says of training, oldest first for each person. For counting: nothing of anybody but
    /// the program itself.
    async fn training(&mut self, asker: &Asker) -> Result<Vec<Training>, StoreError>;
}

/// Finds and adds own pages.
#[async_trait]
pub trait PageRepository: PageReader {
    /// Adds a revision of their page. [`StoreError::Conflict`] if there is one of that number.
    async fn add(
        &mut self,
        asker: &Asker,
        page: &Page,
        revision: u64,
        at: Timestamp,
    ) -> Result<(), StoreError>;
}
