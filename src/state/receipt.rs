//! The server's receipt as this device keeps it. The wire types are `assessment-api`'s; this is the part of them that
//! the form shows, read by hand, since a derived reader weighs more than the rest of the module.

use crate::json::{Json, write_name, write_text};
use assessment_api::assessment::{Receipt, Shown, Suggestion};
use assessment_engine::FORM_VERSION;
use assessment_engine::answers::Answers;
use assessment_rules::Outcome;

use super::written::write_field;

/// Reads a receipt. `None` when it is none.
#[must_use]
pub fn read_receipt(value: &Json) -> Option<Receipt> {
    let text = |name: &str| value.get(name).and_then(Json::as_text).map(str::to_owned);
    let result = |name: &str| value.get("suggestion")?.get(name)?.as_text().map(str::to_owned);
    let Some(Json::List(urgent)) = value.get("urgent") else { return None };
    Some(Receipt {
        id: text("id")?,
        reference: text("reference")?,
        suggestion: Suggestion {
            certain: result("certain")?,
            possible: result("possible")?,
            not_ruled_out: result("not_ruled_out")?,
        },
        urgent: urgent.iter().filter_map(Json::as_text).map(str::to_owned).collect(),
        pack_version: text("pack_version")?,
        form_version: text("form_version")?,
        sha256: text("sha256")?,
        received_at: text("received_at")?,
        difference: value.get("difference").filter(|value| **value != Json::Null).map(|_| difference()),
    })
}

/// That there was a difference is what the form tells; which one is in the record on the server.
fn difference() -> assessment_api::assessment::Difference {
    let nothing = || Shown {
        pack_version: String::new(),
        suggestion: Suggestion {
            certain: String::new(),
            possible: String::new(),
            not_ruled_out: String::new(),
        },
        urgent: Vec::new(),
    };
    assessment_api::assessment::Difference { shown: nothing(), evaluated: nothing() }
}

/// Adds a receipt, as it is kept, to a text.
pub fn write_receipt(out: &mut String, receipt: &Receipt) {
    let codes = &receipt.suggestion;
    out.push('{');
    for (name, text) in [
        ("id", &receipt.id),
        ("reference", &receipt.reference),
        ("pack_version", &receipt.pack_version),
        ("form_version", &receipt.form_version),
        ("sha256", &receipt.sha256),
        ("received_at", &receipt.received_at),
    ] {
        write_field(out, name, text);
    }
    if receipt.difference.is_some() {
        write_name(out, "difference");
        out.push_str("true");
    }
    write_result(out, [&codes.certain, &codes.possible, &codes.not_ruled_out], &receipt.urgent);
    out.push('}');
}

/// Adds the three results and the urgent actions, under the names that records, receipts and requests share.
fn write_result(out: &mut String, codes: [&str; 3], urgent: &[String]) {
    write_name(out, "suggestion");
    out.push('{');
    for (name, code) in ["certain", "possible", "not_ruled_out"].into_iter().zip(codes) {
        write_field(out, name, code);
    }
    out.push('}');
    write_name(out, "urgent");
    out.push('[');
    for (index, code) in urgent.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        write_text(out, code);
    }
    out.push(']');
}

/// The body of a submission: the answers as typed and what this browser showed. A test holds it to the wire type.
#[must_use]
pub fn submission(answers: &Answers, outcome: &Outcome) -> String {
    let codes = &outcome.suggestion;
    let codes = [codes.certain.code(), codes.possible.code(), codes.not_ruled_out.code()];
    let mut out = String::from("{");
    write_field(&mut out, "form_version", FORM_VERSION);
    write_name(&mut out, "answers");
    // The answers stand exactly as they were written once; nothing parses and writes them again.
    out.push_str(&answers.to_json());
    write_name(&mut out, "shown");
    out.push('{');
    write_field(&mut out, "pack_version", &outcome.pack_version);
    write_result(&mut out, codes, &outcome.urgent);
    out.push_str("}}");
    out
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test states what must be there")]
mod tests {
    use assessment_api::assessment::NewAssessment;
    use assessment_engine::standards::Standards;
    use assessment_rules::evaluate;

    use serde_json::json;

    use super::*;
    use assessment_form::parse_day;

    #[test]
    fn a_submission_is_what_the_wire_type_says() {
        let standards = Standards::built_in().unwrap();
        let mut answers = Answers::default();
        answers.identifying_details.family_name = "O'Neill \"Ó\"".into();
        let outcome = evaluate(&answers, parse_day("2026-11-23").unwrap(), &standards.pack);
        let body: NewAssessment = serde_json::from_str(&submission(&answers, &outcome)).unwrap();
        assert_eq!(body.answers.get(), answers.to_json());
        assert_eq!(body.shown.unwrap().suggestion.not_ruled_out, "R5");
    }

    #[test]
    fn a_receipt_comes_back() {
        let receipt = json!({
            "id": "i", "reference": "CAF1", "suggestion": {"certain": "R2", "possible": "R2", "not_ruled_out": "R5"},
            "urgent": ["IA-02"], "pack_version": "p", "form_version": "f", "sha256": "00", "received_at": "t",
            "difference": null,
        });
        let read = read_receipt(&Json::from(&receipt)).unwrap();
        let by_wire_type: Receipt = serde_json::from_value(receipt).unwrap();
        assert_eq!(read, by_wire_type);
        for difference in [false, true] {
            let mut kept = read.clone();
            kept.difference = difference.then(super::difference);
            let mut text = String::new();
            write_receipt(&mut text, &kept);
            assert_eq!(read_receipt(&Json::parse(&text).unwrap()), Some(kept));
        }
        assert_eq!(read_receipt(&Json::from(&json!({"id": "i"}))), None);
    }
}
