//! Starting points for a plan: what an assessment found, element by element, and what it agreed already. Suggestions only:
//! nothing is in a plan before somebody has put it there.
//!
//! It hands out nothing that its reader may not see, and copies no text that the family must not read: a plan is read by
//! everybody.

use assessment_engine::answers::Answers;
use assessment_engine::disclosure::{Telling, family_advice, gives_address_away};
use assessment_engine::standards::Standards;
use assessment_engine::triangle::{Viewer, Worry, triangle};
use assessment_form::is_blank;
use assessment_rules::evaluate;
use jiff::civil::Date;

/// The starting points of one assessment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposals {
    /// The strictest advice on telling the family, where there is any. Where it keeps copies back, no text is proposed.
    pub telling: Telling,
    /// What was found, the certain worries first.
    pub needs: Vec<Need>,
    /// What the assessment agreed already.
    pub agreed: Vec<Agreed>,
}

/// A need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    /// The element, by its id.
    pub element: &'static str,
    /// What the signs of the element say, where the reader may see them.
    pub worry: Option<Worry>,
    /// What was written about the need, to be put into a plan as evidence. `None` where nothing was written, where the
    /// reader may not see it, or where it must not be copied.
    pub evidence: Option<String>,
    /// The paths in the assessment at which it is written, of those that the reader may see.
    pub paths: Vec<String>,
}

/// An action that the assessment agreed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreed {
    /// What was to get better.
    pub desired_outcome: String,
    /// How it is seen that things are better.
    pub goal_measure: String,
    /// What is to be done.
    pub action: String,
    /// Who does it.
    pub who: String,
    /// By when.
    pub by_when: Option<Date>,
    /// Its path in the assessment.
    pub path: String,
}

/// The starting points from an assessment. `may_see` says of a path whether the reader may see what is there.
#[must_use]
pub fn proposals(
    answers: &Answers,
    today: Date,
    standards: &Standards,
    may_see: &dyn Fn(&str) -> bool,
) -> Proposals {
    let outcome = evaluate(answers, today, &standards.pack);
    let telling = family_advice(answers, Some(&outcome), &[], &standards.pack).telling;
    // A plan cannot be kept from one person of the family: what must be kept from one is not copied at all.
    let may_copy = |path: &str, text: &str| {
        may_see(path) && !telling.is_block() && !is_blank(text) && !gives_address_away(answers, text)
    };
    let states = triangle(answers, today, &standards.pack, Viewer::Practitioner);
    let mut needs: Vec<Need> = states
        .into_iter()
        .filter_map(|state| {
            let element = answers.elements.get(state.id)?;
            let path = |name: &str| format!("elements.{}.{name}", state.id);
            let [text, signs] = [path("needs"), path("indicators")];
            let worry = state.worry.filter(|_| may_see(&signs));
            let has_need = state.has_need && may_see(&text);
            if worry.is_none() && !has_need {
                return None;
            }
            let evidence = may_copy(&text, &element.needs).then(|| element.needs.clone());
            let mut paths = Vec::new();
            paths.extend(has_need.then_some(text));
            paths.extend(worry.map(|_| signs));
            Some(Need { element: state.id, worry, evidence, paths })
        })
        .collect();
    // In form order within each.
    needs.sort_by_key(|need| std::cmp::Reverse(need.worry));
    let actions = answers.agreed_actions.actions.iter().enumerate();
    let agreed = actions.filter_map(|(row, action)| {
        let path = format!("agreed_actions.actions[{row}]");
        let may_take = |name: &str, text: &str| may_copy(&format!("{path}.{name}"), text);
        let taken =
            |name: &str, text: &str| may_take(name, text).then(|| text.to_owned()).unwrap_or_default();
        let agreed = Agreed {
            desired_outcome: taken("desired_outcome", &action.desired_outcome),
            goal_measure: taken("goal_measure", &action.goal_measure),
            action: taken("action", &action.action),
            who: taken("who", &action.who),
            by_when: action.by_when.whole().filter(|_| may_see(&format!("{path}.by_when"))),
            path: path.clone(),
        };
        (!agreed.desired_outcome.is_empty() || !agreed.action.is_empty()).then_some(agreed)
    });
    Proposals { telling, agreed: agreed.collect(), needs }
}
