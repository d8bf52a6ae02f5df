//! That the record belongs to one that was sent, and why: it corrects it or follows it. The link leads there. Where someone
//! else has sent a version meanwhile, this one can follow that; how is in the part of my work (`pages::work`).

use leptos::prelude::*;

use crate::components::{PageLink, redrawn};
use crate::form::use_form;
use crate::pages::known::FromWork;
use crate::pages::{later, work};
use crate::state::{NotSent, Page};

#[component]
pub(super) fn Amends() -> impl IntoView {
    let form = use_form();
    let link = Memo::new(move |_| {
        form.with(|state| state.record.as_ref().and_then(|record| record.episode.clone()))
    });
    let is_overtaken = Memo::new(move |_| {
        form.with(|state| matches!(&state.not_sent, Some(NotSent::Rejected(why)) if why.is_overtaken))
    });
    redrawn(move || {
        let link = link.get().filter(|_| !form.with_family.get())?;
        let said = form.filled("check.amends", &[("reason", &link.reason)]);
        let overtaken = is_overtaken.get().then(|| {
            let draw = || later::at_once(work::draw(work::Drawn::Overtaken));
            view! { <FromWork draw/> }.into_any()
        });
        Some(
            view! {
                <div class="govuk-inset-text">
                    <p dir="auto">{said}</p>
                    <p class="ca-no-print">
                        <PageLink class="govuk-link" page=Page::Work(format!("episode.{}", link.id))>
                            {form.text("check.amends.open")}
                        </PageLink>
                    </p>
                    {overtaken}
                </div>
            }
            .into_any(),
        )
    })
}
