//! One's own page: name, role, how to ring, training and language, typed once and offered on each new record. What sign-in
//! says is shown beside it and cannot be changed here.

use assessment_api::own_page::{Me, OwnPage};
use assessment_api::path::ME;
use assessment_api::problem::ProblemDetails;
use assessment_form::WrittenDate;
use gloo_net::http::Method;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::asked::{answer, asked};
use super::choices::{DateBoxes, Grouped, Select};
use super::episode::fact;
use super::fields::ShortText;
use super::{Top, Work, use_work};
use crate::components::{Column, redrawn};
use crate::io::clock;
use crate::io::records_client::{Follows, Refused};
use crate::state::Focus;
use crate::state::own_page::{NoDate, trained, trained_on};
use crate::state::work::{Failure, WorkPage};

/// What begins the id of each field: the name of the member comes after it.
const FIELD: &str = "work.own.";
/// The id of what is said after saving.
const SAID: &str = "work.own.said";

#[component]
pub(super) fn Own() -> impl IntoView {
    let work = use_work();
    let round = RwSignal::new(0_u32);
    let again = Callback::new(move |()| {
        round.update(|round| *round += 1);
        work.form.focus_on(Focus::Heading);
    });
    view! {
        <Top page=WorkPage::Own/>
        <p>{work.text("work.own.about")}</p>
        {redrawn(move || {
            round.track();
            let ask = move || {
                let asking = work.asking(None);
                answer(async move {
                    let reply = asking.get(ME).await?;
                    Ok((reply.read::<Me>()?, reply.revision))
                })
            };
            asked(work, None, ask, move |(me, revision)| {
                view! { <Fields me revision again/> }.into_any()
            })
        })}
    }
}

/// What was typed, and what is wrong with it.
#[derive(Clone, Copy)]
struct Typed {
    page: RwSignal<OwnPage>,
    trained: RwSignal<WrittenDate>,
    /// Members with the code of what is wrong.
    wrong: RwSignal<Vec<(String, String)>>,
}

/// What became of saving.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Saved {
    /// At this time of day.
    At(String),
    /// Somebody, most likely the same person, has saved another one meanwhile.
    Overtaken,
    /// Something on it cannot be right.
    Wrong,
    /// Not, and why.
    Failed(Failure),
}

#[component]
fn Fields(me: Me, revision: Option<String>, again: Callback<()>) -> impl IntoView {
    let work = use_work();
    let typed = Typed {
        trained: RwSignal::new(trained(&me.page)),
        page: RwSignal::new(me.page),
        wrong: RwSignal::new(Vec::new()),
    };
    let revision = RwSignal::new(revision);
    let (saved, is_saving) = (RwSignal::new(None::<Saved>), RwSignal::new(false));
    let save = Callback::new(move |over_theirs: bool| {
        let mut page = typed.page.get_untracked();
        match trained_on(&typed.trained.get_untracked()) {
            Ok(day) => page.trained_on = day,
            Err(NoDate) => {
                typed.wrong.set(vec![("trained_on".to_owned(), "date-not-real".to_owned())]);
                saved.set(Some(Saved::Wrong));
                return work.form.focus(&[FIELD, "trained_on"].concat());
            }
        }
        if is_saving.get_untracked() {
            return;
        }
        is_saving.set(true);
        let before = revision.get_untracked();
        spawn_local(async move {
            let follows = match over_theirs {
                true => newest(work).await,
                false => Ok(before),
            };
            let outcome = match follows {
                Ok(follows) => put(work, &page, follows).await,
                Err(failure) => Err(Refused::from(failure)),
            };
            is_saving.try_set(false);
            finish(work, typed, revision, saved, outcome);
        });
    });
    let from_sign_in = [
        ("work.own.signed_in", me.signed_in_name),
        ("work.own.organisation", me.organisation),
        ("work.own.roles", roles(work, &me.roles)),
    ];
    let from_sign_in = from_sign_in.into_iter().map(|(key, value)| fact(work.text(key), value));
    view! {
        <dl class="govuk-summary-list">{from_sign_in.collect_view()}</dl>
        <p class="govuk-hint">{work.text("work.own.from_sign_in")}</p>
        <form
            novalidate=true
            on:submit=move |event| {
                event.prevent_default();
                save.run(false);
            }
        >
            <Column>
                {line(work, typed, "name", |page| &mut page.name)}
                {list(work, typed, "role", "roles", |page| &mut page.role)}
                {line(work, typed, "job_title", |page| &mut page.job_title)}
                {line(work, typed, "phone", |page| &mut page.phone)}
                <DateBoxes
                    id="work.own.trained_on"
                    legend=work.text("work.own.label.trained_on")
                    hint=work.text("work.own.hint.trained_on")
                    value=typed.trained
                    error=error(work, typed, "trained_on")
                />
                {line(work, typed, "training_level", |page| &mut page.training_level)}
                {list(work, typed, "language", "languages", |page| &mut page.language)}
            </Column>
            <button part="button" type="submit" class="govuk-button">{work.text("work.own.save")}</button>
        </form>
        {redrawn(move || saved.get().map(|saved| outcome(work, saved, save, again)))}
    }
}

fn roles(work: Work, codes: &[String]) -> String {
    codes.iter().map(|code| work.code("work.role.", code)).collect::<Vec<_>>().join(", ")
}

type Member = fn(&mut OwnPage) -> &mut String;

/// A signal for one member of the page.
fn member(typed: Typed, member: Member) -> RwSignal<String> {
    let own = RwSignal::new(member(&mut typed.page.get_untracked()).clone());
    Effect::new(move |_| {
        let text = own.get();
        typed.page.update_untracked(|page| *member(page) = text);
    });
    own
}

fn error(work: Work, typed: Typed, name: &'static str) -> Signal<Option<String>> {
    Signal::derive(move || {
        typed.wrong.with(|wrong| {
            let (_, code) = wrong.iter().find(|(member, _)| member == name)?;
            Some(work.text(&["work.own.wrong.", code].concat()))
        })
    })
}

/// The id of a field, which is fixed text.
fn id(name: &'static str) -> &'static str {
    match name {
        "name" => "work.own.name",
        "role" => "work.own.role",
        "job_title" => "work.own.job_title",
        "phone" => "work.own.phone",
        "training_level" => "work.own.training_level",
        _ => "work.own.language",
    }
}

fn line(work: Work, typed: Typed, name: &'static str, of: Member) -> AnyView {
    let hint = Some(work.text(&["work.own.hint.", name].concat()));
    view! {
        <ShortText
            id=id(name)
            label=work.text(&["work.own.label.", name].concat())
            hint
            value=member(typed, of)
            error=error(work, typed, name)
        />
    }
    .into_any()
}

fn list(work: Work, typed: Typed, name: &'static str, codes: &str, of: Member) -> AnyView {
    let standards = work.form.standards();
    let mut groups: Grouped = Vec::new();
    for code in standards.lists.list(codes) {
        let option = (code.code.clone(), code.label.clone());
        match groups.iter_mut().find(|(group, _)| *group == code.group) {
            Some((_, members)) => members.push(option),
            None => groups.push((code.group.clone(), vec![option])),
        }
    }
    view! {
        <Select
            id=id(name)
            label=work.text(&["work.own.label.", name].concat())
            none=work.form.text("choose")
            options=groups
            value=member(typed, of)
            error=error(work, typed, name)
        />
    }
    .into_any()
}

/// The revision that is there now, for somebody who saves over it knowingly.
async fn newest(work: Work) -> Result<Option<String>, Failure> {
    work.asking(None).get(ME).await.map(|reply| reply.revision)
}

async fn put(work: Work, page: &OwnPage, revision: Option<String>) -> Result<Option<String>, Refused> {
    let follows = revision.as_deref().map_or(Follows::Nothing, Follows::Revision);
    let reply = work.asking(None).change(Method::PUT, ME, Some(page), follows).await?;
    Ok(reply.revision)
}

/// Says what became of it. What was typed stays whatever that is.
fn finish(
    work: Work,
    typed: Typed,
    revision: RwSignal<Option<String>>,
    saved: RwSignal<Option<Saved>>,
    outcome: Result<Option<String>, Refused>,
) {
    let wrong = outcome.as_ref().err().and_then(|refused| refused.details.as_ref()).map(members);
    let said = match &outcome {
        Ok(_) => Saved::At(clock::time()),
        Err(Refused { failure: Failure::Changed, .. }) => Saved::Overtaken,
        Err(Refused { failure: Failure::Refused, .. }) => Saved::Wrong,
        Err(Refused { failure, .. }) => Saved::Failed(*failure),
    };
    let wrong = wrong.unwrap_or_default();
    let first = wrong.first().map(|(member, _)| [FIELD, member].concat());
    // The page may be another one by now.
    if typed.wrong.try_set(wrong).is_some() {
        return;
    }
    if let Ok(now) = outcome {
        revision.set(now);
    }
    saved.set(Some(said));
    work.form.focus(first.as_deref().unwrap_or(SAID));
}

fn members(details: &ProblemDetails) -> Vec<(String, String)> {
    details.problems.iter().map(|problem| (problem.path.clone(), problem.code.clone())).collect()
}

fn outcome(work: Work, saved: Saved, save: Callback<bool>, again: Callback<()>) -> AnyView {
    let said = match &saved {
        Saved::At(time) => work.filled("work.own.saved", &[("time", time)]),
        Saved::Overtaken => work.text("work.own.overtaken"),
        Saved::Wrong => work.text("work.own.wrong"),
        Saved::Failed(failure) => work.text(failure.key()),
    };
    let ways = (saved == Saved::Overtaken).then(|| {
        view! {
            <div class="govuk-button-group">
                <button part="button" type="button" class="govuk-button govuk-button--secondary" on:click=move |_| save.run(true)>
                    {work.text("work.own.mine")}
                </button>
                <button part="button" type="button" class="govuk-button govuk-button--secondary" on:click=move |_| again.run(())>
                    {work.text("work.own.theirs")}
                </button>
            </div>
        }
        .into_any()
    });
    view! {
        <div id=SAID tabindex="-1" class="govuk-inset-text">
            <p>{said}</p>
            {ways}
        </div>
    }
    .into_any()
}
