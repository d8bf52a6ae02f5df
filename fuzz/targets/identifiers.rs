//! Any string as a number or an address: reading the result again gives the same, and separators do not matter.
#![no_main]

use assessment_engine::validation::identifiers as id;
use libfuzzer_sys::fuzz_target;

type Reader = fn(&str) -> Option<String>;

fuzz_target!(|text: &str| {
    let strict: [Reader; 5] = [id::nhs_number, id::uln, id::upn, id::uci, id::postcode];
    for read in strict {
        if let Some(number) = read(text) {
            assert_eq!(read(&number).as_ref(), Some(&number), "read twice");
            assert_eq!(read(&format!(" {}\u{200b} ", number.replace(' ', "-"))).as_ref(), Some(&number));
            assert!(number.is_ascii());
        }
    }
    let tolerant: [Reader; 4] = [id::phone, id::email, id::reference, id::time];
    for read in tolerant {
        if let Some(once) = read(text) {
            assert_eq!(read(&once).as_ref(), Some(&once), "read twice");
            assert!(!once.chars().any(id::is_hidden));
        }
    }
    assert!(id::score(text).is_none_or(|score| score <= 10));
});
