//! The page of one rule: each version with words, condition, truth table, rationale, sources, days and approval, and the
//! stored cases that show it.

use std::collections::BTreeMap;

use assessment_rules::{Effect, Rule, RulePack, Standing, explain};

use super::index_page::{approval, days, sources};
use super::pack_table::markdown;
use crate::pack_wording::PackWording;
use crate::record::Record;
use assessment_wording::capitalised;

/// How many cases are named on a page; the rest are counted.
const MAX_CASES: usize = 20;

/// Cases by the rule that they show: those written for it first.
pub(super) type Witnesses = BTreeMap<String, Vec<String>>;

/// The file name of a rule's page.
pub(super) fn file_name(id: &str) -> String {
    format!("rule-{id}.md")
}

/// What each case shows on its own day: of the rules that suggest something, the one that decided; of the others, each
/// that fired. Cases that were written for another pack are left out.
pub(super) fn witnesses(cases: &[Record], pack: &RulePack) -> Witnesses {
    let mut found: BTreeMap<String, Vec<(bool, String)>> = BTreeMap::new();
    for case in cases.iter().filter(|case| case.pack.as_deref().is_none_or(|id| id == pack.id())) {
        // A case without a day would come out differently tomorrow.
        let Some(day) = case.day else { continue };
        for rule in explain(&case.answers, day, pack).rules {
            let gives = matches!(rule.effect, Effect::Gives(_));
            let shown =
                if gives { rule.decided.contains(&"certain") } else { rule.standing == Standing::Fired };
            if shown {
                let other = !case.about.contains(&rule.rule);
                found.entry(rule.rule).or_default().push((other, case_name(case)));
            }
        }
    }
    let sorted = |mut cases: Vec<(bool, String)>| {
        cases.sort();
        cases.into_iter().map(|(_, name)| name).collect()
    };
    found.into_iter().map(|(rule, cases)| (rule, sorted(cases))).collect()
}

/// The file without its folder, so that pages do not depend on where the program runs.
fn case_name(case: &Record) -> String {
    let file = case.file.rsplit(['/', '\\']).next().unwrap_or_default();
    if case.name.is_empty() { format!("`{file}`") } else { format!("`{file}`: {}", case.name) }
}

/// The page.
pub(super) fn page(id: &str, witnesses: &Witnesses, pack_wording: PackWording<'_>) -> Vec<String> {
    let pack = pack_wording.pack;
    let versions: Vec<&Rule> = pack.rules().iter().filter(|rule| rule.id == id).collect();
    let name = versions.last().map_or("", |rule| rule.name.as_str());
    let mut lines = vec![format!("# {id} {name}"), format!("Rule pack {}.", pack.version()), String::new()];
    for rule in versions {
        let in_force = days(&rule.dated, pack_wording);
        lines.extend([format!("## In force {in_force}"), String::new()]);
        lines.extend(version(rule, pack_wording));
    }
    lines.extend(["## Cases that show it".to_owned(), String::new()]);
    let cases = witnesses.get(id).map_or(&[][..], Vec::as_slice);
    if cases.is_empty() {
        lines.push("No stored case shows this rule.".to_owned());
    }
    lines.extend(cases.iter().take(MAX_CASES).map(|case| format!("- {case}")));
    if cases.len() > MAX_CASES {
        lines.push(format!("- and {} more", cases.len() - MAX_CASES));
    }
    lines
}

fn version(rule: &Rule, pack_wording: PackWording<'_>) -> Vec<String> {
    let mut lines = vec![format!("- Name: {}", rule.name)];
    lines.push(format!("- When: {}", rule.when_in_words));
    lines.push(format!("- Then: {}", rule.then_in_words));
    lines.push(format!("- For the family: {}", rule.family));
    lines.push(format!("- What it does: it {}", pack_wording.effect(&rule.effect)));
    lines.push(match rule.fixed {
        true => "- It is part of the floor, which no authority may change".to_owned(),
        false => "- An authority may change it".to_owned(),
    });
    lines.push(format!("- {}", approval(&rule.dated, pack_wording)));
    lines.push(String::new());
    if rule.effect != Effect::Principle {
        lines.extend(["### Condition".to_owned(), String::new()]);
        for (depth, text) in pack_wording.lines(&rule.when) {
            lines.push(format!("{}- {}", "  ".repeat(depth), capitalised(&text)));
        }
        lines.extend([String::new(), "### Truth table".to_owned(), String::new()]);
        lines.extend(markdown(rule, pack_wording));
    }
    lines.extend([String::new(), "### Why the rule exists".to_owned(), String::new()]);
    lines.push(format!("{}.", capitalised(rule.rationale.trim_end_matches('.'))));
    lines.extend([String::new(), "### Sources".to_owned(), String::new()]);
    lines.extend(sources(&rule.references, pack_wording).map(|title| format!("- {title}")));
    lines.push(String::new());
    lines
}
