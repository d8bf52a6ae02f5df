//! The audit trail in PostgreSQL.

use assessment_people::audit::{Entry, Linked, Word};
use async_trait::async_trait;
use jiff::Timestamp;

use super::{session::Session, text};
use crate::{
    actor::Actor,
    store::{
        StoreError,
        audit::{AuditAction, AuditPage, AuditReader, StoredEntry},
        chain::{self, Following, Noted},
        episodes::Because,
        rows,
    },
};

pub(super) struct Audit<'c>(pub(super) &'c mut Session);

impl Audit<'_> {
    pub(super) async fn add(
        &mut self,
        actor: &Actor,
        action: AuditAction,
        at: Timestamp,
        because: Because<'_>,
    ) -> Result<(), StoreError> {
        self.add_all(&[Noted::new(actor, action, at, because)]).await
    }

    /// Adds entries in this order, the last thing that a transaction adds. From here to its end nobody else adds any: each
    /// follows on the one before, and nobody who reads forwards misses one.
    pub(super) async fn add_all(&mut self, noted: &[Noted]) -> Result<(), StoreError> {
        let Some(Noted { actor: first, .. }) = noted.first() else { return Ok(()) };
        let locked = sqlx::query_as::<_, chain::HeadRow>("SELECT seq, hash FROM last_link()");
        let head = self.0.optional(first, locked).await?;
        let mut all = chain::follow(chain::head(head), noted)?.into_iter();
        // Nobody writes in another's name.
        for of_one in noted.chunk_by(|one, next| one.actor == next.actor) {
            let following: Vec<Following> = all.by_ref().take(of_one.len()).collect();
            let Some(Noted { actor, .. }) = of_one.first() else { continue };
            self.insert(actor, &following).await?;
        }
        Ok(())
    }

    async fn insert(&mut self, actor: &Actor, following: &[Following]) -> Result<(), StoreError> {
        let linked: Vec<&Linked> = following.iter().map(|one| &one.linked).collect();
        let column = |of: fn(&Entry) -> &Word| -> Vec<&str> {
            linked.iter().map(|one| of(&one.entry).as_str()).collect()
        };
        let numbers = |of: fn(&Linked) -> i64| -> Vec<i64> { linked.iter().map(|one| of(one)).collect() };
        let hashes: Vec<Vec<u8>> = linked.iter().map(|one| one.hash.as_bytes().to_vec()).collect();
        let reasons: Vec<Option<&str>> =
            linked.iter().map(|one| one.entry.reason.as_ref().map(Word::as_str)).collect();
        let insert = sqlx::query(
            "WITH new AS (SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::text[], \
                 $6::text[], $7::text[], $8::bytea[]) \
                 AS new (seq, at_us, actor, action, subject_kind, subject_id, reason, hash)), \
             entry AS (INSERT INTO audit (seq, at_us, actor, action, subject_kind, subject_id, reason) \
                 OVERRIDING SYSTEM VALUE \
                 SELECT seq, at_us, actor, action, subject_kind, subject_id, reason FROM new RETURNING seq) \
             INSERT INTO audit_chain (seq, hash) SELECT seq, hash FROM entry JOIN new USING (seq)",
        )
        .bind(numbers(number))
        .bind(numbers(|one| one.entry.at))
        .bind(column(|entry| &entry.actor))
        .bind(column(|entry| &entry.action))
        .bind(column(|entry| &entry.subject_kind))
        .bind(column(|entry| &entry.subject_id))
        .bind(reasons)
        .bind(hashes);
        self.0.add(actor, insert).await?;
        let (mut seqs, mut words, mut salts) = (Vec::new(), Vec::new(), Vec::new());
        for Following { linked, why } in following {
            let Some(why) = why else { continue };
            seqs.push(number(linked));
            words.push(text(&why.words).into_owned());
            salts.push(why.salt.as_str());
        }
        if seqs.is_empty() {
            return Ok(());
        }
        let words = sqlx::query(
            "INSERT INTO access_reasons (seq, words, salt) \
             SELECT * FROM unnest($1::bigint[], $2::text[], $3::text[])",
        )
        .bind(seqs)
        .bind(words)
        .bind(salts);
        self.0.add(actor, words).await
    }
}

fn number(linked: &Linked) -> i64 {
    i64::try_from(linked.entry.seq).unwrap_or(i64::MAX)
}

#[async_trait]
impl AuditReader for Audit<'_> {
    async fn list(
        &mut self,
        actor: &Actor,
        page: AuditPage,
        limit: u32,
    ) -> Result<Vec<StoredEntry>, StoreError> {
        let (sql, edge) = match page {
            AuditPage::Last => (
                "SELECT seq, at_us, actor, action, subject_kind, subject_id FROM audit \
                 WHERE actor = $1 AND seq <= $2 ORDER BY seq DESC LIMIT $3",
                u64::MAX,
            ),
            AuditPage::Before(edge) => (
                "SELECT seq, at_us, actor, action, subject_kind, subject_id FROM audit \
                 WHERE actor = $1 AND seq < $2 ORDER BY seq DESC LIMIT $3",
                edge,
            ),
            AuditPage::After(edge) => (
                "SELECT seq, at_us, actor, action, subject_kind, subject_id FROM audit \
                 WHERE actor = $1 AND seq > $2 ORDER BY seq LIMIT $3",
                edge,
            ),
        };
        let query = sqlx::query_as::<_, rows::Entry>(sql).bind(actor.id());
        let query = query.bind(i64::try_from(edge).unwrap_or(i64::MAX)).bind(i64::from(limit));
        let found = self.0.all(actor, query).await?;
        Ok(found.into_iter().map(rows::entry).collect())
    }
}
