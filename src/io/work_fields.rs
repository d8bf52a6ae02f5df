//! What somebody typed into the fields of my work and has not used, by the name of the field; each person's under the digest
//! that tells them from others: on the device, or in the element's memory (decision record 0063). As with the records, none of
//! it is encrypted (decision record 0045).

use strict_json::{Limits, from_value};
use wasm_bindgen::JsValue;

use super::local_draft::Drafts;
use super::{kept_text, signed_in};
use crate::state::work::typed_fields::{Changes, Fields, SavedFields, changed};

const DATABASE: &str = "common-assessment-work";

/// What is kept for a person.
pub(crate) async fn read(drafts: &Drafts, person: &str) -> Result<Fields, JsValue> {
    if !drafts.is_device() {
        return Ok(fields(drafts.text_in_memory(person)).fields);
    }
    kept_text::read(DATABASE, person).await.map(|stored| fields(stored).fields)
}

/// Changes what is kept for a person, and gives all that is kept now. Where it cannot be read nothing is written.
pub(crate) async fn keep(drafts: &Drafts, person: &str, changes: &Changes) -> Result<Fields, JsValue> {
    let (at, mut all) = (signed_in::now(), Fields::new());
    let mut change = |stored| {
        all = changed(fields(stored).fields, changes);
        text(&SavedFields { at, fields: all.clone() })
    };
    if !drafts.change_in_memory(person, &mut change) {
        kept_text::change(DATABASE, person, change).await?;
    }
    Ok(all)
}

/// Removes what was kept for people who have not come back for long. What is kept for `person`, who has, stays.
pub(crate) async fn forget_old(drafts: &Drafts, person: &str) -> Result<(), JsValue> {
    if !drafts.is_device() {
        return Ok(());
    }
    let now = signed_in::now();
    kept_text::sweep(DATABASE, |key, stored| {
        let kept = fields(Some(stored.clone()));
        match kept.at {
            _ if key == person => Some(stored),
            // It was written before anybody noted when. Its time begins now.
            0 => text(&SavedFields { at: now, ..kept }),
            _ => (!kept.is_over(now)).then_some(stored),
        }
    })
    .await
}

/// As it is stored; nothing of nothing.
fn text(kept: &SavedFields) -> Option<String> {
    serde_json::to_string(kept).ok().filter(|_| !kept.fields.is_empty())
}

/// What a text says; one that says nothing of the kind counts as nothing, else nothing would be kept ever again.
fn fields(stored: Option<String>) -> SavedFields {
    let value = stored.and_then(|text| strict_json::read(text.as_bytes(), &Limits::DEPTH_ONLY).ok());
    let Some(value) = value else { return SavedFields::default() };
    // Before anybody noted when it was written there were the texts alone.
    let older = || from_value(&value).map(|fields| SavedFields { at: 0, fields });
    from_value(&value).or_else(|_| older()).unwrap_or_default()
}
