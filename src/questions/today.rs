//! "Today" beside a date that may be today: one press instead of three boxes. Not beside a date of birth.

use assessment_engine::answers::Detail;
use assessment_form::{Edit, Kind, PartialDate, WrittenDate};
use leptos::prelude::*;

use super::{Field, use_questionnaire};
use crate::form::use_form;
use assessment_wording::uncapitalised;

#[component]
pub(super) fn Today(field: Field) -> impl IntoView {
    let (form, asking) = (use_form(), use_questionnaire());
    let may_be_today = matches!(field.question.kind, Kind::PastDate | Kind::ComingDate)
        && field.question.holds != Some(Detail::Born);
    let about = format!(": {}", uncapitalised(&field.label));
    let press = move |_| {
        let today = PartialDate::Day(form.today());
        let written = WrittenDate::from_iso(&today.to_string()).unwrap_or_default();
        asking.answer(&field.path, Edit::Date(written));
        let day = form.words().date(today);
        form.announce(&form.filled("today.said", &[("label", &field.label), ("day", &day)]));
    };
    may_be_today.then(|| {
        view! {
            <button type="button" class="ca-press ca-no-print" hidden=asking.is_locked on:click=press>
                {form.text("today")}
                <span class="govuk-visually-hidden">{about}</span>
            </button>
        }
        .into_any()
    })
}
