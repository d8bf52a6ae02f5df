//! The first page of a rule pack: its rules, elements, urgent actions, contacts, time scales and sources, and where to
//! sign. It also says what all pages say of days, approval and sources.

use assessment_rules::{Contact, Dated, RulePack, UrgentAction};
use jiff::civil::Date;
use serde_json::Value;

use super::{element_page, hours, rule_page};
use crate::pack_file::PackFile;
use crate::pack_wording::PackWording;
use crate::wording::counted;
use assessment_wording::capitalised;

/// The page.
pub(super) fn page(file: &PackFile, pack_wording: PackWording<'_>) -> Vec<String> {
    let PackWording { wording, pack } = pack_wording;
    let mut lines = vec![format!("# {}", pack.title())];
    lines.push(format!("Rule pack {}.", pack.version()));
    lines.push(format!("In force {}.", days(&UNDATED, pack_wording)));
    lines.push(approval(&UNDATED, pack_wording));
    lines.extend(refusal(pack));
    lines.push("It suggests; people decide.".to_owned());
    lines.extend(table("Rules", &["Rule", "Name", "What follows", "In force", "Fixed"]));
    for rule in pack.rules() {
        let link = format!("[{}]({})", rule.id, rule_page::file_name(&rule.id));
        let effect = capitalised(&pack_wording.effect(&rule.effect));
        let fixed = if rule.fixed { "yes" } else { "no" };
        lines.push(row(&[&link, &rule.name, &effect, &days(&rule.dated, pack_wording), fixed]));
    }
    lines.extend(heading("Elements"));
    for element in &wording.framework().elements {
        let count = pack.indicators_of(&element.id).count();
        let link = element_page::file_name(&element.id);
        lines.push(format!("- [{}]({link}): {count} indicators and strengths", element.label));
    }
    lines.extend(heading("Urgent actions"));
    pack.actions().iter().for_each(|one| lines.extend(action(one, pack_wording)));
    lines.extend(table(
        "Contacts",
        &[
            "Contact",
            "Name",
            "Phone",
            "Email",
            "When to use it",
            "Opening hours",
            "When closed",
            "Checked on",
        ],
    ));
    lines.extend(pack.contacts().iter().map(|one| contact(one, pack_wording)));
    lines.extend(bank_holidays(pack_wording));
    lines.extend(table("Time scales", &["Time scale", "Words", "At most, in hours", "Clock"]));
    for scale in file.value.get("time_scales").and_then(Value::as_array).into_iter().flatten() {
        let text = |name: &str| scale.get(name).and_then(Value::as_str).unwrap_or_default();
        let hours = scale.get("hours").and_then(Value::as_u64).map(|hours| hours.to_string());
        let hours = hours.unwrap_or_else(|| "as local policy says".to_owned());
        lines.push(row(&[text("id"), text("words"), &hours, &clock(&scale["due"])]));
    }
    lines.extend(heading("Sources"));
    let source = |id: &str, title: &str| format!("- `{id}`: {title}");
    lines.extend(pack.references().iter().map(|reference| source(&reference.id, &reference.title)));
    lines.extend(table("Sign-off", &["Name", "Role", "Organisation", "Date", "Signature"]));
    lines.push("| | | | | |".to_owned());
    lines
}

/// When the form says that an action is due, in words.
fn clock(due: &Value) -> String {
    let counted = |name: &str, one: &str, many: &str| {
        let count = due[name].as_u64().unwrap_or_default();
        format!("{count} {}", if count == 1 { one } else { many })
    };
    match due["kind"].as_str() {
        Some("now") => "at once".to_owned(),
        Some("same_day") => "by the end of the day; from 20:00 to 06:00 at once".to_owned(),
        Some("hours") => counted("hours", "hour", "hours"),
        Some("working_days") => {
            format!("17:00, {} later", counted("days", "working day", "working days"))
        }
        _ => "none: words only".to_owned(),
    }
}

/// Days and approval of their own that say nothing, so that the pack's count.
const UNDATED: Dated = Dated { from: None, to: None, approved_by: None, approved_on: None };

/// That the pack may not be used. Nobody must sign it without seeing this.
fn refusal(pack: &RulePack) -> Option<String> {
    let faults = pack.law_problems().len() + pack.floor_problems().len();
    let faults = (faults > 0).then(|| counted(faults, "fault"))?;
    Some(format!("**It may not be used**: `assess pack check` names {faults} to fix."))
}

fn heading(heading: &str) -> [String; 3] {
    [String::new(), format!("## {heading}"), String::new()]
}

fn table(title: &str, columns: &[&str]) -> Vec<String> {
    let mut lines = heading(title).to_vec();
    lines.push(row(columns));
    lines.push(format!("|{}", "---|".repeat(columns.len())));
    lines
}

fn row(cells: &[&str]) -> String {
    let cells: Vec<String> = cells.iter().map(|text| text.replace('|', "\\|").replace('\n', " ")).collect();
    format!("| {} |", cells.join(" | "))
}

/// From when to when something is in force: its own days, or the pack's.
pub(super) fn days(dated: &Dated, pack_wording: PackWording<'_>) -> String {
    let PackWording { wording, pack } = pack_wording;
    let (pack_from, pack_to) = pack.in_force();
    let day = |own: Option<Date>, of_pack: Option<Date>| own.or(of_pack).map(|day| wording.day(day));
    match (day(dated.from, pack_from), day(dated.to, pack_to)) {
        (Some(from), Some(to)) => format!("from {from} to {to}"),
        (Some(from), None) => format!("from {from}, with no end set"),
        (None, Some(to)) => format!("until {to}"),
        (None, None) => "always".to_owned(),
    }
}

/// Who approved something: its own approval, or the pack's.
pub(super) fn approval(dated: &Dated, pack_wording: PackWording<'_>) -> String {
    let own = dated.approved_by.as_deref().zip(dated.approved_on.as_deref());
    match own.or(pack_wording.pack.approval()) {
        Some((who, when)) => format!("Approved by {who} on {when}."),
        None => "Nobody has approved it yet.".to_owned(),
    }
}

/// The titles of sources.
pub(super) fn sources<'a>(ids: &'a [String], pack_wording: PackWording<'a>) -> impl Iterator<Item = &'a str> {
    ids.iter().map(move |id| pack_wording.pack.reference(id).unwrap_or(id))
}

fn action(action: &UrgentAction, pack_wording: PackWording<'_>) -> Vec<String> {
    let PackWording { wording, pack } = pack_wording;
    let contacts = action.contacts.iter().filter_map(|id| pack.contact(id));
    let contacts: Vec<&str> = contacts.map(|contact| contact.name.as_str()).collect();
    let mut lines = vec![format!("### {} {}", action.id, action.trigger), String::new()];
    lines.extend(sentences(&action.action).iter().map(|sentence| format!("- {sentence}")));
    lines.push(format!("- Who: {}", action.who));
    lines.push(format!("- By when: {}", action.deadline));
    lines.push(format!("- Contacts: {}", contacts.join("; ")));
    lines.push(format!("- Telling the family: {}", wording.of("telling.", &action.telling_the_family)));
    lines.push(format!("- In force {}", days(&action.dated, pack_wording)));
    lines.push(format!("- {}", approval(&action.dated, pack_wording)));
    lines.push(format!("- How well sourced: {}", action.confidence));
    lines.extend(sources(&action.references, pack_wording).map(|title| format!("- Source: {title}")));
    lines.push(String::new());
    lines
}

fn sentences(text: &str) -> Vec<String> {
    let on_lines = text.replace(". ", ".\n").replace("? ", "?\n").replace("! ", "!\n");
    on_lines.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
}

fn contact(contact: &Contact, pack_wording: PackWording<'_>) -> String {
    let checked = match (&contact.checked_on, contact.national) {
        (Some(day), _) => day.as_str(),
        (None, true) => "national number",
        (None, false) => "**not checked**",
    };
    let [phone, email] = [&contact.phone, &contact.email].map(|text| text.as_deref().unwrap_or_default());
    let name = |id: &str| pack_wording.pack.contact(id).map_or(id.to_owned(), |other| other.name.clone());
    let hours = if phone.is_empty() { String::new() } else { hours::in_words(&contact.hours, pack_wording) };
    let when_closed = contact.when_closed.as_deref().map(name).unwrap_or_default();
    row(&[&contact.id, &contact.name, phone, email, &contact.when, &hours, &when_closed, checked])
}

/// The days that the pack adds to the bank holidays of England; nothing where it adds none.
fn bank_holidays(pack_wording: PackWording<'_>) -> Vec<String> {
    let PackWording { wording, pack } = pack_wording;
    let more = pack.more_bank_holidays();
    let mut lines = Vec::new();
    if !more.days.is_empty() || more.known_until.is_some() {
        lines.extend(heading("Bank holidays beside those of England"));
        lines.extend(more.days.iter().map(|day| format!("- {}", wording.day(*day))));
        lines.extend(more.known_until.map(|day| format!("- Complete until {}", wording.day(day))));
    }
    lines
}
