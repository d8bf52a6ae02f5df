//! The pages for signing off: the index and the boxes. For the pages of rules see `rule_page`. Markdown, one sentence on a
//! line, in the order of the pack.

use std::collections::{BTreeMap, BTreeSet};

use assessment_rules::{Ages, Contact, Dated, Indicator, UrgentAction};
use serde_json::Value;

use super::document::MARK;
use super::pack_check::counted;
use super::parts::days;
use super::rule_page;
use crate::conditions::Reader;
use crate::pack_file::PackFile;
use crate::record::Record;
use crate::words::{Words, capitalised, uncapitalised};

/// All pages by file name.
pub(super) fn pages(file: &PackFile, cases: &[Record], words: &Words) -> BTreeMap<String, String> {
    let reader = Reader { words, pack: &file.pack };
    let mut pages = BTreeMap::from([("index.md".to_owned(), finished(index(file, reader)))]);
    let ids: BTreeSet<&str> = file.pack.rules().iter().map(|rule| rule.id.as_str()).collect();
    let witnesses = rule_page::witnesses(cases, &file.pack);
    for id in ids {
        pages.insert(rule_page::name(id), finished(rule_page::page(id, &witnesses, reader)));
    }
    for element in &words.framework().elements {
        pages.insert(box_name(&element.id), finished(box_page(&element.id, reader)));
    }
    pages
}

fn finished(mut lines: Vec<String>) -> String {
    lines.insert(1, String::new());
    lines.insert(2, MARK.to_owned());
    lines.insert(3, String::new());
    let mut text = String::new();
    for line in lines {
        // Two empty lines say no more than one.
        if line.is_empty() && text.ends_with("\n\n") {
            continue;
        }
        text.push_str(&line);
        text.push('\n');
    }
    text.trim_end().to_owned() + "\n"
}

fn box_name(id: &str) -> String {
    format!("box-{id}.md")
}

/// A text as a cell of a table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}

fn index(file: &PackFile, reader: Reader<'_>) -> Vec<String> {
    let (pack, words) = (&file.pack, reader.words);
    let mut lines = vec![format!("# {}", pack.title())];
    lines.push(format!("Rule pack {}.", pack.version()));
    lines.push(format!("In force {}.", days(&no_days(), pack.in_force(), words)));
    lines.push(approval(&no_days(), reader));
    let refused = pack.law_problems().len() + pack.floor_problems().len();
    if refused > 0 {
        // Nobody must sign it without seeing this.
        lines.push(format!(
            "**It may not be used**: `assess pack check` names {} to mend.",
            counted(refused, "place")
        ));
    }
    lines.push("It suggests; people decide.".to_owned());
    lines.extend([String::new(), "## Rules".to_owned(), String::new()]);
    lines.push("| Rule | Name | What follows | In force | Fixed |".to_owned());
    lines.push("|---|---|---|---|---|".to_owned());
    for rule in pack.rules() {
        let days = days(&rule.dated, pack.in_force(), words);
        let fixed = if rule.fixed { "yes" } else { "no" };
        let (link, effect) = (rule_page::name(&rule.id), cell(&capitalised(&reader.effect(&rule.effect))));
        lines.push(format!("| [{}]({link}) | {} | {effect} | {days} | {fixed} |", rule.id, cell(&rule.name)));
    }
    lines.extend([String::new(), "## Boxes".to_owned(), String::new()]);
    for element in &words.framework().elements {
        let signs = pack.indicators_of(&element.id).count();
        lines.push(format!("- [{}]({}): {signs} signs and strengths", element.label, box_name(&element.id)));
    }
    lines.extend([String::new(), "## Urgent actions".to_owned(), String::new()]);
    pack.actions().iter().for_each(|action| lines.extend(action_lines(action, reader)));
    lines.extend([String::new(), "## Contacts".to_owned(), String::new()]);
    lines.push("| Contact | Name | Phone | Email | When to use it | Checked on |".to_owned());
    lines.push("|---|---|---|---|---|---|".to_owned());
    lines.extend(pack.contacts().iter().map(contact_line));
    lines.extend([String::new(), "## Time scales".to_owned(), String::new()]);
    lines.push("| Time scale | Words | At most, in hours |".to_owned());
    lines.push("|---|---|---|".to_owned());
    for scale in file.value.get("time_scales").and_then(Value::as_array).into_iter().flatten() {
        let text = |name: &str| cell(scale.get(name).and_then(Value::as_str).unwrap_or_default());
        let hours = scale.get("hours").and_then(Value::as_u64).map(|hours| hours.to_string());
        let hours = hours.unwrap_or_else(|| "as local policy says".to_owned());
        lines.push(format!("| {} | {} | {hours} |", text("id"), text("words")));
    }
    lines.extend([String::new(), "## Sources".to_owned(), String::new()]);
    lines.extend(
        pack.references().iter().map(|reference| format!("- `{}`: {}", reference.id, reference.title)),
    );
    lines.extend([String::new(), "## Sign-off".to_owned(), String::new()]);
    lines.push("| Name | Role | Organisation | Date | Signature |".to_owned());
    lines.push("|---|---|---|---|---|".to_owned());
    lines.push("| | | | | |".to_owned());
    lines
}

/// Days and approval that say nothing of their own, so that the pack's count.
fn no_days() -> Dated {
    Dated { from: None, to: None, approved_by: None, approved_on: None }
}

/// Who approved something: its own approval, or the pack's.
pub(super) fn approval(dated: &Dated, reader: Reader<'_>) -> String {
    let own = dated.approved_by.as_deref().zip(dated.approved_on.as_deref());
    match own.or(reader.pack.approval()) {
        Some((who, when)) => format!("Approved by {who} on {when}."),
        None => "Nobody has approved it yet.".to_owned(),
    }
}

/// The titles of sources.
pub(super) fn sources(ids: &[String], reader: Reader<'_>) -> Vec<String> {
    ids.iter().map(|id| format!("- {}", reader.pack.reference(id).unwrap_or(id))).collect()
}

fn action_lines(action: &UrgentAction, reader: Reader<'_>) -> Vec<String> {
    let (words, pack) = (reader.words, reader.pack);
    let contacts = action.contacts.iter().filter_map(|id| pack.contact(id));
    let contacts: Vec<&str> = contacts.map(|contact| contact.name.as_str()).collect();
    let mut lines = vec![format!("### {} {}", action.id, action.trigger), String::new()];
    lines.extend(sentences(&action.action).into_iter().map(|sentence| format!("- {sentence}")));
    lines.push(format!("- Who: {}", action.who));
    lines.push(format!("- By when: {}", action.deadline));
    lines.push(format!("- Contacts: {}", contacts.join("; ")));
    let telling = words.get(&["telling.", &action.telling_the_family].concat());
    lines.push(format!("- Telling the family: {telling}"));
    lines.push(format!("- In force {}", days(&action.dated, pack.in_force(), words)));
    lines.push(format!("- {}", approval(&action.dated, reader)));
    lines.push(format!("- How well sourced: {}", action.confidence));
    let titles = sources(&action.references, reader);
    lines.extend(titles.iter().map(|title| format!("- Source: {}", title.trim_start_matches("- "))));
    lines.push(String::new());
    lines
}

/// A text as its sentences.
fn sentences(text: &str) -> Vec<String> {
    let parts = text.split_inclusive(['.', '?', '!']);
    let mut found: Vec<String> = Vec::new();
    for part in parts {
        let ends = found.last().is_none_or(|last| last.ends_with(['.', '?', '!']) && part.starts_with(' '));
        match found.last_mut().filter(|_| !ends) {
            Some(last) => last.push_str(part),
            None => found.push(part.to_owned()),
        }
    }
    found
        .into_iter()
        .map(|sentence| sentence.trim().to_owned())
        .filter(|sentence| !sentence.is_empty())
        .collect()
}

fn contact_line(contact: &Contact) -> String {
    let checked = match (&contact.checked_on, contact.national) {
        (Some(day), _) => day.as_str(),
        (None, true) => "national number",
        (None, false) => "**not checked**",
    };
    let [phone, email] = [&contact.phone, &contact.email].map(|text| text.as_deref().unwrap_or_default());
    let (name, when) = (cell(&contact.name), cell(&contact.when));
    format!("| {} | {name} | {} | {} | {when} | {checked} |", contact.id, cell(phone), cell(email))
}

fn box_page(id: &str, reader: Reader<'_>) -> Vec<String> {
    let (pack, words) = (reader.pack, reader.words);
    let mut lines = vec![format!("# {}", words.element(id))];
    lines.push(format!("Rule pack {}.", pack.version()));
    lines.push(String::new());
    for (heading, strength) in [("## Signs", false), ("## Strengths", true)] {
        lines.extend([heading.to_owned(), String::new()]);
        let signs = pack.indicators_of(id).filter(|sign| sign.strength == strength);
        signs.for_each(|sign| lines.extend(sign_lines(sign, reader)));
    }
    lines
}

fn sign_lines(sign: &Indicator, reader: Reader<'_>) -> Vec<String> {
    let (pack, words) = (reader.pack, reader.words);
    let mut lines = vec![format!("### {} {}", sign.id, sign.text), String::new()];
    lines.push(format!("- Level: {}", words.level(sign.level.code())));
    lines.push(format!("- Ages: {}", ages(sign.applies.as_ref(), words)));
    for raised in &sign.raised {
        let when = reader.lines(&raised.when).into_iter().map(|(_, text)| text).collect::<Vec<_>>().join(" ");
        lines.push(format!(
            "- Raised to {} when {when} ({})",
            words.level(raised.to.code()),
            uncapitalised(&raised.because)
        ));
    }
    if let Some(alone) = sign.alone {
        lines.push(format!("- With no other sign beside it: {}", words.level(alone.code())));
    }
    if let Some(id) = &sign.action {
        let trigger = pack.action(id).map_or("", |action| action.trigger.as_str());
        lines.push(format!("- Urgent action: [{id}](index.md#urgent-actions) {trigger}"));
    }
    lines.extend(sign.note.iter().map(|note| format!("- Note: {note}")));
    lines.push(format!("- In force {}", days(&sign.dated, pack.in_force(), words)));
    if sign.dated.approved_by.is_some() {
        lines.push(format!("- {}", approval(&sign.dated, reader)));
    }
    lines.push(format!("- How well sourced: {}", sign.confidence));
    let titles = sources(&sign.references, reader);
    lines.extend(titles.iter().map(|title| format!("- Source: {}", title.trim_start_matches("- "))));
    lines.push(String::new());
    lines
}

fn ages(ages: Option<&Ages>, words: &Words) -> String {
    let Some(ages) = ages else { return "all, and before birth".to_owned() };
    if ages.unborn_only {
        return "only before birth".to_owned();
    }
    let mut told = Vec::new();
    told.extend(ages.from.map(|from| format!("{} or older", words.age(from))));
    told.extend(ages.below.map(|below| format!("younger than {}", words.age(below))));
    told.extend(
        ages.below_if_disabled.map(|below| format!("a disabled child: younger than {}", words.age(below))),
    );
    if ages.from.is_none() {
        told.push("also before birth".to_owned());
    }
    told.join("; ")
}
