//! How the plan is getting on: its actions at a glance, and scores over time for each aim. Each picture has a table of the
//! same data below it and adds nothing to it.

use assessment_team::pictures::{ActionState, Goal, GoalAction, goals, progress, series};
use assessment_team::{Meeting, Plan, RecordKind, Review, TeamRecord};
use leptos::prelude::*;

use super::super::work::asked::asked_about;
use super::super::work::{Work, use_work};
use super::open::{At, get};
use super::pictures::{at, day_said, key, length, picture, print, table, typed, words};
use super::scores::outcome;
use super::stored::team_records;
use crate::io::records_client::Asking;
use crate::state::work::Failure;

/// The width of the picture, in its own units: at 320 px they are nearly pixels.
const WIDTH: f64 = 320.0;
/// How far it is from square to square, from row to row, and how high the name of an aim is.
const STEP: f64 = 32.0;
const NAME: f64 = 24.0;
/// How many squares are in a row.
const IN_ROW: usize = 10;

#[component]
pub(super) fn Progress(episode: String) -> impl IntoView {
    let work = use_work();
    let ask = move |asking: Asking, episode: String| async move { read(&asking, &episode).await };
    asked_about(work, episode, ask, move |found| match found.plan {
        Some(plan) => shown(work, &plan, &found.reviews, found.is_part),
        None => view! { <p>{work.text(found.no_plan())}</p> }.into_any(),
    })
}

/// The newest records of the team that this person may read.
#[derive(Clone, Default)]
pub(super) struct Records {
    pub(super) plan: Option<Plan>,
    pub(super) meetings: Vec<Meeting>,
    /// Those that are finished: what is half written is nobody's score yet.
    pub(super) reviews: Vec<Review>,
    /// Whether there is a plan that this person may not read.
    is_plan_hidden: bool,
    /// Whether there are reviews or meetings that they may not read, or parts of what they read.
    pub(super) is_part: bool,
}

impl Records {
    /// The wording key of why no plan is shown: what may not be seen is not said to be absent.
    pub(super) fn no_plan(&self) -> &'static str {
        if self.is_plan_hidden { "team.picture.hidden" } else { "team.review.no_plan" }
    }
}

/// All that may be read.
pub(super) async fn read(asking: &Asking, episode: &str) -> Result<Records, Failure> {
    let list = team_records(asking, episode).await?;
    let mut found = Records::default();
    for one in list.records.iter().filter(|one| one.revision > 0) {
        let Some(kind) = RecordKind::parse(&one.kind) else { continue };
        if !one.readable {
            found.is_plan_hidden |= kind == RecordKind::Plan;
            found.is_part = true;
            continue;
        }
        if kind == RecordKind::Review && one.completed.is_none() {
            continue;
        }
        let at = At { episode: episode.to_owned(), kind, number: one.number };
        let read = get(asking, &at, None).await?;
        found.is_part |= !read.left_out.is_empty();
        match read.record {
            TeamRecord::Plan(plan) => found.plan = Some(*plan),
            TeamRecord::Review(review) => found.reviews.push(*review),
            TeamRecord::Meeting(meeting) => found.meetings.push(*meeting),
        }
    }
    Ok(found)
}

fn shown(work: Work, plan: &Plan, reviews: &[Review], is_part: bool) -> AnyView {
    let part = is_part
        .then(|| view! { <p class="govuk-inset-text">{work.text("team.progress.part")}</p> }.into_any());
    let today = work.form.today();
    let goals = goals(plan, today);
    let has_actions = goals.iter().any(|goal| !goal.actions.is_empty());
    let actions = match has_actions {
        false => view! { <p>{work.text("team.progress.no_actions")}</p> }.into_any(),
        true => {
            let counts = progress(plan, today);
            let present = ActionState::ALL.into_iter().filter(|state| counts.count(*state) > 0);
            let items = present.map(|state| (square(state), said(work, state, counts.count(state))));
            let items: Vec<(AnyView, String)> = items.collect();
            let description: Vec<String> = items.iter().map(|(_, text)| text.clone()).collect();
            view! {
                {glance(work, &goals, description.join(". "))}
                {key(items)}
                {actions_table(work, &goals)}
            }
            .into_any()
        }
    };
    let reviews: Vec<&Review> = reviews.iter().collect();
    let outcomes: Vec<AnyView> =
        series(plan, &reviews).iter().enumerate().map(|(row, one)| outcome(work, row, one)).collect();
    view! {
        {part}
        <h2 class="govuk-heading-m">{work.text("review.actions")}</h2>
        {actions}
        <h2 class="govuk-heading-m">{work.text("team.progress.scores")}</h2>
        {outcomes}
        {print(work)}
    }
    .into_any()
}

fn said(work: Work, state: ActionState, count: usize) -> String {
    let name = work.text(&format!("team.progress.{}", state.code()));
    work.filled("team.progress.count", &[("state", &name), ("count", &count.to_string())])
}

/// A square for each action, in a row for each aim.
fn glance(work: Work, goals: &[Goal], description: String) -> AnyView {
    let mut y = 0.0;
    let mut parts: Vec<AnyView> = Vec::new();
    for (row, goal) in goals.iter().enumerate() {
        parts.push(words(0.0, y + NAME - 8.0, "start", aim(work, row)));
        y += NAME;
        for (index, action) in goal.actions.iter().enumerate() {
            let (line, column) = (index / IN_ROW, index % IN_ROW);
            let place = (STEP * (length(column) + 0.5), y + STEP * (length(line) + 0.5));
            let transform = format!("translate({} {})", at(place.0), at(place.1));
            parts.push(view! { <g transform=transform>{square(action.state)}</g> }.into_any());
        }
        y += STEP * length(goal.actions.len().div_ceil(IN_ROW)) + 8.0;
    }
    picture(
        "team.glance",
        work.text("team.progress.glance"),
        description,
        (WIDTH, y.max(1.0)),
        parts.into_any(),
    )
}

fn aim(work: Work, row: usize) -> String {
    format!("{} {}", work.text("plan_outcome.row"), row + 1)
}

/// The square of a state, around its middle: what is in it tells it from others, not its colour.
fn square(state: ActionState) -> AnyView {
    let inside = match state {
        ActionState::Done => "M-7 0L-2 6L7-6",
        ActionState::UnderWay => "M-12 12L12-12V12Z",
        ActionState::ToDo => "",
        ActionState::Blocked => "M-7-7L7 7M7-7L-7 7",
        ActionState::Overdue => "M0-8V2M0 7V8",
        ActionState::Dropped => "M-8 0H8",
    };
    view! {
        <g class=format!("ca-square ca-square--{}", state.code())>
            <rect x="-12" y="-12" width="24" height="24" rx="2"/>
            <path d=inside/>
        </g>
    }
    .into_any()
}

fn actions_table(work: Work, goals: &[Goal]) -> AnyView {
    let rows = goals.iter().enumerate().flat_map(|(row, goal)| {
        goal.actions.iter().enumerate().map(move |(index, action)| action_row(work, row, index, action))
    });
    let heads = ["team.progress.action", "team.progress.far"].map(|key| work.text(key));
    table(work.text("team.progress.actions_table"), heads.into(), rows.collect())
}

fn action_row(work: Work, row: usize, index: usize, action: &GoalAction) -> Vec<AnyView> {
    let who =
        if action.who.trim().is_empty() { work.text("team.progress.no_owner") } else { action.who.clone() };
    let by = action.by.map_or_else(
        || work.text("team.progress.no_date"),
        |day| work.filled("team.progress.by", &[("day", &day_said(work, day))]),
    );
    let number = format!("{}, {} {}", aim(work, row), work.text("plan_action.row"), index + 1);
    let what = view! {
        <span class="ca-picture-table__part">{number}</span>
        {typed(action.what.clone())}
        <span class="ca-picture-table__detail">
            <span dir="auto">{who}</span>
            ". "
            {by}
        </span>
    };
    let state = action.state;
    let far = view! {
        <svg class="ca-picture-mark" viewBox="-14 -14 28 28" aria-hidden="true">{square(state)}</svg>
        " "
        {work.text(&format!("team.progress.{}", state.code()))}
    };
    vec![what.into_any(), far.into_any()]
}
