//! The options that these forms offer: those of the assessment, those of `data/code_lists.json`, and the elements of the
//! framework, which are the assessment's own.

use assessment_engine::code_lists::{Code, CodeLists};
use assessment_engine::standards::Standards;

/// The lists that only these forms have.
#[must_use]
pub fn built_in_lists() -> &'static str {
    include_str!("../data/code_lists.json")
}

/// Every list that a question of these forms may name.
///
/// # Errors
/// What is wrong with the lists that are built in, on one line. A test shows that nothing is.
pub fn lists(standards: &Standards) -> Result<CodeLists, String> {
    let elements = standards.framework.elements.iter().map(|element| Code {
        code: element.id.clone(),
        label: element.label.clone(),
        group: standards
            .framework
            .domains
            .iter()
            .find(|domain| domain.id == element.domain)
            .map(|domain| domain.label.clone()),
        ..Code::default()
    });
    let own = CodeLists::load(built_in_lists())?;
    Ok(standards.lists.clone().with(own).with_list("elements", elements.collect()))
}
