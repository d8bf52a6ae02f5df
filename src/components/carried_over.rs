//! What came from a brother's or sister's record: that answers of a section did, until somebody says that they were checked, and
//! what was written about the family as a whole, which is offered and taken over in one press.

use assessment_form::{Edit, is_blank};
use assessment_wording::uncapitalised;
use leptos::prelude::*;

use super::{on_own, redrawn};
use crate::form::{Form, use_form};
use crate::state::{Event, Focus, Record};

#[component]
pub(crate) fn CarriedOver(section: String) -> impl IntoView {
    let form = use_form();
    let from = Memo::new({
        let section = section.clone();
        move |_| {
            form.with(|state| {
                let carried =
                    state.record.as_ref().filter(|record| Record::is_open(record))?.carried.as_ref()?;
                carried.is_in(&section).then(|| (carried.from.clone(), carried.by_portal))
            })
        }
    });
    redrawn(move || {
        let section = section.clone();
        from.get().map(|(from, by_portal)| {
            // That another child has a record is not for everybody who may look on.
            let text = match from.is_empty() || form.with_family.get() {
                true if by_portal => form.text("carried.by_portal"),
                true => form.text("carried.from_another"),
                false => form.filled("carried.from", &[("name", &from)]),
            };
            let checked = move |_| form.dispatch(Event::CarriedChecked(section.clone()));
            view! {
                <div class="govuk-inset-text ca-no-print">
                    <p>{text}</p>
                    <button type="button" class="ca-press" disabled=form.is_locked on:click=checked>
                        {form.text("carried.check")}
                    </button>
                </div>
            }
            .into_any()
        })
    })
}

/// What the first record says of one element, or of all, where nothing is written here. That another child has a record is the
/// practitioner's own.
#[component]
pub(crate) fn FamilyText(
    /// `None` for all elements.
    element: Option<String>,
) -> impl IntoView {
    let form = use_form();
    let focus = element.as_ref().map(|id| format!("elements.{id}.strengths"));
    let offered = Memo::new(move |_| {
        let (from, edits) = form.with(|state| {
            let carried = state.record.as_ref().filter(|record| Record::is_open(record))?.carried.as_ref()?;
            Some((carried.from.clone(), carried.offered_for(element.as_deref())))
        })?;
        let edits = form.answers(|answers| {
            let is_free = |(path, _): &(String, Edit)| {
                let id = path.split('.').nth(1).unwrap_or_default();
                answers.elements.get(id).is_some_and(|element| {
                    [&element.strengths, &element.needs, &element.evidence].iter().all(|text| is_blank(text))
                })
            };
            edits.into_iter().filter(is_free).collect::<Vec<_>>()
        });
        (!edits.is_empty()).then_some((from, edits))
    });
    on_own(move || {
        let focus = focus.clone();
        redrawn(move || {
            offered.get().map(|(from, edits)| {
                let name = if from.is_empty() { form.text("carried.first") } else { from };
                let texts = edits.iter().filter_map(|edit| written(form, edit)).collect_view();
                let focus = focus.clone();
                let press = move |_| {
                    form.dispatch(Event::AnsweredTogether(edits.clone(), focus.clone()));
                    form.announce(&form.text("carried.used"));
                    if focus.is_none() {
                        form.focus_on(Focus::Heading);
                    }
                };
                view! {
                    <div class="govuk-inset-text ca-no-print">
                        <p>{form.filled("carried.family", &[("name", &name)])}</p>
                        {texts}
                        <button type="button" class="ca-press" disabled=form.is_locked on:click=press>
                            {form.filled("carried.use", &[("name", &name)])}
                        </button>
                    </div>
                }
                .into_any()
            })
        })
        .into_any()
    })
}

/// "Wider family, needs: …"
fn written(form: Form, (path, edit): &(String, Edit)) -> Option<AnyView> {
    let Edit::Text(text) = edit else { return None };
    let question = form.text(&format!("element.{}", path.rsplit('.').next()?));
    let part = form.part_of(path).unwrap_or_default();
    let label = format!("{part}, {}: ", uncapitalised(&question));
    let text = text.clone();
    Some(view! { <p class="ca-typed"><strong>{label}</strong>{text}</p> }.into_any())
}
