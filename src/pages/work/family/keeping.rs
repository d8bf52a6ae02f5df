//! That fewer people may know that somebody belongs to a family. It is never made less protected here.

use assessment_api::family::{FamilyChange, KeptMember};
use leptos::prelude::*;

use super::editing::Line;
use super::{Doing, Editing};
use crate::pages::work::after::typed;
use crate::pages::work::fields::Choice;

/// The id of the field.
const KEEP: &str = "work.family.closer.keep";

/// Whose membership of which family is kept more closely.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Keeping {
    family: String,
    member: String,
    name: String,
    /// How closely it is kept now.
    now: String,
}

/// What is stricter than that.
fn stricter(now: &str) -> &'static [&'static str] {
    match now {
        "ordinary" => &["confidential", "shielded"],
        "confidential" => &["shielded"],
        _ => &[],
    }
}

/// The button beside a member that begins it, or below the family for the child (`is_own`). Nothing where it cannot be kept more
/// closely.
pub(super) fn begin(
    held: Editing,
    family: &str,
    member: &str,
    (name, is_own): (&str, bool),
    now: &str,
) -> Option<AnyView> {
    if stricter(now).is_empty() {
        return None;
    }
    let owned = str::to_owned;
    let keeping =
        Keeping { family: owned(family), member: owned(member), name: owned(name), now: owned(now) };
    let (text, hidden) = match is_own {
        true => (held.work.filled("work.family.closer.own", &[("name", name)]), String::new()),
        false => (held.work.text("work.family.closer"), format!(": {name}")),
    };
    let press = move |_| held.begin(Doing::Keep(keeping.clone()), KEEP);
    Some(
        view! {
            <button part="button" type="button" class="govuk-button govuk-button--secondary" on:click=press>
                {text}
                <span class="govuk-visually-hidden">{hidden}</span>
            </button>
        }
        .into_any(),
    )
}

#[component]
pub(super) fn Keep(held: Editing, keeping: Keeping) -> impl IntoView {
    let work = held.work;
    let field = format!("closer.{}.{}", keeping.family, keeping.member);
    let keep = held.field(&field);
    let is_pressed = RwSignal::new(false);
    let options = stricter(&keeping.now)
        .iter()
        .map(|code| ((*code).to_owned(), work.text(&["work.family.keep.", code].concat())));
    let legend = work.filled("work.family.closer.who", &[("name", &keeping.name)]);
    let send = move || {
        is_pressed.set(true);
        let Some(protection) = typed(keep) else { return work.form.focus(KEEP) };
        let Keeping { family, member, name, .. } = keeping.clone();
        let lines = vec![Line::of("protect[0]", KEEP, &name)];
        let protect = vec![KeptMember { member, protection }];
        let change = FamilyChange { family: Some(family), protect, ..FamilyChange::default() };
        held.send("closer", change, &[&field], lines);
    };
    view! {
        <Choice
            name=KEEP
            legend
            options=options.collect()
            value=keep
            error=held.error(KEEP, is_pressed, keep, "work.family.keep.needed")
        />
        <p class="govuk-hint">{work.text("work.family.closer.hint")}</p>
        {held.button("closer", "work.family.end", send)}
        {held.stop_button()}
    }
}
