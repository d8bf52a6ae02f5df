//! Changing answers at a path.

use assessment_engine::answers::Answers;
use assessment_form::{Edit, UnknownPath};

#[test]
fn an_edit_reaches_every_kind_of_place() {
    let mut answers = Answers::default();
    let mut apply = |path: &str, edit| answers.apply(path, edit);
    assert_eq!(apply("identifying_details.family_name", Edit::Text("Okoro".into())), Ok(()));
    assert_eq!(apply("parents_and_carers", Edit::AddRow), Ok(()));
    assert_eq!(apply("parents_and_carers[0].address.town", Edit::Text("Leeds".into())), Ok(()));
    assert_eq!(apply("elements.identity.indicators.ID-201", Edit::Text("unsure".into())), Ok(()));
    assert_eq!(answers.text("parents_and_carers[0].address.town"), "Leeds");
    assert_eq!(answers.text("elements.identity.indicators.ID-201"), "unsure");
    assert_eq!(answers.apply("elements.identity.indicators.ID-201", Edit::Text(String::new())), Ok(()));
    assert!(answers.elements.identity.indicators.is_empty());
}

#[test]
fn a_path_to_nowhere_changes_nothing() {
    let mut answers = Answers::default();
    for path in [
        "",
        ".",
        "nowhere",
        "parents_and_carers[0].name",
        "identifying_details",
        "danger_now.x",
        "danger_now[",
        "a[b]",
    ] {
        assert_eq!(answers.apply(path, Edit::Text("x".into())), Err(UnknownPath), "{path}");
    }
    assert_eq!(answers, Answers::default());
}

#[test]
fn elements_are_numbered_in_form_order() {
    for (index, id) in assessment_engine::sections::elements().into_iter().enumerate() {
        let mut answers = Answers::default();
        assert_eq!(answers.apply(&format!("elements.{id}.status"), Edit::Text("recorded".into())), Ok(()));
        assert_eq!(
            answers.elements.at(index).map(|element| element.status.as_str()),
            Some("recorded"),
            "{id}"
        );
        assert_eq!(answers.elements.get(id), answers.elements.at(index));
    }
    assert!(Answers::blank().elements.at(19).is_none());
}
