//! The body of a submission: the answers as typed, and what this browser showed.

use assessment_api::assessment::{NewAssessment, Shown, Suggestion};
use assessment_engine::FORM_VERSION;
use assessment_engine::answers::Answers;
use assessment_rules::Outcome;
use serde_json::value::to_raw_value;

/// The exact bytes to send. Written once: every attempt sends the same ones.
///
/// # Panics
/// Never: the engine writes answers as JSON. If it did not, stopping loses nothing, while sending something else would.
#[must_use]
pub fn submission(answers: &Answers, outcome: &Outcome) -> String {
    let codes = &outcome.suggestion;
    let suggestion = Suggestion {
        certain: codes.certain.code().to_owned(),
        possible: codes.possible.code().to_owned(),
        not_ruled_out: codes.not_ruled_out.code().to_owned(),
    };
    let shown =
        Shown { pack_version: outcome.pack_version.clone(), suggestion, urgent: outcome.urgent.clone() };
    let body = to_raw_value(answers).and_then(|answers| {
        let form_version = FORM_VERSION.to_owned();
        serde_json::to_string(&NewAssessment { form_version, answers, shown: Some(shown) })
    });
    match body {
        Ok(body) => body,
        Err(_) => unreachable!("answers are JSON"),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test states what must be there")]
mod tests {
    use assessment_engine::standards::Standards;
    use assessment_form::parse_day;
    use assessment_rules::evaluate;

    use super::*;

    #[test]
    fn answers_travel_exactly_as_the_engine_wrote_them() {
        let standards = Standards::built_in().unwrap();
        let mut answers = Answers::default();
        answers.identifying_details.family_name = "O'Neill \"Ó\"".into();
        let outcome = evaluate(&answers, parse_day("2026-11-23").unwrap(), &standards.pack);
        let body: NewAssessment = serde_json::from_str(&submission(&answers, &outcome)).unwrap();
        assert_eq!(body.answers.get(), answers.to_json());
        assert_eq!(body.shown.unwrap().suggestion.not_ruled_out, "R5");
    }
}
