//! Actions of plans that need another owner, since the one who was to do them has left: how many, in the list of the one who
//! leads. Who does them from now on is chosen in the plan, by a person; nothing is given to anybody by being looked at.

use std::collections::BTreeMap;

use assessment_api::path::DUE;
use assessment_api::team::DueList;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Work, WorkLink, use_work};
use crate::components::redrawn;
use crate::io::records_client::Asking;
use crate::state::team::TeamPage;
use crate::state::work::{Failure, WorkPage};

/// How many actions need another owner, by episode; an episode without any is absent.
#[derive(Clone, Copy)]
pub(super) struct Owners(RwSignal<BTreeMap<String, usize>>);

impl Owners {
    /// Asks the server, and gives it to the list that is drawn below. Where it cannot be asked the list has nothing to say of it:
    /// the plan still does.
    pub(super) fn provide(work: Work) {
        let owners = Owners(RwSignal::default());
        provide_context(owners);
        spawn_local(async move {
            if let Ok(found) = needed(&work.asking(None)).await {
                let _ = owners.0.try_set(found);
            }
        });
    }

    /// What is said of an episode.
    pub(super) fn said(self, episode: String, child: String) -> AnyView {
        let work = use_work();
        redrawn(move || {
            let count = self.0.with(|all| all.get(&episode).copied())?.to_string();
            let page = WorkPage::Together(TeamPage::Plan(episode.clone()));
            let about = format!(": {child}");
            Some(
                view! {
                    <p class="ca-drafts__detail">
                        <WorkLink page>
                            {work.filled("work.owner", &[("count", &count)])}
                            <span class="govuk-visually-hidden">{about}</span>
                        </WorkLink>
                    </p>
                }
                .into_any(),
            )
        })
    }
}

async fn needed(asking: &Asking) -> Result<BTreeMap<String, usize>, Failure> {
    let (mut found, mut at) = (BTreeMap::new(), format!("{DUE}?limit=200"));
    loop {
        let list: DueList = asking.get(&at).await?.read()?;
        for one in list.due.into_iter().filter(|one| one.needs_owner) {
            *found.entry(one.episode).or_default() += 1;
        }
        let Some(next) = list.next else { return Ok(found) };
        at = format!("{DUE}?limit=200&after={next}");
    }
}
