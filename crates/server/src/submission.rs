//! Reads the bodies of submissions and evaluations member by member, so that a refusal can name every member that is wrong.
//!
//! The shapes are those of [`assessment_api::assessment::NewAssessment`] and
//! [`assessment_api::evaluation::NewEvaluation`]; tests compare them. The answers are cut out here, not read.

use std::collections::BTreeMap;

use assessment_api::{
    assessment::{Headline, Shown, Suggestion},
    problem::ProblemItem,
};
use assessment_form::parse_day;
use assessment_people::{
    id::{EpisodeId, VersionId},
    version::{Amendment, AmendmentKind},
    who::Reason,
};
use jiff::civil::Date;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use crate::episodes::Link;

/// The longest reason, in characters.
pub(crate) const MAX_REASON: usize = 1000;

/// A submission whose shape is right.
#[derive(Debug)]
pub(crate) struct Submission<'a> {
    pub(crate) form_version: String,
    pub(crate) answers: &'a str,
    pub(crate) sent_on: Option<Date>,
    pub(crate) shown: Option<Shown>,
    pub(crate) link: Option<Link>,
}

/// Reads a submission from JSON that [`strict_json`] has accepted.
///
/// # Errors
/// Every member that is missing, unknown or of the wrong kind.
pub(crate) fn read(text: &str) -> Result<Submission<'_>, Vec<ProblemItem>> {
    let mut reader = Reader { problems: Vec::new() };
    let submission = reader.submission(text);
    match submission {
        Some(submission) if reader.problems.is_empty() => Ok(submission),
        _ => Err(reader.problems),
    }
}

/// A request for an evaluation whose shape is right.
#[derive(Debug)]
pub(crate) struct EvaluationRequest<'a> {
    pub(crate) form_version: String,
    pub(crate) answers: &'a str,
    pub(crate) as_of: Option<String>,
}

/// Reads a request for an evaluation from JSON that [`strict_json`] has accepted.
///
/// # Errors
/// Every member that is missing, unknown or of the wrong kind.
pub(crate) fn read_evaluation(text: &str) -> Result<EvaluationRequest<'_>, Vec<ProblemItem>> {
    let mut reader = Reader { problems: Vec::new() };
    match reader.evaluation(text) {
        Some(evaluation) if reader.problems.is_empty() => Ok(evaluation),
        _ => Err(reader.problems),
    }
}

type Members<'a> = BTreeMap<String, &'a RawValue>;

struct Reader {
    problems: Vec<ProblemItem>,
}

impl Reader {
    fn submission<'a>(&mut self, text: &'a str) -> Option<Submission<'a>> {
        let members =
            self.object("", text, &["form_version", "answers", "sent_on", "superseded", "shown", "episode"])?;
        let form_version = self.member("", &members, "form_version");
        let answers = self.required("", &members, "answers");
        let sent_on: Option<String> = self.optional("", &members, "sent_on");
        let sent_on = sent_on.and_then(|text| {
            let day = parse_day(&text);
            if day.is_none() {
                self.report("sent_on".to_owned(), "wrong-kind");
            }
            day
        });
        // Only its shape is looked at: which answers are superseded follows from the answers.
        let _: Option<Vec<String>> = self.optional("", &members, "superseded");
        let shown = match members.get("shown").filter(|raw| raw.get() != "null") {
            Some(raw) => self.shown(raw.get()),
            None => None,
        };
        let link = match members.get("episode").filter(|raw| raw.get() != "null") {
            Some(raw) => self.link(raw.get()),
            None => None,
        };
        Some(Submission { form_version: form_version?, answers: answers?.get(), sent_on, shown, link })
    }

    /// The episode that a later version belongs to. What is not an id of one is reported like any wrong member: it says
    /// nothing of any record.
    fn link(&mut self, text: &str) -> Option<Link> {
        let members = self.object("episode", text, &["id", "started_from", "kind", "reason"])?;
        let mut read = |name| {
            let text: String = self.member("episode", &members, name)?;
            Some(text)
        };
        let (id, from, kind, reason) = (read("id"), read("started_from"), read("kind"), read("reason"));
        let id = self.parsed("episode.id", id, EpisodeId::parse);
        let started_from = self.parsed("episode.started_from", from, VersionId::parse);
        let kind = self.parsed("episode.kind", kind, |kind| match kind {
            "correction" => Some(AmendmentKind::Correction),
            "new_version" => Some(AmendmentKind::NewVersion),
            _ => None,
        });
        let reason = self.parsed("episode.reason", reason, |words| {
            Reason::new(words).filter(|_| words.chars().count() <= MAX_REASON)
        });
        let amendment = Amendment { started_from: started_from?, kind: kind?, reason: reason? };
        Some(Link { episode: id?, amendment })
    }

    /// What a text means; reported if it means nothing.
    fn parsed<T>(
        &mut self,
        path: &str,
        text: Option<String>,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let value = read(&text?);
        if value.is_none() {
            self.report(path.to_owned(), "wrong-kind");
        }
        value
    }

    fn evaluation<'a>(&mut self, text: &'a str) -> Option<EvaluationRequest<'a>> {
        let members = self.object("", text, &["form_version", "answers", "as_of"])?;
        let form_version = self.member("", &members, "form_version");
        let answers = self.required("", &members, "answers");
        let as_of = match members.get("as_of").filter(|raw| raw.get() != "null") {
            Some(_) => self.member("", &members, "as_of"),
            None => None,
        };
        Some(EvaluationRequest { form_version: form_version?, answers: answers?.get(), as_of })
    }

    fn shown(&mut self, text: &str) -> Option<Shown> {
        let known = ["pack_version", "suggestion", "urgent", "urgent_to_check", "headline"];
        let members = self.object("shown", text, &known)?;
        let pack_version = self.member("shown", &members, "pack_version");
        let suggestion = self.required("shown", &members, "suggestion").map(RawValue::get);
        let suggestion = suggestion.and_then(|text| self.suggestion(text));
        let urgent = self.member("shown", &members, "urgent");
        let urgent_to_check = self.optional("shown", &members, "urgent_to_check");
        let headline = members.get("headline").filter(|raw| raw.get() != "null");
        let headline = headline.and_then(|raw| self.headline(raw.get()));
        let (pack_version, suggestion, urgent) = (pack_version?, suggestion?, urgent?);
        Some(Shown { pack_version, suggestion, urgent, urgent_to_check, headline })
    }

    fn headline(&mut self, text: &str) -> Option<Headline> {
        let path = "shown.headline";
        let members = self.object(path, text, &["kind", "code"])?;
        let kind = self.member(path, &members, "kind");
        let code = self.member(path, &members, "code");
        Some(Headline { kind: kind?, code: code? })
    }

    fn suggestion(&mut self, text: &str) -> Option<Suggestion> {
        let path = "shown.suggestion";
        let members = self.object(path, text, &["certain", "possible", "not_ruled_out"])?;
        let certain = self.member(path, &members, "certain");
        let possible = self.member(path, &members, "possible");
        let not_ruled_out = self.member(path, &members, "not_ruled_out");
        Some(Suggestion { certain: certain?, possible: possible?, not_ruled_out: not_ruled_out? })
    }

    /// The members of an object. Unknown ones are reported.
    fn object<'a>(&mut self, path: &str, text: &'a str, known: &[&str]) -> Option<Members<'a>> {
        let Ok(members) = serde_json::from_str::<Members<'a>>(text) else {
            self.report(if path.is_empty() { "body" } else { path }.to_owned(), "wrong-kind");
            return None;
        };
        for name in members.keys().filter(|name| !known.contains(&name.as_str())) {
            self.report(joined(path, printable(name)), "unknown-field");
        }
        Some(members)
    }

    fn required<'a>(&mut self, path: &str, members: &Members<'a>, name: &str) -> Option<&'a RawValue> {
        let found = members.get(name).copied();
        if found.is_none() {
            self.report(joined(path, name), "missing");
        }
        found
    }

    fn member<T: DeserializeOwned>(&mut self, path: &str, members: &Members<'_>, name: &str) -> Option<T> {
        let raw = self.required(path, members, name)?;
        let value = serde_json::from_str(raw.get()).ok();
        if value.is_none() {
            self.report(joined(path, name), "wrong-kind");
        }
        value
    }

    /// A member that may be absent or null.
    fn optional<T: DeserializeOwned>(&mut self, path: &str, members: &Members<'_>, name: &str) -> Option<T> {
        members.get(name).filter(|raw| raw.get() != "null")?;
        self.member(path, members, name)
    }

    fn report(&mut self, path: String, code: &str) {
        self.problems.push(ProblemItem::new(path, code));
    }
}

fn joined(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

/// What a refusal says instead of a name that is not ours.
pub(crate) const WITHHELD: &str = "(name withheld)";

/// A name that came with the request is repeated only if it looks like ours: it can be anything, even a person's name.
fn printable(path: &str) -> &str {
    let ours = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"_-.[]".contains(&byte);
    let fits = !path.is_empty() && path.len() <= 200 && path.bytes().all(ours);
    if fits { path } else { WITHHELD }
}

#[cfg(test)]
mod tests {
    use assessment_api::assessment::NewAssessment;

    use super::*;

    const WHOLE: &str = r#"{"form_version":"v","answers":{"a":1},"sent_on":"2026-11-23","superseded":["consent.share"],"shown":{
        "pack_version":"p","suggestion":{"certain":"R1","possible":"R2","not_ruled_out":"R5"},"urgent":["IA-02"],
        "urgent_to_check":["IA-03"],"headline":{"kind":"act","code":"R5"}}}"#;

    fn problems(text: &str) -> Vec<(String, String)> {
        let problems = read(text).err().unwrap_or_default();
        problems.into_iter().map(|problem| (problem.path, problem.code)).collect()
    }

    #[test]
    fn reads_the_published_shape_of_an_evaluation() {
        let whole = r#"{"form_version":"v","answers":{"a":1},"as_of":"2026-11-23"}"#;
        let read = read_evaluation(whole).expect("right shape");
        let published: assessment_api::evaluation::NewEvaluation =
            serde_json::from_str(whole).expect("right shape");
        assert_eq!(read.form_version, published.form_version);
        assert_eq!(read.answers, published.answers.get());
        assert_eq!(read.as_of, published.as_of);
        let wrong =
            read_evaluation(r#"{"form_version":"v","answers":{},"as_of":7}"#).err().unwrap_or_default();
        assert_eq!((wrong[0].path.as_str(), wrong[0].code.as_str()), ("as_of", "wrong-kind"));
    }

    fn check(text: &str, path: &str, code: &str) {
        assert_eq!(problems(text), [(path.to_owned(), code.to_owned())], "{text}");
    }

    #[test]
    fn reads_the_published_shape() {
        let read = read(WHOLE).expect("right shape");
        let published: NewAssessment = serde_json::from_str(WHOLE).expect("right shape");
        assert_eq!(read.form_version, published.form_version);
        assert_eq!(read.answers, published.answers.get());
        assert_eq!(read.shown, published.shown);
        assert_eq!(read.sent_on.map(|day| day.to_string()), published.sent_on);
        assert_eq!(published.superseded, ["consent.share"]);
        assert!(read.link.is_none() && published.episode.is_none());
        assert!(read.shown.is_some_and(|shown| shown.headline.is_some() && shown.urgent_to_check.is_some()));
    }

    const LINK: &str = r#"{"id":"5e7a3b52-0c9d-4b3e-9a53-000000000001","started_from":"5e7a3b52-0c9d-4b3e-9a53-000000000002",
        "kind":"correction","reason":"Aunt rang."}"#;

    #[test]
    fn reads_the_episode_that_a_later_version_belongs_to() {
        let whole = WHOLE.replacen('{', &format!("{{\"episode\":{LINK},"), 1);
        let link = read(&whole).expect("right shape").link.expect("an episode");
        let published: NewAssessment = serde_json::from_str(&whole).expect("right shape");
        let published = published.episode.expect("an episode");
        assert_eq!(link.episode.to_string(), published.id);
        assert_eq!(link.amendment.started_from.to_string(), published.started_from);
        assert_eq!(link.amendment.reason.words(), published.reason);
        assert_eq!(link.amendment.kind, AmendmentKind::Correction);
        for (good, bad, path) in [
            ("correction", "merge", "episode.kind"),
            ("Aunt rang.", " . ", "episode.reason"),
            ("000000000001", "1", "episode.id"),
            ("000000000002", "2", "episode.started_from"),
        ] {
            check(&whole.replace(good, bad), path, "wrong-kind");
        }
        check(&whole.replace("\"kind\"", "\"sort\":1,\"kind\""), "episode.sort", "unknown-field");
    }

    #[test]
    fn names_the_member_that_is_wrong() {
        check("[]", "body", "wrong-kind");
        check(r#"{"answers":{}}"#, "form_version", "missing");
        check(r#"{"form_version":1,"answers":{}}"#, "form_version", "wrong-kind");
        check(r#"{"form_version":"v"}"#, "answers", "missing");
        check(r#"{"form_version":"v","answers":{},"outcome":{}}"#, "outcome", "unknown-field");
        check(r#"{"form_version":"v","answers":{},"Amy Smith":1}"#, "(name withheld)", "unknown-field");
        check(r#"{"form_version":"v","answers":{},"sent_on":"23/11/2026"}"#, "sent_on", "wrong-kind");
        check(r#"{"form_version":"v","answers":{},"sent_on":20261123}"#, "sent_on", "wrong-kind");
        check(r#"{"form_version":"v","answers":{},"shown":3}"#, "shown", "wrong-kind");
        check(&WHOLE.replace(r#""R1""#, "1"), "shown.suggestion.certain", "wrong-kind");
        check(&WHOLE.replace(r#"["IA-02"]"#, "[4]"), "shown.urgent", "wrong-kind");
        check(&WHOLE.replace(r#"["IA-03"]"#, "[4]"), "shown.urgent_to_check", "wrong-kind");
        check(&WHOLE.replace(r#""act""#, "4"), "shown.headline.kind", "wrong-kind");
        check(&WHOLE.replace(r#"["consent.share"]"#, "3"), "superseded", "wrong-kind");
        check(&WHOLE.replace("{\"certain", "{\"x\":1,\"certain"), "shown.suggestion.x", "unknown-field");
    }
}
