//! The assessment triangle: what is known of each of the 19 elements, as one state for picture, list, sent record and
//! paper. It says what was written and answered, and suggests nothing: that is `assessment_rules`.

use assessment_form::{Edit, Group, is_blank};
use assessment_rules::{Indicator, RulePack};
use jiff::civil::Date;

use crate::answers::{Answers, Caf, ElementAnswers, Facts, Node, Question};
use crate::disclosure::is_practitioners_own;
use crate::sections::{asked_elements, elements};

/// What the indicators of an element say about a worry. "Yes" comes before "not sure".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Worry {
    /// At least one was answered "not sure", none "yes".
    Unsure,
    /// At least one was answered "yes".
    Yes,
}

/// Whether an element was talked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Talk {
    /// Nothing says so: blank, or only some indicators were answered with no.
    NotYet,
    /// The practitioner said that it was not.
    NotDiscussed,
    /// It was, and somebody wrote or answered something that is more than "no".
    Recorded,
    /// Nobody says: the document that is shown has nothing about it.
    NotShown,
    /// It was, without concern: said so, or every indicator that is asked was answered with no.
    NoConcern,
}

/// What is known of one element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ElementState {
    /// The element.
    pub id: &'static str,
    /// Whether it is asked about this child.
    pub is_asked: bool,
    /// A strength was written, or an indicator of one answered with yes.
    pub has_strength: bool,
    /// A need was written.
    pub has_need: bool,
    /// What the indicators say.
    pub worry: Option<Worry>,
    /// Whether it was talked about.
    pub talk: Talk,
}

impl ElementState {
    /// Whether it counts among what was talked about.
    #[must_use]
    pub fn is_talked_about(&self) -> bool {
        matches!(self.talk, Talk::Recorded | Talk::NoConcern)
    }

    /// The codes of what to show, in order; each has words and a shape. Never empty.
    #[must_use]
    pub fn signs(&self) -> Vec<&'static str> {
        let worry = self.worry.map(|worry| match worry {
            Worry::Yes => "worry",
            Worry::Unsure => "unsure",
        });
        let said = [self.has_strength.then_some("strength"), self.has_need.then_some("need"), worry];
        let said: Vec<_> = said.into_iter().flatten().collect();
        if !said.is_empty() {
            return said;
        }
        vec![match self.talk {
            Talk::NotYet => "not_yet",
            Talk::NotDiscussed => "not_discussed",
            Talk::NotShown => "not_shown",
            Talk::Recorded => "recorded",
            Talk::NoConcern => "no_concern",
        }]
    }
}

/// For whom the state is worked out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Viewer {
    /// The practitioner sees everything.
    Practitioner,
    /// The family sees nothing that is the practitioner's own.
    Family,
}

/// The state of every element, in form order.
#[must_use]
pub fn triangle(answers: &Answers, today: Date, pack: &RulePack, viewer: Viewer) -> Vec<ElementState> {
    let facts = Facts::of(answers, today);
    let asked = asked_elements(answers, today, pack);
    let state = |id: &'static str| {
        let element = answers.elements.get(id)?;
        let indicators = || {
            let current = pack.asked_of(id, today);
            current.filter(|one| one.set_aside(facts.age, facts.disabled).is_none())
        };
        Some(state_of(id, element, asked.contains(&id), &|| indicators().collect(), pack, viewer))
    };
    elements().into_iter().filter_map(state).collect()
}

/// How many elements were talked about.
#[must_use]
pub fn talked_about(states: &[ElementState]) -> usize {
    states.iter().filter(|state| state.is_talked_about()).count()
}

fn state_of<'a>(
    id: &'static str,
    element: &ElementAnswers,
    is_asked: bool,
    asked: &dyn Fn() -> Vec<&'a Indicator>,
    pack: &RulePack,
    viewer: Viewer,
) -> ElementState {
    let group: &dyn Group<Caf> = element;
    let can_see = |name: &str| viewer == Viewer::Practitioner || !is_own(group, name);
    let sees_indicators = can_see("indicators");
    let (mut has_strength, mut worry, mut any_answer) = (!is_blank(&element.strengths), None, false);
    if sees_indicators {
        for (id, mark) in &element.indicators {
            let is_strength = pack.indicator(id).is_some_and(|indicator| indicator.strength);
            match (mark.as_str(), is_strength) {
                ("yes", true) => has_strength = true,
                // An indicator that this pack does not know is a worry: nobody can say that it is none.
                ("yes", false) => worry = worry.max(Some(Worry::Yes)),
                ("unsure", false) => worry = worry.max(Some(Worry::Unsure)),
                ("unsure", true) => any_answer = true,
                _ => {}
            }
        }
    }
    let has_need = !is_blank(&element.needs);
    let is_written = group.questions().iter().enumerate().any(|(at, question)| {
        !matches!(question.name, "status" | "indicators")
            && can_see(question.name)
            && group.get(at).is_some_and(|node| !node.is_blank())
    });
    let answered_no = || {
        let concerns: Vec<_> = asked().into_iter().filter(|one| !one.strength).collect();
        let is_no = |one: &&Indicator| element.indicators.get(&one.id).is_some_and(|mark| mark == "no");
        sees_indicators && !concerns.is_empty() && concerns.iter().all(is_no)
    };
    let talk = match element.status.as_str() {
        _ if is_written || has_strength || worry.is_some() || any_answer => Talk::Recorded,
        "no_concern" => Talk::NoConcern,
        "not_discussed" => Talk::NotDiscussed,
        "recorded" => Talk::Recorded,
        _ if answered_no() => Talk::NoConcern,
        _ => Talk::NotYet,
    };
    ElementState { id, is_asked, has_strength, has_need, worry, talk }
}

fn is_own(group: &dyn Group<Caf>, name: &str) -> bool {
    let question: Option<&Question> = group.questions().iter().find(|question| question.name == name);
    question.is_none_or(|question| is_practitioners_own(group.key(), question))
}

/// The state of every element as a document shows it: only what is in the document counts, and what is not in it is
/// nothing. `None` where no element is in it.
#[must_use]
pub fn triangle_of<'a>(
    lines: impl IntoIterator<Item = (&'a str, Node<'a>)>,
    pack: &RulePack,
) -> Option<Vec<ElementState>> {
    let mut shown = Answers::default();
    let mut has_any = false;
    for (path, node) in lines {
        let edit = match node {
            Node::Text(text) => Edit::Text(text.to_owned()),
            Node::List(items) => Edit::List(items.to_vec()),
            Node::Date(date) => Edit::Date(date.clone()),
            _ => continue,
        };
        if path.starts_with("elements.") {
            has_any |= shown.apply(path, edit).is_ok();
        }
    }
    let state = |id: &'static str| {
        let element = shown.elements.get(id)?;
        let state = state_of(id, element, true, &Vec::new, pack, Viewer::Practitioner);
        // What a copy does not have may well have been talked about.
        let talk = if state.talk == Talk::NotYet { Talk::NotShown } else { state.talk };
        Some(ElementState { talk, ..state })
    };
    has_any.then(|| elements().into_iter().filter_map(state).collect())
}
