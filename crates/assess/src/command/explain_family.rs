//! `assess explain --family`: the explanation in plain English, for the family to read or hear. No codes, no
//! indicators, no jargon.
//!
//! Some urgent actions must not be mentioned to a family, or not before advice was taken. Then there are no words for the
//! family at all: a page that is printed and handed over must not put a child in danger.

use assessment_engine::answers::Facts;
use assessment_engine::answers::Node;
use assessment_engine::sections::asked_elements;
use assessment_rules::Age;
use assessment_rules::{Effect, Explanation, HeadlineKind, Outcome, Standing, Step, evaluate, explain};
use jiff::civil::Date;

use super::{Context, Report};
use crate::exit::Exit;
use crate::record::Record;

/// Advice on telling the family that allows a page for them.
const ALLOWS: [&str; 4] = ["n/a", "tell_family", "tell_family_unless_risk", "do_not_delay"];
/// Advice that allows it only with care.
const CAREFUL: [&str; 2] = ["tell_family_unless_risk", "do_not_delay"];

pub(super) fn report(record: &Record, day: Date, context: &Context<'_>) -> Report {
    let wording = &context.wording;
    let outcome = evaluate(&record.answers, day, context.pack());
    let mut telling = telling(&outcome, context);
    let advice = |heading: &str, codes: &[&str]| -> Vec<String> {
        let codes = codes.iter().map(|code| format!("  {}", wording.of("telling.", code)));
        std::iter::once(wording.get(heading)).chain(codes).collect()
    };
    let withheld: Vec<&str> = telling.iter().copied().filter(|code| !ALLOWS.contains(code)).collect();
    if !withheld.is_empty() {
        let text = advice("family.withheld", &withheld).join("\n") + "\n";
        return Report { text, notes: Vec::new(), exit: Exit::Found };
    }
    if outcome.suggestion.certain.step() >= Step::R4 && telling.is_empty() {
        telling.push("tell_family_unless_risk");
    }
    let careful: Vec<&str> = telling.iter().copied().filter(|code| CAREFUL.contains(code)).collect();
    let notes = if careful.is_empty() { Vec::new() } else { advice("family.careful", &careful) };
    let explanation = explain(&record.answers, day, context.pack());
    Report { text: page(&explanation, record, day, context), notes, exit: Exit::Success }
}

/// The advice on telling the family of every urgent action, each once.
fn telling<'a>(outcome: &Outcome, context: &'a Context<'_>) -> Vec<&'a str> {
    let mut codes: Vec<&str> = Vec::new();
    for action in outcome.urgent.iter().chain(&outcome.urgent_to_check) {
        // An action that the pack does not know is treated as one that must not be mentioned.
        let code = context
            .pack()
            .action(action)
            .map_or("seek_advice_before_telling", |action| &action.telling_the_family);
        if !codes.contains(&code) {
            codes.push(code);
        }
    }
    codes
}

fn page(explanation: &Explanation, record: &Record, day: Date, context: &Context<'_>) -> String {
    let (wording, pack) = (&context.wording, context.pack());
    let kind = explanation.headline.kind;
    let own = ["headline.", kind.code(), ".family"].concat();
    let suggestion = ["suggestion.", explanation.suggestion.certain.code(), ".family"].concat();
    let mut lines = vec![
        wording.get("family.heading"),
        String::new(),
        wording.get(if wording.find(&own).is_some() { &own } else { &suggestion }),
        String::new(),
        wording.get("family.reason"),
        String::new(),
    ];
    let day_of_rules = pack.day(day);
    for explained in explanation.rules.iter().filter(|rule| rule.standing == Standing::Fired) {
        // Of the rules that suggest something, only the one that decided is given: the others would only frighten.
        if matches!(explained.effect, Effect::Gives(_)) && !explained.decided.contains(&"certain") {
            continue;
        }
        // "No extra need" would reassure where not enough is known.
        if explained.effect == Effect::Gives(Step::R0) && kind != HeadlineKind::Everyday {
            continue;
        }
        let is_it =
            |rule: &&assessment_rules::Rule| rule.id == explained.rule && rule.dated.covers(day_of_rules);
        lines.extend(pack.rules().iter().find(is_it).map(|rule| format!("- {}", rule.family)));
    }
    lines.extend([String::new(), wording.get("family.open"), String::new()]);
    let keys: &[&str] = match open(record, day, context) {
        (false, false) => &["family.open.none"],
        (true, false) => &["family.open.unsure"],
        (false, true) => &["family.open.blank"],
        (true, true) => &["family.open.unsure", "family.open.blank"],
    };
    lines.extend(keys.iter().map(|key| format!("- {}", wording.get(key))));
    lines.extend([String::new(), wording.get("family.people"), String::new()]);
    lines.join("\n")
}

/// Whether anything that is asked about this child is "not sure", and whether anything was not answered. This is about the
/// answers and not the suggestion: even where the suggestion cannot rise any more, there may still be much to talk about.
fn open(record: &Record, day: Date, context: &Context<'_>) -> (bool, bool) {
    let (answers, pack) = (&record.answers, context.pack());
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
        let asked = pack
            .asked_of(element, day)
            .filter(|indicator| indicator.set_aside(facts.age, facts.disabled).is_none());
        for indicator in asked.filter(|indicator| !indicator.strength) {
            match marks.get(&indicator.id).map_or("", String::as_str) {
                "unsure" => unsure = true,
                "" if no_concern => {}
                mark => blank |= !known(mark),
            }
        }
    }
    (unsure, blank)
}
