//! What only a review has: it begins from the plan, with a row for each outcome and action; and it shows what the rules
//! suggested before and suggest now, with the reasons that are new or gone. The practitioner decides.

use assessment_api::path;
use assessment_form::parse_day;
use assessment_rules::{Outcome, evaluate};
use assessment_team::{RecordKind, TeamRecord};
use jiff::civil::Date;
use leptos::prelude::*;

use super::super::work::asked::asked_about;
use super::super::work::{Work, versions};
use super::loaded::Loaded;
use super::open::{At, Open, get};
use crate::io::records_client::Asking;
use crate::questions::Questions;
use crate::state::Focus;
use crate::state::team::review::begun;
use crate::state::work::{Failure, Version};

/// The rules' suggestion then and now.
#[derive(Debug, Clone, PartialEq)]
struct Both {
    then: Outcome,
    now: Outcome,
}

/// What is before the questions. Where the review has not begun, the button that begins it.
pub(super) fn before(open: Open, loaded: &Loaded) -> AnyView {
    let work = open.work;
    let episode = loaded.episode.id.clone();
    let is_new = loaded.revision == 0;
    let ask = move |asking: Asking, episode: String| async move {
        let both = suggestions(work, &asking, &episode).await?;
        let at = At { episode, kind: RecordKind::Plan, number: 1 };
        let plan = match is_new {
            true => Some(match get(&asking, &at, None).await {
                Err(Failure::NotFound) => Err("team.review.no_plan"),
                Err(Failure::Forbidden) => Err("team.picture.hidden"),
                read => Ok(read?.record),
            }),
            false => None,
        };
        Ok((both, plan))
    };
    asked_about(work, episode, ask, move |(both, plan)| {
        let shown = both.as_ref().map(|both| then_and_now(work, both));
        view! {
            {shown}
            {plan.map(|plan| begin(open, plan, both))}
        }
        .into_any()
    })
}

/// The questions, once the review has begun.
pub(super) fn questions() -> AnyView {
    view! { <Questions stem=""/> }.into_any()
}

/// Begins from the plan at a press: nothing is stored because a page was opened.
fn begin(open: Open, plan: Result<TeamRecord, &'static str>, both: Option<Both>) -> AnyView {
    let work = open.work;
    let plan = match plan {
        Ok(TeamRecord::Plan(plan)) => plan,
        Ok(_) => return ().into_any(),
        Err(why) => return view! { <p class="govuk-inset-text">{work.text(why)}</p> }.into_any(),
    };
    let is_begun = Memo::new(move |_| {
        open.answers(|record| match record {
            TeamRecord::Review(review) => !review.actions.is_empty() || !review.outcomes.is_empty(),
            _ => true,
        })
    });
    let press = move |_| {
        let code = |outcome: &Outcome| outcome.suggestion.certain.code();
        let codes = both.as_ref().map(|both| (code(&both.then), code(&both.now)));
        open.edit_all(begun(&plan, codes.map(|(then, _)| then), codes.map(|(_, now)| now)));
        work.form.announce(&work.text("team.review.begun"));
        work.form.focus_on(Focus::Heading);
    };
    view! {
        <Show when=move || !is_begun.get()>
            <p>{work.text("team.review.start.about")}</p>
            <button part="button" type="button" class="govuk-button" on:click=press.clone()>
                {work.text("team.review.start")}
            </button>
        </Show>
    }
    .into_any()
}

/// What the newest version suggests today, and what was suggested before: by the version before it, or by itself on the day
/// on which it was sent. `None` for somebody who does not see all of both: what they see a part of suggests nothing.
async fn suggestions(work: Work, asking: &Asking, episode: &str) -> Result<Option<Both>, Failure> {
    let Ok(list) = versions(asking, episode).await else { return Ok(None) };
    let mut newest_first = list.versions.iter().rev();
    let Some(newest) = newest_first.next() else { return Ok(None) };
    let read = async |number: u32| -> Result<Option<Version>, Failure> {
        let reply = asking.get(&format!("{}/versions/{number}", path::episode(episode))).await?;
        Ok(Version::read(&reply.body).filter(|version| version.whole))
    };
    let Some(now) = read(newest.number).await? else { return Ok(None) };
    let then = match newest_first.next() {
        Some(older) => read(older.number).await?,
        None => Some(now.clone()),
    };
    let Some(then) = then else { return Ok(None) };
    let standards = work.form.standards();
    let pack = &standards.pack;
    let today = work.form.today();
    let then_on = sent_on(&then).unwrap_or(today);
    Ok(Some(Both { then: evaluate(&then.answers, then_on, pack), now: evaluate(&now.answers, today, pack) }))
}

fn sent_on(version: &Version) -> Option<Date> {
    parse_day(version.version.sent.at.get(..10)?)
}

fn then_and_now(work: Work, both: &Both) -> AnyView {
    let line = |outcome: &Outcome| {
        let words = work.form.words();
        words.headline(outcome.headline_words(), outcome.headline.code, outcome.may_be_more()).line
    };
    let rules = |outcome: &Outcome| -> Vec<String> {
        let certain = outcome.reasons.iter().filter(|reason| reason.result == "certain");
        certain.map(|reason| reason.rule.clone()).collect()
    };
    let (then, now) = (rules(&both.then), rules(&both.now));
    let only = |of: &[String], not: &[String]| -> Vec<AnyView> {
        let standards = work.form.standards();
        let rules = of.iter().filter(|rule| !not.contains(rule));
        let words = rules.filter_map(|rule| standards.pack.rule(rule).map(|rule| rule.family.clone()));
        words.map(|words| view! { <li>{words}</li> }.into_any()).collect()
    };
    let listed = |key: &str, items: Vec<AnyView>| {
        (!items.is_empty()).then(|| {
            view! {
                <p>{work.text(key)}</p>
                <ul class="govuk-list govuk-list--bullet">{items}</ul>
            }
            .into_any()
        })
    };
    let row = |key: &str, value: String| super::super::work::episode::fact(work.text(key), value);
    view! {
        <section class="ca-group" aria-labelledby="team.suggestion">
            <h2 class="govuk-heading-m" id="team.suggestion">{work.text("team.suggestion")}</h2>
            <dl class="govuk-summary-list">
                {row("team.suggestion.then", line(&both.then))}
                {row("team.suggestion.now", line(&both.now))}
            </dl>
            {listed("team.suggestion.new", only(&now, &then))}
            {listed("team.suggestion.gone", only(&then, &now))}
            <p>{work.form.text("suggestion.decide")}</p>
        </section>
    }
    .into_any()
}
