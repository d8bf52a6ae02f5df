//! Own pages in SQLite.

use async_trait::async_trait;
use jiff::Timestamp;
use sqlx::{Executor as _, SqliteConnection};

use crate::{
    clock::microseconds,
    store::{
        StoreError,
        episodes::{Asker, Key},
        pages::{Page, PageReader, PageRepository, StoredPage, Training},
        rows::{lists as rows, people::written},
    },
};

pub(super) struct Pages<'c>(pub(super) &'c mut SqliteConnection);

#[async_trait]
impl PageReader for Pages<'_> {
    async fn find(&mut self, asker: &Asker) -> Result<Option<StoredPage>, StoreError> {
        let query = sqlx::query_as::<_, rows::OwnPage>(
            "SELECT document, revision, at_us FROM own_pages WHERE person = ? ORDER BY revision DESC LIMIT 1",
        );
        let person = Key::person(&asker.subject);
        let found = query.bind(person.as_str()).fetch_optional(&mut *self.0).await?;
        found.map(rows::page).transpose()
    }

    async fn training(&mut self, asker: &Asker) -> Result<Vec<Training>, StoreError> {
        if !asker.is_the_program() {
            return Ok(Vec::new());
        }
        let query = sqlx::query_as::<_, rows::TrainingRow>(
            "SELECT person, document, at_us FROM own_pages ORDER BY person, revision",
        );
        query.fetch_all(&mut *self.0).await?.into_iter().map(rows::training).collect()
    }
}

#[async_trait]
impl PageRepository for Pages<'_> {
    async fn add(
        &mut self,
        asker: &Asker,
        page: &Page,
        revision: u64,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let insert = sqlx::query(
            "INSERT INTO own_pages (person, revision, document, actor, at_us) VALUES (?, ?, ?, ?, ?)",
        )
        .bind(Key::person(&asker.subject).as_str().to_owned())
        .bind(i64::try_from(revision).unwrap_or(i64::MAX))
        .bind(written(page)?)
        .bind(asker.actor.id())
        .bind(microseconds(at));
        self.0.execute(insert).await?;
        Ok(())
    }
}
