//! Header names that are ours, in lower case as HTTP libraries want them. Standard names come from those libraries.

/// Makes sending an assessment safe to repeat: 1 to 128 visible ASCII characters, a new random one for each assessment,
/// the same one for each attempt to send it.
pub const IDEMPOTENCY_KEY: &str = "idempotency-key";

/// On every reply: names the request in the server's log. It identifies no person.
pub const REQUEST_ID: &str = "x-request-id";

/// The version of the contract between component and server, such as `1`: a component says which one it means, and every
/// reply which ones the server speaks. A component that says nothing means `1`.
pub const CONTRACT: &str = "common-assessment-contract";

/// The version of the contract that these types are. `loader/parts.js` has it too, for what it asks before the program is there.
pub const CONTRACT_VERSION: &str = "1";

/// On the rule pack's reply: the entity tag of the profile, so that one request tells whether either has changed.
pub const PROFILE_ETAG: &str = "profile-etag";

/// Whose a submission is: the `person_digest` of the session in which it was sent first. Someone else who has signed in on
/// the same device by now is refused.
pub const SENT_BY: &str = "sent-by";

/// In [`SENT_BY`]: nobody was signed in when it was sent. Nobody's session takes it; where people do not sign in, it counts
/// for nothing.
pub const NOBODY: &str = "nobody";

/// Why somebody opens a record that asks for a reason: their own words as UTF-8, percent-encoded, at most 1000 characters.
/// It is kept and can be read. Never in an address.
pub const ACCESS_REASON: &str = "access-reason";
