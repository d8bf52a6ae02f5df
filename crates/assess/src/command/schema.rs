//! `assess schema`: JSON Schemas (2020-12). The rule pack's is a published file; the record's and the vignette's are made
//! from the form's own list of questions and the rule pack's indicators, so that they cannot fall behind.

use assessment_engine::answers::Caf;
use std::ffi::OsStr;

use assessment_engine::answers::Question;
use assessment_engine::answers::{Answers, NodeMut};
use assessment_engine::validation::ProblemCode;
use assessment_form::Group;
use assessment_form::Kind;
use assessment_rules::{HeadlineKind, Level, RulePack};
use serde_json::{Map, Value, json};

use super::Outcome;
use crate::arguments::Subject;
use crate::exit::Exit;
use crate::pack_file;
use crate::terminal::Terminal;
use crate::wording::Wording;

const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";
/// The published schema of rule packs.
const RULE_PACK: &str = include_str!("../../../../docs/rule-pack.schema.json");
const SUGGESTIONS: [&str; 7] = ["R0", "R1", "R2", "R3", "R4", "R5", "IA-23"];

pub(super) fn run(
    subject: Subject,
    rule_pack: Option<&OsStr>,
    wording: &Wording,
    terminal: &mut Terminal<'_>,
) -> Outcome {
    if subject == Subject::RulePack {
        terminal.print(RULE_PACK.trim_end());
        return Ok(Exit::Success);
    }
    let file = pack_file::draft(terminal, rule_pack)?;
    let writer = SchemaWriter { wording, pack: &file.pack };
    let schema = if subject == Subject::Record { writer.record() } else { writer.vignette() };
    terminal.print(&serde_json::to_string_pretty(&schema).unwrap_or_default());
    Ok(Exit::Success)
}

struct SchemaWriter<'a> {
    wording: &'a Wording,
    pack: &'a RulePack,
}

impl SchemaWriter<'_> {
    /// A record as `assess` reads it: the answers alone, or beside a day.
    fn record(&self) -> Value {
        json!({
            "$schema": DIALECT,
            "$id": format!("urn:common-assessment:record:{}", assessment_engine::FORM_VERSION),
            "title": "A record of the Common Assessment",
            "description": "The answers, or an object with `answers` and optionally the day in `today` or `on`. Nothing is \
                            required: `assess check` says what a finished record needs.",
            "type": "object",
            "if": {"required": ["answers"]},
            "then": {
                "properties": {"answers": {"$ref": "#/$defs/answers"}, "today": day(), "on": day()},
            },
            "else": {"$ref": "#/$defs/answers"},
            "$defs": {"answers": self.answers(), "date": date()},
        })
    }

    /// A vignette, or a list of them, as `tests/vignettes/` has them.
    fn vignette(&self) -> Value {
        let ids = |ids: Vec<&str>| json!({"type": "array", "uniqueItems": true, "items": {"enum": ids}});
        let rules: Vec<&str> = each(self.pack.rules().iter().map(|rule| rule.id.as_str()));
        let actions: Vec<&str> = each(self.pack.actions().iter().map(|action| action.id.as_str()));
        let indicators: Vec<&str> =
            each(self.pack.indicators().iter().map(|indicator| indicator.id.as_str()));
        let three = |of: Value| {
            closed(
                &["certain", "possible", "not_ruled_out"],
                json!({"certain": of, "possible": of, "not_ruled_out": of}),
            )
        };
        let codes = ProblemCode::ALL.iter().filter(|code| !code.is_of_team());
        let problem = closed(
            &["path", "code"],
            json!({"path": {"type": "string"}, "code": {"enum": each(codes.map(|code| code.as_str()))}}),
        );
        let expected = closed(
            &["suggestion"],
            json!({
                "suggestion": three(json!({"enum": SUGGESTIONS})),
                "headline": closed(
                    &["kind", "code"],
                    json!({
                        "kind": {"enum": HeadlineKind::ALL.map(HeadlineKind::code)},
                        "code": {"enum": SUGGESTIONS},
                    }),
                ),
                "rules": three(ids(rules)),
                "urgent": ids(actions.clone()),
                "urgent_to_check": ids(actions),
                "prompts": ids(vec![
                    "serious-worry-recorded", "consult-safeguarding-lead", "does-refusal-change-risk", "disabled-child-s17-offer", "possible-is-higher",
                ]),
                "findings": {
                    "type": "object", "propertyNames": {"enum": indicators},
                    "additionalProperties": {"enum": Level::ALL.map(Level::code)},
                },
                "set_aside": {
                    "type": "object", "propertyNames": {"enum": indicators},
                    "additionalProperties": {"enum": ["too-young", "too-old", "unborn", "born", "not-in-force"]},
                },
                "problems": {"type": "array", "items": problem},
            }),
        );
        let words = json!({"type": "string", "pattern": "\\S"});
        let vignette = closed(
            &["id", "title", "story", "on", "about", "expected", "answers"],
            json!({
                "id": {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"},
                "title": words, "story": words, "on": day(), "profile": words, "pack": words,
                "about": {"type": "array", "items": {"type": "string"}},
                "expected": expected,
                "answers": {"$ref": "#/$defs/answers"},
            }),
        );
        json!({
            "$schema": DIALECT,
            "$id": "urn:common-assessment:vignette",
            "title": "Vignettes of the Common Assessment",
            "description": "A short story about an invented family, and what the form should say about it; or a list of them.",
            "if": {"type": "array"},
            "then": {"items": {"$ref": "#/$defs/vignette"}},
            "else": {"$ref": "#/$defs/vignette"},
            "$defs": {"vignette": vignette, "answers": self.answers(), "date": date()},
        })
    }

    fn answers(&self) -> Value {
        self.group(&mut Answers::default())
    }

    fn group(&self, group: &mut dyn Group<Caf>) -> Value {
        let (key, questions) = (group.key(), group.questions());
        let mut fields = Map::new();
        for (index, question) in questions.iter().enumerate() {
            let Some(node) = group.get_mut(index) else { continue };
            let mut schema = match node {
                NodeMut::Group(inner) => self.group(inner),
                NodeMut::Rows(rows) => {
                    // A blank record has no rows; one is added to see what it asks.
                    rows.push();
                    let row = rows.row_mut(0).map(|row| self.group(row)).unwrap_or_default();
                    let max = if let Kind::Rows(max) = question.kind { max } else { u16::MAX };
                    json!({"type": "array", "items": row, "maxItems": max})
                }
                NodeMut::Date(_) => json!({"$ref": "#/$defs/date"}),
                NodeMut::Marks(_) => Value::Null,
                NodeMut::List(_) => self.list(question),
                NodeMut::Text(_) => self.text(question),
            };
            if let (Some(fields), Some(title)) = (schema.as_object_mut(), self.title(key, question)) {
                fields.insert("title".to_owned(), title.into());
            }
            fields.insert(question.name.to_owned(), schema);
            if key == "elements" {
                self.add_indicators(question.name, &mut fields);
            }
        }
        json!({"type": "object", "additionalProperties": false, "properties": fields})
    }

    /// Puts the indicators of an element into its schema.
    fn add_indicators(&self, element: &str, fields: &mut Map<String, Value>) {
        let mut indicators = Map::new();
        for indicator in self.pack.indicators_of(element) {
            let schema = json!({"description": indicator.text, "enum": self.codes("mark")});
            indicators.insert(indicator.id.clone(), schema);
        }
        let marks = json!({
            "description": "An indicator that is left out was not asked.",
            "type": "object", "additionalProperties": false, "properties": indicators,
        });
        if let Some(schema) =
            fields.get_mut(element).and_then(|schema| schema.pointer_mut("/properties/indicators"))
        {
            *schema = marks;
        }
    }

    /// What the form calls it; a group within a section may have no name of its own.
    fn title(&self, key: &str, question: &Question) -> Option<String> {
        let element = self.wording.framework().element(question.name).map(|element| element.label.as_str());
        let section = || self.wording.find(&["section.", question.name].concat());
        let own = || self.wording.find(&[key, ".", question.name].concat());
        element.or_else(section).or_else(own).map(str::to_owned)
    }

    fn codes(&self, list: &str) -> Vec<&str> {
        self.wording.lists().list(list).iter().map(|option| option.code.as_str()).collect()
    }

    fn text(&self, question: &Question) -> Value {
        match question.kind {
            Kind::Choice(list) => json!({"enum": self.codes(list)}),
            // A number or an address is read, and what is around it does not count.
            Kind::Text | Kind::Multiline if question.max > 0 => {
                json!({"type": "string", "maxLength": question.max})
            }
            _ => json!({"type": "string"}),
        }
    }

    fn list(&self, question: &Question) -> Value {
        match question.kind {
            Kind::Choices(list) => {
                json!({"type": "array", "uniqueItems": true, "items": {"enum": self.codes(list)}})
            }
            _ => json!({"type": "array", "items": {"type": "string"}}),
        }
    }
}

/// Each once, in the order of its first appearance.
fn each<'a>(all: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut found = Vec::new();
    for one in all {
        if !found.contains(&one) {
            found.push(one);
        }
    }
    found
}

fn closed(required: &[&str], properties: Value) -> Value {
    json!({"type": "object", "additionalProperties": false, "required": required, "properties": properties})
}

fn day() -> Value {
    json!({"description": "A day, such as 2026-11-23.", "type": "string", "pattern": "^[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}$"})
}

/// A date as somebody typed it.
fn date() -> Value {
    let part = json!({"type": "string"});
    json!({
        "description": "A date: `2019-02-03`, `2019-02` or `2019`; or its three fields as they were typed.",
        "anyOf": [
            {"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"},
            closed(&[], json!({"day": part, "month": part, "year": part})),
        ],
    })
}
