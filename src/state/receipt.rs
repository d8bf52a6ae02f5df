//! The server's receipt as this device stores it: the part of the wire type that the form shows.

use assessment_api::assessment::{self as wire, Suggestion};
use serde::de::IgnoredAny;
use serde::{Deserialize, Deserializer, Serialize};

/// The proof that the server has stored a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The assessment's id.
    pub id: String,
    /// The reference for people.
    pub reference: String,
    /// The version of the rules that the server used.
    pub pack_version: String,
    /// The version of the form.
    pub form_version: String,
    /// SHA-256 of the bytes that were sent, in lower-case hexadecimal.
    pub sha256: String,
    /// When the server received it, as RFC 3339.
    pub received_at: String,
    /// The server's suggestion.
    pub suggestion: Suggestion,
    /// Codes of the urgent actions, by the server's rules.
    pub urgent: Vec<String>,
    /// Whether the browser had shown something else. What it was is in the record on the server.
    #[serde(default, deserialize_with = "is_present", skip_serializing_if = "std::ops::Not::not")]
    pub difference: bool,
}

impl From<wire::Receipt> for Receipt {
    fn from(receipt: wire::Receipt) -> Receipt {
        Receipt {
            id: receipt.id,
            reference: receipt.reference,
            pack_version: receipt.pack_version,
            form_version: receipt.form_version,
            sha256: receipt.sha256,
            received_at: receipt.received_at,
            suggestion: receipt.suggestion,
            urgent: receipt.urgent,
            difference: receipt.difference.is_some(),
        }
    }
}

/// Whether a member has any value but `null`.
fn is_present<'de, D: Deserializer<'de>>(from: D) -> Result<bool, D::Error> {
    Option::<IgnoredAny>::deserialize(from).map(|value| value.is_some())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test states what must be there")]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_servers_receipt_is_stored_and_read_again() {
        let result = json!({"certain": "R2", "possible": "R2", "not_ruled_out": "R5"});
        let shown = json!({"pack_version": "p", "suggestion": result, "urgent": []});
        for (difference, differs) in
            [(json!(null), false), (json!({"shown": shown, "evaluated": shown}), true)]
        {
            let reply = json!({
                "id": "i", "reference": "CAF1", "suggestion": result, "urgent": ["IA-02"], "pack_version": "p",
                "form_version": "f", "sha256": "00", "received_at": "t", "difference": difference,
            });
            let receipt = Receipt::from(serde_json::from_value::<wire::Receipt>(reply).unwrap());
            assert_eq!(receipt.difference, differs);
            let text = serde_json::to_string(&receipt).unwrap();
            assert_eq!(text.contains("difference"), differs);
            assert_eq!(serde_json::from_str::<Receipt>(&text).unwrap(), receipt);
        }
        assert!(serde_json::from_value::<Receipt>(json!({"id": "i"})).is_err());
    }
}
