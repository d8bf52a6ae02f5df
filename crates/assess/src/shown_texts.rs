//! Every text that the form shows a person, by kind, with its place. What is only for signing off is not among them.

use std::collections::BTreeMap;

use assessment_engine::code_lists::CodeLists;
use assessment_engine::sections::Framework;
use assessment_rules::RulePack;
use assessment_wording::{Wording, en_gb};
use serde::Deserialize;

/// One text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Shown {
    /// What kind of text it is, as the limits name it.
    pub(crate) kind: &'static str,
    /// Its key or id.
    pub(crate) name: String,
    pub(crate) text: String,
}

impl Shown {
    /// Where it is.
    pub(crate) fn place(&self) -> String {
        format!("{}, {}", self.kind, self.name)
    }
}

/// An option, as the lists are written.
#[derive(Deserialize)]
struct Written {
    code: String,
    label: String,
    hint: Option<String>,
}

/// The texts of the form: questions, messages, suggestions, the screen, elements, options and terms.
///
/// # Errors
/// Never, as a test shows; the type is the loaders' own.
pub(crate) fn of_the_form(front_door: &str) -> Result<Vec<Shown>, String> {
    let mut all = Vec::new();
    for (kind, json) in [
        ("questions", en_gb::QUESTIONS),
        ("screen", en_gb::SCREEN),
        ("screen", en_gb::WORK),
        ("screen", en_gb::COORDINATOR),
        ("questions", en_gb::TEAM),
        ("screen", en_gb::DATES),
        ("terms", en_gb::TERMS),
    ] {
        let wording = Wording::load(json)?.with_front_door(front_door);
        all.extend(wording.keys().map(|key| Shown {
            kind: if kind == "questions" { kind_of(key) } else { kind },
            name: key.to_owned(),
            text: without_placeholders(wording.text(key)),
        }));
    }
    let framework = Framework::load(Framework::built_in())?;
    for element in framework.elements {
        let name = |part: &str| format!("{}.{part}", element.id);
        all.push(Shown { kind: "elements", name: name("opener"), text: element.opener.clone() });
        let prompts = element.prompts.iter();
        all.extend(prompts.map(|prompt| Shown {
            kind: "elements",
            name: name("prompts"),
            text: prompt.text.clone(),
        }));
    }
    let lists: BTreeMap<String, Vec<Written>> =
        serde_json::from_str(CodeLists::built_in()).map_err(|error| error.to_string())?;
    // Languages are only names.
    for (list, options) in lists.into_iter().filter(|(list, _)| list != "languages") {
        for option in options {
            let texts = [Some(option.label), option.hint].into_iter().flatten();
            let name = format!("{list}.{}", option.code);
            all.extend(texts.map(|text| Shown {
                kind: "options",
                name: name.clone(),
                text: text.replace("%{front_door}", front_door),
            }));
        }
    }
    Ok(all)
}

/// What a key of the questions is about.
fn kind_of(key: &str) -> &'static str {
    match key.split('.').next() {
        Some("problem") => "messages",
        Some("suggestion" | "headline" | "prompt" | "telling" | "set_aside" | "raised" | "level") => {
            "suggestions"
        }
        _ if key.ends_with(".needed") => "messages",
        _ => "questions",
    }
}

/// What is filled in later is short.
fn without_placeholders(text: &str) -> String {
    let mut rest = text;
    let mut out = String::new();
    while let Some((before, (_, after))) =
        rest.split_once("%{").and_then(|(before, rest)| Some((before, rest.split_once('}')?)))
    {
        out.push_str(before);
        out.push_str("this");
        rest = after;
    }
    out + rest
}

/// The texts of a rule pack.
pub(crate) fn of_pack(pack: &RulePack) -> Vec<Shown> {
    let mut all = Vec::new();
    let mut add = |kind: &'static str, name: String, text: &str| {
        if !text.is_empty() {
            all.push(Shown { kind, name, text: text.to_owned() });
        }
    };
    for indicator in pack.indicators() {
        let kind = if indicator.strength { "strengths" } else { "indicators" };
        add(kind, indicator.id.clone(), &indicator.text);
        add("notes on indicators", indicator.id.clone(), indicator.note.as_deref().unwrap_or_default());
    }
    for action in pack.actions() {
        let name = |part: &str| format!("{}.{part}", action.id);
        add("urgent actions", name("trigger"), &action.trigger);
        add("urgent actions", name("who"), &action.who);
        add("urgent actions", name("action"), &action.action);
        add("urgent actions", name("not_sure"), action.not_sure.as_deref().unwrap_or_default());
        add("urgent actions", name("deadline"), &action.deadline);
    }
    for contact in pack.contacts() {
        add("urgent actions", format!("contact {}", contact.id), &contact.when);
    }
    for rule in pack.rules() {
        add("suggestions", format!("{}.family", rule.id), &rule.family);
    }
    all
}
