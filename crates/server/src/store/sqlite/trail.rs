//! The audit trail of everybody in SQLite.

use async_trait::async_trait;
use jiff::Timestamp;
use sqlx::SqliteConnection;

use crate::store::episodes::Asker;
use crate::store::{
    StoreError,
    audit::AuditPage,
    rows::{lists as rows, people::written},
    trail::{Export, Look, TrailEntry, TrailReader, WantedTrail},
};

pub(super) struct Trail<'c>(pub(super) &'c mut SqliteConnection);

/// The question with a condition on the record and one on the position.
macro_rules! trail {
    ($about:literal, $position:literal) => {
        concat!(
            "SELECT audit.seq, at_us, actor, named.name, named.organisation, action, subject_kind, subject_id, \
             versions.episode_id, words FROM audit \
             LEFT JOIN practitioner_names AS named ON named.seq = (SELECT max(earlier.seq) \
                 FROM practitioner_names AS earlier \
                 WHERE earlier.practitioner = audit.actor AND earlier.after_seq < audit.seq) \
             LEFT JOIN access_reasons ON access_reasons.seq = audit.seq \
             LEFT JOIN versions ON subject_kind = 'assessment' AND versions.version_id = subject_id \
             WHERE at_us >= ?2 AND at_us < ?3 AND ",
            $about,
            " AND audit.seq ",
            $position,
            " LIMIT ?4"
        )
    };
}

#[async_trait]
impl TrailReader for Trail<'_> {
    async fn list(&mut self, asker: &Asker, wanted: &WantedTrail) -> Result<Vec<TrailEntry>, StoreError> {
        if !asker.authority {
            return Ok(Vec::new());
        }
        let (edge, forwards) = match wanted.page {
            AuditPage::Last => (u64::MAX, false),
            AuditPage::Before(edge) => (edge, false),
            AuditPage::After(edge) => (edge, true),
        };
        let sql = match (&wanted.about, forwards) {
            (None, false) => trail!("?5 IS NULL", "< ?1 ORDER BY audit.seq DESC"),
            (None, true) => trail!("?5 IS NULL", "> ?1 ORDER BY audit.seq"),
            (Some(_), false) => trail!(
                "(subject_kind, subject_id) IN (SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(?5))",
                "< ?1 ORDER BY audit.seq DESC"
            ),
            (Some(_), true) => trail!(
                "(subject_kind, subject_id) IN (SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(?5))",
                "> ?1 ORDER BY audit.seq"
            ),
        };
        let (from, until) = rows::between(wanted.from, wanted.until);
        let about = wanted.about.as_ref().map(written).transpose()?;
        let query = sqlx::query_as::<_, rows::Trail>(sql).bind(i64::try_from(edge).unwrap_or(i64::MAX));
        let query = query.bind(from).bind(until).bind(wanted.limit).bind(about);
        let found = query.fetch_all(&mut *self.0).await?;
        Ok(found.into_iter().map(rows::trail).collect())
    }

    async fn looks(
        &mut self,
        asker: &Asker,
        from: Timestamp,
        until: Timestamp,
        limit: u32,
    ) -> Result<Vec<Look>, StoreError> {
        if !asker.authority {
            return Ok(Vec::new());
        }
        let query = sqlx::query_as::<_, rows::LookRow>(
            "SELECT audit.seq, at_us, audit.actor, named.name, named.organisation, looked_at.id, looked_at.child_name \
             FROM audit \
             LEFT JOIN versions ON subject_kind = 'assessment' AND versions.version_id = subject_id \
             JOIN episodes AS looked_at ON (subject_kind = 'person' AND looked_at.child = subject_id) \
                 OR looked_at.id = CASE subject_kind WHEN 'episode' THEN subject_id \
                     WHEN 'assessment' THEN versions.episode_id END \
             LEFT JOIN practitioner_names AS named ON named.seq = (SELECT max(earlier.seq) \
                 FROM practitioner_names AS earlier \
                 WHERE earlier.practitioner = audit.actor AND earlier.after_seq < audit.seq) \
             WHERE at_us >= ?1 AND at_us < ?2 \
             AND action IN ('read-episode', 'list-versions', 'read-version', 'compare-versions', 'read-person', \
                 'read-family') \
             AND NOT EXISTS (SELECT 1 FROM grants JOIN practitioners ON practitioners.id = audit.actor \
                 WHERE grants.episode_id = looked_at.id \
                 AND grants.person = 'person' || char(10) || issuer || char(10) || subject) \
             ORDER BY audit.seq DESC LIMIT ?3",
        );
        let (from, until) = rows::between(Some(from), Some(until));
        let query = query.bind(from).bind(until).bind(limit);
        let found = query.fetch_all(&mut *self.0).await?;
        Ok(found.into_iter().filter_map(rows::look).collect())
    }

    async fn exports(
        &mut self,
        asker: &Asker,
        from: Timestamp,
        until: Timestamp,
        limit: u32,
    ) -> Result<Vec<Export>, StoreError> {
        if !asker.authority {
            return Ok(Vec::new());
        }
        // The entries of the episodes come right before that of the whole, in one transaction; a copy has at most 1,000.
        let query = sqlx::query_as::<_, rows::ExportRow>(
            "SELECT at_us, audit.actor, named.name, named.organisation, \
             (SELECT count(*) FROM audit AS one WHERE one.seq < audit.seq AND one.seq >= audit.seq - 1000 \
                 AND one.actor = audit.actor AND one.at_us = audit.at_us AND one.action = audit.action \
                 AND one.subject_kind = 'episode') \
             FROM audit LEFT JOIN practitioner_names AS named ON named.seq = (SELECT max(earlier.seq) \
                 FROM practitioner_names AS earlier \
                 WHERE earlier.practitioner = audit.actor AND earlier.after_seq < audit.seq) \
             WHERE at_us >= ?1 AND at_us < ?2 AND action = 'export-register' AND subject_kind = 'practitioner' \
             ORDER BY audit.seq DESC LIMIT ?3",
        );
        let (from, until) = rows::between(Some(from), Some(until));
        let query = query.bind(from).bind(until).bind(limit);
        let found = query.fetch_all(&mut *self.0).await?;
        Ok(found.into_iter().map(rows::export).collect())
    }
}
