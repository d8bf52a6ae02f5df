//! Takes rules out of a compressed style sheet that nothing can match: those for GOV.UK classes that no source of the
//! form writes. It reads what sass gives and is no parser of CSS in general; our own classes are never touched.

/// The style sheet without rules for `govuk-` classes that `is_used` does not know.
pub(super) fn purged(css: &str, is_used: &dyn Fn(&str) -> bool) -> String {
    let (mut kept, mut rest) = (String::new(), css);
    while let Some(open) = rest.find(['{', ';']) {
        let (prelude, after) = rest.split_at(open);
        if let Some(after) = after.strip_prefix(';') {
            // `@charset "UTF-8";` and the like.
            kept.push_str(prelude);
            kept.push(';');
            rest = after;
            continue;
        }
        let end = closing(after);
        let body = &after[1..end];
        rest = after.get(end + 1..).unwrap_or_default();
        if prelude.starts_with("@media") || prelude.starts_with("@supports") {
            let inner = purged(body, is_used);
            if !inner.is_empty() {
                kept.push_str(&format!("{prelude}{{{inner}}}"));
            }
        } else if prelude.starts_with('@') {
            kept.push_str(&format!("{prelude}{{{body}}}"));
        } else {
            let selectors: Vec<&str> =
                selectors(prelude).into_iter().filter(|one| can_match(one, is_used)).collect();
            if !selectors.is_empty() {
                kept.push_str(&format!("{}{{{body}}}", selectors.join(",")));
            }
        }
    }
    kept + rest
}

/// Where the block that begins `text` ends.
fn closing(text: &str) -> usize {
    let (mut depth, mut quote) = (0_usize, None);
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), _) if open == c => quote = None,
            (None, '{') => depth += 1,
            (None, '}') => {
                depth -= 1;
                if depth == 0 {
                    return at;
                }
            }
            _ => {}
        }
    }
    text.len()
}

/// The selectors of a list; a comma within brackets separates nothing.
fn selectors(list: &str) -> Vec<&str> {
    let (mut found, mut depth, mut from) = (Vec::new(), 0_usize, 0);
    for (at, c) in list.char_indices() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                found.push(&list[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    found.push(&list[from..]);
    found
}

/// Whether every class that must be there can be there. What stands within brackets, as in `:not(…)`, decides nothing.
fn can_match(selector: &str, is_used: &dyn Fn(&str) -> bool) -> bool {
    let (mut plain, mut depth) = (String::new(), 0_usize);
    for c in selector.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 => plain.push(c),
            _ => {}
        }
    }
    plain.split('.').skip(1).all(|part| {
        let end = part.find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_'))).unwrap_or(part.len());
        let class = &part[..end];
        !class.starts_with("govuk-") || is_used(class)
    })
}

/// The `govuk-` classes that stand in sources.
pub(super) fn classes(sources: &str) -> std::collections::BTreeSet<&str> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    sources.split(|c| !is_part(c)).filter(|word| word.starts_with("govuk-")).collect()
}

#[cfg(test)]
mod tests {
    use super::{classes, purged};

    #[test]
    fn only_what_nothing_can_match_is_taken_out() {
        let used = classes("p(\"govuk-body govuk-body--wide\"); ca-box");
        let is_used = |class: &str| used.contains(class);
        for (css, kept) in [
            ("@charset \"UTF-8\";.govuk-body{a:b}", "@charset \"UTF-8\";.govuk-body{a:b}"),
            (".govuk-table,.govuk-body:hover{a:b}.govuk-table{c:d}", ".govuk-body:hover{a:b}"),
            (".govuk-body--wide .govuk-table__cell>a{a:b}", ""),
            (".govuk-body:not(.govuk-table){a:b}", ".govuk-body:not(.govuk-table){a:b}"),
            ("@media print{.govuk-table{a:b}}p{a:b}", "p{a:b}"),
            ("@media print{.govuk-table{a:b}.ca-x{a:b}}", "@media print{.ca-x{a:b}}"),
            (".ca-x:after{content:\"}{\"}.govuk-b{a:b}", ".ca-x:after{content:\"}{\"}"),
            ("@keyframes k{from{a:b}to{a:c}}", "@keyframes k{from{a:b}to{a:c}}"),
            ("a,:is(b,.govuk-no){x:y}", "a,:is(b,.govuk-no){x:y}"),
        ] {
            assert_eq!(purged(css, &is_used), kept, "{css}");
        }
    }
}
