//! A referral that is being written: its answers, and what somebody decided about lines of the document. Both are kept on the
//! device as text until social care was asked, so that a lock loses neither a word nor a decision. Pure.

use assessment_engine::disclosure::Choices;
use assessment_team::ReferralForm;
use serde_json::Value;

/// The answers that a text keeps; blank where it keeps none that can be read.
#[must_use]
pub fn answers(kept: &str) -> ReferralForm {
    let value = serde_json::from_str::<Value>(kept).ok();
    value.and_then(|value| ReferralForm::from_value(value).ok()).map(|(form, _)| form).unwrap_or_default()
}

/// The text that keeps answers.
#[must_use]
pub fn kept_answers(form: &ReferralForm) -> String {
    form.to_value().to_string()
}

/// The choices that a text keeps: a line for each path, with `-` where it is left out and `+` where it is put in.
#[must_use]
pub fn choices(kept: &str) -> Choices {
    let with =
        |sign: char| kept.lines().filter_map(|line| line.strip_prefix(sign)).map(str::to_owned).collect();
    Choices { left_out: with('-'), put_in: with('+'), ..Choices::default() }
}

/// The text that keeps choices.
#[must_use]
pub fn kept_choices(choices: &Choices) -> String {
    let out = choices.left_out.iter().map(|path| ["-", path].concat());
    let lines = out.chain(choices.put_in.iter().map(|path| ["+", path].concat()));
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_read_back_and_anything_else_is_blank() {
        let form = ReferralForm { why: "Bruises.\nOn both arms.".to_owned(), ..ReferralForm::default() };
        assert_eq!(answers(&kept_answers(&form)), form);
        for text in ["", "{", "[]", "{\"form_version\":\"referral-1999.1\",\"why\":\"x\"}"] {
            assert_eq!(answers(text), ReferralForm::default(), "{text}");
        }
        let decided = Choices {
            left_out: vec!["plan:long_term_goal".to_owned()],
            put_in: vec!["identifying_details.address.line_1".to_owned()],
            ..Choices::default()
        };
        assert_eq!(choices(&kept_choices(&decided)), decided);
        assert_eq!(choices("what is that"), Choices::default());
    }
}
