//! A review as it begins: a row for each outcome of the plan and for each action that is not over, as the plan says them on
//! that day. How far each is, people say. Pure.

use assessment_form::Edit;
use assessment_team::{Plan, Review, begin_review};

/// The changes that begin a review of a plan. The suggestions are the codes of what the rules suggested before and suggest
/// now, for the person who decides.
#[must_use]
pub fn begun(plan: &Plan, before: Option<&str>, now: Option<&str>) -> Vec<(String, Edit)> {
    let mut review = Review::default();
    // Each row gets its id where it is added.
    begin_review(&mut review, plan, &mut String::new);
    let outcomes = review.outcomes.iter().enumerate().flat_map(|(row, one)| {
        let at = format!("outcomes[{row}]");
        added("outcomes", &at, &[("outcome_id", &one.outcome_id), ("outcome", &one.outcome)])
    });
    let actions = review.actions.iter().enumerate().flat_map(|(row, one)| {
        let fields = [
            ("action_id", &one.action_id),
            ("action", &one.action),
            ("who", &one.who),
            ("status", &one.status),
        ];
        added("actions", &format!("actions[{row}]"), &fields)
    });
    let codes = [("suggested_before", before), ("suggested_now", now)].into_iter();
    let codes = codes.filter_map(|(path, code)| Some((path.to_owned(), Edit::Text(code?.to_owned()))));
    outcomes.chain(actions).chain(codes).collect()
}

fn added(rows: &str, at: &str, fields: &[(&str, &String)]) -> Vec<(String, Edit)> {
    let fields = fields.iter().filter(|(_, text)| !text.is_empty());
    let texts = fields.map(|(name, text)| (format!("{at}.{name}"), Edit::Text((*text).clone())));
    std::iter::once((rows.to_owned(), Edit::AddRow)).chain(texts).collect()
}

#[cfg(test)]
mod tests {
    use assessment_team::{Action, Outcome, RecordKind, TeamRecord};

    use super::*;
    use crate::state::team::open_record::OpenRecord;

    #[test]
    fn a_review_begins_with_what_is_open_in_the_plan_as_the_plan_says_it() {
        let action = |id: &str, status: &str| Action {
            id: id.to_owned(),
            action: format!("do {id}"),
            who: "Sam".to_owned(),
            status: status.to_owned(),
            ..Action::default()
        };
        let outcome = Outcome {
            id: "o1".to_owned(),
            desired_outcome: "He talks".to_owned(),
            actions: vec![action("a1", "in_progress"), action("a2", "done"), action("a3", "")],
            ..Outcome::default()
        };
        let plan = Plan { outcomes: vec![outcome], ..Plan::default() };
        let mut open = OpenRecord::open(TeamRecord::blank(RecordKind::Review), 0);
        for (index, (path, edit)) in begun(&plan, Some("R1"), Some("R2")).iter().enumerate() {
            assert!(open.edit(path, edit, &format!("new{index}")), "{path}");
        }
        let TeamRecord::Review(review) = open.answers() else { panic!("a review") };
        let actions: Vec<&str> = review.actions.iter().map(|action| &*action.action_id).collect();
        assert_eq!(actions, ["a1", "a3"]);
        let said: Vec<&str> = review.actions.iter().map(|action| &*action.status).collect();
        assert_eq!(said, ["in_progress", ""]);
        assert!(review.actions.iter().all(|action| !action.id.is_empty()));
        assert_eq!(review.outcomes.first().map(|one| &*one.outcome), Some("He talks"));
        assert_eq!((&*review.suggested_before, &*review.suggested_now), ("R1", "R2"));
    }
}
