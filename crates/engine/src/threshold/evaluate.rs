//! Evaluation: answers, facts and a checked pack in; an outcome out. Runs on every change, on half-filled records.

use std::cmp::Reverse;

use crate::answers::Answers;
use crate::date::Date;
use crate::facts::{Age, Facts};

use super::concern::{Concern, Mark, Set, concerns, levels_in_set, may_be_within, raised_by};
use super::outcome::{Finding, Outcome, Prompt, Reason, SetAside, Suggestions};
use super::pack::DANGER_ACTION;
use super::{Level, RulePack, Step, Suggestion};

/// Evaluates a record on a day.
#[must_use]
pub fn evaluate(answers: &Answers, today: Date, pack: &RulePack) -> Outcome {
    let facts = Facts::of(answers, today);
    let view = View { answers, facts, pack, all: concerns(answers, &facts, pack) };
    let [certain, possible, not_ruled_out] = Set::ALL.map(|set| view.result(set));
    let suggestion = Suggestions {
        certain: certain.suggestion,
        possible: possible.suggestion,
        not_ruled_out: not_ruled_out.suggestion,
    };
    let urgent = view.urgent(Mark::Yes, &certain.levels);
    let mut to_check = view.urgent(Mark::Unsure, &possible.levels);
    to_check.retain(|(_, action)| !urgent.iter().any(|(_, other)| other == action));
    let mut reasons = Vec::new();
    for (set, result) in Set::ALL.into_iter().zip([&certain, &possible, &not_ruled_out]) {
        view.reasons(set, result, &mut reasons);
    }
    Outcome {
        pack_version: pack.version(),
        as_of: today,
        suggestion,
        urgent: urgent.iter().map(|(_, action)| (*action).to_owned()).collect(),
        urgent_to_check: to_check.iter().map(|(_, action)| (*action).to_owned()).collect(),
        prompts: view.prompts(&suggestion, &certain.levels),
        findings: view.findings(&certain.levels, &possible.levels),
        set_aside: view.set_aside(),
        settles: view.settles(&certain, &not_ruled_out),
        reasons,
    }
}

/// What was found for one of the three sets.
struct SetResult {
    levels: Vec<Option<Level>>,
    rule: &'static str,
    step: Step,
    suggestion: Suggestion,
}

struct View<'a> {
    answers: &'a Answers,
    facts: Facts,
    pack: &'a RulePack,
    all: Vec<Concern<'a>>,
}

impl View<'_> {
    fn has_social_worker(&self) -> bool {
        self.pack.parts.open_status.contains(&self.answers.identifying_details.legal_status)
    }

    fn danger_in(&self, set: Set) -> bool {
        match self.answers.danger_now.as_str() {
            "yes" => true,
            "unsure" => set >= Set::Possible,
            "no" => false,
            _ => set == Set::NotRuledOut,
        }
    }

    /// The first rule that fits, over one set.
    fn result(&self, set: Set) -> SetResult {
        let levels = levels_in_set(set, &self.all, self.answers, &self.facts, self.pack);
        let highest = levels.iter().flatten().max().copied();
        let (rule, step) = if self.danger_in(set) || self.carries_danger(&levels) {
            ("RU-2", Step::R5)
        } else {
            match highest {
                Some(Level::L4b) => ("RU-2", Step::R4),
                Some(Level::L4a) => ("RU-3", Step::R3),
                Some(Level::L3) => ("RU-4", Step::R2),
                Some(Level::L2) if self.boxes_with(&levels) >= self.pack.parts.needs_in_boxes => {
                    ("RU-4", Step::R2)
                }
                Some(Level::L2) => ("RU-5", Step::R1),
                Some(Level::L1) | None => ("RU-6", Step::R0),
            }
        };
        SetResult { levels, rule, step, suggestion: Suggestion::new(step, self.has_social_worker()) }
    }

    /// Whether a sign of the set calls for the danger action by itself.
    fn carries_danger(&self, levels: &[Option<Level>]) -> bool {
        self.counted(levels).any(|(concern, _)| concern.indicator.action.as_deref() == Some(DANGER_ACTION))
    }

    fn counted<'s>(&'s self, levels: &'s [Option<Level>]) -> impl Iterator<Item = (&'s Concern<'s>, Level)> {
        self.all.iter().zip(levels).filter_map(|(concern, level)| Some((concern, (*level)?)))
    }

    /// How many different boxes have a concern of the set at L2.
    fn boxes_with(&self, levels: &[Option<Level>]) -> u32 {
        let mut seen = [false; 19];
        for (concern, level) in self.counted(levels) {
            let at = self.pack.parts.boxes.get(concern.index).copied().unwrap_or_default();
            if let Some(seen) = seen.get_mut(at) {
                *seen |= level == Level::L2;
            }
        }
        seen.iter().map(|seen| u32::from(*seen)).sum()
    }

    /// Urgent actions that answers of exactly this mark call for, each once with the highest level behind it: danger
    /// now first, then the higher level, then the code.
    fn urgent<'s>(&'s self, mark: Mark, levels: &'s [Option<Level>]) -> Vec<(Level, &'s str)> {
        let mut found: Vec<(Level, &str)> = Vec::new();
        let mut add =
            |level: Level, action: &'s str| match found.iter_mut().find(|(_, other)| *other == action) {
                Some((highest, _)) => *highest = level.max(*highest),
                None => found.push((level, action)),
            };
        if self.answers.danger_now == if mark == Mark::Yes { "yes" } else { "unsure" } {
            add(Level::L4b, DANGER_ACTION);
        }
        for (concern, level) in self.counted(levels).filter(|(concern, _)| concern.mark == mark) {
            if let Some(action) = &concern.indicator.action {
                add(level, action);
            }
            for also in &self.pack.also {
                if also.any_of.contains(&concern.indicator.id) && may_be_within(&also.when, self.facts.age) {
                    add(level, &also.action);
                }
            }
        }
        if mark == Mark::Yes && self.has_social_worker() {
            add(Level::L1, &self.pack.parts.worker_action);
        }
        let order = |(level, action): &(Level, &'s str)| (*action != DANGER_ACTION, Reverse(*level), *action);
        let mut ordered = Vec::new();
        for action in found {
            let at = ordered.partition_point(|other| order(other) < order(&action));
            ordered.insert(at, action);
        }
        ordered
    }

    fn answered_yes(&self, id: &str) -> bool {
        self.all.iter().any(|concern| concern.indicator.id == id && concern.is_in(Set::Certain))
    }

    fn prompts(&self, suggestion: &Suggestions, certain: &[Option<Level>]) -> Vec<Prompt> {
        let child = &self.answers.identifying_details;
        let parts = &self.pack.parts;
        let is_r2 = suggestion.certain.code() == "R2";
        let stands_alone = self
            .counted(certain)
            .any(|(c, level)| c.indicator.alone == Some(level) && level < c.indicator.level);
        let more_vulnerable = || {
            matches!(self.facts.age, Age::Unborn)
                || matches!(self.facts.age, Age::Born { youngest, .. } if youngest < parts.amplifier_below)
                || child.independently_mobile == "no"
                || child.disabled == "yes"
                || parts.amplifiers.iter().any(|id| self.answered_yes(id))
                || parts.amplifier_status.contains(&child.legal_status)
        };
        let mut prompts = Vec::new();
        if stands_alone || (is_r2 && more_vulnerable()) {
            prompts.push(Prompt::ConsultSafeguardingLead);
        }
        if is_r2 && matches!(self.answers.consent.status.as_str(), "refused" | "withdrawn") {
            prompts.push(Prompt::DoesRefusalChangeRisk);
        }
        let below_r3 = suggestion.certain.step() < Step::R3;
        if below_r3 && (child.disabled == "yes" || self.answered_yes("PD-302")) {
            prompts.push(Prompt::DisabledChildS17Offer);
        }
        if suggestion.possible > suggestion.certain {
            prompts.push(Prompt::PossibleIsHigher);
        }
        prompts
    }

    fn findings(&self, certain: &[Option<Level>], possible: &[Option<Level>]) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (concern, (certain, possible)) in self.all.iter().zip(certain.iter().zip(possible)) {
            let (answer, set, level) = match concern.mark {
                Mark::Yes => ("yes", Set::Certain, *certain),
                Mark::Unsure => ("unsure", Set::Possible, *possible),
                Mark::Blank | Mark::No => continue,
            };
            // A strength is in no set, yet it is told: it changes nothing but the explanation.
            let strength = (concern.indicator.strength && concern.set_aside.is_none())
                .then_some(concern.indicator.level);
            let Some(level) = level.or(strength) else { continue };
            let raised = raised_by(concern, set, level, &self.all, self.answers, &self.facts, self.pack);
            findings.push(Finding {
                indicator: concern.indicator.id.clone(),
                element: concern.indicator.element.clone(),
                answer,
                base: concern.indicator.level,
                level,
                raised_by: raised.into_iter().map(|raised| raised.0).collect(),
            });
        }
        findings
    }

    fn set_aside(&self) -> Vec<SetAside> {
        let answered = |concern: &&Concern<'_>| matches!(concern.mark, Mark::Yes | Mark::Unsure);
        self.all
            .iter()
            .filter(answered)
            .filter_map(|concern| {
                Some(SetAside { indicator: concern.indicator.id.clone(), because: concern.set_aside? })
            })
            .collect()
    }

    /// The open questions whose answer could lead further than what is certain: what leads furthest first, an unsure
    /// answer before a blank one, then form order.
    fn settles(&self, certain: &SetResult, not_ruled_out: &SetResult) -> Vec<String> {
        if not_ruled_out.step <= certain.step {
            return Vec::new();
        }
        let mut open: Vec<(Step, bool, String)> = Vec::new();
        // Each goes to its place at once: a list of this length needs no sorting code.
        let mut add = |leads_to: Step, unsure: bool, path: String| {
            let at = open.partition_point(|(step, other, _)| (*step, *other) >= (leads_to, unsure));
            open.insert(at, (leads_to, unsure, path));
        };
        if !matches!(self.answers.danger_now.as_str(), "yes" | "no") {
            add(Step::R5, self.answers.danger_now == "unsure", "danger_now".to_owned());
        }
        if self.facts.age == Age::Unknown {
            add(not_ruled_out.step, false, "identifying_details.dob".to_owned());
        }
        for (concern, level) in self.counted(&not_ruled_out.levels) {
            if concern.mark == Mark::Yes {
                continue;
            }
            let alone = if concern.indicator.action.as_deref() == Some(DANGER_ACTION) {
                Step::R5
            } else {
                level.step()
            };
            // A need at L2 may be the one that makes several.
            let leads_to = if level == Level::L2 { not_ruled_out.step.min(Step::R2) } else { alone };
            if leads_to > certain.step {
                add(leads_to, concern.mark == Mark::Unsure, path(concern));
            }
        }
        open.into_iter().map(|(_, _, path)| path).collect()
    }

    /// Adds why one set gave what it gave.
    fn reasons(&self, set: Set, result: &SetResult, reasons: &mut Vec<Reason>) {
        let decisive = |concern: &Concern<'_>, level: Level| match result.step {
            Step::R5 => concern.indicator.action.as_deref() == Some(DANGER_ACTION),
            Step::R4 => level == Level::L4b,
            Step::R3 => level == Level::L4a,
            Step::R2 => level >= Level::L2,
            Step::R1 | Step::R0 => true,
        };
        let mut because: Vec<String> = Vec::new();
        if result.step == Step::R5 && self.danger_in(set) {
            because.push("danger_now".to_owned());
        }
        because.extend(
            self.counted(&result.levels)
                .filter(|(concern, level)| decisive(concern, *level))
                .map(|(c, _)| path(c)),
        );
        let name = set.name();
        let first = Suggestion::new(result.step, false).code();
        reasons.push(Reason { result: name, rule: result.rule, suggestion: first, because });
        if result.suggestion.code() != first {
            let because = vec!["identifying_details.legal_status".to_owned()];
            reasons.push(Reason {
                result: name,
                rule: "RU-10",
                suggestion: result.suggestion.code(),
                because,
            });
        }
    }
}

/// The path of an indicator's mark.
fn path(concern: &Concern<'_>) -> String {
    ["elements.", &concern.indicator.element, ".indicators.", &concern.indicator.id].concat()
}
