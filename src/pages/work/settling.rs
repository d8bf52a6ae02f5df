//! What becomes of everything that is open when a record ends here: one choice for each action, meeting and clock. Which of
//! it is open is the server's to say.

use assessment_api::episode::OpenItemShown;
use assessment_api::episode_change::SettledItem;
use assessment_people::episode::Fate;
use leptos::prelude::*;

use super::after::{OpenRecord, typed};
use super::fields::Choice;
use super::list::day;
use super::use_work;

/// Everything that is open, and what was chosen for each.
#[derive(Clone)]
pub(super) struct Settling(Vec<Open>);

/// Something that is open, and what was chosen for it.
#[derive(Clone)]
struct Open {
    item: OpenItemShown,
    becomes: RwSignal<String>,
}

impl Open {
    /// The id of its field.
    fn id(&self) -> String {
        format!("work.close.open.{}.{}", self.item.kind, self.item.id)
    }
}

impl Settling {
    /// What is open in a record as it was when the page was drawn.
    pub(super) fn of(held: OpenRecord) -> Settling {
        let open = |item: OpenItemShown| {
            let becomes = held.field(&format!("open.{}.{}", item.kind, item.id));
            Open { item, becomes }
        };
        Settling(held.record().still_open.into_iter().map(open).collect())
    }

    /// The id of the first field in which nothing is chosen.
    pub(super) fn undecided(&self) -> Option<String> {
        self.0.iter().find(|one| typed(one.becomes).is_none()).map(Open::id)
    }

    /// What was chosen, as the server takes it.
    pub(super) fn chosen(&self) -> Vec<SettledItem> {
        let settled = |one: &Open| SettledItem {
            kind: one.item.kind.clone(),
            id: one.item.id.clone(),
            becomes: typed(one.becomes).unwrap_or_default(),
        };
        self.0.iter().map(settled).collect()
    }

    /// The choices; nothing where nothing is open.
    pub(super) fn view(self, held: OpenRecord, is_pressed: RwSignal<bool>) -> Option<AnyView> {
        let work = held.work;
        (!self.0.is_empty()).then(|| {
            let choices = self.0.into_iter().map(|open| view! { <Becomes held open is_pressed/> });
            view! {
                <h2 class="govuk-heading-m">{work.text("work.close.open")}</h2>
                <p>{work.text("work.close.open.about")}</p>
                {choices.collect_view()}
            }
            .into_any()
        })
    }
}

/// What becomes of one thing that is open.
#[component]
fn Becomes(held: OpenRecord, open: Open, is_pressed: RwSignal<bool>) -> impl IntoView {
    let work = use_work();
    let (id, OpenItemShown { kind, about, .. }) = (open.id(), open.item);
    // An action is in the words of the plan, a meeting has a day, and what is left is the next review.
    let legend = match (kind.as_str(), about) {
        ("meeting", Some(on)) => work.filled("work.close.open.meeting", &[("day", &day(work, &on))]),
        (_, Some(words)) => work.filled("work.close.open.action", &[("action", &words)]),
        (kind, None) => work.code("work.close.open.unseen.", kind),
    };
    let can_be_done = kind == "action";
    let fates = Fate::ALL.into_iter().filter(|fate| can_be_done || *fate != Fate::Done);
    let options =
        fates.map(|fate| (fate.code().to_owned(), work.code("work.close.becomes.", fate.code()))).collect();
    let error = held.needed(is_pressed, open.becomes, "work.close.becomes.needed");
    view! { <Choice name=id legend options value=open.becomes error/> }
}
