//! Any strings, one after the other with a line `---` between them, as what three people wrote of one plan, meeting or review:
//! each is refused, or can be written and read again without a change; and joining follows its law whatever is in them.
#![no_main]

use assessment_team::{Merge, RecordKind, TeamRecord, merge};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let texts: Vec<&str> = text.split("\n---\n").collect();
    for kind in RecordKind::ALL {
        let read = |text: &&str| TeamRecord::read(kind, text).ok().map(|reading| reading.record);
        let records: Vec<TeamRecord> = texts.iter().filter_map(read).collect();
        records.iter().for_each(settles);
        if let [base, yours, theirs, ..] = records.as_slice() {
            joins(base, yours, theirs);
        }
    }
});

fn settles(record: &TeamRecord) {
    let written = record.to_json();
    let again = TeamRecord::read(record.kind(), &written).expect("what was written can be read");
    assert_eq!(again.record.to_json(), written, "something changed");
}

fn joins(base: &TeamRecord, yours: &TeamRecord, theirs: &TeamRecord) {
    let joined = merge(base, yours, theirs).expect("three of one kind");
    let mirrored = merge(base, theirs, yours).expect("three of one kind");
    match (joined, mirrored) {
        (Merge::Clean(one), Merge::Clean(other)) => settles_alike(&one, &other),
        (Merge::Clash { clashes, .. }, Merge::Clash { clashes: others, .. }) => {
            assert!(!clashes.is_empty() && clashes.len() == others.len(), "a clash for one of them only");
        }
        (Merge::Clean(_), Merge::Clash { .. }) | (Merge::Clash { .. }, Merge::Clean(_)) => {
            panic!("who wrote first decides whether there is a clash");
        }
    }
    // Where only one of them wrote, that is what there is.
    assert_eq!(merge(base, base, theirs), Some(Merge::Clean(theirs.clone())));
    assert_eq!(merge(base, yours, base), Some(Merge::Clean(yours.clone())));
}

/// New rows of both follow each other in one order or the other; everything else is the same.
fn settles_alike(one: &TeamRecord, other: &TeamRecord) {
    settles(one);
    assert_eq!(one.to_json().len(), other.to_json().len(), "a change of one of them is missing");
}
