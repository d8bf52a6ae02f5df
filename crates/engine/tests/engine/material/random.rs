//! Random records and days from a seed, for tests that compare. Days are counted here once more, so that a mistake in
//! the engine's calendar would show. Not random in any other sense: a seed always gives the same record.

use std::fmt;

use serde_json::{Map, Value, json};

/// A civil date as year, month and day.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Day(pub(crate) i32, pub(crate) i32, pub(crate) i32);

impl Day {
    /// The days of a month.
    pub(crate) fn days_in(year: i32, month: i32) -> i32 {
        match month {
            2 if year % 400 == 0 || (year % 4 == 0 && year % 100 != 0) => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        }
    }

    /// The day after, or before.
    fn step(self, forward: bool) -> Day {
        let Day(y, m, d) = self;
        match (forward, m, d) {
            (true, 12, 31) => Day(y + 1, 1, 1),
            (true, ..) if d == Day::days_in(y, m) => Day(y, m + 1, 1),
            (true, ..) => Day(y, m, d + 1),
            (false, 1, 1) => Day(y - 1, 12, 31),
            (false, _, 1) => Day(y, m - 1, Day::days_in(y, m - 1)),
            (false, ..) => Day(y, m, d - 1),
        }
    }

    fn months_before(self, months: i32) -> Day {
        let at = self.0 * 12 + self.1 - 1 - months;
        let (y, m) = (at.div_euclid(12), at.rem_euclid(12) + 1);
        Day(y, m, self.2.min(Day::days_in(y, m)))
    }
}

impl fmt::Display for Day {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:04}-{:02}-{:02}", self.0, self.1, self.2)
    }
}

/// Numbers from a seed (SplitMix64).
pub(crate) struct Random(u64);

impl Random {
    /// The numbers of `seed`.
    pub(crate) fn new(seed: u64) -> Random {
        // Neighbouring seeds must not give the same numbers one step apart.
        let mut random = Random(seed);
        random.0 = random.next() ^ seed.rotate_left(32);
        random
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `below`.
    pub(crate) fn below(&mut self, below: usize) -> usize {
        (self.next() % below as u64) as usize
    }

    /// One of them.
    pub(crate) fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }

    fn chance(&mut self, per_thousand: usize) -> bool {
        self.below(1000) < per_thousand
    }

    /// A day between 2023 and 2028, often the last of a month.
    pub(crate) fn today(&mut self) -> Day {
        let (y, m) = (2023 + self.below(6) as i32, 1 + self.below(12) as i32);
        let last = Day::days_in(y, m);
        Day(y, m, if self.chance(300) { last } else { 1 + self.below(last as usize) as i32 })
    }

    /// A date of birth, often a day on either side of an age that a rule names.
    fn dob(&mut self, today: Day) -> String {
        const AGES: [i32; 14] = [0, 6, 12, 24, 36, 60, 96, 132, 144, 156, 186, 192, 216, 300];
        let months = if self.chance(700) { self.pick(&AGES) } else { self.below(320) as i32 };
        let mut day = today.months_before(months);
        match self.below(4) {
            0 => day = day.step(true),
            1 => day = day.step(false),
            _ => {}
        }
        match self.below(6) {
            0 => format!("{:04}-{:02}", day.0, day.1),
            1 => format!("{:04}", day.0),
            _ => day.to_string(),
        }
    }

    /// A record: the child, and marks on the indicators of `ids` (box and id), from none to all.
    pub(crate) fn record(&mut self, ids: &[(&str, &str)], today: Day) -> Value {
        let mut child = Map::new();
        let birth = self.below(20);
        if birth < 15 {
            child.insert("dob".into(), self.dob(today).into());
        }
        if birth == 14 || (15..18).contains(&birth) {
            child.insert("edd".into(), today.months_before(-(self.below(9) as i32)).to_string().into());
        }
        let mut choice = |name: &str, codes: &[&'static str], random: &mut Random| {
            let code = random.pick(codes);
            if !code.is_empty() {
                child.insert(name.into(), code.into());
            }
        };
        choice("disabled", &["", "", "yes", "no", "no", "unknown"], self);
        choice("independently_mobile", &["", "yes", "yes", "no", "unknown"], self);
        choice(
            "legal_status",
            &[
                "",
                "",
                "none",
                "none",
                "closed",
                "closed_protection_plan",
                "child_in_need",
                "section_47",
                "protection_plan",
                "looked_after",
                "care_leaver",
                "not_known",
            ],
            self,
        );
        if self.chance(300) {
            const CODES: [&str; 4] = ["LD", "MOB", "AUT", "NONE"];
            let codes: Vec<&str> = CODES.into_iter().filter(|_| self.chance(500)).collect();
            child.insert("disability".into(), json!(codes));
        }
        // From hardly anything to everything: rare signs alone are as telling as many together.
        let yes = self.pick(&[0, 0, 3, 8, 8, 20, 20, 60, 200, 900]);
        let unsure = self.pick(&[0, 0, 0, 3, 8, 20, 60, 300]);
        let blank = self.pick(&[0, 0, 3, 3, 8, 20, 500, 1000]);
        let no_concern = self.pick(&[0, 100, 500]);
        // Some records keep away from what outweighs all the rest.
        let quiet = self.chance(500);
        let mut elements = Map::new();
        for (element, id) in ids {
            let quiet = quiet && id.as_bytes().get(3).is_some_and(|digit| *digit >= b'4');
            let mark = if self.chance(yes) && !quiet {
                "yes"
            } else if self.chance(unsure) && !quiet {
                "unsure"
            } else if self.chance(blank) && !quiet {
                ""
            } else {
                "no"
            };
            let group = elements.entry(*element).or_insert_with(|| {
                // Only "no concern" answers what is blank in a box.
                let other = self.pick(&["recorded", "recorded", "not_discussed"]);
                let status = if self.chance(no_concern) { "no_concern" } else { other };
                json!({"status": status, "indicators": {}})
            });
            if !mark.is_empty() {
                group["indicators"][id] = mark.into();
            }
        }
        if self.chance(150) && child.contains_key("dob") {
            child.insert("dob_estimated".into(), self.pick(&["yes", "yes", "no"]).into());
        }
        let mut record = json!({"identifying_details": child, "elements": elements});
        // Few, or nothing else would be seen.
        match self.below(24) {
            0 => record["pre_assessment_checklist"] = json!({"safe": self.pick(&["no", "yes", "not_sure"])}),
            1 => {
                record["pre_assessment_checklist"] =
                    json!({"decision": self.pick(&["refer_safeguarding", "offer_caf"])})
            }
            2 => record["conclusions"] = json!({"decision": self.pick(&["R0", "R3", "R4", "R5"])}),
            3 => record["exceptional_circumstances"] = json!({"to_whom": "The duty worker"}),
            _ => {}
        }
        let danger = self.pick(&["no", "no", "no", "no", "no", "no", "no", "", "unsure", "yes"]);
        if !danger.is_empty() {
            record["danger_now"] = danger.into();
        }
        let consent = self.pick(&["", "given", "given_partly", "refused", "withdrawn", "not_sought"]);
        if !consent.is_empty() {
            record["consent"] = json!({"status": consent});
            if self.chance(150) {
                let reasons = ["risk_sig_harm", "risk_adult", "prejudice_crime", "fii_fm_hba", "delay"];
                record["consent"]["not_sought_reason"] = self.pick(&reasons).into();
            }
        }
        // Half of the records ask each person; some of those have the one status of older records too.
        if self.chance(500) {
            let mut consent = json!({"sought": self.pick(&["yes", "yes", "yes", "no", ""])});
            if self.chance(150) {
                consent["status"] = record["consent"]["status"].clone();
            }
            consent["not_sought_reason"] = self.pick(&["", "risk_sig_harm", "delay"]).into();
            let rows = self.below(3);
            let rows: Vec<_> = (0..rows).map(|_| self.person()).collect();
            consent["people"] = rows.into();
            record["consent"] = consent;
        }
        record
    }

    /// What one person says about agreement.
    fn person(&mut self) -> Value {
        let says = ["agrees", "agrees", "agrees_partly", "refuses", "withdrew", "not_asked", ""];
        let who = ["parent_pr", "young_person_16", "young_person_competent", "carer", ""];
        let test = self.pick(&["yes", "yes", "unsure"]);
        json!({
            "who": self.pick(&who), "says": self.pick(&says),
            "competence": {
                "understands_question": "yes", "understands_info": "yes", "weighs_options": "yes", "own_view": "yes",
                "free_choice": test,
            },
        })
    }
}
