//! One vignette, as what must be shown asks about it. Reads answers and expectations; never the engine's result.

use assessment_engine::answers::completed_months;
use assessment_form::parse_day;
use jiff::civil::Date;
use serde_json::Value;

use crate::material::vignette::Vignette;

/// The order of the levels.
const LEVELS: [&str; 5] = ["L1", "L2", "L3", "L4a", "L4b"];

/// The place of a level in the order.
pub(super) fn rank(level: &str) -> Option<usize> {
    LEVELS.iter().position(|known| *known == level)
}

/// What a vignette shows.
#[derive(Clone, Copy)]
pub(super) struct Shown<'a>(pub(super) &'a Vignette);

impl<'a> Shown<'a> {
    pub(super) fn id(&self) -> &'a str {
        self.0.text("id")
    }

    pub(super) fn is_about(&self, what: &str) -> bool {
        self.0.about().any(|about| about == what)
    }

    /// The kind of the headline.
    pub(super) fn headline(&self) -> &'a str {
        self.0.value["expected"]["headline"]["kind"].as_str().unwrap_or_default()
    }

    // What was answered.

    fn boxes(&self) -> impl Iterator<Item = (&'a String, &'a Value)> {
        self.0.answers()["elements"].as_object().into_iter().flatten()
    }

    /// The signs that have a mark.
    pub(super) fn signs(&self) -> impl Iterator<Item = &'a str> {
        self.boxes()
            .filter_map(|(_, element)| element["indicators"].as_object())
            .flatten()
            .map(|(id, _)| id.as_str())
    }

    /// The mark of a sign; empty where it has none.
    pub(super) fn mark(&self, sign: &str) -> &'a str {
        self.boxes().find_map(|(_, element)| element["indicators"][sign].as_str()).unwrap_or_default()
    }

    pub(super) fn answered(&self, sign: &str) -> bool {
        !self.mark(sign).is_empty()
    }

    /// Whether a sign is answered yes or unsure.
    pub(super) fn counts(&self, sign: &str) -> bool {
        matches!(self.mark(sign), "yes" | "unsure")
    }

    /// The box in which a sign is marked.
    pub(super) fn box_of(&self, sign: &str) -> Option<&'a str> {
        self.boxes().find(|(_, element)| element["indicators"].get(sign).is_some()).map(|(id, _)| id.as_str())
    }

    /// How many boxes have this status.
    pub(super) fn boxes_with_status(&self, status: &str) -> usize {
        self.boxes().filter(|(_, element)| element["status"] == status).count()
    }

    /// An answer about the child.
    pub(super) fn child(&self, question: &str) -> &'a str {
        self.0.answers()["identifying_details"][question].as_str().unwrap_or_default()
    }

    pub(super) fn disability(&self, code: &str) -> bool {
        let codes = self.0.answers()["identifying_details"]["disability"].as_array();
        codes.is_some_and(|codes| codes.iter().any(|given| given == code))
    }

    pub(super) fn consent(&self) -> &'a str {
        self.0.answers()["consent"]["status"].as_str().unwrap_or_default()
    }

    pub(super) fn danger(&self) -> &'a str {
        self.0.answers()["danger_now"].as_str().unwrap_or_default()
    }

    // How old the child is.

    pub(super) fn today(&self) -> Option<Date> {
        parse_day(self.0.text("on"))
    }

    /// The date of birth, where it is whole.
    pub(super) fn born(&self) -> Option<Date> {
        parse_day(self.child("dob"))
    }

    pub(super) fn unborn(&self) -> bool {
        self.child("dob").is_empty() && !self.child("edd").is_empty()
    }

    /// Whether the child is `months` old since today.
    pub(super) fn first_day_of(&self, months: u32) -> bool {
        self.is_between(|today| today, day_before, months)
    }

    /// Whether the child will be `months` old tomorrow.
    pub(super) fn day_before(&self, months: u32) -> bool {
        self.is_between(day_after, |today| today, months)
    }

    fn is_between(&self, first: fn(Date) -> Date, last: fn(Date) -> Date, months: u32) -> bool {
        let (Some(born), Some(today)) = (self.born(), self.today()) else { return false };
        completed_months(born, first(today)) == Some(months)
            && completed_months(born, last(today)).is_none_or(|before| before + 1 == months)
    }

    // What is expected.

    /// One of the three results.
    pub(super) fn code(&self, result: &str) -> &'a str {
        self.0.value["expected"]["suggestion"][result].as_str().unwrap_or_default()
    }

    /// Whether all three results are this one.
    pub(super) fn all_are(&self, code: &str) -> bool {
        ["certain", "possible", "not_ruled_out"].into_iter().all(|result| self.code(result) == code)
    }

    /// The three results as one text.
    pub(super) fn three(&self) -> String {
        ["certain", "possible", "not_ruled_out"].map(|result| self.code(result)).join(" ")
    }

    /// Whether a rule led to a result.
    pub(super) fn rule(&self, result: &str, rule: &str) -> bool {
        self.0.value["expected"]["rules"][result]
            .as_array()
            .is_some_and(|rules| rules.iter().any(|one| one == rule))
    }

    fn lists(&self, part: &str, code: &str) -> bool {
        self.0.value["expected"][part].as_array().is_some_and(|list| list.iter().any(|one| one == code))
    }

    pub(super) fn urgent(&self, action: &str) -> bool {
        self.lists("urgent", action)
    }

    pub(super) fn nothing_urgent(&self) -> bool {
        self.0.value["expected"].get("urgent").is_none()
    }

    pub(super) fn checks(&self, action: &str) -> bool {
        self.lists("urgent_to_check", action)
    }

    pub(super) fn prompt(&self, prompt: &str) -> bool {
        self.lists("prompts", prompt)
    }

    pub(super) fn problem(&self, path: &str, code: &str) -> bool {
        let problems = self.0.value["expected"]["problems"].as_array();
        problems.is_some_and(|all| all.iter().any(|one| one["path"] == path && one["code"] == code))
    }

    /// The level of a sign, where it is in force.
    pub(super) fn level(&self, sign: &str) -> &'a str {
        self.0.value["expected"]["findings"][sign].as_str().unwrap_or_default()
    }

    /// The signs in force.
    pub(super) fn findings(&self) -> impl Iterator<Item = (&'a str, &'a str)> {
        let findings = self.0.value["expected"]["findings"].as_object().into_iter().flatten();
        findings.filter_map(|(sign, level)| Some((sign.as_str(), level.as_str()?)))
    }

    /// Whether a sign is set aside and the form says so.
    pub(super) fn set_aside(&self, sign: &str) -> bool {
        let path = format!("elements.{}.indicators.{sign}", self.box_of(sign).unwrap_or_default());
        self.0.value["expected"]["set_aside"].get(sign).is_some() && self.problem(&path, "outside-age")
    }

    /// The highest level among certain answers; 0 for strengths and for nothing.
    pub(super) fn highest(&self) -> usize {
        let certain = self.findings().filter(|(sign, _)| self.mark(sign) == "yes");
        certain.filter_map(|(_, level)| rank(level)).max().unwrap_or(0)
    }

    /// How many certain needs are at L2, and in how many boxes.
    pub(super) fn needs(&self) -> (usize, usize) {
        let needs: Vec<&str> = self
            .findings()
            .filter(|(sign, level)| *level == "L2" && self.mark(sign) == "yes")
            .filter_map(|(sign, _)| self.box_of(sign))
            .collect();
        let boxes: std::collections::BTreeSet<&&str> = needs.iter().collect();
        (needs.len(), boxes.len())
    }

    pub(super) fn strengths(&self) -> usize {
        self.findings().filter(|(_, level)| *level == "L1").count()
    }

    /// Whether blanks leave more open than is possible.
    pub(super) fn nro_is_open(&self) -> bool {
        self.code("not_ruled_out") != self.code("possible")
    }
}

fn day_after(day: Date) -> Date {
    day.tomorrow().unwrap_or(day)
}

fn day_before(day: Date) -> Date {
    day.yesterday().unwrap_or(day)
}
