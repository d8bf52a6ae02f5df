//! What people say about an episode, beside its versions.

use serde::{Deserialize, Serialize};

use crate::episode::Deed;

/// The body of `POST /episodes/{id}/notes`. A note is never changed and never taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewNote {
    /// A random UUID of your own. A repeat with the same words stores nothing.
    pub id: String,
    /// `comment`; `safeguarding` for what a safeguarding lead says as such; `second_opinion` for their view of the level of
    /// need.
    pub kind: String,
    /// The level that they see, `L1` to `L4b`; with `second_opinion` only.
    #[serde(default)]
    pub level: Option<String>,
    /// The section that it is about, 0 to 15. Those who do not see the section do not see the note. Without one,
    /// everybody who may read notes sees it.
    #[serde(default)]
    pub section: Option<u8>,
    /// `ordinary`, `confidential` or `shielded`: those who see less do not see the note. `ordinary` if left out.
    #[serde(default)]
    pub protection: Option<String>,
    /// What is said, 4,000 characters at most. Kept as typed.
    pub words: String,
}

/// A note as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NoteShown {
    /// Its id.
    pub id: String,
    /// As in [`NewNote`].
    pub kind: String,
    /// The level of need in a second opinion.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<String>,
    /// The section that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub section: Option<u8>,
    /// How closely it is kept.
    pub protection: String,
    /// What was said.
    pub words: String,
    /// Who said it, and when. The family acts for no organisation; then that is blank.
    pub said: Deed,
}

/// The reply of `GET /episodes/{id}/notes`, oldest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NoteList {
    /// At most as many as were asked for. There may be fewer although there is a next page.
    pub notes: Vec<NoteShown>,
    /// Give this as `after` for the next page; absent on the last one.
    pub next: Option<u64>,
}

/// The reply of `POST /episodes/{id}/notes`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NoteSaid {
    /// The id of the note.
    pub id: String,
}
