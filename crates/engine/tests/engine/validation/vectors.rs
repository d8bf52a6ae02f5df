//! The test vectors for identifiers and for dates of birth, whole. Not a test of how the rules are implemented: the
//! file is the authority, and a kind of vector that nobody tests fails here.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test says what must exist")]

use assessment_engine::answers::Answers;
use assessment_engine::standards::Standards;
use assessment_engine::validation::{Stage, check, identifiers};
use assessment_form::parse_day;
use proptest::prelude::*;
use serde_json::{Value, json};

const VECTORS: &str = include_str!("../../data/validation_vectors.json");

fn vectors() -> Value {
    serde_json::from_str(VECTORS).unwrap()
}

/// The codes of all problems of a record at submission, each as `path code`.
fn problems(answers: &Value) -> Vec<String> {
    let reading = Answers::from_value(answers).unwrap();
    assert_eq!(reading.unread, [], "the record is readable");
    let today = parse_day("2026-11-23").unwrap();
    check(&reading.answers, Stage::Submit, today, &Standards::built_in().unwrap())
        .iter()
        .map(|problem| format!("{} {}", problem.path, problem.code.as_str()))
        .collect()
}

/// The vectors describe these in words; here is the record that each describes, and the problem that it must raise.
fn dob_rule(words: &str) -> (Value, &'static str) {
    match words {
        "DOB and EDD both present" => {
            (json!({"dob": "2024-02-03", "edd": "2027-01-01"}), "identifying_details.edd birth-and-expected")
        }
        "EDD more than 280 days after start date" => (
            // 2026-11-20 and 281 days.
            json!({"edd": "2027-08-28", "assessment_start": "2026-11-20"}),
            "identifying_details.edd expected-too-far",
        ),
        "age over 25 at start" => (
            json!({"dob": "2000-11-20", "assessment_start": "2026-11-20"}),
            "identifying_details.dob over-twenty-five",
        ),
        unknown => panic!("there is a new rule on dates of birth without a test: {unknown}"),
    }
}

#[test]
fn every_vector_is_judged_as_written() {
    let vectors = vectors();
    let items = vectors["items"].as_array().unwrap();
    assert!(items.len() >= 30, "the file is whole: {} vectors", items.len());
    for item in items {
        let (kind, value) = (item["kind"].as_str().unwrap(), item["value"].as_str().unwrap());
        // `null` means "only the form is known", which must be accepted.
        let valid = item["valid"].as_bool().unwrap_or(true);
        let accepted = match kind {
            "nhs_number" => identifiers::nhs_number(value).is_some(),
            "upn" => identifiers::upn(value).is_some(),
            "uln" => identifiers::uln(value).is_some(),
            "uci" => identifiers::uci(value).is_some(),
            "postcode" => identifiers::postcode(value).is_some(),
            "la_child_id" => identifiers::reference(value).is_some(),
            "dob_rule" => {
                let (child, expected) = dob_rule(value);
                let found = problems(&json!({ "identifying_details": child }));
                !found.iter().any(|problem| problem == expected)
            }
            unknown => panic!("no test for vectors of kind {unknown}"),
        };
        assert_eq!(accepted, valid, "{kind} {value}: {}", item["note"]);
    }
}

/// The other side of each boundary that the vectors name in words.
#[test]
fn the_day_before_a_limit_is_within_it() {
    let within = json!({"identifying_details": {"edd": "2027-08-27", "assessment_start": "2026-11-20"}});
    assert!(!problems(&within).iter().any(|problem| problem.contains("expected-too-far")));
    let within = json!({"identifying_details": {"dob": "2000-11-24", "assessment_start": "2026-11-20"}});
    assert!(!problems(&within).iter().any(|problem| problem.contains("over-twenty-five")));
}

#[test]
fn what_is_accepted_is_written_in_one_way() {
    for (given, normal) in [
        (identifiers::postcode("ls28bb"), "LS2 8BB"),
        (identifiers::postcode(" gir0aa "), "GIR 0AA"),
        (identifiers::nhs_number("943 476 5919"), "9434765919"),
        (identifiers::nhs_number("943-476-5919"), "9434765919"),
        (identifiers::upn("n383 4000 12001"), "N383400012001"),
        (identifiers::uci("378990240001h"), "378990240001H"),
        (identifiers::time("2.30pm"), "14:30"),
    ] {
        assert_eq!(given.as_deref(), Some(normal));
    }
}

/// Local authorities in pupil numbers: the list of the vectors, code by code. The check letter is worked out here, so
/// that only the authority decides.
#[test]
fn pupil_numbers_carry_a_listed_authority() {
    let vectors = vectors();
    let listed: Vec<(u32, u32)> = vectors["upn_la_codes"]
        .as_str()
        .unwrap()
        .split(", ")
        .map(|range| {
            let (from, to) = range.split_once('-').unwrap_or((range, range));
            (from.parse().unwrap(), to.parse().unwrap())
        })
        .collect();
    for authority in 0..1000 {
        let rest = format!("{authority:03}400012001");
        let digits = rest.chars().map(|c| c.to_digit(10).unwrap());
        let sum: u32 = digits.zip(2..).map(|(digit, place)| digit * place).sum();
        let letter = "ABCDEFGHJKLMNPQRTUVWXYZ".chars().nth((sum % 23) as usize).unwrap();
        let upn = format!("{letter}{rest}");
        let expected = listed.iter().any(|(from, to)| (*from..=*to).contains(&authority));
        assert_eq!(identifiers::upn(&upn).is_some(), expected, "{upn}");
    }
}

/// Of ten possible last digits at most one is right, and it is the one that the rule gives.
#[test]
fn exactly_one_check_digit_fits() {
    for first in ["943476591", "999000123", "123456789", "400000000", "999000000"] {
        let sum: u32 =
            first.chars().zip((2..=10).rev()).map(|(c, weight)| c.to_digit(10).unwrap() * weight).sum();
        for last in 0..10 {
            let number = format!("{first}{last}");
            let nhs = (11 - sum % 11) % 11;
            assert_eq!(identifiers::nhs_number(&number).is_some(), nhs == last && nhs != 10, "NHS {number}");
            let uln = !sum.is_multiple_of(11) && 10 - sum % 11 == last;
            assert_eq!(identifiers::uln(&number).is_some(), uln, "ULN {number}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 2000,
        rng_seed: prop::test_runner::RngSeed::Fixed(20_261_123),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    /// The pattern of the vectors file, written as the generator: whatever it allows is a postcode, in any case and
    /// with or without the space, and reads back as itself.
    #[test]
    fn every_postcode_of_the_pattern_is_accepted(
        code in "(GIR ?0AA|[A-PR-UWYZ]([0-9]{1,2}|([A-HK-Y][0-9]([0-9ABEHMNPRV-Y])?)|[0-9][A-HJKPS-UW]) ?[0-9][ABD-HJLNP-UW-Z]{2})"
    ) {
        let normal = identifiers::postcode(&code);
        prop_assert!(normal.is_some(), "{code}");
        prop_assert_eq!(identifiers::postcode(&code.to_lowercase()), normal.clone());
        prop_assert_eq!(identifiers::postcode(normal.as_deref().unwrap_or_default()), normal);
    }

    /// Nothing that is typed makes a reader of identifiers panic, and what it accepts it accepts again.
    #[test]
    fn readers_accept_their_own_results(text in "\\PC{0,24}|[0-9A-Za-z @.+:()-]{0,24}") {
        for read in [
            identifiers::nhs_number, identifiers::upn, identifiers::uln, identifiers::uci, identifiers::postcode,
            identifiers::phone, identifiers::email, identifiers::reference, identifiers::time,
        ] {
            if let Some(normal) = read(&text) {
                prop_assert_eq!(read(&normal), Some(normal));
            }
        }
        let _ = identifiers::score(&text);
    }
}
