//! The people of the record, where a name is asked: one press fills in the name and what goes with it. Anybody else is typed
//! as before. Whom a question offers is in its catalogue row.

use assessment_engine::answers::{Detail, Node};
use assessment_engine::people::{KnownPerson, add, offers, offers_to_add, pick};
use assessment_form::{Edit, is_blank};
use leptos::prelude::*;

use super::{Field, shown};
use crate::components::redrawn;
use crate::form::{Form, use_form};
use crate::state::Event;

/// The most people who are offered at once: a longer list is slower to read than a name is to type.
const MAX_OFFERED: usize = 12;

/// Under a name: offered while it is blank, or was when it was drawn. Nothing goes away while somebody types.
#[component]
pub(super) fn Offers(field: Field, value: Memo<String>) -> impl IntoView {
    let form = use_form();
    let held = field.question.of_assessment.and_then(|question| question.holds);
    let takes_person = held.is_some_and(|held| matches!(held.detail, Detail::Name(_)));
    takes_person.then(|| {
        let is_offered = RwSignal::new(false);
        Effect::new(move |_| {
            if is_blank(&value.read()) {
                is_offered.set(true);
            }
        });
        let path = field.path.clone();
        let people = Memo::new({
            let path = path.clone();
            move |_| {
                if !is_offered.get() || form.is_locked.get() {
                    return Vec::new();
                }
                let with_family = form.with_family.get();
                form.answers(|answers| offers(answers, &path, with_family))
            }
        });
        let label = form.maybe_text(&format!("{}.pick", field.key)).map(|_| format!("{}.pick", field.key));
        let press = Callback::new(move |person: KnownPerson| {
            let edits = filled(form, &person, &path, false);
            is_offered.set(false);
            form.dispatch(Event::AnsweredTogether(edits, Some(path.clone())));
            form.announce(&form.filled("offers.picked", &[("name", &person.name)]));
        });
        buttons(form, people, label.unwrap_or_else(|| "offers.name".to_owned()), press)
    })
}

/// Under rows of people: each press adds one.
#[component]
pub(super) fn OffersToAdd(field: Field, max: u16) -> impl IntoView {
    let form = use_form();
    let rows = field.path.clone();
    let people = Memo::new({
        let rows = rows.clone();
        move |_| {
            if form.is_locked.get() {
                return Vec::new();
            }
            let with_family = form.with_family.get();
            form.answers(|answers| match answers.node(&rows) {
                Some(Node::Rows(all)) if all.len() < usize::from(max) && !has_blank(all) => {
                    offers_to_add(answers, &rows, with_family)
                }
                _ => Vec::new(),
            })
        }
    });
    let name = format!("{}.pick", field.question.name);
    let label = form.maybe_text(&name).map_or_else(|| "offers.add".to_owned(), |_| name);
    let press = Callback::new(move |person: KnownPerson| {
        let count = form.peek_answers(|answers| match answers.node(&rows) {
            Some(Node::Rows(all)) => all.len(),
            _ => 0,
        });
        let edits = filled(form, &person, &rows, true);
        form.dispatch(Event::AnsweredTogether(edits, Some(format!("{rows}[{count}]"))));
        form.announce(&form.filled("offers.added", &[("name", &person.name)]));
    });
    buttons(form, people, label, press)
}

/// A blank row offers people itself.
fn has_blank(rows: &dyn assessment_form::Rows<assessment_engine::answers::Caf>) -> bool {
    (0..rows.len()).any(|row| rows.row(row).is_some_and(|row| Node::Group(row).is_blank()))
}

fn filled(form: Form, person: &KnownPerson, path: &str, is_new: bool) -> Vec<(String, Edit)> {
    let (facts, standards, child) = (untrack(|| form.facts()), form.standards(), form.text("offers.child"));
    let fill = if is_new { add } else { pick };
    form.peek_answers(|answers| fill(answers, path, person, &facts, &standards.lists, &child))
}

fn buttons(
    form: Form,
    people: Memo<Vec<KnownPerson>>,
    label: String,
    press: Callback<KnownPerson>,
) -> AnyView {
    redrawn(move || {
        let people = people.get();
        (!people.is_empty()).then(|| {
            let buttons = people.into_iter().take(MAX_OFFERED).map(|person| {
                let text = form.filled(&label, &[("name", &person.name)]);
                let who = who(form, &person).map(|who| format!(" ({who})"));
                view! {
                    <button
                        type="button"
                        class="ca-press"
                        on:click=move |_| press.run(person.clone())
                    >
                        {text}
                        {who}
                    </button>
                }
                .into_any()
            });
            view! {
                <div class="ca-offers ca-no-print" role="group" aria-label=form.text("offers.label")>
                    {buttons.collect_view()}
                </div>
            }
            .into_any()
        })
    })
    .into_any()
}

/// How somebody is related to the child, or what they work as: two people may have one name.
fn who(form: Form, person: &KnownPerson) -> Option<String> {
    let of = |list, detail| person.text(detail).map(|code| shown::code(form, list, code));
    of("relationship", Detail::Relationship)
        .or_else(|| of("roles", Detail::Role))
        .map(|who| assessment_wording::uncapitalised(&who))
}
