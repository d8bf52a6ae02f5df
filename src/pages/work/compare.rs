//! What differs between a version and the one before, side by side. Of a protected answer there is only that it changed.

use assessment_api::episode::VersionDifferences;
use assessment_api::path;
use leptos::prelude::*;

use super::asked::asked_about;
use super::episode::{sent, why};
use super::version::{lines, read};
use super::{Top, Work, use_work};
use crate::io::records_client::Asking;
use crate::pages::check::Line;
use crate::state::work::{Version, WorkPage};

/// Two versions, and what the server says differs.
type Both = (Version, Version, VersionDifferences);

#[component]
pub(super) fn Compare(id: String, number: u32) -> impl IntoView {
    let work = use_work();
    let page = WorkPage::Compare(id.clone(), number);
    let ask = move |asking: Asking, id: String| async move {
        let at = format!("{}/versions/{number}/differences", path::episode(&id));
        let differences: VersionDifferences = asking.get(&at).await?.read()?;
        let old = read(&asking, &id, differences.from.number).await?;
        Ok((old, read(&asking, &id, number).await?, differences))
    };
    view! {
        <Top page/>
        {asked_about(work, id, ask, move |both| found(work, &both))}
    }
}

/// An answer in both versions.
struct Change {
    line: Line,
    old: String,
    new: String,
}

fn found(work: Work, (old, new, differences): &Both) -> AnyView {
    let about = [old, new].map(|version| {
        let number = version.version.number.to_string();
        let said = sent(work, &version.version);
        let why = why(work, &version.version);
        view! {
            <li>
                {work.filled("work.version", &[("number", &number)])} ": " {said}
                {why.map(|why| view! { ". " <bdi>{why}</bdi> })}
            </li>
        }
        .into_any()
    });
    let protected = differences.changes.iter().filter(|change| change.change == "protected").count();
    let protected = (protected > 0).then(|| {
        let count = protected.to_string();
        view! { <p class="govuk-inset-text">{work.filled("work.compare.protected", &[("count", &count)])}</p> }
            .into_any()
    });
    let changes = changes(&lines(work, old), &lines(work, new));
    let is_same = changes.is_empty() && protected.is_none();
    let none = is_same.then(|| view! { <p>{work.text("work.compare.none")}</p> }.into_any());
    let shown = (!changes.is_empty()).then(|| table(work, old, new, changes));
    view! {
        <ul class="govuk-list govuk-list--bullet">{about.into_iter().collect_view()}</ul>
        {protected}
        {none}
        {shown}
    }
    .into_any()
}

/// The answers that differ, in the order of the form; what is only in the older version comes where it was.
fn changes(old: &[Line], new: &[Line]) -> Vec<Change> {
    let value = |lines: &[Line], path: &str| {
        lines.iter().find(|line| line.path == path).map(|line| line.value.clone()).unwrap_or_default()
    };
    let mut all: Vec<&Line> = Vec::new();
    let mut rest = new.iter().peekable();
    for line in old {
        if let Some(at) = new.iter().position(|other| other.path == line.path) {
            let is_before = |other: &&Line| new.iter().position(|one| one.path == other.path) <= Some(at);
            while let Some(next) = rest.next_if(|next| is_before(next)) {
                all.push(next);
            }
        } else {
            all.push(line);
        }
    }
    all.extend(rest);
    all.into_iter()
        .map(|line| Change { old: value(old, &line.path), new: value(new, &line.path), line: line.clone() })
        .filter(|change| change.old != change.new)
        .collect()
}

fn table(work: Work, old: &Version, new: &Version, changes: Vec<Change>) -> AnyView {
    let [was, is] = [old, new]
        .map(|version| work.filled("work.version", &[("number", &version.version.number.to_string())]));
    let cell = |name: &str, value: String| {
        let value = if value.is_empty() { work.text("work.compare.blank") } else { value };
        view! {
            <div class="ca-drafts__about">
                <p class="ca-drafts__detail">{name.to_owned()}</p>
                <p class="ca-typed" dir="auto">{value}</p>
            </div>
        }
        .into_any()
    };
    let rows: Vec<AnyView> = changes
        .into_iter()
        .map(|Change { line, old, new }| {
            let label = match line.part {
                Some(part) => format!("{part}: {}", line.label),
                None => line.label,
            };
            view! {
                <li>
                    <h3 class="govuk-heading-s">{label}</h3>
                    <div class="ca-drafts__item" class:ca-no-print=line.is_hidden>
                        {cell(&was, old)}
                        {cell(&is, new)}
                    </div>
                </li>
            }
            .into_any()
        })
        .collect();
    let count = rows.len().to_string();
    let heading = match rows.len() {
        1 => work.text("work.compare.one"),
        _ => work.filled("work.compare.count", &[("count", &count)]),
    };
    view! {
        <h2 class="govuk-heading-m">{heading}</h2>
        <ul class="ca-drafts">{rows}</ul>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(path: &str, value: &str) -> Line {
        Line {
            path: path.to_owned(),
            section: "identifying_details",
            part: None,
            label: String::new(),
            value: value.to_owned(),
            is_asked: true,
            superseded: None,
            note: None,
            is_overdue: false,
            is_hidden: false,
        }
    }

    #[test]
    fn b94_differences_are_in_the_order_of_the_form_with_what_was_taken_out_and_put_in() {
        let old = [line("a", "1"), line("b", "2"), line("c", "3"), line("e", "5")];
        let new = [line("a", "1"), line("c", "4"), line("d", "6"), line("e", "5"), line("f", "7")];
        let found = changes(&old, &new);
        let found: Vec<(&str, &str, &str)> =
            found.iter().map(|one| (one.line.path.as_str(), one.old.as_str(), one.new.as_str())).collect();
        assert_eq!(found, [("b", "2", ""), ("c", "3", "4"), ("d", "", "6"), ("f", "", "7")]);
        assert!(changes(&old, &old).is_empty());
    }
}
