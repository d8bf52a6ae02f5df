//! The invented people of the demo: one press, and the page is loaded again for somebody else. Nothing is drawn where it is
//! no demo.

use assessment_api::path::{DEMO_PEOPLE, DEMO_SESSION, SESSION};
use assessment_api::session::{DemoPerson, NewDemoSession, Session};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::use_work;
use crate::components::redrawn;
use crate::io::signed_in;

/// Who can be chosen in the demo; nobody where it is none.
pub(super) async fn people(api: &crate::io::records_client::Asking) -> Vec<DemoPerson> {
    match api.get(DEMO_PEOPLE).await {
        Ok(reply) => reply.read().unwrap_or_default(),
        Err(_) => Vec::new(),
    }
}

#[component]
pub(super) fn Demo() -> impl IntoView {
    let work = use_work();
    let found = RwSignal::new((Vec::<DemoPerson>::new(), None::<Session>));
    let asking = work.asking(None);
    spawn_local(async move {
        let people = people(&asking).await;
        let who = asking.get(SESSION).await.ok().and_then(|reply| reply.read().ok());
        let _ = found.try_set((people, who));
    });
    let become_them = move |person: String| {
        let asking = work.asking(None);
        spawn_local(async move {
            if asking.post(DEMO_SESSION, &NewDemoSession { person }, None).await.is_ok() {
                // Nobody signs in here again as who they were: this page is not theirs to come back to.
                signed_in::forget();
                let _ = gloo_utils::window().location().reload();
            }
        });
    };
    redrawn(move || {
        let (people, who) = found.get();
        if people.is_empty() {
            return ().into_any();
        }
        let you = who.map(|who| {
            let said =
                work.filled("work.demo.you", &[("name", &who.name), ("organisation", &who.organisation)]);
            view! { <p>{said}</p> }.into_any()
        });
        let buttons = people.into_iter().map(|person| {
            let code = person.code.clone();
            let roles: Vec<String> = person.roles.iter().map(|role| work.code("work.role.", role)).collect();
            let said = [person.organisation, roles.join(", ")].join(": ");
            view! {
                <li>
                    <button type="button" class="ca-press" on:click=move |_| become_them(code.clone())>
                        {person.name}
                    </button>
                    " "
                    {said}
                </li>
            }
            .into_any()
        });
        view! {
            <div class="govuk-inset-text ca-no-print">
                <p>{work.text("work.demo.about")}</p>
                {you}
                <details class="govuk-details">
                    <summary class="govuk-details__summary">
                        <span class="govuk-details__summary-text">{work.text("work.demo.choose")}</span>
                    </summary>
                    <ul class="govuk-list govuk-list--bullet">{buttons.collect_view()}</ul>
                </details>
            </div>
        }
        .into_any()
    })
}
