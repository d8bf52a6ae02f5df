//! Who comes to a family: those whom people typed, at a press, and anybody else by name.

use std::collections::BTreeSet;

use assessment_api::family::{FamilyChange, NewFamilyMember, Proposal};
use leptos::prelude::*;

use super::editing::Line;
use super::{Editing, relationship};
use crate::components::redrawn;
use crate::pages::work::Work;
use crate::pages::work::after::typed;
use crate::pages::work::choices::{Grouped, Select};
use crate::pages::work::fields::{Choice, ShortText};

/// The ids of the fields.
const PROPOSED: &str = "work.family.may_be";
const NAME: &str = "work.family.name";
const RELATIONSHIP: &str = "work.family.relationship";
const KEEP: &str = "work.family.keep";

/// Another family than those that there are.
const NEW: &str = "new";

/// The families to choose from; none where there is nothing to choose.
fn options(held: Editing) -> Vec<(String, String)> {
    let work = held.work;
    held.families.with_untracked(|families| {
        let one = families.families.iter().map(|family| {
            let others = family.members.iter().filter(|member| member.id != families.person);
            let names: Vec<String> = others.filter_map(|member| member.name.clone()).collect();
            let names = work.form.words().list(&names);
            (family.id.clone(), work.filled("work.family.which.with", &[("names", &names)]))
        });
        let other = (NEW.to_owned(), work.text("work.family.which.new"));
        let all: Vec<(String, String)> = one.chain([other]).collect();
        if all.len() > 1 { all } else { Vec::new() }
    })
}

/// Which of them, of the only one the first. The field is asked only where there is something to choose.
fn which(held: Editing, id: &'static str, value: RwSignal<String>, is_pressed: RwSignal<bool>) -> AnyView {
    let options = options(held);
    if options.is_empty() {
        return ().into_any();
    }
    let work = held.work;
    let error = Signal::derive(move || {
        (is_pressed.get() && value.with(String::is_empty)).then(|| work.text("work.family.which.needed"))
    });
    view! { <Choice name=id legend=work.text("work.family.which") options value error/> }.into_any()
}

/// What was chosen: nothing yet, or a family that exists, or a new one.
fn chosen(held: Editing, value: RwSignal<String>) -> Option<Option<String>> {
    if options(held).is_empty() {
        return Some(None);
    }
    typed(value).map(|id| (id != NEW).then_some(id))
}

#[component]
pub(super) fn Proposed(held: Editing, proposals: Vec<Proposal>) -> impl IntoView {
    let work = held.work;
    let offered: BTreeSet<Key> = proposals.iter().map(key).collect();
    let is_ticked = move |key: &Key| held.ticked.with(|ticked| ticked.contains(key));
    let family = held.field("proposed.family");
    let is_pressed = RwSignal::new(false);
    let boxes: Vec<AnyView> = proposals.iter().enumerate().map(|(at, one)| row(held, at, one)).collect();
    let error = redrawn(move || {
        (is_pressed.get() && !offered.iter().any(is_ticked)).then(|| {
            view! {
                <p class="govuk-error-message" id="work.family.may_be-error">
                    <span class="govuk-visually-hidden">{work.form.text("error.prefix")}</span>
                    {work.text("work.family.may_be.needed")}
                </p>
            }
            .into_any()
        })
    });
    let send = move || {
        is_pressed.set(true);
        let wanted = proposals.iter().enumerate().filter(|(_, one)| untrack(|| is_ticked(&key(one))));
        let wanted: Vec<(usize, &Proposal)> = wanted.collect();
        if wanted.is_empty() {
            return work.form.focus(PROPOSED);
        }
        let Some(family) = chosen(held, family) else { return work.form.focus("work.family.which") };
        let lines = wanted.iter().enumerate();
        let lines = lines.map(|(sent, (at, one))| Line::of(&format!("add[{sent}]"), &id(*at), &one.name));
        let lines = lines.collect();
        let add = wanted.iter().map(|(_, one)| member(one)).collect();
        let change = FamilyChange { family, add, ..FamilyChange::default() };
        held.send("proposed", change, &["proposed.family"], lines);
    };
    view! {
        <h2 class="govuk-heading-m">{work.text("work.family.may_be")}</h2>
        <div class="govuk-form-group">
            <fieldset class="govuk-fieldset">
                <legend class="govuk-fieldset__legend">{work.text("work.family.may_be.about")}</legend>
                {error}
                <div class="govuk-checkboxes">{boxes}</div>
            </fieldset>
        </div>
        {which(held, "work.family.which", family, is_pressed)}
        {held.button("proposed", "work.family.may_be.add", send)}
    }
}

fn member(one: &Proposal) -> NewFamilyMember {
    NewFamilyMember {
        name: if one.record.is_some() { String::new() } else { one.name.clone() },
        record: one.record.clone(),
        relationship: one.relationship.clone(),
        protection: None,
        instead_of: one.instead_of.clone(),
        shared_parents: one.shared_parents.clone(),
    }
}

/// Who is proposed, and as what: the list is another one once somebody else has changed the family.
pub(super) type Key = (String, String);

pub(super) fn key(one: &Proposal) -> Key {
    let who = one.record.as_ref().unwrap_or(&one.name);
    (who.clone(), one.relationship.clone())
}

/// The id of a tick. The first has that of the whole, so that the focus can go there.
fn id(at: usize) -> String {
    if at == 0 { PROPOSED.to_owned() } else { format!("{PROPOSED}.{at}") }
}

fn row(held: Editing, at: usize, one: &Proposal) -> AnyView {
    let (work, id, own) = (held.work, id(at), key(one));
    let words = match one.record {
        Some(_) => "work.family.may_be.record",
        None => "work.family.may_be.name",
    };
    let said = relationship(work, &one.relationship);
    let label = work.filled(words, &[("name", &one.name), ("relationship", &said)]);
    let reasons: Vec<&str> = one.reasons.iter().map(|reason| reason.words.as_str()).collect();
    let why = work.filled("work.family.may_be.why", &[("reasons", &reasons.join("; "))]);
    let parents: Vec<String> = one.shared_parents.iter().map(|parent| parent.name.clone()).collect();
    let parents = (!parents.is_empty()).then(|| {
        let names = work.form.words().list(&parents);
        [" ", &*work.filled("work.family.may_be.parents", &[("names", &names)])].concat()
    });
    let hint = format!("{id}-hint");
    let is_own = own.clone();
    let is_ticked = move || held.ticked.with(|ticked| ticked.contains(&is_own));
    let tick = move |event: leptos::ev::Event| {
        held.ticked.update(|ticked| {
            if event_target_checked(&event) {
                ticked.insert(own.clone());
            } else {
                ticked.remove(&own);
            }
        });
    };
    let of = id.clone();
    let error = redrawn(move || {
        held.wrong(&of).map(|words| view! { <p class="govuk-error-message">{words}</p> }.into_any())
    });
    view! {
        <div class="govuk-checkboxes__item">
            <input
                class="govuk-checkboxes__input"
                type="checkbox"
                id=id.clone()
                aria-describedby=hint.clone()
                prop:checked=is_ticked
                on:change=tick
            />
            <label class="govuk-label govuk-checkboxes__label" for=id dir="auto">{label}</label>
            <div class="govuk-hint govuk-checkboxes__hint" id=hint dir="auto">{why}{parents}</div>
            {error}
        </div>
    }
    .into_any()
}

/// What somebody can be to somebody else, as the form's list says it.
pub(super) fn relationships(work: Work) -> Grouped {
    let standards = work.form.standards();
    let list = standards.lists.list("relationship").iter();
    vec![(None, list.map(|code| (code.code.clone(), code.label.clone())).collect())]
}

#[component]
pub(super) fn Add(held: Editing) -> impl IntoView {
    let work = held.work;
    let [name, relationship, keep, family] =
        ["name", "relationship", "keep", "family"].map(|field| held.field(field));
    let is_pressed = RwSignal::new(false);
    let keeps = ["ordinary", "confidential"]
        .map(|code| (code.to_owned(), work.text(&["work.family.keep.", code].concat())))
        .to_vec();
    let send = move || {
        is_pressed.set(true);
        let (Some(name), Some(relationship), Some(keep)) = (typed(name), typed(relationship), typed(keep))
        else {
            let missing = [(name, NAME), (relationship, RELATIONSHIP), (keep, KEEP)];
            let first = missing.into_iter().find(|(value, _)| typed(*value).is_none());
            return first.into_iter().for_each(|(_, id)| work.form.focus(id));
        };
        let Some(family) = chosen(held, family) else { return work.form.focus("work.family.add.which") };
        let lines = vec![
            Line::of("add[0]", NAME, &name),
            Line::of("add[0].relationship", RELATIONSHIP, &name),
            Line::of("add[0].protection", KEEP, &name),
        ];
        let one =
            NewFamilyMember { name, relationship, protection: Some(keep), ..NewFamilyMember::default() };
        let change = FamilyChange { family, add: vec![one], ..FamilyChange::default() };
        held.send("add", change, &["name", "relationship", "keep", "family"], lines);
    };
    let label = work.filled("work.family.relationship", &[("name", &held.child())]);
    view! {
        <h2 class="govuk-heading-m">{work.text("work.family.add")}</h2>
        <ShortText
            id=NAME
            label=work.text("work.family.name")
            hint=None
            value=name
            error=held.error(NAME, is_pressed, name, "work.family.name.needed")
        />
        <Select
            id=RELATIONSHIP
            label
            hint=None
            none=work.text("work.family.relationship.none")
            options=relationships(work)
            value=relationship
            error=held.error(RELATIONSHIP, is_pressed, relationship, "work.family.relationship.needed")
        />
        <Choice
            name=KEEP
            legend=work.text("work.family.keep")
            options=keeps
            value=keep
            error=held.error(KEEP, is_pressed, keep, "work.family.keep.needed")
        />
        {which(held, "work.family.add.which", family, is_pressed)}
        {held.button("add", "work.family.add.button", send)}
    }
}
