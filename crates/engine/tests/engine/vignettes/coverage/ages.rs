//! Both sides of everything in a pack that depends on age or on another answer: what raises a sign, what limits it, what
//! it counts for alone, and which action comes with an age. How a pack writes it down is `pack_form`'s matter.

use serde_json::Value;

use super::pack_form::{ActionOfAge, Raises, actions_of_age, months, raises};
use super::shown::{Shown, rank};

/// One line for each side that no vignette shows.
pub(super) fn missing(shown: &[Shown<'_>], pack: &Value) -> Vec<String> {
    let mut missing = Vec::new();
    for sign in pack["indicators"].as_array().into_iter().flatten() {
        let id = sign["id"].as_str().unwrap_or_default();
        let about: Vec<Shown<'_>> =
            shown.iter().copied().filter(|one| one.is_about(id) && one.counts(id)).collect();
        let mut sides = Sides { id, about: &about, missing: &mut missing };
        for raised in sign["raised"].as_array().into_iter().flatten() {
            sides.raised(raised);
        }
        sides.applies(&sign["applies"]);
        if let Some(alone) = sign["alone"].as_str() {
            let base = sign["level"].as_str().unwrap_or_default();
            sides.shows(&format!("alone at {alone}"), |one| one.level(id) == alone);
            sides.shows(&format!("not alone at {base}"), |one| one.level(id) == base);
        }
    }
    for found in actions_of_age(pack) {
        match found {
            Ok(action) => action_of_age(shown, &action, &mut missing),
            Err(unknown) => missing.push(unknown),
        }
    }
    missing
}

struct Sides<'a> {
    id: &'a str,
    about: &'a [Shown<'a>],
    missing: &'a mut Vec<String>,
}

impl Sides<'_> {
    fn shows(&mut self, what: &str, is_shown: impl Fn(&Shown<'_>) -> bool) {
        if !self.about.iter().any(is_shown) {
            self.missing.push(format!("{}: {what}", self.id));
        }
    }

    fn raised(&mut self, raised: &Value) {
        let id = self.id;
        let to = rank(raised["to"].as_str().unwrap_or_default());
        let reaches = move |one: &Shown<'_>| rank(one.level(id)) >= to;
        let stays = move |one: &Shown<'_>| !one.level(id).is_empty() && rank(one.level(id)) < to;
        match raises(&raised["when"]) {
            Raises::Below(months) => {
                self.shows(&format!("raised, the day before {months} months"), |one| {
                    one.day_before(months) && reaches(one)
                });
                self.shows(&format!("not raised, on the day of {months} months"), |one| {
                    one.first_day_of(months) && stays(one)
                });
            }
            Raises::Unborn => {
                self.shows("raised before birth", |one| one.unborn() && reaches(one));
                self.shows("not raised after birth", |one| one.born().is_some() && stays(one));
            }
            Raises::Disability(codes) => {
                for code in &codes {
                    self.shows(&format!("raised with {code}"), |one| one.disability(code) && reaches(one));
                }
                self.shows("not raised with another disability", |one| {
                    one.child("disabled") == "yes"
                        && !codes.iter().any(|code| one.disability(code))
                        && stays(one)
                });
            }
            Raises::Signs(others) => {
                for other in &others {
                    self.shows(&format!("raised with {other}"), |one| one.counts(other) && reaches(one));
                }
                self.shows("not raised without any of them", |one| {
                    !others.iter().any(|other| one.counts(other)) && stays(one)
                });
            }
            Raises::Unknown(when) => {
                self.missing.push(format!("{id}: nobody can tell what shows {when}: say so in pack_form.rs"));
            }
        }
    }

    fn applies(&mut self, ages: &Value) {
        let id = self.id;
        let disabled = |one: &Shown<'_>| one.child("disabled") == "yes";
        for (kind, value) in ages.as_object().into_iter().flatten() {
            match (kind.as_str(), months(value)) {
                ("from", Some(from)) => {
                    self.shows(&format!("set aside, the day before {from} months"), |one| {
                        one.day_before(from) && one.set_aside(id)
                    });
                    self.shows(&format!("in force, on the day of {from} months"), |one| {
                        one.first_day_of(from) && !one.level(id).is_empty()
                    });
                }
                ("below" | "below_if_disabled", Some(below)) => {
                    let other_limit = ages.get("below_if_disabled").is_some();
                    let fits =
                        |one: &Shown<'_>| !other_limit || disabled(one) == (kind == "below_if_disabled");
                    self.shows(&format!("in force, the day before {below} months"), |one| {
                        fits(one) && one.day_before(below) && !one.level(id).is_empty()
                    });
                    self.shows(&format!("set aside, on the day of {below} months"), |one| {
                        fits(one) && one.first_day_of(below) && one.set_aside(id)
                    });
                }
                ("unborn_only", None) => {
                    self.shows("in force before birth", |one| one.unborn() && !one.level(id).is_empty());
                    self.shows("set aside after birth", |one| one.born().is_some() && one.set_aside(id));
                }
                _ => {
                    self.missing.push(format!("{id}: nobody can tell what shows {kind:?}: say so in ages.rs"))
                }
            }
        }
    }
}

/// An action that comes with some signs at some ages, at each limit and with each sign.
fn action_of_age(shown: &[Shown<'_>], rule: &ActionOfAge, missing: &mut Vec<String>) {
    let action = rule.action.as_str();
    for sign in &rule.signs {
        let about: Vec<&Shown<'_>> =
            shown.iter().filter(|one| one.is_about(action) && one.mark(sign) == "yes").collect();
        for (months, comes_after) in [(rule.from, true), (rule.below, false)] {
            if !about.iter().any(|one| one.day_before(months) && one.urgent(action) != comes_after) {
                missing.push(format!("{action} with {sign}: the day before {months} months"));
            }
            if !about.iter().any(|one| one.first_day_of(months) && one.urgent(action) == comes_after) {
                missing.push(format!("{action} with {sign}: on the day of {months} months"));
            }
        }
    }
}
