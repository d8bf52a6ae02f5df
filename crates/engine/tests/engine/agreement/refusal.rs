//! The record of a refusal, and what a record of the first version needs.

use super::*;

/// Every leaf of a record, as paths.
fn leaves(answers: &Answers) -> Vec<String> {
    let standards = Standards::built_in().unwrap();
    let facts = assessment_engine::answers::Facts::of(answers, TODAY);
    let outcome = evaluate(answers, TODAY, &standards.pack);
    let mut paths = Vec::new();
    let scope = assessment_engine::answers::Scope::of(answers, &facts, &outcome);
    answers.walk(&scope, &mut |visit| {
        if !matches!(visit.node, Node::Group(_) | Node::Rows(_)) && !visit.node.is_blank() {
            paths.push(visit.path());
        }
        true
    });
    paths
}

/// A child who has no other name is named by it; beside another name it stays here.
#[test]
fn what_a_child_is_called_goes_with_a_refusal_only_where_it_is_the_only_name() {
    let mut answers = refused("record_only");
    assert!(refusal_record(&answers).identifying_details.preferred_name.is_empty());
    answers.identifying_details.given_names.clear();
    answers.identifying_details.family_name.clear();
    let record = refusal_record(&answers);
    assert_eq!(record.identifying_details.preferred_name, answers.identifying_details.preferred_name);
    assert_eq!(beyond_refusal(&record), Vec::<String>::new());
}

#[test]
fn the_record_of_a_refusal_holds_what_it_lists_and_nothing_else() {
    let answers = refused("record_only");
    let record = refusal_record(&answers);
    let paths = leaves(&record);
    assert!(paths.iter().all(|path| is_recorded(path)), "{paths:?}");
    let listed: Vec<String> = leaves(&answers).into_iter().filter(|path| is_recorded(path)).collect();
    assert_eq!(paths, listed, "everything that is listed goes, as it was typed");
    for path in &paths {
        let text = |answers: &Answers| match answers.node(path) {
            Some(Node::Text(text)) => text.clone(),
            Some(Node::List(items)) => items.join("\n"),
            Some(Node::Date(date)) => date.to_iso().unwrap(),
            _ => String::new(),
        };
        assert_eq!(text(&record), text(&answers), "{path}");
    }
    let json = record.to_json();
    for kept in
        ["elements", "address", "conclusions", "limits", "agreed_on", "services", "exclusions", "view"]
    {
        assert!(!json.contains(&format!("\"{kept}\"")), "{kept} leaves the device");
    }
    assert_eq!(sending(&record), Sending::RefusalOnly, "the server comes to the same");
    assert_eq!(refusal_record(&record), record);
    // Every name in the list is a question.
    let blank = assessment_engine::answers::blank_record();
    assert!(RECORDED.iter().all(|path| blank.node(&path.replace("[]", "[0]")).is_some()));
}

#[test]
fn a_refusal_can_be_recorded_though_the_rest_of_the_form_is_blank() {
    let standards = Standards::built_in().unwrap();
    let record = refusal_record(&refused("record_only"));
    assert_eq!(check(&record, Stage::Submit, today(), &standards), []);
    let parsed = Assessment::parse(refused("record_only"), today(), &standards).unwrap();
    assert_eq!(*parsed.answers(), record, "nothing else is taken");
    let mut nameless = record;
    nameless.consent.people[0].name.clear();
    let problems = check(&nameless, Stage::Submit, today(), &standards);
    assert_eq!(problems, [Problem::new("consent.people[0].name", Code::Needed)]);
}
