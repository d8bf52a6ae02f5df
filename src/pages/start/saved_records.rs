//! The records on this device: to open one, to begin a brother's or sister's from it, or to delete it once its name has been
//! typed.

mod told_apart;

use assessment_form::typed::compared;
use assessment_wording::uncapitalised;
use leptos::prelude::*;

use super::WHO_TO_RING;
use crate::components::{Follow, SaveAsFile, on_own, redrawn};
use crate::form::{Form, use_form};
use crate::state::{Event, Others, Page, SavedRecord, SavedRecords};
use told_apart::{facts, relations};

/// How many records are drawn at first: the numbers to ring are below them.
const FIRST: usize = 10;
/// The id of the others.
const OTHERS: &str = "other-records";

#[component]
pub(super) fn SavedRecordsList() -> impl IntoView {
    let form = use_form();
    let records = Memo::new(move |_| form.with(|state| state.saved_records.clone()));
    // The record whose deletion is being confirmed.
    let deleting = RwSignal::new(None::<String>);
    let is_all = RwSignal::new(false);
    let others = Memo::new(move |_| form.with(|state| (state.others, state.person.is_some())));
    let list = redrawn(move || match records.get() {
        SavedRecords::Unreadable => view! {
            <p class="govuk-error-message" role="alert">{form.text("start.cannot_read")}</p>
        }
        .into_any(),
        SavedRecords::Read(records) if !records.is_empty() => {
            // What is urgent comes first; the rest keeps its order, the latest first.
            let now = form.moment.get_untracked();
            let mut ordered: Vec<SavedRecord> = Vec::new();
            for record in &records {
                let at = ordered.partition_point(|other| other.rank(now) <= record.rank(now));
                ordered.insert(at, record.clone());
            }
            view! { <Records records=ordered deleting is_all/> }.into_any()
        }
        SavedRecords::Read(_) | SavedRecords::Unread => ().into_any(),
    });
    view! {
        {list}
        {redrawn(move || {
            let (Others { count, waiting }, is_somebody) = others.get();
            let (count, waiting) = (count.to_string(), waiting.to_string());
            // Nobody is told that their own are other people's, only because they have signed out.
            let key = if is_somebody { "drafts.others" } else { "drafts.kept_for_people" };
            let said = || form.filled(key, &[("count", &count), ("waiting", &waiting)]);
            (count != "0").then(|| view! { <p class="govuk-inset-text">{said()}</p> }.into_any())
        })}
    }
}

/// The records in this order, the first of them at once and the others on a press.
#[component]
fn Records(
    records: Vec<SavedRecord>,
    deleting: RwSignal<Option<String>>,
    is_all: RwSignal<bool>,
) -> impl IntoView {
    let form = use_form();
    let count = records.len();
    let records = StoredValue::new(records);
    let items = move |from: usize, most: usize| {
        records.with_value(|records| {
            let items = records.iter().skip(from).take(most).map(|record| {
                let relations = relations(form, record, records);
                view! { <Item record=record.clone() relations deleting/> }.into_any()
            });
            items.collect_view()
        })
    };
    let show = move |_| {
        is_all.set(true);
        form.focus(OTHERS);
    };
    let others = redrawn(move || match is_all.get() {
        true => view! { <ul class="ca-drafts" id=OTHERS tabindex="-1">{items(FIRST, count)}</ul> }.into_any(),
        false => view! {
            <button part="button" type="button" class="govuk-button govuk-button--secondary" on:click=show>
                {form.filled("start.show_all", &[("count", &count.to_string())])}
            </button>
        }
        .into_any(),
    });
    view! {
        <p>
            <Follow class="govuk-link" follow=move || form.focus(WHO_TO_RING)>
                {form.text("start.who_to_ring")}
            </Follow>
        </p>
        <h2 class="govuk-heading-l">{form.text("drafts.heading")}</h2>
        <p>{form.text("drafts.shared_device")}</p>
        <ul class="ca-drafts">{items(0, FIRST)}</ul>
        {(count > FIRST).then_some(others)}
    }
}

#[component]
fn Item(
    record: SavedRecord,
    /// What connects it with other records of the list.
    relations: Vec<String>,
    deleting: RwSignal<Option<String>>,
) -> impl IntoView {
    let form = use_form();
    let (name, is_check) = (record.name.clone(), record.is_check);
    let shown = Memo::new(move |_| match name.as_str() {
        // What it is about is not for the family either.
        "" if is_check && !form.with_family.get() => form.text("title.refer"),
        "" => form.text("child.unnamed"),
        name => name.to_owned(),
    });
    // Two records may have one name: who hears the list is told them apart by the same words as who sees it.
    let facts = Memo::new({
        let record = record.clone();
        move |_| facts(form, &record)
    });
    // It follows who is signed in, and what the server said last.
    let detail = Memo::new({
        let record = record.clone();
        move |_| detail(form, &record)
    });
    let apart = move || format!(", {}, {}", facts.read(), uncapitalised(&detail.read()));
    let hidden = move || format!(" {}{}", shown.read(), apart());
    let begin_hidden = move || format!(" {}", shown.read());
    let relations = on_own(move || {
        let lines = relations.clone().into_iter();
        lines
            .map(|line| view! { <p class="ca-drafts__detail">{line}</p> }.into_any())
            .collect_view()
            .into_any()
    });
    let urgent = urgent(form, &record);
    let is_deleting = Memo::new({
        let id = record.id.clone();
        move |_| deleting.with(|deleting| deleting.as_ref() == Some(&id))
    });
    let beside = {
        let id = record.id.clone();
        move || form.open_beside(Page::Tasks, Some(id.clone()))
    };
    let open = {
        let id = record.id.clone();
        move || form.dispatch(Event::Chosen(id.clone()))
    };
    let begin = {
        let id = record.id.clone();
        move |_| form.dispatch(Event::SiblingChosen(id.clone()))
    };
    let can_open = record.unreadable.is_none();
    let as_file = (!can_open && form.may_be_file()).then(|| record.id.clone());
    let ask = {
        let id = record.id.clone();
        move |_| {
            deleting.set(Some(id.clone()));
            form.focus(&format!("{id}-name"));
        }
    };
    view! {
        <li class="ca-drafts__item">
            <div class="ca-drafts__about">
                {match can_open {
                    true => view! {
                        <Follow class="ca-drafts__name" follow=open beside>
                            <bdi>{shown}</bdi>
                            <span class="govuk-visually-hidden">{apart}</span>
                        </Follow>
                    }
                    .into_any(),
                    false => view! { <p class="ca-drafts__name"><bdi>{shown}</bdi></p> }.into_any(),
                }}
                {urgent}
                <p class="ca-drafts__detail">{facts}</p>
                {relations}
                <p class="ca-drafts__detail">{detail}</p>
            </div>
            <div class="ca-drafts__actions">
                {can_open.then(|| view! {
                    <button
                        part="button"
                        type="button"
                        class="govuk-button govuk-button--secondary"
                        on:click=begin
                    >
                        {form.text("sibling.link")}
                        <span class="govuk-visually-hidden">{begin_hidden}</span>
                    </button>
                }.into_any())}
                {as_file.map(|id| view! { <SaveAsFile record=id hidden=Signal::derive(hidden)/> }.into_any())}
                <button
                    part="button"
                    type="button"
                    class="govuk-button govuk-button--secondary"
                    id=format!("{}-ask", record.id)
                    aria-expanded=move || is_deleting.get().to_string()
                    on:click=ask
                >
                    {form.text("drafts.delete")}
                    <span class="govuk-visually-hidden">{hidden}</span>
                </button>
            </div>
            {redrawn(move || {
                is_deleting.get().then(|| view! { <Confirm record=record.clone() deleting/> }.into_any())
            })}
        </li>
    }
}

fn detail(form: Form, record: &SavedRecord) -> String {
    let saved = [("saved", record.saved.as_str())];
    let detail = match (&record.reference, record.waiting, record.unreadable) {
        (_, _, Some(why)) => form.text(why.key()),
        (Some(reference), _, None) => form.filled("drafts.sent", &[("reference", reference)]),
        (None, true, None) => form.filled(form.with(|state| state.waiting_key(record)), &saved),
        (None, false, None) => form.filled("drafts.saved", &saved),
    };
    if record.copy { format!("{} {detail}", form.text("drafts.copy")) } else { detail }
}

/// What is urgent and not done: `Urgent: 2 things to do, 1 overdue`. Follows the clock.
fn urgent(form: Form, record: &SavedRecord) -> Option<AnyView> {
    let count = record.open.as_ref().map(Vec::len);
    if count == Some(0) {
        return None;
    }
    let record = record.clone();
    let text = Memo::new(move |_| {
        let is_with_family = form.with_family.get();
        let count = match count {
            None => return form.text(if is_with_family { "saved.may_read" } else { "saved.unknown" }),
            // Who looks over a shoulder at the list reads no more than that.
            Some(_) if is_with_family => return form.text("saved.to_read"),
            Some(count) => count,
        };
        let said = match count {
            1 => form.text("saved.urgent_one"),
            count => form.filled("saved.urgent", &[("count", &count.to_string())]),
        };
        match record.overdue(form.moment.get()) {
            0 => said,
            overdue => {
                format!("{said}, {}", form.filled("saved.overdue", &[("count", &overdue.to_string())]))
            }
        }
    });
    let is_quiet = form.with_family;
    Some(view! { <p class="ca-drafts__urgent" class:ca-drafts__urgent--quiet=is_quiet>{text}</p> }.into_any())
}

/// Deleting needs the name to be typed, so that nothing goes by a slip of the hand.
#[component]
fn Confirm(record: SavedRecord, deleting: RwSignal<Option<String>>) -> impl IntoView {
    let form = use_form();
    let id = record.id;
    let expected = if record.name.is_empty() { form.text("drafts.delete_word") } else { record.name };
    // A name may be in a script that this keyboard has not: a word is enough.
    let word = form.text("drafts.delete_word");
    let (label, message) = if expected == word {
        (
            form.filled("drafts.confirm", &[("name", &word)]),
            form.filled("drafts.wrong_name", &[("name", &word)]),
        )
    } else {
        let said = [("name", expected.as_str()), ("word", word.as_str())];
        (form.filled("drafts.confirm_either", &said), form.filled("drafts.wrong_either", &said))
    };
    let unsent =
        record.reference.is_none().then(|| view! { <p>{form.text("drafts.not_sent")}</p> }.into_any());
    let given = RwSignal::new(String::new());
    let is_wrong = RwSignal::new(false);
    let (input_id, error_id) = (format!("{id}-name"), format!("{id}-error"));
    let delete = {
        let (id, input_id) = (id.clone(), input_id.clone());
        move |_| {
            if given.with_untracked(|given| is_confirmed(given, &expected, &word)) {
                deleting.set(None);
                form.dispatch(Event::Deleted(id.clone()));
            } else {
                is_wrong.set(true);
                form.focus(&input_id);
            }
        }
    };
    let keep = move |_| {
        deleting.set(None);
        form.focus(&format!("{id}-ask"));
    };
    let described = {
        let error_id = error_id.clone();
        move || is_wrong.get().then(|| error_id.clone())
    };
    let error = redrawn(move || {
        is_wrong.get().then(|| {
            view! {
                <p class="govuk-error-message" id=error_id.clone()>
                    <span class="govuk-visually-hidden">{form.text("error.prefix")}</span>
                    {message.clone()}
                </p>
            }
            .into_any()
        })
    });
    view! {
        <div class="ca-drafts__confirm" role="group" aria-label=form.text("drafts.delete")>
            {unsent}
            <div class="govuk-form-group" class:govuk-form-group--error=is_wrong>
                <label class="govuk-label" for=input_id.clone()>{label}</label>
                {error}
                <input
                    class="govuk-input"
                    id=input_id
                    type="text"
                    autocomplete="off"
                    spellcheck="false"
                    aria-describedby=described
                    dir="auto"
                    on:input:target=move |event| given.set(event.target().value())
                    on:change:target=move |event| given.set(event.target().value())
                />
            </div>
            <div class="govuk-button-group">
                <button part="button" type="button" class="govuk-button govuk-button--warning" on:click=delete>
                    {form.text("drafts.delete_now")}
                </button>
                <button part="button" type="button" class="govuk-button govuk-button--secondary" on:click=keep>
                    {form.text("drafts.keep")}
                </button>
            </div>
        </div>
    }
}

/// Whether the name was typed, or the word that means any name.
fn is_confirmed(typed: &str, name: &str, word: &str) -> bool {
    let typed = compared(typed);
    !typed.is_empty() && (typed == compared(name) || typed == compared(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn f21_typography_makes_no_other_name_and_a_word_is_enough() {
        for typed in [" zoë  o'example", "ZOE\u{308} O’EXAMPLE", "Zoë O‘Example", "Delete"] {
            assert!(is_confirmed(typed, "Zoë O’Example", "delete"), "{typed}");
        }
        for typed in ["Zoë", "Zoe O'Example", "", " "] {
            assert!(!is_confirmed(typed, "Zoë O’Example", "delete"), "{typed}");
        }
        assert!(!is_confirmed("", "", "delete"));
    }
}
