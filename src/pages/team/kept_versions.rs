//! What two people wrote at once: both texts side by side, by whom and when, and a choice at each place. Nothing is chosen
//! beforehand, and nothing is lost.

use assessment_api::episode::Deed;
use assessment_team::{Clash, TeamRecord};
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::Deserialize;
use serde_json::Value;
use strict_json::from_value;

use super::open::Open;
use super::stored::{At, Put, get, put, unsettled};
use super::words::{by, value_said};
use crate::components::redrawn;
use crate::io::records_client::{Asking, Reply};
use crate::state::team::open_record::Save;
use crate::state::team::settle::{Choice, Unsettled};
use crate::state::work::Failure;

/// The id of the heading, where the focus goes.
pub(super) const HEADING: &str = "team.clash";

/// A version that the server keeps beside the record, and that waits for a decision.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct KeptVersion {
    pub(super) id: String,
    /// `clash` or `closed`.
    why: String,
    sent: Deed,
    theirs: Option<Deed>,
    /// The revision of the record that it was compared with here.
    revision: u32,
    both: Unsettled,
    /// What this person does not see of the record as it is now, which a save gives back.
    left_out: Vec<String>,
    /// Whether this person sees all of the version. Who does not cannot decide about it.
    is_whole: bool,
}

impl KeptVersion {
    /// Those of the reply that wait, with what they started from and what the record is now.
    pub(super) async fn all(asking: &Asking, at: &At, reply: &Reply) -> Result<Vec<KeptVersion>, Failure> {
        #[derive(Deserialize)]
        struct One {
            id: String,
            why: String,
            sent: Deed,
            base: u32,
            #[serde(default)]
            theirs_saved: Option<Deed>,
            #[serde(default)]
            left_out: Vec<String>,
            #[serde(default)]
            settled: Option<u32>,
        }
        let mut waiting = Vec::new();
        for value in reply.body.get("kept").and_then(Value::as_array).into_iter().flatten() {
            let one: One = from_value(value).map_err(|_| Failure::Trouble)?;
            if one.settled.is_some() {
                continue;
            }
            let record = value.get("record").cloned().unwrap_or_default();
            let kept = TeamRecord::from_value(at.kind, record).map_err(|_| Failure::Trouble)?.record;
            let now = get(asking, at, None).await?;
            let base = match one.base {
                0 => TeamRecord::blank(at.kind),
                revision => get(asking, at, Some(revision)).await?.record,
            };
            waiting.push(KeptVersion {
                id: one.id,
                why: one.why,
                sent: one.sent,
                theirs: now.summary.saved.or(one.theirs_saved),
                revision: now.summary.revision,
                both: Unsettled { base, kept, theirs: now.record },
                left_out: now.left_out,
                is_whole: one.left_out.is_empty(),
            });
        }
        Ok(waiting)
    }
}

/// The first of the versions that wait.
#[component]
pub(super) fn KeptVersions(open: Open) -> impl IntoView {
    redrawn(move || {
        let kept = open.kept.with(|kept| kept.first().cloned())?;
        Some(view! { <Decide open kept/> }.into_any())
    })
}

#[component]
fn Decide(open: Open, kept: KeptVersion) -> impl IntoView {
    let work = open.work;
    let clashes = kept.both.clashes();
    let can_decide = open.may_write() && kept.is_whole;
    let choices: Vec<RwSignal<Option<Choice>>> = clashes.iter().map(|_| RwSignal::new(None)).collect();
    let is_pressed = RwSignal::new(false);
    let failed = RwSignal::new(None::<Failure>);
    let is_sending = RwSignal::new(false);
    let rows: Vec<AnyView> = clashes
        .iter()
        .zip(&choices)
        .enumerate()
        .map(|(index, (clash, choice))| place(open, &kept, index, clash, *choice, is_pressed))
        .collect();
    let about = match (kept.why.as_str(), clashes.is_empty()) {
        _ if !kept.is_whole => "team.clash.part",
        _ if !can_decide => "team.clash.read_only",
        ("closed", _) => "team.clash.closed",
        (_, true) => "team.clash.none_left",
        _ => "team.clash.about",
    };
    let about = work.filled(about, &[("who", &by(work, Some(&kept.sent)))]);
    let save = {
        let (kept, choices) = (kept.clone(), choices.clone());
        move |_| {
            let chosen: Vec<Option<Choice>> = choices.iter().map(|choice| choice.get_untracked()).collect();
            if let Some(missing) = chosen.iter().position(Option::is_none) {
                is_pressed.set(true);
                return work.form.focus(&field(missing));
            }
            let chosen: Vec<Choice> = chosen.into_iter().flatten().collect();
            // What was typed since goes first: the decision makes the record again from what the server has.
            if !untrack(|| open.is_all_saved()) {
                open.save();
                failed.set(Some(Failure::Offline));
                return;
            }
            if is_sending.get_untracked() {
                return;
            }
            let Some(answers) = kept.both.settled(&chosen) else { return };
            is_sending.set(true);
            let (at, id) = (open.at.get_value(), kept.id.clone());
            let save = Save { revision: kept.revision, answers, left_out: kept.left_out.clone() };
            let asking = work.asking(Some(&at.episode));
            let reason = open.is_finished.get_value().then(|| work.text("team.clash.reason"));
            spawn_local(async move {
                let settled = put(&asking, &at, save, reason, Some(id)).await;
                let left = unsettled(&asking, &at).await;
                is_sending.try_set(false);
                match (settled, left) {
                    (Ok(Put::Saved(read)), Ok(left)) => {
                        open.settled(*read, left);
                        work.form.announce(&work.text("team.clash.done"));
                        work.form.focus_on(crate::state::Focus::Heading);
                    }
                    // Somebody has written meanwhile: the same question with what they wrote.
                    (Ok(Put::KeptBeside(_)) | Err(Failure::NotNow | Failure::Changed), Ok(left)) => {
                        open.kept.try_set(left);
                        work.form.focus(HEADING);
                    }
                    (Err(failure), _) | (_, Err(failure)) => {
                        failed.try_set(Some(failure));
                    }
                }
            });
        }
    };
    let refusal = redrawn(move || {
        let said = work.text(failed.get()?.key());
        Some(view! { <p class="govuk-inset-text" role="alert">{said}</p> }.into_any())
    });
    let button = can_decide.then(|| {
        view! {
            {refusal}
            <button part="button" type="button" class="govuk-button" on:click=save>{work.text("team.clash.save")}</button>
        }
        .into_any()
    });
    view! {
        <section class="ca-group" aria-labelledby=HEADING>
            <h2 class="govuk-heading-m" id=HEADING tabindex="-1">{work.text("team.clash.heading")}</h2>
            <p>{about}</p>
            {rows}
            {button}
        </section>
    }
}

fn field(index: usize) -> String {
    format!("team.clash.{index}")
}

/// One place: both texts, and what to keep.
fn place(
    open: Open,
    kept: &KeptVersion,
    index: usize,
    clash: &Clash,
    choice: RwSignal<Option<Choice>>,
    is_pressed: RwSignal<bool>,
) -> AnyView {
    let work = open.work;
    let said = |value: &Value, record: &TeamRecord| value_said(open, record, &clash.path, value);
    let cell = |heading: String, text: String| {
        view! {
            <div class="ca-drafts__about">
                <p class="ca-drafts__detail">{heading}</p>
                <p class="ca-typed" dir="auto">{text}</p>
            </div>
        }
        .into_any()
    };
    let options = [
        (Choice::Theirs, "team.clash.theirs"),
        (Choice::KeptVersion, "team.clash.kept"),
        (Choice::Both, "team.clash.both"),
    ];
    let can_have_both = kept.both.can_have_both(clash);
    let name = field(index);
    let radios = options.into_iter().filter(|(one, _)| *one != Choice::Both || can_have_both);
    let radios: Vec<AnyView> = radios
        .enumerate()
        .map(|(at, (one, key))| {
            let id = if at == 0 { name.clone() } else { format!("{name}.{at}") };
            let label = work.text(key);
            view! {
                <div class="govuk-radios__item">
                    <input
                        class="govuk-radios__input"
                        type="radio"
                        name=name.clone()
                        id=id.clone()
                        prop:checked=move || choice.get() == Some(one)
                        on:change=move |_| choice.set(Some(one))
                    />
                    <label class="govuk-label govuk-radios__label" for=id>{label}</label>
                </div>
            }
            .into_any()
        })
        .collect();
    let now = work.filled("team.clash.now", &[("who", &by(work, kept.theirs.as_ref()))]);
    let other = work.filled("team.clash.other", &[("who", &by(work, Some(&kept.sent)))]);
    let wrong = redrawn(move || {
        (is_pressed.get() && choice.get().is_none())
            .then(|| view! { <p class="govuk-error-message">{work.text("team.clash.needed")}</p> }.into_any())
    });
    view! {
        <div class="govuk-form-group">
            <fieldset class="govuk-fieldset">
                <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">
                    {super::words::asked(open, &kept.both.kept, &kept.both.theirs, &clash.path)}
                </legend>
                <div class="ca-drafts__item">
                    {cell(now, said(&clash.theirs, &kept.both.theirs))}
                    {cell(other, said(&clash.yours, &kept.both.kept))}
                </div>
                {wrong}
                {(open.may_write() && kept.is_whole)
                    .then(|| view! { <div class="govuk-radios govuk-radios--small">{radios}</div> })}
            </fieldset>
        </div>
    }
    .into_any()
}
