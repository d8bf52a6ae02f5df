//! Email addresses.

use assessment_form::typed::plain;

/// An email address: something, an `@`, and a domain with a dot. More would refuse addresses that work. What programs put
/// around one, such as `mailto:`, goes, and a typographic apostrophe is a plain one.
#[must_use]
pub fn email(text: &str) -> Option<String> {
    let email = unwrapped(text);
    let (local, domain) = email.rsplit_once('@')?;
    let labels_are_fine = domain.split('.').count() >= 2
        && domain.split('.').all(|label| {
            !label.is_empty() && label.len() <= 63 && !label.starts_with('-') && !label.ends_with('-')
        });
    let local_is_fine = !local.is_empty()
        && local.len() <= 64
        && !local.contains('@')
        && local.split('.').all(|part| !part.is_empty());
    let is_plain = !local.contains(is_wrong) && !domain.contains(is_wrong_in_domain);
    (email.len() <= 254 && is_plain && labels_are_fine && local_is_fine).then_some(email)
}

/// The character that is wrong in an email address, where one is. Otherwise it is the whole that is wrong, or nothing.
#[must_use]
pub fn email_fault(text: &str) -> Option<char> {
    let email = unwrapped(text);
    let (local, domain) = email.rsplit_once('@')?;
    local.chars().find(|c| is_wrong(*c)).or_else(|| domain.chars().find(|c| is_wrong_in_domain(*c)))
}

/// The address without what is around it: `Amy <amy@example.org>`, `mailto:amy@example.org?subject=CAF`, quotation marks.
fn unwrapped(text: &str) -> String {
    let read = plain(text);
    let mut rest = read.as_str();
    if let Some((_, inside)) =
        rest.rsplit_once('<').filter(|_| rest.trim_end_matches(['.', ',', ';']).ends_with('>'))
    {
        rest = inside;
    }
    let is_around = |c: char| matches!(c, '<' | '>' | '"' | '\'' | '(' | ')' | '[' | ']' | ',' | ';' | ' ');
    loop {
        let trimmed = rest.trim_matches(is_around).trim_end_matches('.');
        let is_link = trimmed.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("mailto:"));
        let inner = if is_link { trimmed.get(7..).unwrap_or_default() } else { trimmed };
        let inner = if is_link { inner.split('?').next().unwrap_or_default() } else { inner };
        if inner == rest {
            return rest.to_owned();
        }
        rest = inner;
    }
}

/// Neither in an address that works, nor in one that somebody can type again.
fn is_wrong(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(
            c,
            ',' | ';' | ':' | '"' | '<' | '>' | '(' | ')' | '[' | ']' | '\\' | '\u{2000}'..='\u{206f}'
        )
        || matches!(c, '\u{3000}'..='\u{303f}')
}

fn is_wrong_in_domain(c: char) -> bool {
    is_wrong(c) || (c.is_ascii() && !c.is_ascii_alphanumeric() && !matches!(c, '-' | '.'))
}

/// What the wording calls a character, after `character.`.
#[must_use]
pub fn character_name(c: char) -> &'static str {
    match c {
        ' ' => "space",
        ',' => "comma",
        ';' => "semicolon",
        ':' => "colon",
        '"' => "quotation",
        '<' | '>' | '(' | ')' | '[' | ']' => "bracket",
        _ => "other",
    }
}
