//! The table of protections against the catalogue, and every telling code against the packs.

use std::collections::BTreeSet;

use assessment_engine::answers::blank_record;
use assessment_engine::answers::{Answers, Caf, NodeMut};
use assessment_engine::disclosure::{Audience, ON_THE_PHONE, Protection, SUMMARY, TABLE, Telling, audiences};
use assessment_engine::standards::Standards;
use assessment_form::{Group, Kind};

/// The keys of all questions that hold an answer, and of the addresses.
fn catalogue() -> BTreeSet<String> {
    fn collect(group: &mut dyn Group<Caf>, keys: &mut BTreeSet<String>) {
        let key = group.key();
        for (index, question) in group.questions().iter().enumerate() {
            let name = format!("{key}.{}", question.name);
            match group.get_mut(index).unwrap() {
                NodeMut::Group(inner) if inner.key() == "address" => drop(keys.insert(name)),
                NodeMut::Group(inner) => collect(inner, keys),
                NodeMut::Rows(rows) => {
                    rows.push();
                    collect(rows.row_mut(0).unwrap(), keys);
                }
                _ => drop(keys.insert(name)),
            }
        }
    }
    let mut keys = BTreeSet::new();
    collect(&mut Answers::default(), &mut keys);
    keys
}

fn decided() -> Vec<String> {
    let names = |names: &'static str| names.split(' ');
    TABLE
        .iter()
        .flat_map(|(key, rows)| {
            rows.iter().flat_map(move |(_, list)| names(list)).map(move |name| format!("{key}.{name}"))
        })
        .collect()
}

#[test]
fn every_question_is_in_the_table_once_and_the_table_names_nothing_else() {
    let decided = decided();
    let once: BTreeSet<String> = decided.iter().cloned().collect();
    assert_eq!(once.len(), decided.len(), "a question is in the table twice");
    assert_eq!(once, catalogue());
}

#[test]
fn the_telephone_script_names_questions_that_exist() {
    let catalogue = catalogue();
    for (part, keys) in ON_THE_PHONE {
        for key in keys.split(' ') {
            assert!(catalogue.contains(key), "{part}: {key}");
        }
    }
}

#[test]
fn the_short_summary_names_groups_and_questions_that_exist() {
    let catalogue = catalogue();
    for name in SUMMARY.split_whitespace() {
        let is_group = catalogue.iter().any(|key| key.split('.').next() == Some(name));
        assert!(is_group || catalogue.contains(name), "{name}");
    }
}

#[test]
fn a_question_that_nobody_has_decided_about_is_undecided() {
    assert_eq!(Protection::of("identifying_details", "from_the_future"), Protection::Undecided);
    assert_eq!(Protection::of("a_new_group", "name"), Protection::Undecided);
}

#[test]
fn every_telling_code_of_the_built_in_pack_is_known_and_an_unknown_one_is_the_strictest() {
    for action in Standards::built_in().unwrap().pack.actions() {
        assert_eq!(Telling::of(&action.telling_the_family).code(), action.telling_the_family);
    }
    assert_eq!(Telling::of("something new"), Telling::Never);
    assert!(Telling::ALL.is_sorted());
}

#[test]
fn the_blank_record_has_every_question_and_no_answer() {
    let record = blank_record();
    assert!(Answers::read(&record.to_json()).unwrap().answers.identifying_details.given_names.is_empty());
    let mut rows = 0;
    let standards = Standards::built_in().unwrap();
    let facts = assessment_engine::answers::Facts::of(&record, super::TODAY);
    let outcome = assessment_rules::evaluate(&record, super::TODAY, &standards.pack);
    let scope = assessment_engine::answers::Scope::of(&record, &facts, &outcome);
    let mut seen = BTreeSet::new();
    record.walk(&scope, &mut |visit| {
        rows += usize::from(matches!(visit.question.kind, Kind::Rows(_)));
        seen.insert(format!("{}.{}", visit.group.key(), visit.question.name));
        true
    });
    assert!(rows > 0);
    assert!(catalogue().iter().all(|key| seen.contains(key)));
}

#[test]
fn an_audience_is_read_as_it_was_written() {
    let record = super::record(&[
        ("[]parents_and_carers", ""),
        ("[]services_involved", ""),
        ("services_involved[0].service", "gp"),
    ]);
    let all = audiences(&record);
    assert!(all.contains(&Audience::Parent(0)) && all.contains(&Audience::Service("gp".into())));
    for audience in all {
        assert_eq!(Audience::parse(&audience.to_string()), Some(audience));
    }
    assert_eq!(Audience::parse("parent.x"), None);
    assert_eq!(Audience::parse("everybody"), None);
}
