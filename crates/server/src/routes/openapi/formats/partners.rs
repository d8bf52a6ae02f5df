//! What the text of members and parameters looks like that came with partners.

use super::{
    Shape,
    Shape::{Integer, Matching, OneOf, RandomId},
};

/// The id of a partner in the settings.
const PARTNER: Shape = Matching("^[a-z0-9-]{1,40}$");
const KINDS: Shape = OneOf(&[
    "assessment.received",
    "assessment.corrected",
    "agreement.withdrawn",
    "referral.answered",
    "episode.handed-over",
    "episode.closed",
    "episode.reopened",
]);

/// As [`super::SHAPES`].
#[rustfmt::skip]
pub(super) const SHAPES: &[(&str, &str, Shape)] = &[
    ("list_webhooks", "id", PARTNER),
    ("list_webhooks", "before", Integer),
    ("replay_webhook", "id", PARTNER),
    ("replay_webhook", "delivery", RandomId),
    ("WebhookShown", "id", RandomId),
    ("WebhookShown", "kind", KINDS),
    ("WebhookShown", "state", OneOf(&["pending", "delivered", "failed"])),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::webhooks::Kind;

    #[test]
    fn every_kind_is_described() {
        let OneOf(described) = KINDS else { panic!("codes") };
        assert_eq!(described, Kind::ALL.map(Kind::as_str));
    }
}
