//! Which organisation: in the demo from a list, else as its own sign-in calls it.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::fields::{Choice, ShortText};
use super::{demo, use_work};
use crate::components::redrawn;

#[component]
pub(super) fn WhichOrganisation(
    id: &'static str,
    /// Those that make no sense here.
    without: Vec<String>,
    value: RwSignal<String>,
    error: Signal<Option<String>>,
) -> impl IntoView {
    let work = use_work();
    let known = RwSignal::new(Vec::<String>::new());
    let asking = work.asking(None);
    spawn_local(async move {
        let mut names: Vec<String> = Vec::new();
        for person in demo::people(&asking).await {
            let is_family = person.roles.iter().any(|role| role == "family_viewer");
            if !is_family && !without.contains(&person.organisation) && !names.contains(&person.organisation)
            {
                names.push(person.organisation);
            }
        }
        let _ = known.try_set(names);
    });
    redrawn(move || {
        let names = known.get();
        let label = work.text("work.organisation");
        match names.is_empty() {
            true => {
                let hint = Some(work.text("work.organisation.hint"));
                view! { <ShortText id label hint value error/> }.into_any()
            }
            false => {
                let options = names.into_iter().map(|name| (name.clone(), name)).collect::<Vec<_>>();
                view! { <Choice name=id legend=label options value error/> }.into_any()
            }
        }
    })
}
