//! `assess explain --family`: the same in plain English, for the family to read or to hear. No codes, no signs, no jargon.
//!
//! Some urgent actions must not be told to a family, or not before advice was taken. Then there are no words for the family
//! at all: a page that is printed and handed over must not put a child in danger.

use assessment_engine::answers::Facts;
use assessment_engine::answers::Node;
use assessment_engine::sections::asked_elements;
use assessment_rules::Age;
use assessment_rules::{Effect, Explanation, Outcome, Standing, Step, evaluate, explain};
use jiff::civil::Date;

use super::{Desk, Shown};
use crate::exit::Exit;
use crate::record::Record;

/// Advice on telling the family that allows a page for them.
const ALLOWS: [&str; 4] = ["n/a", "tell_family", "tell_family_unless_risk", "do_not_delay"];
/// Advice that allows it only with care.
const CAREFUL: [&str; 2] = ["tell_family_unless_risk", "do_not_delay"];

pub(super) fn show(record: &Record, day: Date, desk: &Desk<'_>) -> Shown {
    let words = desk.words;
    let outcome = evaluate(&record.answers, day, desk.pack());
    let mut telling = telling(&outcome, desk);
    let withheld: Vec<&str> = telling.iter().copied().filter(|code| !ALLOWS.contains(code)).collect();
    let said = |codes: &[&str]| -> Vec<String> {
        codes.iter().map(|code| format!("  {}", words.get(&["telling.", code].concat()))).collect()
    };
    if !withheld.is_empty() {
        let lines = [vec![words.get("family.withheld")], said(&withheld), vec![String::new()]].concat();
        return Shown { text: lines.join("\n"), aside: Vec::new(), exit: Exit::Found };
    }
    if outcome.suggestion.certain.step() >= Step::R4 && telling.is_empty() {
        telling.push("tell_family_unless_risk");
    }
    let careful: Vec<&str> = telling.iter().copied().filter(|code| CAREFUL.contains(code)).collect();
    let mut aside = Vec::new();
    if !careful.is_empty() {
        aside.push(words.get("family.careful"));
        aside.extend(said(&careful));
    }
    let explanation = explain(&record.answers, day, desk.pack());
    Shown { text: page(&explanation, record, day, desk), aside, exit: Exit::Fine }
}

/// The advice on telling the family of every urgent action, each once.
fn telling<'a>(outcome: &Outcome, desk: &'a Desk<'_>) -> Vec<&'a str> {
    let mut codes: Vec<&str> = Vec::new();
    for action in outcome.urgent.iter().chain(&outcome.urgent_to_check) {
        // What the pack does not know is treated as what must not be told.
        let code = desk
            .pack()
            .action(action)
            .map_or("seek_advice_before_telling", |action| &action.telling_the_family);
        if !codes.contains(&code) {
            codes.push(code);
        }
    }
    codes
}

fn page(explanation: &Explanation, record: &Record, day: Date, desk: &Desk<'_>) -> String {
    let (words, pack) = (desk.words, desk.pack());
    let certain = explanation.suggestion.certain.code();
    let mut lines = vec![
        words.get("family.heading"),
        String::new(),
        words.get(&["suggestion.", certain, ".family"].concat()),
        String::new(),
        words.get("family.reason"),
        String::new(),
    ];
    let of_day = pack.day(day);
    for explained in explanation.rules.iter().filter(|rule| rule.standing == Standing::Fired) {
        // Of the rules that suggest something only the one that decided is told: the others would only frighten.
        let gives = matches!(explained.effect, Effect::Gives(_));
        if gives && !explained.decided.contains(&"certain") {
            continue;
        }
        let rule = pack.rules().iter().find(|rule| rule.id == explained.rule && rule.dated.covers(of_day));
        lines.extend(rule.map(|rule| format!("- {}", rule.family)));
    }
    lines.extend([String::new(), words.get("family.open"), String::new()]);
    let (unsure, blank) = open(record, day, desk);
    if unsure {
        lines.push(format!("- {}", words.get("family.open.unsure")));
    }
    if blank {
        lines.push(format!("- {}", words.get("family.open.blank")));
    }
    if !unsure && !blank {
        lines.push(format!("- {}", words.get("family.open.none")));
    }
    lines.extend([String::new(), words.get("family.people"), String::new()]);
    lines.join("\n")
}

/// Whether anything that is asked about this child is not sure, and whether anything was not answered. It looks at the answers
/// and not at the suggestion: where the suggestion cannot rise any more, there may still be much to talk about.
fn open(record: &Record, day: Date, desk: &Desk<'_>) -> (bool, bool) {
    let (answers, pack) = (&record.answers, desk.pack());
    let facts = Facts::of(answers, day);
    let known = |code: &str| matches!(code, "yes" | "no");
    let mut unsure = answers.danger_now == "unsure";
    let mut blank = !unsure && !known(&answers.danger_now) || facts.age == Age::Unknown;
    for element in asked_elements(answers, day, pack) {
        let text = |path: String| match answers.find(&path).map(|found| found.node) {
            Some(Node::Text(text)) => text.as_str(),
            _ => "",
        };
        let no_concern = text(["elements.", element, ".status"].concat()) == "no_concern";
        let Some(Node::Marks(marks)) =
            answers.find(&["elements.", element, ".indicators"].concat()).map(|found| found.node)
        else {
            continue;
        };
        let asked =
            pack.asked_of(element, day).filter(|sign| sign.set_aside(facts.age, facts.disabled).is_none());
        for sign in asked.filter(|sign| !sign.strength) {
            match marks.get(&sign.id).map_or("", String::as_str) {
                "unsure" => unsure = true,
                "" if no_concern => {}
                mark => blank |= !known(mark),
            }
        }
    }
    (unsure, blank)
}
