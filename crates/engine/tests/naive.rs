//! A second evaluator, written from the text of the rules and the original lists alone, and compared with the engine on
//! many random records. It shares no code and no data file with the engine; it is slow and plain on purpose. It does
//! not judge wording, reasons or the order of "what would settle it".

#![expect(clippy::unwrap_used, reason = "a test states what must be there")]

mod random;

use std::collections::BTreeSet;

use assessment_engine::answers::Answers;
use assessment_engine::date::Date;
use assessment_engine::threshold::{Finding, RulePack, evaluate};
use random::{Day, Random};
use serde_json::{Value, json};

/// Levels by their place in the order.
const LEVELS: [&str; 5] = ["L1", "L2", "L3", "L4a", "L4b"];
const L2: usize = 1;
const L3: usize = 2;
const L4A: usize = 3;
const L4B: usize = 4;

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

struct Sign {
    id: String,
    element: String,
    level: usize,
    concern: bool,
    action: Option<String>,
    applies: Value,
    modifiers: Vec<Value>,
}

fn level_of(value: &Value) -> usize {
    LEVELS.iter().position(|level| value == level).unwrap()
}

fn signs() -> Vec<Sign> {
    let list: Value = serde_json::from_str(include_str!("data/indicators.json")).unwrap();
    let sign = |item: &Value| Sign {
        id: item["id"].as_str().unwrap().to_owned(),
        element: item["element"].as_str().unwrap().to_owned(),
        level: level_of(&item["level"]),
        concern: item["polarity"] == "concern",
        action: item["immediate_action"].as_str().map(str::to_owned),
        applies: item["applies_age_months"].clone(),
        modifiers: item["age_modifiers"].as_array().cloned().unwrap_or_default(),
    };
    list["items"].as_array().unwrap().iter().map(sign).collect()
}

fn open_statuses() -> Vec<String> {
    let list: Value = serde_json::from_str(include_str!("data/legal_status.json")).unwrap();
    let items = list["items"].as_array().unwrap();
    items
        .iter()
        .filter(|item| item["open"] == true)
        .map(|item| item["code"].as_str().unwrap().into())
        .collect()
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

    /// Completed months until `later`: one is complete on the same day of a later month, or on its last day.
    fn months_until(self, later: Day) -> i32 {
        let months = (later.0 - self.0) * 12 + later.1 - self.1;
        let day = self.2.min(Day::days_in(later.0, later.1));
        if later.2 >= day { months } else { months - 1 }
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
                let (first, last) = Day::range(dob);
                if first > today {
                    Age::Unknown
                } else {
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

    fn code(&self, step: usize) -> String {
        if self.open && (1..=3).contains(&step) { "IA-23".to_owned() } else { format!("R{step}") }
    }

    /// The urgent actions of the answers `mark`, and of `danger_now` where it is `mark` too.
    fn actions(&self, mark: &str, levels: &Levels) -> Vec<String> {
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
            }
            if sixteen && ["FR-401", "HF-401"].contains(&sign.id.as_str()) {
                found.push(("IA-19".into(), level));
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
        let consent = self.record["consent"]["status"].as_str().unwrap_or("");
        // Where the allocated worker stands in for it, the code is not R2.
        let is_r2 = self.code(certain) == "R2";
        let offer = self.child("disabled") == "yes" || yes("PD-302");
        [
            ("consult-safeguarding-lead", alone || (is_r2 && amplifier)),
            ("does-refusal-change-risk", is_r2 && ["refused", "withdrawn"].contains(&consent)),
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
        let (certain, possible) = (certain.1, possible.1);
        let urgent = self.actions("yes", &certain);
        let mut check = self.actions("unsure", &possible);
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
            "urgent": urgent,
            "urgent_to_check": check,
            "prompts": self.prompts(&certain, one, two),
            "findings": findings,
            "set_aside": aside,
        })
    }
}

/// What is compared.
const PARTS: [&str; 6] = ["suggestion", "urgent", "urgent_to_check", "prompts", "findings", "set_aside"];

/// The three results that records have given.
type Seen = BTreeSet<[String; 3]>;

/// What the engine says, in the same shape.
fn engine(record: &Value, today: Day, pack: &RulePack) -> Value {
    let reading = Answers::from_value(record).unwrap();
    assert_eq!(reading.unread, []);
    let outcome = evaluate(&reading.answers, Date::parse(&today.to_string()).unwrap(), pack);
    let finding = |f: &Finding| json!([f.indicator, f.element, f.answer, f.base, f.level]);
    json!({
        "suggestion": outcome.suggestion,
        "urgent": outcome.urgent,
        "urgent_to_check": outcome.urgent_to_check,
        "prompts": outcome.prompts,
        "findings": outcome.findings.iter().map(finding).collect::<Vec<_>>(),
        "set_aside": outcome.set_aside.iter().map(|aside| &aside.indicator).collect::<Vec<_>>(),
    })
}

/// Where text and engine differ for one seed; counts the three results in `seen`.
fn compare(seed: u64, signs: &[Sign], open: &[String], pack: &RulePack, seen: &mut Seen) -> Option<String> {
    let ids: Vec<(&str, &str)> = signs.iter().map(|s| (s.element.as_str(), s.id.as_str())).collect();
    let mut random = Random::new(seed);
    let today = random.today();
    let record = random.record(&ids, today);
    let expected = Naive::of(signs, open, &record, today).outcome();
    let got = engine(&record, today, pack);
    let code = |which: &str| expected["suggestion"][which].as_str().unwrap().to_owned();
    seen.insert([code("certain"), code("possible"), code("not_ruled_out")]);
    let parts: Vec<String> = PARTS
        .into_iter()
        .filter(|name| expected[*name] != got[*name])
        .map(|name| format!("  {name}\n    text   {}\n    engine {}", expected[name], got[name]))
        .collect();
    (!parts.is_empty()).then(|| format!("seed {seed}, {today}\n{}\n  {record}", parts.join("\n")))
}

#[test]
fn the_engine_and_the_plain_reading_of_the_text_agree() {
    const RECORDS: u64 = 24_000;
    let (signs, open) = (signs(), open_statuses());
    let pack = RulePack::load(RulePack::built_in()).unwrap();
    let half = |first: u64| {
        let mut seen = Seen::new();
        let seeds = (first..RECORDS).step_by(2);
        let differ: Vec<String> =
            seeds.filter_map(|seed| compare(seed, &signs, &open, &pack, &mut seen)).collect();
        (differ, seen)
    };
    let ((mut differ, mut seen), (more, others)) = std::thread::scope(|scope| {
        let other = scope.spawn(|| half(1));
        (half(0), other.join().unwrap())
    });
    differ.extend(more);
    seen.extend(others);
    let first = differ.iter().take(3).map(String::as_str).collect::<Vec<_>>().join("\n");
    assert!(differ.is_empty(), "{} of {RECORDS} differ; the first:\n{first}", differ.len());
    // The records reach every result, each way round.
    for code in ["R0", "R1", "R2", "R3", "R4", "R5", "IA-23"] {
        for at in 0..3 {
            let reached = seen.iter().any(|codes| codes[at] == code);
            assert!(reached, "no record of {RECORDS} gives {code} as result {at}");
        }
    }
    assert!(seen.len() > 40, "only {} different outcomes", seen.len());
}
