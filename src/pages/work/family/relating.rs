//! How two people are related who are in a family already.

use assessment_api::family::{Families, FamilyChange, Related};
use leptos::prelude::*;

use super::adding::relationships;
use super::editing::Line;
use super::{Editing, name_of};
use crate::pages::work::after::typed;
use crate::pages::work::choices::{Grouped, Select};
use crate::state::work::member::Chosen;

/// The ids of the fields.
const PERSON: &str = "work.family.relate.person";
const RELATIONSHIP: &str = "work.family.relate.is";
const TO: &str = "work.family.relate.to";

/// The members to choose from, by family where there are several. A choice is the family and the member.
fn people(held: Editing, families: &Families) -> Grouped {
    let work = held.work;
    let is_one = families.families.len() == 1;
    let one = |(index, family): (usize, &assessment_api::family::Family)| {
        let member = |member: &assessment_api::family::Member| {
            let chosen = Chosen { family: &family.id, member: &member.id };
            (chosen.kept(), name_of(work, families, &member.id))
        };
        let number = (index + 1).to_string();
        let group = (!is_one)
            .then(|| work.filled("work.family.number", &[("number", &number), ("name", &held.child())]));
        (group, family.members.iter().map(member).collect())
    };
    families.families.iter().enumerate().map(one).collect()
}

/// What is wrong with the two who were chosen.
fn mismatch(person: &str, to: &str) -> Option<&'static str> {
    let (person, to) = (Chosen::read(person)?, Chosen::read(to)?);
    match (person, to) {
        (person, to) if person == to => Some("work.family.relate.same"),
        (person, to) if person.family != to.family => Some("work.family.relate.family"),
        _ => None,
    }
}

/// Nothing where there are not two.
#[component]
pub(super) fn Relate(held: Editing) -> impl IntoView {
    let work = held.work;
    let people = held.families.with_untracked(|families| people(held, families));
    if people.is_empty() {
        return ().into_any();
    }
    let [person, relationship, to] =
        ["relate.person", "relate.is", "relate.to"].map(|field| held.field(field));
    // Somebody who was chosen and has left the family meanwhile is nobody's choice.
    let offered: Vec<String> =
        people.iter().flat_map(|(_, all)| all.iter().map(|(id, _)| id.clone())).collect();
    for value in [person, to] {
        crate::pages::work::fields::only_of(offered.clone(), value);
    }
    let is_pressed = RwSignal::new(false);
    let wrong_to = held.error(TO, is_pressed, to, "work.family.relate.to.needed");
    let error_to = Signal::derive(move || {
        let mismatch = person.with(|person| to.with(|to| mismatch(person, to)));
        let said = mismatch.filter(|_| is_pressed.get()).map(|key| work.text(key));
        said.or_else(|| wrong_to.get())
    });
    let send = move || {
        is_pressed.set(true);
        let all = [(person, PERSON), (relationship, RELATIONSHIP), (to, TO)];
        if let Some((_, id)) = all.into_iter().find(|(value, _)| typed(*value).is_none()) {
            return work.form.focus(id);
        }
        let (one, other) = (person.get_untracked(), to.get_untracked());
        let (Some(Chosen { family, member: one }), Some(Chosen { member: other, .. }), None) =
            (Chosen::read(&one), Chosen::read(&other), mismatch(&one, &other))
        else {
            return work.form.focus(TO);
        };
        let related = Related {
            person: one.to_owned(),
            relationship: relationship.get_untracked(),
            to: other.to_owned(),
        };
        let name = |id: &str| held.families.with_untracked(|families| name_of(work, families, id));
        let (one, other) = (name(one), name(other));
        let lines = vec![
            Line::of("relate[0]", RELATIONSHIP, &work.form.words().list(&[&one, &other])),
            Line::of("relate[0].person", PERSON, &one),
            Line::of("relate[0].to", TO, &other),
        ];
        let change = FamilyChange {
            family: Some(family.to_owned()),
            relate: vec![related],
            ..FamilyChange::default()
        };
        held.send("relate", change, &["relate.person", "relate.is", "relate.to"], lines);
    };
    view! {
        <h2 class="govuk-heading-m">{work.text("work.family.relate")}</h2>
        <Select
            id=PERSON
            label=work.text("work.family.relate.person")
            hint=Some(work.text("work.family.relate.hint"))
            none=work.text("work.family.relationship.none")
            options=people.clone()
            value=person
            error=held.error(PERSON, is_pressed, person, "work.family.relate.person.needed")
        />
        <Select
            id=RELATIONSHIP
            label=work.text("work.family.relate.is")
            hint=None
            none=work.text("work.family.relationship.none")
            options=relationships(work)
            value=relationship
            error=held.error(RELATIONSHIP, is_pressed, relationship, "work.family.relationship.needed")
        />
        <Select
            id=TO
            label=work.text("work.family.relate.to")
            hint=None
            none=work.text("work.family.relationship.none")
            options=people
            value=to
            error=error_to
        />
        {held.button("relate", "work.family.relate.button", send)}
    }
    .into_any()
}
