//! "Nothing else here": one press answers the indicators that are left in a list with no, and another takes that back. What
//! was answered yes, not sure or no stays. Each list has its own: no more worries does not mean no more strengths.

use assessment_engine::nothing_else::unanswered;
use assessment_form::Edit;
use leptos::prelude::*;

use crate::components::redrawn;
use crate::form::use_form;
use crate::state::Event;

#[component]
pub(super) fn NothingElse(
    /// The path of the element's indicators.
    path: String,
    /// `strengths` or `concerns`.
    kind: &'static str,
    /// The indicators of the list. What was not seen was not answered.
    shown: Vec<String>,
) -> impl IntoView {
    let form = use_form();
    let element = path.split('.').nth(1).unwrap_or_default().to_owned();
    let left = Memo::new(move |_| {
        let standards = form.standards();
        let mut left = form.answers(|answers| unanswered(answers, &element, form.today(), &standards.pack));
        left.retain(|id| shown.contains(id));
        left
    });
    // What the last press answered.
    let answered = RwSignal::new(Vec::<String>::new());
    let (button_id, undo_id) = (format!("{path}-{kind}-rest"), format!("{path}-{kind}-undo"));
    let paths = StoredValue::new(path);
    let at = move |id: &String| paths.with_value(|path| format!("{path}.{id}"));
    let press = {
        let undo_id = undo_id.clone();
        move |_| {
            let ids = left.get_untracked();
            let edits = ids.iter().map(|id| (at(id), Edit::Text("no".to_owned()))).collect();
            let count = ids.len().to_string();
            answered.set(ids);
            form.dispatch(Event::AnsweredTogether(edits, Some(undo_id.clone())));
            form.announce(&form.filled("nothing_else.done", &[("count", &count)]));
        }
    };
    let undo = {
        let button_id = button_id.clone();
        move |_| {
            let still_no = |id: &String| form.peek_answers(|answers| answers.text(&at(id)) == "no");
            let edits: Vec<_> = answered
                .get_untracked()
                .iter()
                .filter(|id| still_no(id))
                .map(|id| (at(id), Edit::Text(String::new())))
                .collect();
            answered.set(Vec::new());
            form.dispatch(Event::AnsweredTogether(edits, Some(button_id.clone())));
            form.announce(&form.text("nothing_else.undone"));
        }
    };
    let count = Memo::new(move |_| left.read().len());
    let is_open = Memo::new(move |_| count.get() > 0 && !form.is_locked.get());
    let can_undo = Memo::new(move |_| !answered.read().is_empty() && !form.is_locked.get());
    let text = move || match count.get() {
        1 => form.text(&format!("nothing_else.{kind}.one")),
        count => form.filled(&format!("nothing_else.{kind}"), &[("count", &count.to_string())]),
    };
    let button = redrawn(move || {
        let (press, id) = (press.clone(), button_id.clone());
        is_open.get().then(|| {
            view! {
                <button
                    part="button"
                    type="button"
                    class="govuk-button govuk-button--secondary ca-no-print"
                    id=id
                    on:click=press
                >
                    {text}
                </button>
            }
            .into_any()
        })
    });
    let undo = redrawn(move || {
        let (undo, id) = (undo.clone(), undo_id.clone());
        can_undo.get().then(|| {
            let done =
                form.filled("nothing_else.done", &[("count", &answered.read_untracked().len().to_string())]);
            view! {
                <p class="ca-no-print">
                    {done}
                    " "
                    <button type="button" class="ca-press" id=id on:click=undo>
                        {form.text("nothing_else.undo")}
                    </button>
                </p>
            }
            .into_any()
        })
    });
    view! {
        {button}
        {undo}
    }
    .into_any()
}
