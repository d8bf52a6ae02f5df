//! The register as a file.

use assessment_people::{access::Action, protection::Protection};
use assessment_server::store::audit::AuditAction;
use serde_json::json;

use super::{Office, ask, child, get, lives_at, on_both, send_record};

on_both! {
    a_file_is_read_back_as_it_was_and_no_cell_is_a_formula_b48;
    each_episode_says_that_it_was_exported_b43;
    a_file_is_whole_or_there_is_none;
}

fn rows(file: &str) -> Vec<Vec<String>> {
    let file = file.strip_prefix('\u{feff}').unwrap_or(file);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(file.as_bytes());
    let rows = reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect());
    rows.collect()
}

async fn a_file_is_read_back_as_it_was_and_no_cell_is_a_formula_b48(office: Office) {
    for (key, given) in
        ["=HYPERLINK(1)", "+44", "-Ann", "@Sum", "＝1", "Siân, \"the\" second"].iter().enumerate()
    {
        let name = [("given_names", json!(given)), ("family_name", json!("O’Brien")), lives_at("LS6 9ZZ")];
        send_record(&office, "teacher", &key.to_string(), &name).await;
        office.clock.minutes_later(1);
    }
    let reply = get(&office, "coordinator", "/register/export").await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    assert_eq!(reply.header("content-type"), "text/csv; charset=utf-8; header=present");
    assert_eq!(reply.header("content-disposition"), "attachment; filename=\"register.csv\"");
    assert_eq!(reply.header("cache-control"), "no-store");
    let rows = rows(&reply.text);
    assert_eq!(rows.len(), 7);
    let column = |name: &str| rows[0].iter().position(|one| one == name).expect("a heading");
    let (names, clusters) = (column("child"), column("cluster_name"));
    let children: Vec<&str> = rows.iter().skip(1).map(|row| row[names].as_str()).collect();
    let expected = [
        "Siân, \"the\" second O’Brien",
        "'＝1 O’Brien",
        "'@Sum O’Brien",
        "'-Ann O’Brien",
        "'+44 O’Brien",
        "'=HYPERLINK(1) O’Brien",
    ];
    assert_eq!(children, expected);
    assert!(rows.iter().skip(1).all(|row| row[clusters] == "'=The Mills"), "names from the profile too");
    for cell in rows.iter().flatten() {
        assert!(
            !cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠']),
            "{cell}"
        );
    }
    assert!(!reply.text.contains("Invented Row") && !reply.text.contains("LS6"), "no address");
    // The same episodes as in the list.
    let list = get(&office, "coordinator", "/register").await.json();
    let listed: Vec<&str> =
        list["episodes"].as_array().expect("a list").iter().filter_map(|one| one["id"].as_str()).collect();
    let exported: Vec<&str> = rows.iter().skip(1).map(|row| row[column("id")].as_str()).collect();
    assert_eq!(listed, exported);
}

async fn each_episode_says_that_it_was_exported_b43(office: Office) {
    let mut shielded = child(2, "Emelia", "Hart");
    shielded.protection.level = Protection::Shielded;
    office.add(&child(1, "Amelia", "Hart"), "teacher").await;
    office.add(&shielded, "teacher").await;
    let why = [("access-reason", "Board%20report")];
    let reply = ask(&office, "coordinator", "GET", "/register/export", &why, None).await;
    assert_eq!((reply.status, rows(&reply.text).len()), (200, 2), "{}", reply.text);
    let did = office.did("coordinator").await;
    let exported: Vec<(&str, &str)> = did
        .iter()
        .filter(|(action, ..)| action == "export-register")
        .map(|(_, kind, id)| (kind.as_str(), id.as_str()))
        .collect();
    let one = child(1, "", "").id.to_string();
    assert_eq!(exported, [("episode", one.as_str()), ("practitioner", "self")]);
    let log = get(&office, "coordinator", &format!("/episodes/{one}/access-log")).await.json();
    let entry = &log["entries"][0];
    assert_eq!((&entry["action"], &entry["reason"]), (&json!("export-register"), &json!("Board report")));
    get(&office, "auditor", "/register/export").await.refused(403, "forbidden");
    let did = office.did("auditor").await;
    assert!(did.iter().all(|(action, ..)| action != "export-register"), "{did:?}");
}

async fn a_file_is_whole_or_there_is_none(office: Office) {
    for query in ["?limit=10", "?after=5e7a3b52-0c9d-4b3e-9a53-0f4f8c1d2e3f"] {
        get(&office, "coordinator", &format!("/register/export{query}")).await.refused(400, "bad-query");
    }
    office.add_many(1_001).await;
    get(&office, "coordinator", "/register/export").await.refused(422, "too-many");
    let did = office.did("coordinator").await;
    let exports = AuditAction::Own(Action::ExportRegister).name();
    assert!(did.iter().all(|(action, ..)| action != exports), "nothing was exported");
}
