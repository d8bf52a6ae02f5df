//! A referral that is being written: its answers, and what somebody decided about lines of the document. Both are kept on the
//! device until social care was asked, so that a lock loses neither a word nor a decision. Each answer is a typed field of its
//! own: two windows that write in different ones lose nothing of each other, and in the same one both texts are shown. Pure.

use assessment_engine::disclosure::Choices;
use assessment_form::{Edit, apply};
use assessment_team::{ReferralForm, Referring};

use crate::state::work::typed_fields::{Fields, QUESTION};

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

/// What is kept about an episode for another version of the form, in the order of its names.
#[must_use]
pub fn of_another_version(episode: &str, kept: Fields) -> Vec<String> {
    let (all, own) = (kept_under(episode), kept_as(episode, ""));
    let others = kept.into_iter().filter(|(name, _)| name.starts_with(&all) && !name.starts_with(&own));
    others.map(|(_, text)| text).collect()
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

/// The choices that a text keeps: each path, with `-` where its line is left out and `+` where it is put in.
#[must_use]
pub fn choices(kept: &str) -> Choices {
    let with = |sign: char| {
        kept.split(BETWEEN).filter_map(|line| line.strip_prefix(sign)).map(str::to_owned).collect()
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
