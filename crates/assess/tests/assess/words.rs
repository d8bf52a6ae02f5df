//! `assess words`: the built-in words keep to their limits, and a pack with hard words is told so.

use crate::program::{LEEDS, NORTHBRIDGE, file, pack, part, run};

#[test]
fn the_words_that_people_read_keep_to_the_limits() {
    let profile = "crates/engine/data/profiles/northbridge.json";
    for arguments in [&["words"][..], &["words", "--rule-pack", NORTHBRIDGE, "--profile", profile]] {
        let done = run(arguments);
        assert_eq!(done.code, 0, "{}", done.out);
        let grades = done.out.lines().find(|line| line.starts_with("indicators ")).unwrap();
        let grades: Vec<&str> = grades.split_whitespace().collect();
        let together: f64 = grades[2].parse().unwrap();
        assert!((4.0..=8.0).contains(&together), "{grades:?}");
    }
}

#[test]
fn hard_words_short_words_and_codes_of_a_pack_are_named_with_their_place() {
    let folder = tempfile::tempdir().unwrap();
    let mut changed = pack(LEEDS);
    part(&mut changed, "indicators", "PA-201")["text"] =
        "Significant developmental deterioration necessitating multidisciplinary intervention".into();
    part(&mut changed, "indicators", "ES-401")["note"] = "With a plan, use ES-402".into();
    part(&mut changed, "actions", "IA-02")["action"] =
        "Phone the QRST today. Where agreement stands does not matter.".into();
    let changed = file(&folder, "pack.json", changed.to_string());
    let done = run(&["words", "--rule-pack", &changed]);
    assert_eq!(done.code, 1);
    for place in ["indicators, PA-201: ", "notes on indicators, ES-401: ", "urgent actions, IA-02.action: "] {
        assert!(done.out.contains(&format!("\n{place}")), "{place} in {}", done.out);
    }
}

/// A profile can explain its authority's own short words.
#[test]
fn a_profile_explains_its_own_terms() {
    let folder = tempfile::tempdir().unwrap();
    let mut changed = pack(LEEDS);
    part(&mut changed, "actions", "IA-02")["action"] = "Phone the QRST today.".into();
    let changed = file(&folder, "pack.json", changed.to_string());
    let mut profile = pack("crates/engine/data/profiles/leeds.json");
    profile["terms"]["term.QRST"] = "The team that looks at quick requests.".into();
    let profile = file(&folder, "profile.json", profile.to_string());
    assert_eq!(run(&["words", "--rule-pack", &changed]).code, 1);
    assert_eq!(run(&["words", "--rule-pack", &changed, "--profile", &profile]).code, 0);
}
