//! The family's page: what we agreed, who does what by when, and what you said; one for the child and one for each parent
//! or carer. It says nothing of the practitioners' own, and to each person only their own words.

use assessment_engine::answers::Answers;
use assessment_engine::disclosure::Audience;
use assessment_form::is_blank;
use assessment_form::typed::compared;
use jiff::civil::Date;

use crate::copies::{For, Stopped};
use crate::{Action, Meeting, Plan, Review};

/// What the page says. Texts are as they were typed; words around them are the page's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FamilyPage {
    /// The family's long-term goal.
    pub goal: Option<String>,
    /// What is to get better, with who does what by when.
    pub aims: Vec<Aim>,
    /// Who joins the help up.
    pub lead_professional: Option<String>,
    /// What this person said, the newest first.
    pub said: Vec<Said>,
    /// When everybody looks at it again.
    pub next: Option<Date>,
}

/// Something that is to get better.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aim {
    /// What.
    pub what: String,
    /// How everybody will know.
    pub how_we_will_know: Option<String>,
    /// What is done for it.
    pub promises: Vec<Promise>,
}

/// Something that somebody does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promise {
    /// What.
    pub what: String,
    /// Who.
    pub who: Option<String>,
    /// By when.
    pub by: Option<Date>,
    /// Whether it is done, or no longer needed.
    pub is_settled: bool,
    /// Its status, a code of `action_status`; empty where nobody has said.
    pub status: String,
}

/// Words of the person whose page it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The words.
    pub words: String,
    /// The day of the meeting or review.
    pub on: Option<Date>,
}

/// Everybody of the family for whom there may be a page: the child, then each parent or carer.
#[must_use]
pub fn family_readers(assessment: &Answers) -> Vec<Audience> {
    let parents = (0..assessment.parents_and_carers.len()).map(Audience::Parent);
    std::iter::once(Audience::Child).chain(parents).collect()
}

/// What the assessment calls a reader; blank where it has no name.
#[must_use]
pub fn reader_name(assessment: &Answers, reader: &Audience) -> String {
    match reader {
        Audience::Child => {
            let details = &assessment.identifying_details;
            let own = if is_blank(&details.preferred_name) {
                &details.given_names
            } else {
                &details.preferred_name
            };
            own.trim().to_owned()
        }
        Audience::Parent(row) => {
            let parent = assessment.parents_and_carers.get(*row);
            parent.map(|parent| parent.name.trim().to_owned()).unwrap_or_default()
        }
        _ => String::new(),
    }
}

/// Whose page somebody reads who has signed in under this name. `None` where it is nobody's of the assessment, or where two
/// people have it: each page has the words of one person, so a guess could show them to another.
#[must_use]
pub fn reader_named(assessment: &Answers, name: &str) -> Option<Audience> {
    let name = compared(name);
    let details = &assessment.identifying_details;
    let whole = |given: &str| compared(&[given.trim(), details.family_name.trim()].join(" "));
    let is = |reader: &Audience| match reader {
        Audience::Child => {
            let names = [&details.given_names, &details.preferred_name];
            names.into_iter().any(|given| !is_blank(given) && whole(given) == name)
        }
        other => compared(&reader_name(assessment, other)) == name,
    };
    let mut found = family_readers(assessment).into_iter().filter(|reader| !name.is_empty() && is(reader));
    let one = found.next()?;
    found.next().is_none().then_some(one)
}

/// The page of one person of the family. `meetings` and `reviews` are the newest first, and only those whose record is
/// complete: what is still being written is nobody's words yet.
///
/// # Errors
/// [`Stopped`] where this person gets no page; [`Stopped::Nobody`] also where the reader is not of the family.
pub fn family_page(
    plan: &Plan,
    meetings: &[&Meeting],
    reviews: &[&Review],
    reader: For<'_>,
) -> Result<FamilyPage, Stopped> {
    reader.check()?;
    if !reader.audience.is_family() {
        return Err(Stopped::Nobody);
    }
    let shown = |group: &str, name: &str, text: &str| {
        let goes =
            !is_blank(text) && reader.withheld(group, name, false).is_none() && !reader.gives_away(text);
        goes.then(|| text.to_owned())
    };
    let promise = |action: &Action| {
        let what = shown("plan_action", "action", &action.action)?;
        Some(Promise {
            what,
            who: shown("plan_action", "who", &action.who),
            by: action.by_when.whole(),
            is_settled: action.is_settled(),
            status: action.status.clone(),
        })
    };
    let aims = plan.outcomes.iter().filter_map(|outcome| {
        let what = shown("plan_outcome", "desired_outcome", &outcome.desired_outcome)?;
        Some(Aim {
            what,
            how_we_will_know: shown("plan_outcome", "goal_measure", &outcome.goal_measure),
            promises: outcome.actions.iter().filter_map(promise).collect(),
        })
    });
    let mut said: Vec<Said> = Vec::new();
    for meeting in meetings.iter().filter(|meeting| !meeting.is_cancelled()) {
        said.extend(words(reader, &meeting.child_voice, meeting.on.whole()));
        let views = meeting.family_views.iter().map(|view| (view.name.as_str(), view.said.as_str()));
        said.extend(own(reader, views, meeting.on.whole()));
    }
    for review in reviews {
        said.extend(words(reader, &review.child_comment, review.on.whole()));
        let comments = review.parent_comments.iter().map(|one| (one.name.as_str(), one.comment.as_str()));
        said.extend(own(reader, comments, review.on.whole()));
    }
    said.sort_by_key(|one| std::cmp::Reverse(one.on));
    let closes = reviews.first().is_some_and(|review| review.closes());
    let next = reviews.first().map_or(&plan.review_date, |review| &review.next_on);
    Ok(FamilyPage {
        goal: shown("plan", "long_term_goal", &plan.long_term_goal),
        aims: aims.collect(),
        lead_professional: shown("plan", "lead_professional", &plan.lead_professional),
        said,
        next: next.whole().filter(|_| !closes),
    })
}

/// The child's words, on the child's page only.
fn words(reader: For<'_>, text: &str, on: Option<Date>) -> Option<Said> {
    let is_childs = *reader.audience == Audience::Child && !is_blank(text) && !reader.gives_away(text);
    is_childs.then(|| Said { words: text.to_owned(), on })
}

/// A parent's own words, on their own page only.
fn own<'a>(reader: For<'_>, all: impl Iterator<Item = (&'a str, &'a str)>, on: Option<Date>) -> Vec<Said> {
    let own = all.filter(|(name, text)| reader.is_own(name) && !is_blank(text) && !reader.gives_away(text));
    own.map(|(_, text)| Said { words: text.to_owned(), on }).collect()
}
