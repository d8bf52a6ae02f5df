//! Which terms a text has.

use assessment_wording::{Terms, Wording, en_gb};

const TERMS: &str = r#"{"term.CAF":"1","term.EHC plan":"2","term.EHC plan review":"3","term.section 17":"4","term.A&E":"5",
    "term.front_door":"6","term.lead professional":"7","start.about":"no term"}"#;

fn names(text: &str) -> Vec<String> {
    let wording = Wording::load(TERMS).unwrap();
    let terms = Terms::of(&wording, "Duty and Advice", []);
    terms.found_in(text).into_iter().map(|index| terms.get(index).unwrap().name.clone()).collect()
}

#[test]
fn a_term_is_found_as_a_whole_word_once_and_in_the_order_of_the_text() {
    for (text, found) in [
        ("Offer a CAF, then another CAF", &["CAF"][..]),
        ("CAFs and lead professionals", &["CAF", "lead professional"]),
        ("Cafcass, CAFE, DECAF, caf and C A F", &[]),
        ("Lead professional's name", &["lead professional"]),
        ("A visit to A&E. Section 17 (CAF)", &["A&E", "section 17", "CAF"]),
        ("section 170", &[]),
        ("An EHC plan review, an EHC plan", &["EHC plan review", "EHC plan"]),
        ("Phone Duty and Advice today", &["Duty and Advice"]),
        ("Phone the duty and advice", &[]),
        ("‘CAF’ – naïve (CAF)…", &["CAF"]),
        ("", &[]),
    ] {
        assert_eq!(names(text), found, "{text}");
    }
}

#[test]
fn an_authority_can_add_terms_and_say_others_in_its_own_words() {
    let wording = Wording::load(TERMS).unwrap();
    let terms =
        Terms::of(&wording, "The Desk", [("term.CAF", "ours"), ("term.BRIDGE", "new"), ("team", "none")]);
    let found = terms.found_in("CAF, BRIDGE, team, The Desk");
    let meanings: Vec<&str> =
        found.into_iter().map(|index| terms.get(index).unwrap().meaning.as_str()).collect();
    assert_eq!(meanings, ["ours", "new", "6"]);
}

#[test]
fn the_built_in_terms_are_found_by_their_own_names() {
    let wording = Wording::load(en_gb::TERMS).unwrap();
    let terms = Terms::of(&wording, "Duty and Advice", []);
    for (index, term) in terms.iter().enumerate() {
        assert_eq!(terms.found_in(&term.name), [index], "{}", term.name);
        assert!(term.meaning.ends_with('.') && !term.meaning.starts_with(&term.name), "{}", term.name);
    }
}
