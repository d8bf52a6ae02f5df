//! Ids are read in one form only.

use assessment_people::id::PersonId;

#[test]
fn an_id_is_read_in_its_canonical_form_and_no_other() {
    let text = "0b5c0f2e-6f5c-4b36-9c62-3f4f9f1d2a10";
    assert_eq!(PersonId::parse(text).map(|id| id.to_string()).as_deref(), Some(text));
    for other in [
        "",
        "0B5C0F2E-6F5C-4B36-9C62-3F4F9F1D2A10",
        "0b5c0f2e6f5c4b369c623f4f9f1d2a10",
        "{0b5c0f2e-6f5c-4b36-9c62-3f4f9f1d2a10}",
    ] {
        assert_eq!(PersonId::parse(other), None, "{other}");
    }
}
