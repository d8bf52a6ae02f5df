//! People put into a store with the keys by which they are found.

use assessment_people::{
    matching::{KEYS_VERSION, keys},
    person::Person,
};
use serde_json::{Value, json};

use super::fixture::Direct;

/// How many rows go at a time.
const AT_ONCE: usize = 20_000;

/// The number of the first of them. The child of the record that was sent has the one before.
const FIRST: usize = 2;

/// Adds them.
pub(crate) async fn add(direct: &mut Direct, people: &[Person]) {
    let row = |(at, person): (usize, &Person)| {
        json!([at + FIRST, person.id.to_string(), json!(person).to_string()])
    };
    let rows: Vec<Value> = people.iter().enumerate().map(row).collect();
    for some in rows.chunks(AT_ONCE / 10) {
        insert(
            direct,
            "people (seq, id, revision, document, protection, created_us, changed_us, keys_version)",
            &format!("@0, @1, 1, @2, 'ordinary', 1, 1, {KEYS_VERSION}"),
            some,
        )
        .await;
        insert(
            direct,
            "person_revisions (person, revision, actor, at_us, document)",
            "@1, 1, 'system', 1, @2",
            some,
        )
        .await;
    }
    drop(rows);
    if matches!(direct, Direct::Postgres(_)) {
        direct
            .run("SELECT setval(pg_get_serial_sequence('people', 'seq'), (SELECT max(seq) FROM people))")
            .await;
    }
    // In the order of the keys, because rows that go to the end of an index go in faster.
    let mut all: Vec<(String, usize)> = Vec::new();
    for (at, person) in people.iter().enumerate() {
        all.extend(keys(person).iter().map(|key| (key.as_str().to_owned(), at + FIRST)));
    }
    all.sort();
    for some in all.chunks(AT_ONCE) {
        let rows: Vec<Value> = some.iter().map(|(key, person)| json!([person, key])).collect();
        insert(direct, "match_keys (key, person)", "@1, @0", &rows).await;
    }
}

/// Inserts rows; `@0` is a number, `@1` and `@2` are texts of each.
async fn insert(direct: &mut Direct, into: &str, values: &str, rows: &[Value]) {
    let overriding = if into.contains("(seq,") { "OVERRIDING SYSTEM VALUE" } else { "" };
    let (overriding, from) = (
        direct.say("", overriding).to_owned(),
        direct.say("json_each(?1) AS one", "json_array_elements($1::json) AS one(value)").to_owned(),
    );
    let document = direct.say("(value ->> 2)", "(value ->> 2)::json").to_owned();
    let first = direct.say("(value ->> 0)", "(value ->> 0)::bigint").to_owned();
    let values = values.replace("@0", &first).replace("@1", "(value ->> 1)").replace("@2", &document);
    let sql = format!("INSERT INTO {into} {overriding} SELECT {values} FROM {from}");
    direct.run_with(&sql, vec![super::fixture::text(&json!(rows))]).await;
}
