//! What somebody else has changed in the families of a child since they were read: who came and went, how people are related, and
//! what is kept more closely.

use std::collections::BTreeSet;

use assessment_api::family::Families;
use leptos::prelude::*;

use super::{name_of, relationship};
use crate::pages::work::Work;

/// What is different, a line for each kind of change.
pub(super) fn changes(work: Work, was: &Families, now: &Families) -> AnyView {
    let (before, after) = (Told::of(work, was), Told::of(work, now));
    // How somebody is related who has just come, or gone, needs no line of its own.
    let both: BTreeSet<&String> = before.members.intersection(&after.members).collect();
    let of_both = |links: &BTreeSet<(String, String, String)>,
                   others: &BTreeSet<(String, String, String)>| {
        let lines = links.difference(others).filter(|(one, _, to)| both.contains(one) && both.contains(to));
        let line = |(one, relationship, to): &(String, String, String)| {
            work.filled(
                "work.family.changed.link",
                &[("one", one), ("relationship", relationship), ("name", to)],
            )
        };
        lines.map(line).collect::<Vec<_>>()
    };
    let without = |all: &BTreeSet<String>, others: &BTreeSet<String>| {
        all.difference(others).cloned().collect::<Vec<_>>()
    };
    let lines = [
        ("work.family.changed.in", without(&after.members, &before.members)),
        ("work.family.changed.out", without(&before.members, &after.members)),
        ("work.family.changed.related", of_both(&after.links, &before.links)),
        ("work.family.changed.unrelated", of_both(&before.links, &after.links)),
        ("work.family.changed.closer", without(&after.closely, &before.closely)),
    ];
    let some = lines.into_iter().filter(|(_, all)| !all.is_empty());
    let said = some.map(|(key, all)| {
        let names = work.form.words().list(&all);
        view! { <p dir="auto">{work.filled(key, &[("names", &names)])}</p> }.into_any()
    });
    said.collect_view().into_any()
}

/// What is told of families, by names.
struct Told {
    members: BTreeSet<String>,
    links: BTreeSet<(String, String, String)>,
    closely: BTreeSet<String>,
}

impl Told {
    fn of(work: Work, families: &Families) -> Self {
        let members = || families.families.iter().flat_map(|one| &one.members);
        let closely = members().filter(|member| member.protection != "ordinary");
        let links = families.families.iter().flat_map(|one| &one.related).map(|one| {
            let name = |id: &str| name_of(work, families, id);
            (name(&one.person), relationship(work, &one.relationship), name(&one.to))
        });
        // The child is there before anybody belongs to the family.
        let child = name_of(work, families, &families.person);
        Self {
            members: members().filter_map(|member| member.name.clone()).chain([child]).collect(),
            links: links.collect(),
            closely: closely.filter_map(|member| member.name.clone()).collect(),
        }
    }
}
