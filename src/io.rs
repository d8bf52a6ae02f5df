//! The outside world: storage, network, history, clock, focus. `form` carries out effects with it; pages and components
//! ask it only for the day, the time and a random id. Nothing here knows a question.

pub(crate) mod api;
pub(crate) mod api_client;
pub(crate) mod autosave;
pub(crate) mod clock;
pub(crate) mod device;
pub(crate) mod download;
pub(crate) mod focus;
pub(crate) mod history;
pub(crate) mod host;
mod kept_text;
pub(crate) mod local_draft;
pub(crate) mod memory;
pub(crate) mod own_details;
pub(crate) mod records_client;
pub(crate) mod retry;
pub(crate) mod screen;
pub(crate) mod sign_in;
pub(crate) mod signed_in;
pub(crate) mod window;
pub(crate) mod work_fields;
pub(crate) mod write_lock;
