//! What random records have led to, so that a comparison can show that it was not of the same few outcomes. It judges
//! nothing.

use std::collections::BTreeSet;

use assessment_rules::HeadlineKind;
use serde_json::Value;

/// What records have led to.
#[derive(Default)]
pub(crate) struct Seen {
    /// The three results.
    results: BTreeSet<[String; 3]>,
    /// Part and code: urgent actions, prompts, signs at a level, signs that were set aside.
    parts: BTreeSet<(&'static str, String)>,
}

impl Seen {
    /// Notes one expected outcome.
    pub(crate) fn add(&mut self, expected: &Value) {
        let code = |which: &str| expected["suggestion"][which].as_str().unwrap().to_owned();
        self.results.insert([code("certain"), code("possible"), code("not_ruled_out")]);
        for part in ["urgent", "urgent_to_check", "prompts", "set_aside"] {
            let codes = expected[part].as_array().unwrap().iter();
            self.parts.extend(codes.map(|code| (part, code.as_str().unwrap().to_owned())));
        }
        self.parts.insert(("headline", expected["headline"][0].as_str().unwrap().to_owned()));
        for finding in expected["findings"].as_array().unwrap() {
            let (sign, level) = (finding[0].as_str().unwrap(), finding[4].as_str().unwrap());
            self.parts.insert(("findings", format!("{sign} {level}")));
        }
    }

    /// Takes in what others have seen.
    pub(crate) fn join(&mut self, other: Seen) {
        self.results.extend(other.results);
        self.parts.extend(other.parts);
    }

    fn has(&self, part: &'static str, code: &str) -> bool {
        self.parts.contains(&(part, code.to_owned()))
    }

    /// Fails unless the records reach every result each way round, every action, prompt and level of `levels` (sign and
    /// level), and set aside each sign of `limited` and no other: only then does agreement mean something.
    pub(crate) fn everything<'a>(
        &self,
        levels: impl Iterator<Item = String>,
        limited: impl Iterator<Item = &'a str>,
    ) {
        for code in ["R0", "R1", "R2", "R3", "R4", "R5", "IA-23"] {
            for at in 0..3 {
                let reached = self.results.iter().any(|codes| codes[at] == code);
                assert!(reached, "no record gives {code} as result {at}");
            }
        }
        assert!(self.results.len() > 40, "only {} different outcomes", self.results.len());
        // No answer gives IA-03: it is how IA-02 reads out of hours.
        for action in (1..=24).map(|n| format!("IA-{n:02}")).filter(|action| action != "IA-03") {
            assert!(self.has("urgent", &action), "{action} was never urgent");
            // No unsure answer means a social worker.
            let checked = action == "IA-23" || self.has("urgent_to_check", &action);
            assert!(checked, "{action} was never to be checked");
        }
        for kind in HeadlineKind::ALL.map(HeadlineKind::code) {
            assert!(self.has("headline", kind), "no record has the headline {kind}");
        }
        for prompt in [
            "serious-worry-recorded",
            "consult-safeguarding-lead",
            "does-refusal-change-risk",
            "disabled-child-s17-offer",
            "possible-is-higher",
        ] {
            assert!(self.has("prompts", prompt), "{prompt} never came");
        }
        for code in levels {
            assert!(self.has("findings", &code), "{code} was never reached");
        }
        let aside = self.parts.iter().filter(|(part, _)| *part == "set_aside").map(|(_, id)| id.as_str());
        assert_eq!(aside.collect::<BTreeSet<_>>(), limited.collect::<BTreeSet<_>>(), "set aside");
    }
}
