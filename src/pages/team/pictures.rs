//! What every picture of an episode has: a title and a description for those who do not see it, and below it a table of the
//! same data. Which shapes there are is each picture's own.

use assessment_form::PartialDate;
use jiff::civil::Date;
use leptos::prelude::*;

use super::super::work::Work;

/// A picture of this size. Its words are its title and its description; nothing in it is read by itself. `id` is its own on
/// the page.
pub(super) fn picture(
    id: &str,
    title: String,
    description: String,
    (width, height): (f64, f64),
    content: AnyView,
) -> AnyView {
    let (title_id, description_id) = (format!("{id}.title"), format!("{id}.description"));
    let named_by = format!("{title_id} {description_id}");
    view! {
        <svg class="ca-picture" viewBox=format!("0 0 {width} {height}") role="img" aria-labelledby=named_by>
            <title id=title_id>{title}</title>
            <desc id=description_id>{description}</desc>
            {content}
        </svg>
    }
    .into_any()
}

/// Text at a place in a picture.
pub(super) fn words(x: f64, y: f64, anchor: &'static str, content: String) -> AnyView {
    view! { <text x=at(x) y=at(y) text-anchor=anchor><tspan>{content}</tspan></text> }.into_any()
}

/// A length as SVG writes it.
pub(super) fn at(length: f64) -> String {
    format!("{length:.1}")
}

/// A count as a length.
pub(super) fn length(count: usize) -> f64 {
    u32::try_from(count).map_or(0.0, f64::from)
}

/// The same as a picture, as a table. Its first column has the headings of the rows. On a telephone each row is a block, and
/// each cell says its column: the roles are said here because such a table loses those that it has by itself.
pub(super) fn table(caption: String, heads: Vec<String>, rows: Vec<Vec<AnyView>>) -> AnyView {
    let rows = rows.into_iter().map(|cells| {
        let cells = cells.into_iter().zip(&heads).enumerate().map(|(column, (cell, head))| match column {
            0 => view! { <th scope="row" role="rowheader" class="ca-table__head">{cell}</th> }.into_any(),
            _ => {
                view! { <td role="cell" class="ca-table__cell" data-head=head.clone()>{cell}</td> }.into_any()
            }
        });
        view! { <tr role="row">{cells.collect_view()}</tr> }.into_any()
    });
    let rows = rows.collect_view();
    let heads = heads.into_iter().map(|head| {
        view! { <th scope="col" role="columnheader" class="ca-table__head">{head}</th> }.into_any()
    });
    view! {
        <table role="table" class="ca-table ca-picture-table">
            <caption class="ca-table__caption">{caption}</caption>
            <thead role="rowgroup">
                <tr role="row">{heads.collect_view()}</tr>
            </thead>
            <tbody role="rowgroup">{rows}</tbody>
        </table>
    }
    .into_any()
}

/// Words that somebody typed, in whatever script.
pub(super) fn typed(text: String) -> AnyView {
    view! { <span class="ca-typed" dir="auto">{text}</span> }.into_any()
}

/// What the marks of a picture mean. Each has its mark beside its words.
pub(super) fn key(items: Vec<(AnyView, String)>) -> AnyView {
    let items = items.into_iter().map(|(mark, text)| {
        view! {
            <li class="ca-key__item">
                <svg class="ca-picture-mark" viewBox="-14 -14 28 28" aria-hidden="true">{mark}</svg>
                <span>{text}</span>
            </li>
        }
        .into_any()
    });
    view! { <ul class="ca-key ca-picture-key">{items.collect_view()}</ul> }.into_any()
}

/// A day in words.
pub(super) fn day_said(work: Work, day: Date) -> String {
    work.form.words().date(PartialDate::Day(day))
}

/// Prints the page that is open.
pub(super) fn print(work: Work) -> AnyView {
    view! {
        <button
            part="button"
            type="button"
            class="govuk-button govuk-button--secondary ca-no-print"
            on:click=move |_| work.form.with_host(crate::io::host::print)
        >
            {work.text("team.print")}
        </button>
    }
    .into_any()
}
