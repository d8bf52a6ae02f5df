//! What partners' servers are told, for coordinators and auditors.

pub(super) mod replay;
pub(super) mod webhooks;
