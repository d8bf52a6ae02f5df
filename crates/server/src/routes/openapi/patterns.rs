//! Regular expressions of the document, in the dialect of JSON Schema. Each matches what the server takes; where that is wider,
//! as for dates, what a program would write.

macro_rules! hex {
    ($times:literal) => {
        concat!("[0-9a-f]{", $times, "}")
    };
}
macro_rules! id {
    ($third:expr) => {
        concat!(hex!(8), "-", hex!(4), "-", $third, "-", hex!(4), "-", hex!(12))
    };
}
/// A real day from 1000 to 2999. The last part is 29 February of leap years.
macro_rules! day {
    () => {
        concat!(
            "(?:[12][0-9]{3}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)",
            "|02-(?:0[1-9]|1[0-9]|2[0-8]))",
            "|(?:[12][0-9](?:0[48]|[2468][048]|[13579][26])|(?:1[26]|2[048])00)-02-29)"
        )
    };
}
macro_rules! moment {
    () => {
        concat!(
            day!(),
            "T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\\.[0-9]{1,9})?(?:Z|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])"
        )
    };
}

pub(super) const ID: &str = concat!("^", id!(hex!(4)), "$");
pub(super) const RANDOM_ID: &str = concat!("^", id!(concat!("4", hex!(3))), "$");
pub(super) const DAY: &str = concat!("^", day!(), "$");
pub(super) const MOMENT: &str = concat!("^", moment!(), "$");
pub(super) const TIME: &str = concat!("^(?:", moment!(), "|", day!(), ")$");
pub(super) const PAIR: &str = concat!("^-?[0-9]{1,18}\\.", id!(hex!(4)), "\\.", id!(hex!(4)), "$");

/// One revision in quotes, as in `ETag`.
pub(super) const REVISION: &str = r#"^"[1-9][0-9]{0,17}"$"#;
/// The same, or that there is none yet.
pub(super) const BASE: &str = r#"^"(?:0|[1-9][0-9]{0,8})"$"#;
/// Percent-encoded UTF-8.
pub(super) const ENCODED: &str = concat!(
    r"^(?:[ !-$&-~]|%[0-7][0-9A-Fa-f]|%[Cc][2-9A-Fa-f]%[89ABab][0-9A-Fa-f]|%[Dd][0-9A-Fa-f]%[89ABab][0-9A-Fa-f]",
    r"|%[Ee]0%[ABab][0-9A-Fa-f]%[89ABab][0-9A-Fa-f]|%[Ee][Dd]%[89][0-9A-Fa-f]%[89ABab][0-9A-Fa-f]",
    r"|%[Ee][1-9A-CEFa-cef]%[89ABab][0-9A-Fa-f]%[89ABab][0-9A-Fa-f]",
    r"|%[Ff]0%[9ABab][0-9A-Fa-f](?:%[89ABab][0-9A-Fa-f]){2}|%[Ff][1-3](?:%[89ABab][0-9A-Fa-f]){3}",
    r"|%[Ff]4%8[0-9A-Fa-f](?:%[89ABab][0-9A-Fa-f]){2})+$"
);
/// A page of this server: a path, and nothing that a browser could read as another site.
pub(super) const OWN_PAGE: &str = r"^/(?:[!-.0-\[\]-~][!-\[\]-~]*)?$";
/// A name without spaces around it and without control characters.
pub(super) const NAME: &str = r"^[^\s\u0000-\u001f\u007f-\u009f](?:[^\u0000-\u001f\u007f-\u009f]{0,253}[^\s\u0000-\u001f\u007f-\u009f])?$";
/// What people quote.
pub(super) const REFERENCE: &str = "^CAF[346789CDFGHJKMNPQRTWXY]{12}$";
/// The id of a request in the log.
pub(super) const INSTANCE: &str = concat!("^urn:uuid:", id!(hex!(4)), "$");
