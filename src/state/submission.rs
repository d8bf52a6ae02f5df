//! The body of a submission: the answers as typed, what this browser showed, and the episode of a correction. Where only a refusal is recorded, that
//! record and nothing else.

use assessment_api::assessment::{EpisodeLink, Headline, NewAssessment, Shown, Suggestion};
use assessment_engine::FORM_VERSION;
use assessment_engine::agreement::{Sending, refusal_record, sending, superseded};
use assessment_engine::answers::Answers;
use assessment_form::PartialDate;
use assessment_rules::Outcome;
use jiff::civil::Date;
use serde_json::value::to_raw_value;

/// The exact bytes to send. Written once: every attempt sends the same ones.
///
/// # Panics
/// Never: the engine writes answers as JSON. If it did not, stopping loses nothing, while sending something else would.
#[must_use]
pub fn submission(answers: &Answers, outcome: &Outcome, episode: Option<&EpisodeLink>) -> String {
    let body = match sending(answers) {
        // What was suggested comes from answers that the family did not agree to share, so it stays here too.
        Sending::RefusalOnly => body(&refusal_record(answers), outcome.as_of, None, episode),
        Sending::Whole | Sending::Nothing => body(answers, outcome.as_of, Some(shown(outcome)), episode),
    };
    match body {
        Ok(body) => body,
        Err(_) => unreachable!("answers are JSON"),
    }
}

fn body(
    answers: &Answers,
    sent_on: Date,
    shown: Option<Shown>,
    episode: Option<&EpisodeLink>,
) -> serde_json::Result<String> {
    serde_json::to_string(&NewAssessment {
        form_version: FORM_VERSION.to_owned(),
        answers: to_raw_value(answers)?,
        sent_on: Some(PartialDate::Day(sent_on).to_string()),
        superseded: superseded(answers),
        shown,
        episode: episode.cloned(),
    })
}

fn shown(outcome: &Outcome) -> Shown {
    let codes = &outcome.suggestion;
    Shown {
        pack_version: outcome.pack_version.clone(),
        suggestion: Suggestion {
            certain: codes.certain.code().to_owned(),
            possible: codes.possible.code().to_owned(),
            not_ruled_out: codes.not_ruled_out.code().to_owned(),
        },
        urgent: outcome.urgent.clone(),
        urgent_to_check: Some(outcome.urgent_to_check.clone()),
        headline: Some(Headline {
            kind: outcome.headline.kind.code().to_owned(),
            code: outcome.headline.code.to_owned(),
        }),
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
        let body: NewAssessment = serde_json::from_str(&submission(&answers, &outcome, None)).unwrap();
        assert_eq!(body.answers.get(), answers.to_json());
        assert_eq!(body.sent_on.as_deref(), Some("2026-11-23"));
        assert!(body.superseded.is_empty());
        let shown = body.shown.unwrap();
        assert_eq!(shown.suggestion.not_ruled_out, "R5");
        assert_eq!(shown.headline.unwrap().kind, outcome.headline.kind.code());
        assert_eq!(shown.urgent_to_check, Some(Vec::new()));
    }

    #[test]
    fn b94_a_correction_names_its_episode_what_it_started_from_and_why() {
        let standards = Standards::built_in().unwrap();
        let answers = Answers::default();
        let outcome = evaluate(&answers, parse_day("2026-11-23").unwrap(), &standards.pack);
        let link = EpisodeLink {
            id: "an-episode".into(),
            started_from: "a-version".into(),
            kind: "correction".into(),
            reason: "the year was wrong".into(),
        };
        let body: NewAssessment = serde_json::from_str(&submission(&answers, &outcome, Some(&link))).unwrap();
        assert_eq!(body.episode, Some(link));
    }

    /// The case of a family who say no, and what its file says may leave the device.
    fn refusal() -> (Answers, serde_json::Value) {
        let case: serde_json::Value =
            serde_json::from_str(include_str!("../../tests/cases/family-who-refuse.json")).unwrap();
        (Answers::read(&case["answers"].to_string()).unwrap().answers, case["sent"].clone())
    }

    #[test]
    fn only_the_refusal_leaves_the_device_byte_by_byte() {
        let standards = Standards::built_in().unwrap();
        let (answers, expected) = refusal();
        let outcome = evaluate(&answers, parse_day("2026-11-23").unwrap(), &standards.pack);
        let body = submission(&answers, &outcome, None);
        let expected = Answers::read(&expected.to_string()).unwrap().answers.to_json();
        assert_eq!(
            body,
            format!(r#"{{"form_version":"{FORM_VERSION}","answers":{expected},"sent_on":"2026-11-23"}}"#)
        );
    }

    #[test]
    fn a_body_lists_what_no_longer_holds_and_leaves_the_answers_as_they_were_typed() {
        let standards = Standards::built_in().unwrap();
        let (mut answers, _) = refusal();
        answers.sharing.choice = "share".into();
        answers.consent.share = "yes".into();
        let outcome = evaluate(&answers, parse_day("2026-11-23").unwrap(), &standards.pack);
        let body: NewAssessment = serde_json::from_str(&submission(&answers, &outcome, None)).unwrap();
        assert_eq!(body.answers.get(), answers.to_json());
        assert!(body.superseded.contains(&"consent.share".to_owned()), "{:?}", body.superseded);
    }
}
