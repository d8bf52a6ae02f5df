//! Taking somebody out of a family, or taking back how two are related: with a reason, which is kept.

use assessment_api::family::{FamilyChange, Related};
use leptos::prelude::*;

use super::editing::Line;
use super::{Doing, Editing};
use crate::pages::work::after::typed;
use crate::pages::work::fields::LongText;

/// The id of the field.
const WHY: &str = "work.family.why";

/// What is to end.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Ending {
    family: String,
    what: What,
    /// The words above the field: key and values.
    asks: (&'static str, Vec<(&'static str, String)>),
}

#[derive(Debug, Clone, PartialEq)]
enum What {
    Leave(String),
    Unrelate(Related),
}

impl Ending {
    pub(super) fn leave(family: &str, member: &str, name: &str) -> Ending {
        let asks = ("work.family.why.leave", vec![("name", name.to_owned())]);
        Ending { family: family.to_owned(), what: What::Leave(member.to_owned()), asks }
    }

    pub(super) fn unrelate(family: &str, related: Related, relationship: &str, to: &str) -> Ending {
        let values = vec![("relationship", relationship.to_owned()), ("name", to.to_owned())];
        let asks = ("work.family.why.unrelate", values);
        Ending { family: family.to_owned(), what: What::Unrelate(related), asks }
    }

    /// Names the field of the reason: each ending has one of its own.
    fn field(&self) -> String {
        match &self.what {
            What::Leave(member) => format!("why.{member}"),
            What::Unrelate(one) => format!("why.{}.{}.{}", one.person, one.relationship, one.to),
        }
    }

    fn change(self, reason: Option<String>) -> FamilyChange {
        let change = FamilyChange { family: Some(self.family), reason, ..FamilyChange::default() };
        match self.what {
            What::Leave(member) => FamilyChange { leave: vec![member], ..change },
            What::Unrelate(related) => FamilyChange { unrelate: vec![related], ..change },
        }
    }
}

/// Asks why.
pub(super) fn begin(held: Editing, ending: Ending) {
    held.begin(Doing::End(ending), WHY);
}

#[component]
pub(super) fn End(held: Editing, ending: Ending) -> impl IntoView {
    let work = held.work;
    let name = ending.field();
    let why = held.field(&name);
    let is_pressed = RwSignal::new(false);
    let (key, values) = ending.asks.clone();
    let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let label = work.filled(key, &values);
    let error = held.error(WHY, is_pressed, why, "work.family.why.needed");
    // Whatever is wrong with it is said of this.
    let about = label.clone();
    let send = move || {
        is_pressed.set(true);
        match typed(why) {
            Some(words) => {
                let lines = vec![Line::of("", WHY, &about)];
                held.send("end", ending.clone().change(Some(words)), &[&name], lines);
            }
            None => work.form.focus(WHY),
        }
    };
    view! {
        <LongText id=WHY label hint=work.text("work.family.why.hint") value=why error/>
        {held.button("end", "work.family.end", send)}
        {held.stop_button()}
    }
}
