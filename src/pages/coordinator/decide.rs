//! What somebody decides about a pair of records: one child, so that they are joined, or two children. Both with a reason
//! that is kept. Neither is chosen beforehand.

use assessment_api::path::{PERSON_MERGES, PERSON_NOT_THE_SAME};
use assessment_api::person::{Merge, NewMerge, NotTheSame};
use gloo_net::http::Method;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::super::work::fields::{Choice, LongText};
use super::super::work::list::day;
use super::pair::Revised;
use super::{CoordinatorLink, Work, told, use_work};
use crate::components::redrawn;
use crate::io::records_client::{Asking, Follows, Refused};
use crate::state::coordinator::CoordinatorPage;
use crate::state::work::Failure;

/// The ids of the questions, and of what is said afterwards.
const WHAT: &str = "coordinator.decide";
const MAIN: &str = "coordinator.decide.main";
const REASON: &str = "coordinator.decide.reason";
const SAID: &str = "coordinator.decide.said";
/// The two decisions, and the two records.
const SAME: &str = "same";
const NOT_SAME: &str = "not_same";
const FIRST: &str = "first";

/// What was chosen and typed.
#[derive(Clone, Copy)]
pub(super) struct Typed {
    what: RwSignal<String>,
    main: RwSignal<String>,
    reason: RwSignal<String>,
    /// The name under which the reason is kept.
    name: StoredValue<String>,
}

impl Typed {
    /// About two records. A lock takes nothing of the reason; what is done is chosen again after it.
    pub(super) fn about(work: Work, one: &str, other: &str) -> Self {
        let blank = || RwSignal::new(String::new());
        let name = format!("coordinator.pair.{one}.{other}");
        Typed { what: blank(), main: blank(), reason: work.field(&name), name: StoredValue::new(name) }
    }
}

/// What became of it.
#[derive(Clone)]
enum Said {
    /// Joined, into the record with this id, to be taken apart until this day.
    Joined(String, String),
    /// Kept apart.
    Apart,
    /// Not done, in words, and whether looking again helps.
    Refused(String, bool),
}

#[component]
pub(super) fn Decide(records: [Revised; 2], typed: Typed, again: Callback<()>) -> impl IntoView {
    let work = use_work();
    let Typed { what, main, reason, name } = typed;
    let (is_pressed, is_asking) = (RwSignal::new(false), RwSignal::new(false));
    let said = RwSignal::new(None::<Said>);
    let is_join = Memo::new(move |_| what.with(|what| what == SAME));
    let missing = move |value: RwSignal<String>, key: &'static str| {
        Signal::derive(move || {
            (is_pressed.get() && value.with(|value| value.trim().is_empty())).then(|| work.text(key))
        })
    };
    let decide = move |_| {
        is_pressed.set(true);
        let blank = |value: RwSignal<String>| value.with_untracked(|value| value.trim().is_empty());
        let first_blank =
            [(WHAT, blank(what)), (MAIN, is_join.get_untracked() && blank(main)), (REASON, blank(reason))]
                .into_iter()
                .find_map(|(id, is_blank)| is_blank.then_some(id));
        if let Some(id) = first_blank {
            return work.form.focus(id);
        }
        if is_asking.get_untracked() {
            return;
        }
        is_asking.set(true);
        let typed = name.with_value(|name| work.sending(name));
        let (records, is_first) = (records.clone(), main.with_untracked(|main| main == FIRST));
        let why = reason.get_untracked().trim().to_owned();
        let is_join = is_join.get_untracked();
        spawn_local(async move {
            let asking = Asking { reason: Some(why), ..work.asking(None) };
            let done = match is_join {
                true => join(work, &asking, records, is_first).await,
                false => keep_apart(&asking, records).await,
            };
            if done.is_ok() {
                typed.taken();
            }
            is_asking.try_set(false);
            if said.try_set(Some(done.unwrap_or_else(|refused| not_done(work, refused)))).is_none() {
                work.form.focus(SAID);
            }
        });
    };
    let options = |codes: [&str; 2], stem: &str| {
        codes.map(|code| (code.to_owned(), work.text(&[stem, code].concat()))).to_vec()
    };
    let (decisions, mains) =
        (options([SAME, NOT_SAME], "coordinator.decide."), options([FIRST, "second"], "coordinator."));
    let is_done = Memo::new(move |_| said.with(|said| matches!(said, Some(Said::Joined(..) | Said::Apart))));
    let questions = move || {
        let (decisions, mains) = (decisions.clone(), mains.clone());
        view! {
            <h2 class="govuk-heading-m">{work.text("coordinator.decide.heading")}</h2>
            <p>{work.text("coordinator.decide.about")}</p>
            <Choice
                name=WHAT
                legend=work.text("coordinator.decide")
                options=decisions
                value=what
                error=missing(what, "coordinator.decide.needed")
            />
            {redrawn(move || {
                let mains = mains.clone();
                is_join.get().then(|| {
                    view! {
                        <p>{work.text("coordinator.decide.join")}</p>
                        <Choice
                            name=MAIN
                            legend=work.text("coordinator.decide.main")
                            options=mains
                            value=main
                            error=missing(main, "coordinator.decide.main.needed")
                        />
                    }
                    .into_any()
                })
            })}
            <LongText
                id=REASON
                label=work.text("coordinator.decide.reason")
                hint=work.text("coordinator.decide.reason.hint")
                value=reason
                error=missing(reason, "coordinator.decide.reason.needed")
            />
            <button part="button" type="button" class="govuk-button" on:click=decide.clone()>
                {work.text("coordinator.decide.button")}
            </button>
        }
        .into_any()
    };
    view! {
        {redrawn(move || said.get().map(|said| outcome(work, said, again)))}
        {redrawn(move || (!is_done.get()).then(&questions))}
    }
}

async fn join(
    work: Work,
    asking: &Asking,
    [first, second]: [Revised; 2],
    is_first: bool,
) -> Result<Said, Refused> {
    let ((kept, revision), (merged, _)) = if is_first { (first, second) } else { (second, first) };
    let at = PERSON_MERGES.replace("{id}", &kept.id);
    let revision = revision.ok_or(Failure::Trouble)?;
    let body = NewMerge { merged: merged.id };
    let reply = asking.change(Method::POST, &at, Some(&body), Follows::Revision(&revision)).await?;
    let merge: Merge = reply.read()?;
    Ok(Said::Joined(merge.kept, day(work, &merge.can_be_undone_until)))
}

async fn keep_apart(asking: &Asking, [(one, _), (other, _)]: [Revised; 2]) -> Result<Said, Refused> {
    let at = PERSON_NOT_THE_SAME.replace("{id}", &one.id);
    asking.change(Method::POST, &at, Some(&NotTheSame { other: other.id }), Follows::Anything).await?;
    Ok(Said::Apart)
}

/// Why it was not done. What the server says of two records that cannot be joined is in words for people.
fn not_done(work: Work, Refused { failure, details, .. }: Refused) -> Said {
    let detail = details.filter(|details| matches!(&*details.code, "merge-refused" | "one-person"));
    match detail {
        Some(details) => Said::Refused(details.detail, true),
        None => {
            Said::Refused(work.text(failure.key()), matches!(failure, Failure::NotNow | Failure::Changed))
        }
    }
}

fn outcome(work: Work, said: Said, again: Callback<()>) -> AnyView {
    let rest = || {
        view! {
            <p>
                <CoordinatorLink page=CoordinatorPage::Duplicates>
                    {work.text("coordinator.decide.next")}
                </CoordinatorLink>
            </p>
        }
        .into_any()
    };
    match said {
        Said::Joined(kept, until) => view! {
            {told(SAID, work.filled("coordinator.decide.joined", &[("day", &until)]))}
            <p>
                <CoordinatorLink page=CoordinatorPage::Person(kept)>
                    {work.text("coordinator.joined.open")}
                </CoordinatorLink>
            </p>
            {rest()}
        }
        .into_any(),
        Said::Apart => view! {
            {told(SAID, work.text("coordinator.decide.apart"))}
            {rest()}
        }
        .into_any(),
        Said::Refused(why, helps_to_look) => view! {
            {told(SAID, why)}
            {helps_to_look.then(|| {
                view! {
                    <button part="button" type="button" class="govuk-button govuk-button--secondary" on:click=move |_| again.run(())>
                        {work.text("coordinator.decide.look")}
                    </button>
                }
                .into_any()
            })}
        }
        .into_any(),
    }
}
