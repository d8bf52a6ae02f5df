//! A referral that is being written: its answers, and what somebody decided about lines of the document. Both are kept on the
//! device until social care was asked, so that a lock loses neither a word nor a decision. Each answer is a typed field of its
//! own: two windows that write in different ones lose nothing of each other, and in the same one both texts are shown. Pure.

use assessment_engine::disclosure::Choices;
use assessment_form::{Edit, apply};
use assessment_team::{ReferralForm, Referring};

use serde_json::{Map, Value};

use crate::state::work::typed_fields::{ASIDE, Fields, QUESTION};

/// What the names begin with under which this device keeps answers about an episode, of whatever version of the form.
#[must_use]
pub fn kept_under(episode: &str) -> String {
    [QUESTION, "referral.", episode, "."].concat()
}

/// The name under which it keeps the answer to a question. The version of the form is in it: nothing of another version is
/// ever read or written as if it were of this one.
#[must_use]
pub fn kept_as(episode: &str, question: &str) -> String {
    [&kept_under(episode), ReferralForm::VERSION, ".", question].concat()
}

/// The name under which an earlier build kept all answers about an episode as one text of JSON.
#[must_use]
pub fn kept_whole(episode: &str) -> String {
    ["referral.", episode, ".answers"].concat()
}

/// What is kept about an episode for another version of the form, or by an earlier build, in the order of its names.
#[must_use]
pub fn of_another_version(episode: &str, kept: Fields) -> Vec<String> {
    let (all, own, whole) = (kept_under(episode), kept_as(episode, ""), kept_whole(episode));
    let texts = |(name, text): (String, String)| match name.strip_prefix(&whole) {
        // What another window typed is kept aside, each text after the other.
        Some("" | ASIDE) => text.split("\n\n").flat_map(texts_of).collect(),
        _ if name.starts_with(&all) && !name.starts_with(&own) => vec![text],
        _ => Vec::new(),
    };
    kept.into_iter().flat_map(texts).collect()
}

/// The texts of the answers that an earlier build kept as one. What cannot be read is a text.
fn texts_of(whole: &str) -> Vec<String> {
    let Ok(answers) = serde_json::from_str::<Map<String, Value>>(whole) else {
        return vec![whole.to_owned()];
    };
    let text = |(name, answer): (String, Value)| match answer {
        Value::String(text) if name != "form_version" => Some(text),
        _ => None,
    };
    answers.into_iter().filter_map(text).collect()
}

/// The form with these texts, by the names of its questions. What is no question of it is left out.
#[must_use]
pub fn answered<'a>(texts: impl IntoIterator<Item = (&'a str, String)>) -> ReferralForm {
    let mut form = ReferralForm::default();
    for (question, text) in texts {
        let _ = apply::<Referring>(&mut form, question, Edit::Text(text));
    }
    form
}

/// What separates kept choices. No white space: what is one word is a choice, which the last window to make it decides, and
/// never words of another window to be shown beside it.
const BETWEEN: char = '|';

/// What separated them in an earlier build.
const BETWEEN_BEFORE: char = '\n';

/// The choices that a text keeps: each path, with `-` where its line is left out and `+` where it is put in.
#[must_use]
pub fn choices(kept: &str) -> Choices {
    let with = |sign: char| {
        kept.split([BETWEEN, BETWEEN_BEFORE])
            .filter_map(|line| line.strip_prefix(sign))
            .map(str::to_owned)
            .collect()
    };
    Choices { left_out: with('-'), put_in: with('+'), ..Choices::default() }
}

/// The text that keeps choices.
#[must_use]
pub fn kept_choices(choices: &Choices) -> String {
    let out = choices.left_out.iter().map(|path| ["-", path].concat());
    let lines = out.chain(choices.put_in.iter().map(|path| ["+", path].concat()));
    lines.collect::<Vec<_>>().join(&BETWEEN.to_string())
}

#[cfg(test)]
mod tests {
    use assessment_form::{Group, Kind};

    use super::*;
    use crate::state::work::typed_fields::aside;

    #[test]
    fn every_answer_is_one_text_that_is_kept_for_itself_b18() {
        let blank = ReferralForm::default();
        for question in blank.questions() {
            let is_text = matches!(question.kind, Kind::Text | Kind::Multiline | Kind::Choice(_));
            assert!(is_text, "{} is no single text", question.name);
            let form = answered([(question.name, "refuses".to_owned())]);
            assert_eq!(form.to_value()[question.name], "refuses");
        }
        assert_eq!(answered([("colour", "red".to_owned())]), blank);
        let typed = "Bruises.\nOn both arms.".to_owned();
        assert_eq!(answered([("why", typed.clone())]), ReferralForm { why: typed, ..blank });
    }

    #[test]
    fn what_another_version_kept_is_found_and_has_other_names() {
        let name = kept_as("7", "why");
        assert!(name.starts_with(&kept_under("7")) && name.contains(ReferralForm::VERSION), "{name}");
        let other = name.replace(ReferralForm::VERSION, "referral-2031.2");
        let kept = [(&*name, "Ours"), (&*other, "Theirs"), ("question.referral.71.x.why", "Another child's")];
        let kept = kept.map(|(name, text)| (name.to_owned(), text.to_owned())).into();
        assert_eq!(of_another_version("7", kept), ["Theirs"]);
    }

    #[test]
    fn what_an_earlier_build_kept_as_one_text_is_found_b18() {
        let one =
            r#"{"agreement":"refuses","form_version":"referral-2026.1","why":"Bruises.\n\nOn both arms."}"#;
        let two = r#"{"form_version":"referral-2026.1","why":"He will not say"}"#;
        let kept = [
            (kept_whole("7"), one.to_owned()),
            (aside(&kept_whole("7")), [two, "{torn"].join("\n\n")),
            (kept_whole("71"), two.to_owned()),
            ("referral.7.1.choices".to_owned(), "-plan:why".to_owned()),
        ];
        let found = of_another_version("7", kept.into());
        assert_eq!(found, ["refuses", "Bruises.\n\nOn both arms.", "He will not say", "{torn"]);
    }

    #[test]
    fn choices_of_an_earlier_build_are_read_b18() {
        let kept = choices("-plan:long_term_goal\n-plan:outcomes[0].who\n+address.line_1");
        assert_eq!(kept.left_out, ["plan:long_term_goal", "plan:outcomes[0].who"]);
        assert_eq!(kept.put_in, ["address.line_1"]);
        assert_eq!(choices(&kept_choices(&kept)), kept);
    }

    #[test]
    fn choices_are_read_back_and_are_one_word_b18() {
        let decided = Choices {
            left_out: vec!["plan:long_term_goal".to_owned(), "plan:outcomes[0].actions[1].who".to_owned()],
            put_in: vec!["identifying_details.address.line_1".to_owned()],
            ..Choices::default()
        };
        let kept = kept_choices(&decided);
        assert_eq!(choices(&kept), decided);
        assert!(!kept.contains(char::is_whitespace), "{kept}");
        assert_eq!(choices("what is that"), Choices::default());
    }
}
