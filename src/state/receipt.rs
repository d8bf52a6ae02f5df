//! The server's receipt as this device keeps it. The wire types are `assessment-api`'s; this is the part of them that
//! the form shows, read by hand, since a derived reader weighs more than the rest of the module.

use assessment_api::assessment::{Receipt, Shown, Suggestion};
use assessment_engine::FORM_VERSION;
use assessment_engine::answers::Answers;
use assessment_engine::threshold::Outcome;
use serde_json::{Value, json};

/// Reads a receipt. `None` when it is none.
#[must_use]
pub fn read_receipt(value: &Value) -> Option<Receipt> {
    let text = |name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
    let result = |name: &str| value.get("suggestion")?.get(name)?.as_str().map(str::to_owned);
    let urgent = value.get("urgent")?.as_array()?;
    Some(Receipt {
        id: text("id")?,
        reference: text("reference")?,
        suggestion: Suggestion {
            certain: result("certain")?,
            possible: result("possible")?,
            not_ruled_out: result("not_ruled_out")?,
        },
        urgent: urgent.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        pack_version: text("pack_version")?,
        form_version: text("form_version")?,
        sha256: text("sha256")?,
        received_at: text("received_at")?,
        difference: value.get("difference").filter(|difference| !difference.is_null()).map(|_| difference()),
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

/// A receipt as it is kept.
#[must_use]
pub fn write_receipt(receipt: &Receipt) -> Value {
    json!({
        "id": receipt.id,
        "reference": receipt.reference,
        "suggestion": {
            "certain": receipt.suggestion.certain,
            "possible": receipt.suggestion.possible,
            "not_ruled_out": receipt.suggestion.not_ruled_out,
        },
        "urgent": receipt.urgent,
        "pack_version": receipt.pack_version,
        "form_version": receipt.form_version,
        "sha256": receipt.sha256,
        "received_at": receipt.received_at,
        "difference": receipt.difference.as_ref().map(|_| true),
    })
}

/// The body of a submission: the answers as typed and what this browser showed. A test holds it to the wire type.
#[must_use]
pub fn submission(answers: &Answers, outcome: &Outcome) -> String {
    let codes = &outcome.suggestion;
    let shown = json!({
        "pack_version": outcome.pack_version,
        "suggestion": {
            "certain": codes.certain.code(),
            "possible": codes.possible.code(),
            "not_ruled_out": codes.not_ruled_out.code(),
        },
        "urgent": outcome.urgent,
    });
    // The answers stand exactly as they were written once; nothing parses and writes them again.
    format!(r#"{{"form_version":"{FORM_VERSION}","answers":{},"shown":{shown}}}"#, answers.to_json())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test states what must be there")]
mod tests {
    use assessment_api::assessment::NewAssessment;
    use assessment_engine::date::Date;
    use assessment_engine::standards::Standards;
    use assessment_engine::threshold::evaluate;

    use super::*;

    #[test]
    fn a_submission_is_what_the_wire_type_says() {
        let standards = Standards::built_in().unwrap();
        let mut answers = Answers::default();
        answers.identifying_details.family_name = "O'Neill \"Ó\"".into();
        let outcome = evaluate(&answers, Date::parse("2026-11-23").unwrap(), &standards.pack);
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
        let read = read_receipt(&receipt).unwrap();
        let by_wire_type: Receipt = serde_json::from_value(receipt).unwrap();
        assert_eq!(read, by_wire_type);
        assert_eq!(read_receipt(&write_receipt(&read)), Some(read));
        assert_eq!(read_receipt(&json!({"id": "i"})), None);
    }
}
