//! A review: three questions and a repeating group, with a scope of its own.

use assessment_form::{
    Edit, Form, Group, Kind, Node, ReadError, UnknownPath, UnreadCode, WrittenDate, apply, find, group,
    node_at, read, walk,
};
use serde_json::json;
use validator::Validate as _;

struct ReviewForm;
type Question = assessment_form::Question<ReviewForm>;

/// What a review's conditions see.
#[derive(Clone, Copy)]
struct Seen<'a> {
    review: &'a Review,
    row: usize,
}

impl Form for ReviewForm {
    type Scope<'a> = Seen<'a>;
    type Detail = ();

    fn in_row<'a>(scope: &Self::Scope<'a>, row: usize) -> Self::Scope<'a> {
        Seen { row, ..*scope }
    }
}

group! {
    /// A review of a plan.
    pub struct Review of ReviewForm as "review" {
        /// When it was held.
        held_on: WrittenDate => Question::of(&[], Kind::PastDate).needed(),
        /// Whether things are better.
        better: String => Question::choice(&[], "yes_no").needed(),
        /// What is not better yet.
        #[validate(length(max = 10))]
        worries: String => Question::multiline(&[]).asked_when(not_better).needed(),
        /// Each goal.
        #[validate(nested)]
        goals: Vec<Goal> => Question::rows(3),
    }
}

group! {
    /// How far one goal is.
    pub struct Goal of ReviewForm as "goals" {
        /// The goal.
        what: String => Question::text(&[]),
        /// Why it was dropped.
        dropped: String => Question::text(&[]).asked_when(has_name),
    }
}

fn not_better(seen: &Seen<'_>) -> bool {
    seen.review.better == "no"
}

fn has_name(seen: &Seen<'_>) -> bool {
    seen.review.goals.get(seen.row).is_some_and(|goal| !goal.what.is_empty())
}

fn review() -> Review {
    let mut review = Review::default();
    let given = json!({
        "held_on": "2026-11-23", "better": "no", "worries": "Still away",
        "goals": [{"what": "Sleep"}, {"dropped": "no name"}], "mood": 7,
    });
    let unread = read::<ReviewForm>(&mut review, &given).unwrap();
    assert_eq!(unread.len(), 1);
    assert_eq!((unread[0].path.as_str(), unread[0].code), ("mood", UnreadCode::UnknownQuestion));
    review
}

fn asked(review: &Review) -> Vec<String> {
    let mut asked = Vec::new();
    walk::<ReviewForm>(review, &Seen { review, row: 0 }, &mut |visit| {
        if visit.asked {
            asked.push(visit.path());
        }
        true
    });
    asked
}

#[test]
fn a_walk_visits_every_question_that_is_asked_in_form_order() {
    let mut review = review();
    assert_eq!(
        asked(&review),
        ["held_on", "better", "worries", "goals", "goals[0].what", "goals[0].dropped", "goals[1].what"]
    );
    apply::<ReviewForm>(&mut review, "better", Edit::Text("yes".into())).unwrap();
    assert!(!asked(&review).contains(&"worries".to_owned()));
    assert_eq!(review.worries, "Still away", "what is no longer asked is kept");
}

#[test]
fn a_path_leads_to_a_question_and_its_answer() {
    let review = review();
    let found = find::<ReviewForm>(&review, "goals[1].dropped").unwrap();
    assert_eq!((found.key().as_str(), found.row), ("goals.dropped", 1));
    assert!(!found.question.is_asked(&Seen { review: &review, row: found.row }));
    assert!(
        matches!(node_at::<ReviewForm>(&review, "goals[0].what"), Some(Node::Text(text)) if text == "Sleep")
    );
    assert!(find::<ReviewForm>(&review, "goals[2].what").is_none());
    let limit = find::<ReviewForm>(&review, "worries").unwrap().question.max;
    assert_eq!(limit, 10, "the question takes its limit from the validator attribute");
}

#[test]
fn an_edit_touches_one_place_only() {
    let (mut review, before) = (review(), review());
    apply::<ReviewForm>(&mut review, "goals", Edit::AddRow).unwrap();
    apply::<ReviewForm>(&mut review, "goals", Edit::RemoveRow(2)).unwrap();
    assert_eq!(review, before);
    for (path, edit) in [
        ("goals", Edit::RemoveRow(2)),
        ("goals[0]", Edit::AddRow),
        ("better", Edit::AddRow),
        ("held_on", Edit::Text("today".into())),
        ("nowhere", Edit::Text("x".into())),
    ] {
        assert_eq!(apply::<ReviewForm>(&mut review, path, edit), Err(UnknownPath), "{path}");
    }
    assert_eq!(review, before);
}

#[test]
fn what_is_written_reads_back_as_the_same_answers() {
    let review = review();
    let json = serde_json::to_value(Node::<ReviewForm>::Group(&review)).unwrap();
    let mut again = Review::default();
    assert_eq!(read::<ReviewForm>(&mut again, &json), Ok(Vec::new()));
    assert_eq!(again, review);
    assert_eq!(read::<ReviewForm>(&mut again, &json!([])), Err(ReadError::NotAnObject));
}

#[test]
fn limits_are_validator_s() {
    let mut review = review();
    assert!(review.validate().is_ok());
    review.worries.push('!');
    assert!(review.validate().is_err());
    let key = (&review as &dyn Group<ReviewForm>).key();
    assert_eq!(key, "review");
}
