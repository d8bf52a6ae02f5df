//! Any string as a data file: code lists, words of elements, wording, profile, bank holidays. It is read, or refused with its place.
#![no_main]

use assessment_engine::code_lists::CodeLists;
use assessment_engine::profile::AuthorityProfile;
use assessment_engine::sections::Framework;
use assessment_fuzz::STANDARDS;
use assessment_rules::BankHolidays;
use assessment_wording::Wording;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let refused = [
        CodeLists::load(text).err(),
        Framework::load(text).err(),
        Wording::load(text).err(),
        AuthorityProfile::load(text, &STANDARDS.pack).err().map(|wrong| wrong.join("; ")),
        BankHolidays::load(text).err().map(|wrong| wrong.iter().map(|one| format!("{one}; ")).collect()),
    ];
    for message in refused.into_iter().flatten() {
        assert!(message.contains(": "), "refused without a place");
    }
    if let Ok(lists) = CodeLists::load(text) {
        let _ = lists.find("yes_no", "yes");
    }
    if let Ok(wording) = Wording::load(text) {
        wording.keys().for_each(|key| drop(wording.fill(key, &[("max", "3")])));
    }
});
