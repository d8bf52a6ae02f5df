//! Long because it is the whole text of the rules in one place.
//!
//! A second evaluator, written from the text of the rules and the original lists alone, and compared with the engine on
//! many random records. It shares no code and no data file with the engine; it is slow and plain on purpose. It does
//! not judge wording, what a reason rests on or the order of "what would settle it".

#![expect(clippy::unwrap_used, reason = "a test says what must exist")]

use assessment_engine::rule_packs;
use assessment_form::parse_day;
use std::collections::BTreeSet;

use crate::material::original_lists::{L2, L3, L4A, L4B, LEVELS, Sign, level_of, open_statuses, signs};
use crate::material::random::{Day, Random};
use crate::material::reached::Seen;
use assessment_engine::answers::Answers;
use assessment_rules::{Finding, RulePack, evaluate};
use serde_json::{Value, json};

#[derive(Clone, Copy, PartialEq)]
enum Which {
    Certain,
    Possible,
    NotRuledOut,
}

#[derive(Clone, Copy, PartialEq)]
enum Age {
    Unborn,
    Born { youngest: i32, oldest: i32 },
    Unknown,
}

impl Day {
    /// The first and the last day that `2019-02-03`, `2019-02` or `2019` can be.
    fn range(text: &str) -> (Day, Day) {
        let parts: Vec<i32> = text.split('-').map(|part| part.parse().unwrap()).collect();
        match parts[..] {
            [y, m, d] => (Day(y, m, d), Day(y, m, d)),
            [y, m] => (Day(y, m, 1), Day(y, m, Day::days_in(y, m))),
            _ => (Day(parts[0], 1, 1), Day(parts[0], 12, 31)),
        }
    }

    /// Completed months until `later`: one is complete on the same day of a later month, or on the first of the next.
    fn months_until(self, later: Day) -> i32 {
        let mut months = 0;
        loop {
            let at = self.0 * 12 + self.1 - 1 + months + 1;
            let (y, m) = (at.div_euclid(12), at.rem_euclid(12) + 1);
            let whole = if self.2 <= Day::days_in(y, m) { Day(y, m, self.2) } else { Day(y, m + 1, 1) };
            if whole > later {
                return months;
            }
            months += 1;
        }
    }

    /// The same day in another year; where 29 February is no day there, the day before or after.
    fn in_year(self, year: i32) -> Day {
        match self {
            Day(_, 2, 29) if year < self.0 => Day(year, 2, 28),
            Day(_, 2, 29) => Day(year, 3, 1),
            Day(_, m, d) => Day(year, m, d),
        }
    }
}

/// One record and what the text says about it.
struct Naive<'a> {
    signs: &'a [Sign],
    record: &'a Value,
    age: Age,
    open: bool,
    /// The answer to each sign, by position.
    answers: Vec<&'a str>,
}

/// The concerns of a set, each with its position and its level there.
type Levels = Vec<(usize, usize)>;

impl<'a> Naive<'a> {
    fn of(signs: &'a [Sign], open: &[String], record: &'a Value, today: Day) -> Naive<'a> {
        let child = &record["identifying_details"];
        let age = match child["dob"].as_str() {
            Some(dob) => {
                let (mut first, mut last) = Day::range(dob);
                if first > today {
                    Age::Unknown
                } else {
                    if child["dob_estimated"] == "yes" {
                        (first, last) = (first.in_year(first.0 - 1), last.in_year(last.0 + 1));
                    }
                    Age::Born {
                        youngest: last.min(today).months_until(today),
                        oldest: first.months_until(today),
                    }
                }
            }
            None if child["edd"].is_string() => Age::Unborn,
            None => Age::Unknown,
        };
        let open = open.iter().any(|code| child["legal_status"] == code.as_str());
        // A blank in a box with status "no concern" counts as no.
        let answer = |sign: &Sign| {
            let element = &record["elements"][&sign.element];
            match element["indicators"][&sign.id].as_str() {
                Some(mark) => mark,
                None if element["status"] == "no_concern" => "no",
                None => "",
            }
        };
        Naive { signs, record, age, open, answers: signs.iter().map(answer).collect() }
    }

    fn child(&self, name: &str) -> &str {
        self.record["identifying_details"][name].as_str().unwrap_or("")
    }

    fn applies(&self, sign: &Sign) -> bool {
        let from = sign.applies["from"].as_i64().unwrap_or(0) as i32;
        let mut below = sign.applies["below"].as_i64().unwrap_or(9999) as i32;
        if sign.id == "FR-402" && self.child("disabled") == "yes" {
            below = 216;
        }
        match self.age {
            Age::Unknown => true,
            Age::Unborn => sign.applies["from"].is_null(),
            Age::Born { youngest, oldest } => {
                sign.applies["unborn_only"] != true && oldest >= from && youngest < below
            }
        }
    }

    fn set(&self, which: Which) -> Vec<usize> {
        let counts = |answer: &str| match which {
            Which::Certain => answer == "yes",
            Which::Possible => answer == "yes" || answer == "unsure",
            Which::NotRuledOut => answer != "no",
        };
        let all = self.signs.iter().enumerate();
        all.filter(|(at, sign)| sign.concern && counts(self.answers[*at]) && self.applies(sign))
            .map(|(at, _)| at)
            .collect()
    }

    /// The level within a set, before the exception for severe absence alone.
    fn level(&self, sign: &Sign, exploited: bool, which: Which) -> usize {
        let mut level = sign.level;
        for modifier in &sign.modifiers {
            let holds = match (self.age, modifier["below_months"].as_i64()) {
                (Age::Unknown, _) => which == Which::NotRuledOut,
                (Age::Born { youngest, .. }, Some(below)) => youngest < below as i32,
                (Age::Unborn, None) => true,
                _ => false,
            };
            if holds {
                level = level.max(level_of(&modifier["level"]));
            }
        }
        let disability = &self.record["identifying_details"]["disability"];
        let learning = disability.as_array().is_some_and(|codes| codes.iter().any(|code| code == "LD"));
        match sign.id.as_str() {
            "BE-306" if learning => L4B,
            "BE-401" if exploited => L4B,
            _ => level,
        }
    }

    fn levels(&self, which: Which) -> Levels {
        let set = self.set(which);
        let id = |at: usize| self.signs[at].id.as_str();
        let exploited = set.iter().any(|at| ["BE-306", "BE-402", "BE-403"].contains(&id(*at)));
        let mut levels: Levels =
            set.iter().map(|at| (*at, self.level(&self.signs[*at], exploited, which))).collect();
        let alone = !levels.iter().any(|(at, level)| id(*at) != "PL-401" && *level >= L2);
        for (at, level) in &mut levels {
            if id(*at) == "PL-401" && alone {
                *level = L3;
            }
        }
        levels
    }

    /// The place in the order.
    fn step(&self, which: Which, levels: &Levels) -> usize {
        let danger = match self.record["danger_now"].as_str().unwrap_or("") {
            "yes" => true,
            "unsure" => which != Which::Certain,
            "" => which == Which::NotRuledOut,
            _ => false,
        };
        let has = |wanted: usize| levels.iter().any(|(_, level)| *level == wanted);
        let needs: BTreeSet<&str> =
            levels.iter().filter(|(_, l)| *l == L2).map(|(at, _)| self.signs[*at].element.as_str()).collect();
        if danger || levels.iter().any(|(at, _)| self.signs[*at].action.as_deref() == Some("IA-01")) {
            5
        } else if has(L4B) {
            4
        } else if has(L4A) {
            3
        } else if has(L3) || needs.len() >= 3 {
            2
        } else {
            usize::from(!needs.is_empty())
        }
    }

    /// Which rule gives a step, and the one that puts the allocated worker in its place.
    fn rules(&self, result: &str, step: usize) -> Vec<Value> {
        let rule = ["RU-6", "RU-5", "RU-4", "RU-3", "RU-2", "RU-2A"][step];
        let mut rules = vec![json!([result, rule, format!("R{step}")])];
        if self.code(step) == "IA-23" {
            rules.push(json!([result, "RU-10", "IA-23"]));
        }
        rules
    }

    fn code(&self, step: usize) -> String {
        if self.open && (1..=3).contains(&step) { "IA-23".to_owned() } else { format!("R{step}") }
    }

    /// What was said of agreement: the one status of older records, else the strictest of what the people say.
    fn consent(&self) -> String {
        let consent = &self.record["consent"];
        let text = |name: &str| consent[name].as_str().unwrap_or("").to_owned();
        let people = consent["people"].as_array().cloned().unwrap_or_default();
        if people.is_empty() && text("sought").is_empty() {
            return text("status");
        }
        let by_status = text("sought").is_empty() && !text("status").is_empty();
        if text("sought") == "no" || by_status && text("status") == "not_sought" {
            return "not_sought".into();
        }
        let mut said: Vec<(String, bool)> = people
            .iter()
            .map(|row| {
                let who = row["who"].as_str().unwrap_or("");
                let tests =
                    ["understands_question", "understands_info", "weighs_options", "own_view", "free_choice"];
                let decides = match who {
                    "young_person_competent" => tests.iter().all(|test| row["competence"][test] == "yes"),
                    who => {
                        ["parent_pr", "young_person_16", "local_authority", "pregnant_woman"].contains(&who)
                    }
                };
                (row["says"].as_str().unwrap_or("").to_owned(), decides)
            })
            .collect();
        if by_status {
            let word = match text("status").as_str() {
                "given" => "agrees",
                "given_partly" => "agrees_partly",
                "refused" => "refuses",
                "withdrawn" => "withdrew",
                _ => "",
            };
            said.push((word.into(), true));
        }
        let any = |word: &str| said.iter().any(|(said, _)| said == word);
        let agreed = said.iter().any(|(said, decides)| *decides && said.starts_with("agrees"));
        match () {
            () if any("refuses") => "refused",
            () if any("withdrew") => "withdrawn",
            () if agreed && any("agrees_partly") => "given_partly",
            () if agreed => "given",
            () => "",
        }
        .into()
    }

    /// Whether a serious worry is written anywhere but in the signs.
    fn worry(&self) -> bool {
        let says = |section: &str, name: &str, codes: &[&str]| {
            self.record[section][name].as_str().is_some_and(|code| codes.contains(&code))
        };
        says("pre_assessment_checklist", "safe", &["no"])
            || says("pre_assessment_checklist", "decision", &["refer_safeguarding"])
            || self.record["exceptional_circumstances"].as_object().is_some_and(|given| !given.is_empty())
            || self.consent() == "not_sought"
                && says(
                    "consent",
                    "not_sought_reason",
                    &["risk_sig_harm", "risk_adult", "prejudice_crime", "fii_fm_hba"],
                )
            || says("conclusions", "decision", &["R4", "R5"])
    }

    /// The kind and the code of the headline, in the order of the text's table.
    fn headline(&self, certain: usize, possible: usize, open: usize) -> [String; 2] {
        let [kind, code] = if certain >= 4 {
            ["act", &self.code(certain)]
        } else if possible >= 4 {
            ["check_first", &self.code(possible)]
        } else if self.worry() {
            ["worry_recorded", "R4"]
        } else if certain >= 1 {
            ["at_least", &self.code(certain)]
        } else if possible >= 1 {
            ["may_be", &self.code(possible)]
        } else if open >= 2 {
            ["not_enough_known", "R0"]
        } else {
            ["everyday", "R0"]
        };
        [kind.to_owned(), code.to_owned()]
    }

    /// The urgent actions of the answers `mark`, and of `danger_now` where it is `mark` too.
    fn actions(&self, mark: &str, levels: &Levels, certain: usize) -> Vec<String> {
        // The level of an action is the highest of the signs that call for it; the worker comes last.
        let mut found: Vec<(String, i32)> = Vec::new();
        if self.record["danger_now"] == mark {
            found.push(("IA-01".into(), 9));
        }
        // A partial date: the widest range. Neither date: undetermined, and so not urgent.
        let sixteen = matches!(self.age, Age::Born { youngest, oldest } if youngest <= 215 && oldest >= 192);
        for (at, level) in levels.iter().filter(|(at, _)| self.answers[*at] == mark) {
            let (sign, level) = (&self.signs[*at], *level as i32);
            if let Some(action) = &sign.action {
                found.push((action.clone(), if action == "IA-01" { 9 } else { level }));
            } else if level == L4B as i32 {
                found.push(("IA-02".into(), level));
            }
            if sixteen && ["FR-401", "HF-401"].contains(&sign.id.as_str()) {
                found.push(("IA-19".into(), level));
            }
        }
        if mark == "unsure" {
            let aside =
                self.signs.iter().enumerate().filter(|(at, sign)| {
                    ["yes", "unsure"].contains(&self.answers[*at]) && !self.applies(sign)
                });
            for (_, sign) in aside {
                match &sign.action {
                    Some(action) => {
                        found.push((action.clone(), if action == "IA-01" { 9 } else { sign.level as i32 }));
                    }
                    None if sign.level == L4B => found.push(("IA-02".into(), L4B as i32)),
                    None => {}
                }
            }
            if self.worry() && certain < 4 {
                found.push(("IA-02".into(), L4B as i32));
            }
        }
        if self.open && mark == "yes" {
            found.push(("IA-23".into(), -1));
        }
        found.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        let mut seen = BTreeSet::new();
        found.into_iter().map(|(code, _)| code).filter(|code| seen.insert(code.clone())).collect()
    }

    fn prompts(&self, levels: &Levels, certain: usize, possible: usize) -> Vec<&'static str> {
        let yes = |id: &str| levels.iter().any(|(at, _)| self.signs[*at].id == id);
        let alone =
            yes("PL-401") && !levels.iter().any(|(at, level)| self.signs[*at].id != "PL-401" && *level >= L2);
        let infant = matches!(self.age, Age::Born { youngest, .. } if youngest < 12);
        let amplifier = self.age == Age::Unborn
            || infant
            || self.child("independently_mobile") == "no"
            || self.child("disabled") == "yes"
            || ["SL-302", "CO-302", "FH-404"].into_iter().any(yes)
            || self.child("legal_status") == "closed_protection_plan";
        let consent = self.consent();
        // Where the allocated worker replaces it, the code is not R2.
        let is_r2 = self.code(certain) == "R2";
        let offer = self.child("disabled") == "yes" || yes("PD-302");
        [
            ("serious-worry-recorded", self.worry() && certain < 4),
            ("consult-safeguarding-lead", alone || (is_r2 && amplifier)),
            ("does-refusal-change-risk", is_r2 && ["refused", "withdrawn"].contains(&consent.as_str())),
            ("disabled-child-s17-offer", offer && certain < 3),
            ("possible-is-higher", possible > certain),
        ]
        .into_iter()
        .filter_map(|(prompt, holds)| holds.then_some(prompt))
        .collect()
    }

    fn outcome(&self) -> Value {
        let [certain, possible, open] =
            [Which::Certain, Which::Possible, Which::NotRuledOut].map(|which| (which, self.levels(which)));
        let [one, two, three] = [&certain, &possible, &open].map(|(which, levels)| self.step(*which, levels));
        let rules: Vec<Value> = [("certain", one), ("possible", two), ("not_ruled_out", three)]
            .into_iter()
            .flat_map(|(result, step)| self.rules(result, step))
            .collect();
        let (certain, possible) = (certain.1, possible.1);
        let urgent = self.actions("yes", &certain, one);
        let mut check = self.actions("unsure", &possible, one);
        check.retain(|code| !urgent.contains(code));
        let (mut findings, mut aside) = (Vec::new(), Vec::new());
        for (at, sign) in self.signs.iter().enumerate() {
            let answer = self.answers[at];
            if answer != "yes" && answer != "unsure" {
                continue;
            }
            let levels = if answer == "yes" { &certain } else { &possible };
            let level = levels.iter().find(|(other, _)| *other == at).map_or(sign.level, |(_, level)| *level);
            if self.applies(sign) {
                findings.push(json!([sign.id, sign.element, answer, LEVELS[sign.level], LEVELS[level]]));
            } else {
                aside.push(json!(sign.id));
            }
        }
        json!({
            "suggestion": {
                "certain": self.code(one), "possible": self.code(two), "not_ruled_out": self.code(three),
            },
            "headline": self.headline(one, two, three),
            "rules": rules,
            "urgent": urgent,
            "urgent_to_check": check,
            "prompts": self.prompts(&certain, one, two),
            "findings": findings,
            "set_aside": aside,
        })
    }
}

/// What is compared.
const PARTS: [&str; 8] =
    ["suggestion", "headline", "rules", "urgent", "urgent_to_check", "prompts", "findings", "set_aside"];

/// What the engine says, in the same shape.
fn engine(record: &Value, today: Day, pack: &RulePack) -> Value {
    let reading = Answers::from_value(record).unwrap();
    assert_eq!(reading.unread, []);
    let outcome = evaluate(&reading.answers, parse_day(&today.to_string()).unwrap(), pack);
    let finding = |f: &Finding| json!([f.indicator, f.element, f.answer, f.base, f.level]);
    json!({
        "suggestion": outcome.suggestion,
        "headline": [outcome.headline.kind.code(), outcome.headline.code],
        "rules": outcome.reasons.iter().map(|r| json!([r.result, r.rule, r.suggestion])).collect::<Vec<_>>(),
        "urgent": outcome.urgent,
        "urgent_to_check": outcome.urgent_to_check,
        "prompts": outcome.prompts,
        "findings": outcome.findings.iter().map(finding).collect::<Vec<_>>(),
        "set_aside": outcome.set_aside.iter().map(|aside| &aside.indicator).collect::<Vec<_>>(),
    })
}

/// Where text and engine differ for one seed; notes in `seen` what it led to.
fn compare(seed: u64, signs: &[Sign], open: &[String], pack: &RulePack, seen: &mut Seen) -> Option<String> {
    let ids: Vec<(&str, &str)> = signs.iter().map(|s| (s.element.as_str(), s.id.as_str())).collect();
    let mut random = Random::new(seed);
    let today = random.today();
    let record = random.record(&ids, today);
    let expected = Naive::of(signs, open, &record, today).outcome();
    let got = engine(&record, today, pack);
    seen.add(&expected);
    let parts: Vec<String> = PARTS
        .into_iter()
        .filter(|name| expected[*name] != got[*name])
        .map(|name| format!("  {name}\n    text   {}\n    engine {}", expected[name], got[name]))
        .collect();
    (!parts.is_empty()).then(|| format!("seed {seed}, {today}\n{}\n  {record}", parts.join("\n")))
}

#[test]
fn the_engine_and_the_plain_reading_of_the_text_agree() {
    const RECORDS: u64 = 100_000;
    let (signs, open) = (signs(), open_statuses());
    let pack = rule_packs::load(rule_packs::built_in()).unwrap();
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let share = |first: usize| {
        let mut seen = Seen::default();
        let seeds = (first as u64..RECORDS).step_by(threads);
        let differ: Vec<String> =
            seeds.filter_map(|seed| compare(seed, &signs, &open, &pack, &mut seen)).collect();
        (differ, seen)
    };
    let (mut differ, mut seen) = (Vec::new(), Seen::default());
    std::thread::scope(|scope| {
        let shares: Vec<_> = (0..threads).map(|first| scope.spawn(move || share(first))).collect();
        for share in shares {
            let (differ_too, seen_too) = share.join().unwrap();
            differ.extend(differ_too);
            seen.join(seen_too);
        }
    });
    let first = differ.iter().take(3).map(String::as_str).collect::<Vec<_>>().join("\n");
    assert!(differ.is_empty(), "{} of {RECORDS} differ; the first:\n{first}", differ.len());
    let levels = signs.iter().flat_map(|sign| {
        let raised = sign.modifiers.iter().map(|modifier| level_of(&modifier["level"]));
        raised.chain([sign.level]).map(|level| format!("{} {}", sign.id, LEVELS[level]))
    });
    let also = ["BE-306 L4b", "BE-401 L4b", "PL-401 L3"].map(str::to_owned);
    let limited = signs.iter().filter(|sign| sign.applies.is_object()).map(|sign| sign.id.as_str());
    seen.everything(levels.chain(also), limited);
}
