//! The answers of a version, sorted into what is the child's own and what a person has to decide about. The sort of each
//! question is the form's (`assessment_engine::disclosure`).

use std::collections::BTreeSet;

use assessment_engine::{
    answers::Answers,
    disclosure::{Protection as Sort, is_address_protected, is_hidden_on_paper},
};
use serde_json::Value;

/// A shorter word is too common to name somebody.
const SHORTEST: usize = 3;

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sorted {
    /// The path of the question.
    pub(super) question: String,
    /// The answer.
    pub(super) answer: String,
    /// Why a person has to decide about it.
    pub(super) because: Option<&'static str>,
}

/// One answer, and what sort of information it is.
struct Leaf {
    path: String,
    text: String,
    sort: Sort,
}

/// Whether a version keeps the family's address from somebody, or cannot be read.
pub(super) fn is_protected(answers: &str) -> bool {
    Answers::read(answers).map_or(true, |reading| is_address_protected(&reading.answers))
}

/// Every answer of a version that was accepted once. One that cannot be read is left whole for a person to decide about.
/// `is_guarded` as in [`super::is_guarded`].
pub(super) fn sorted(answers: &str, is_guarded: bool) -> Vec<Sorted> {
    let mut read = Answers::read(answers).ok().map(|reading| reading.answers);
    if let Some(read) = read.as_mut().filter(|_| is_guarded) {
        // What another version keeps secret, this one does not give away.
        read.identifying_details.address_confidential = "yes".to_owned();
    }
    let value = serde_json::from_str::<Value>(answers).ok();
    let (Some(read), Some(value)) = (read, value) else {
        let question = "answers".to_owned();
        return vec![Sorted { question, answer: answers.to_owned(), because: Some("not-sorted") }];
    };
    let mut leaves = Vec::new();
    walk(&read, &value, "", None, &mut leaves);
    let others = names_of_others(&leaves);
    let sort = |leaf: Leaf| {
        let because = because(leaf.sort, &read).or_else(|| {
            if is_hidden_on_paper(&read, &leaf.path) || (is_guarded && is_of_staff(&leaf.path)) {
                Some("address")
            } else if words(&leaf.text).any(|word| others.contains(&word)) {
                Some("names-another-person")
            } else {
                None
            }
        });
        Sorted { question: leaf.path, answer: leaf.text, because }
    };
    leaves.into_iter().map(sort).collect()
}

/// Where the people who work with the child are tells where the child goes.
fn is_of_staff(path: &str) -> bool {
    path.starts_with("assessor.") || path.starts_with("lead_professional.")
}

/// Why a person has to decide about information of a sort.
fn because(sort: Sort, answers: &Answers) -> Option<&'static str> {
    match sort {
        Sort::Shared
        | Sort::Identifier
        | Sort::Private
        | Sort::ChildsWords
        | Sort::Source
        | Sort::Decision => None,
        // Unless somebody has said that it need not be kept secret, it is: the one who asks may be the one who looks for it.
        Sort::Address | Sort::Whereabouts | Sort::Contact | Sort::SafeContact => {
            (answers.identifying_details.address_confidential != "no").then_some("address")
        }
        Sort::Person
        | Sort::PersonAddress
        | Sort::ParentsWords
        | Sort::OtherPerson
        | Sort::LinkedRecord
        | Sort::Said => Some("another-person"),
        Sort::KeptFrom => Some("kept-from-somebody"),
        Sort::Practitioner => Some("judgement"),
        Sort::Undecided => Some("not-sorted"),
    }
}

/// `outer` is the sort of the question that this is a part of.
fn walk(answers: &Answers, value: &Value, path: &str, outer: Option<Sort>, leaves: &mut Vec<Leaf>) {
    let own = || answers.find(path).map(|found| Sort::of(found.group.key(), found.question.name));
    let sort = outer.or_else(|| own().filter(|sort| *sort != Sort::Undecided));
    match value {
        Value::Object(group) => {
            for (name, value) in group {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                walk(answers, value, &path, sort, leaves);
            }
        }
        Value::Array(rows) if rows.iter().any(Value::is_object) => {
            for (index, row) in rows.iter().enumerate() {
                walk(answers, row, &format!("{path}[{index}]"), sort, leaves);
            }
        }
        leaf => {
            let sort = sort.unwrap_or(Sort::Undecided);
            let text = text(leaf);
            if !text.is_empty() {
                leaves.push(Leaf { path: path.to_owned(), text, sort });
            }
        }
    }
}

fn text(leaf: &Value) -> String {
    match leaf {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(lines) => lines.iter().map(text).collect::<Vec<_>>().join("\n"),
        other => other.to_string(),
    }
}

/// The words of the names of other people in the record, but for those that the child is called by as well.
fn names_of_others(leaves: &[Leaf]) -> BTreeSet<String> {
    let is_name = |leaf: &&Leaf| matches!(leaf.path.rsplit('.').next(), Some("name" | "who"));
    let of_others = |leaf: &&Leaf| {
        matches!(
            leaf.sort,
            Sort::Person | Sort::OtherPerson | Sort::ParentsWords | Sort::LinkedRecord | Sort::Said
        )
    };
    let names = [
        "identifying_details.given_names",
        "identifying_details.family_name",
        "identifying_details.preferred_name",
    ];
    let own: BTreeSet<String> = leaves
        .iter()
        .filter(|leaf| names.contains(&leaf.path.as_str()))
        .flat_map(|leaf| words(&leaf.text))
        .collect();
    let others = leaves.iter().filter(is_name).filter(of_others).flat_map(|leaf| words(&leaf.text));
    others.filter(|word| !own.contains(word)).collect()
}

fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|letter: char| !letter.is_alphabetic())
        .filter(|word| word.chars().count() >= SHORTEST)
        .map(str::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sort(answers: &Value) -> Vec<(String, Option<&'static str>)> {
        sorted(&answers.to_string(), false).into_iter().map(|one| (one.question, one.because)).collect()
    }

    #[test]
    fn what_is_about_others_or_kept_from_somebody_is_for_a_person_to_decide() {
        let record = serde_json::json!({
            "identifying_details": {
                "given_names": "Amelia", "family_name": "Hart", "address": { "line_1": "12 Elm Road" },
            },
            "assessment_information": { "reason": "She is late for school since May." },
            "parents_and_carers": [{ "name": "Dana Hart", "not_to_be_told": "address" }],
            "conclusions": { "strengths_summary": "DANA's cooking.", "needs_summary": "Lives in Elm Road." },
        });
        let all = sort(&record);
        let of = |path: &str| all.iter().find(|(question, _)| question == path).map(|(_, because)| *because);
        assert_eq!(of("identifying_details.given_names"), Some(None));
        assert_eq!(of("identifying_details.family_name"), Some(None), "her mother has it as well");
        assert_eq!(of("assessment_information.reason"), Some(None));
        assert_eq!(of("identifying_details.address.line_1"), Some(Some("address")));
        assert_eq!(of("parents_and_carers[0].name"), Some(Some("another-person")));
        assert_eq!(of("parents_and_carers[0].not_to_be_told"), Some(Some("kept-from-somebody")));
        assert_eq!(of("conclusions.strengths_summary"), Some(Some("names-another-person")));
        assert_eq!(of("conclusions.needs_summary"), Some(Some("address")));
    }

    #[test]
    fn what_another_version_keeps_secret_is_not_given_away_by_this_one() {
        let record = serde_json::json!({
            "identifying_details": {
                "address_confidential": "no", "address": { "line_1": "12 Elm Road" }, "phones": ["0113 496 0001"],
            },
            "assessment_information": { "reason": "They moved to 12 Elm Road in May." },
            "assessor": { "organisation": "Elm Road Refuge" },
        });
        let given = |is_guarded| {
            let all = sorted(&record.to_string(), is_guarded);
            all.into_iter().filter(|one| one.because.is_none()).map(|one| one.answer).collect::<Vec<_>>()
        };
        assert!(given(false).iter().any(|text| text.contains("Elm Road")));
        assert_eq!(given(true).iter().find(|text| text.contains("Elm") || text.contains("0113")), None);
    }

    #[test]
    fn an_answer_that_nobody_has_sorted_is_never_given_by_itself() {
        assert_eq!(
            sort(&serde_json::json!({ "later": { "part": "x" } })),
            [("later.part".to_owned(), Some("not-sorted"))]
        );
        assert_eq!(sorted("[]", false).first().and_then(|one| one.because), Some("not-sorted"));
    }
}
