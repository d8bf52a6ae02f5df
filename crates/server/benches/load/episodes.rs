//! Copies of the episode that was sent, made by SQL: each with another child, organisation, author and day.

use super::fixture::{AUTHOR, Direct, ORGANISATION};

/// How many organisations share the episodes.
pub(crate) const ORGANISATIONS: usize = 25;

/// The author of what was sent has each episode whose number this divides, up to [`OWN_BELOW`]: 40 of them, which are its
/// organisation's too.
pub(crate) const OWN_EVERY: usize = 25;
/// The author of what was sent has none from here on.
pub(crate) const OWN_BELOW: usize = 1_000;

/// The ids of the record that was sent.
#[derive(Default)]
pub(crate) struct Ids {
    episode: String,
    version: String,
    grant: String,
    child: String,
}

/// How a column of a copy differs.
#[derive(Clone, Copy)]
enum Column {
    Episode,
    Version,
    Grant,
    Child,
    Document,
    Answers,
    Key,
    Reference,
    Holder,
    Person,
    Concerned,
    Calm,
    DueOn,
    Subject,
    Sequence,
    Moment,
}

/// Each table in the order in which rows refer to others, and the columns in which copies differ.
const TABLES: [(&str, &[(&str, Column)]); 11] = [
    (
        "assessments",
        &[("id", Column::Version), ("reference", Column::Reference), ("received_us", Column::Moment)],
    ),
    ("idempotency_keys", &[("key", Column::Key), ("assessment_id", Column::Version)]),
    (
        "episodes",
        &[
            ("id", Column::Episode),
            ("document", Column::Document),
            ("child", Column::Child),
            ("holder", Column::Holder),
            ("reference", Column::Reference),
            ("calm", Column::Calm),
            ("due_on", Column::DueOn),
            ("opened_us", Column::Moment),
        ],
    ),
    ("episode_revisions", &[("episode_id", Column::Episode), ("document", Column::Document)]),
    ("versions", &[("version_id", Column::Version), ("episode_id", Column::Episode)]),
    (
        "grants",
        &[
            ("grant_id", Column::Grant),
            ("episode_id", Column::Episode),
            ("person", Column::Person),
            ("document", Column::Document),
        ],
    ),
    (
        "episode_access",
        &[
            ("key", Column::Concerned),
            ("episode_id", Column::Episode),
            ("calm", Column::Calm),
            ("due_on", Column::DueOn),
        ],
    ),
    ("episode_places", &[("episode_id", Column::Episode)]),
    ("team_revisions", &[("episode_id", Column::Episode), ("answers", Column::Answers)]),
    ("team_completions", &[("episode_id", Column::Episode)]),
    ("audit", &[("seq", Column::Sequence), ("subject_id", Column::Subject)]),
];

impl Ids {
    /// Of the only record.
    pub(crate) async fn read(direct: &mut Direct) -> Self {
        let mut one =
            async |sql: &str| direct.texts(sql).await.into_iter().next().expect("the record that was sent");
        Self {
            episode: one("SELECT id FROM episodes").await,
            version: one("SELECT version_id FROM versions").await,
            grant: one("SELECT grant_id FROM grants").await,
            child: one("SELECT child FROM episodes").await,
        }
    }

    /// The id of the episode itself.
    pub(crate) fn episode(&self) -> &str {
        &self.episode
    }

    /// The id of what its author was given, by which the plan knows who owes something.
    pub(crate) fn grant(&self) -> &str {
        &self.grant
    }

    /// The id of a copy of the episode.
    pub(crate) fn copy(&self, number: usize) -> String {
        format!("{}{number:012x}", start(&self.episode))
    }
}

/// All of an id but the part that is a number in copies.
fn start(id: &str) -> &str {
    id.get(..24).expect("an id")
}

/// Adds copies numbered from 0. Those of the people are numbered alike.
pub(crate) async fn add(direct: &mut Direct, ids: &Ids, count: usize) {
    for (table, differing) in TABLES {
        let asked = direct.say(
            "SELECT name FROM pragma_table_info('@')",
            "SELECT column_name::text FROM information_schema.columns \
             WHERE table_name = '@' AND is_generated = 'NEVER'",
        );
        let columns = direct.texts(&asked.replace('@', table)).await;
        let columns: Vec<&str> =
            columns.iter().map(String::as_str).filter(|one| *one != "seq" || table == "audit").collect();
        let value = |column: &&str| {
            let found = differing.iter().find(|(name, _)| name == column);
            found.map_or_else(|| (*column).to_owned(), |(_, how)| differs(direct, *how, ids))
        };
        let values: Vec<String> = columns.iter().map(value).collect();
        let series = direct.say(
            "(WITH RECURSIVE s(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM s WHERE n + 1 < @) SELECT n FROM s) AS s",
            "(SELECT n::bigint FROM generate_series(0, @ - 1) AS s(n)) AS s",
        );
        let series = series.replace('@', &count.to_string());
        let only = if table == "audit" { "WHERE old.subject_kind = 'assessment' ORDER BY n" } else { "" };
        let overriding = direct.say("", "OVERRIDING SYSTEM VALUE");
        let sql = format!(
            "INSERT INTO {table} ({}) {overriding} SELECT {} FROM (SELECT * FROM {table}) AS old, {series} {only}",
            columns.join(", "),
            values.join(", ")
        );
        direct.run(&sql).await;
    }
    let hash = direct.say("zeroblob(32)", "decode(repeat('00', 32), 'hex')");
    let links = format!(
        "INSERT INTO audit_chain (seq, hash) SELECT seq, {hash} FROM audit \
         WHERE seq > (SELECT max(seq) FROM audit_chain) ORDER BY seq"
    );
    direct.run(&links).await;
}

/// The SQL of a column of the copy with the number `n`.
fn differs(direct: &Direct, how: Column, ids: &Ids) -> String {
    let number = direct.say("printf('%012x', n)", "lpad(to_hex(n), 12, '0')");
    let id = |id: &str| format!("('{}' || {number})", start(id));
    // As `Population` numbers its people.
    let child = format!("('00000000-0000-4000-8000-' || {number})");
    let organisation = format!(
        "(CASE WHEN n % {ORGANISATIONS} = 0 THEN '{ORGANISATION}' ELSE 'Team ' || (n % {ORGANISATIONS}) END)"
    );
    let sub = format!(
        "(CASE WHEN n % {OWN_EVERY} = 0 AND n < {OWN_BELOW} THEN '{AUTHOR}' ELSE 'worker-' || (n / 40) END)"
    );
    let person = format!("('person\nurn:common-assessment:demo\n' || {sub})");
    match how {
        Column::Episode => id(&ids.episode),
        Column::Version => id(&ids.version),
        Column::Grant => id(&ids.grant),
        Column::Child => child,
        Column::Document => {
            let mut document = direct.say("document", "document::text").to_owned();
            for (old, new) in [
                (&ids.episode, id(&ids.episode)),
                (&ids.version, id(&ids.version)),
                (&ids.grant, id(&ids.grant)),
                (&ids.child, child),
                (&ORGANISATION.to_owned(), organisation),
                (&format!("\"{AUTHOR}\""), format!("'\"' || {sub} || '\"'")),
            ] {
                document = format!("replace({document}, '{old}', {new})");
            }
            direct.say("@", "(@)::json").replace('@', &document)
        }
        Column::Answers => {
            let answers = direct.say("answers", "answers::text");
            let answers = format!("replace({answers}, '{}', {})", ids.grant, id(&ids.grant));
            direct.say("@", "(@)::json").replace('@', &answers)
        }
        Column::Key => "'load-' || n".to_owned(),
        Column::Reference => "'L-' || n".to_owned(),
        Column::Holder => organisation,
        Column::Person => person,
        Column::Concerned => {
            format!("CASE WHEN key LIKE 'person%' THEN {person} ELSE 'organisation\n' || {organisation} END")
        }
        Column::Calm => "CASE WHEN n % 10 = 0 THEN 0 ELSE 1 END".to_owned(),
        Column::DueOn => direct
            .say(
                "date('2026-11-01', '+' || (n % 120) || ' days')",
                "to_char(date '2026-11-01' + (n % 120)::int, 'YYYY-MM-DD')",
            )
            .to_owned(),
        Column::Subject => id(&ids.version),
        Column::Sequence => "(SELECT max(seq) FROM audit) + 1 + n".to_owned(),
        Column::Moment => "1795000000000000 - n * 60000000".to_owned(),
    }
}
