//! What the vignettes must show together, and what of it they do not. Read from the pack's own file, so that a sign, an
//! age or an urgent action that is added there asks for vignettes. Whether a vignette is right is not judged here.

mod ages;
mod pack_form;
mod shown;
mod situations;

use std::collections::BTreeSet;

use assessment_rules::HeadlineKind;
use serde_json::Value;

use crate::material::vignette::Vignette;
use shown::Shown;

/// Rules that no evaluation carries out: RU-7 is about reviews, RU-12 about what the practitioner decides.
const NOT_EVALUATED: [&str; 2] = ["RU-7", "RU-12"];

/// How the prompts are called.
const PROMPTS: [&str; 5] = [
    "serious-worry-recorded",
    "consult-safeguarding-lead",
    "does-refusal-change-risk",
    "disabled-child-s17-offer",
    "possible-is-higher",
];

/// One line for each thing that no vignette shows.
pub(crate) fn missing(vignettes: &[Vignette], pack: &Value) -> Vec<String> {
    let shown: Vec<Shown<'_>> = vignettes.iter().map(Shown).collect();
    let mut missing = rules(&shown, pack);
    missing.extend(actions(&shown, pack));
    missing.extend(prompts(&shown));
    missing.extend(headlines(&shown));
    missing.extend(ages::missing(&shown, pack));
    missing.extend(situations::missing(&shown, pack));
    missing
}

/// One line for each vignette that names what is not in it: a rule or a prompt that nobody knows, a sign without an
/// answer, an urgent action without a trace.
pub(crate) fn strangers(vignettes: &[Vignette], pack: &Value) -> Vec<String> {
    let rules: BTreeSet<&str> = ids(&pack["rules"]).collect();
    let actions: BTreeSet<&str> = ids(&pack["actions"]).collect();
    let signs: BTreeSet<&str> = ids(&pack["indicators"]).collect();
    let mut strangers = Vec::new();
    for vignette in vignettes {
        let shown = Shown(vignette);
        let id = shown.id();
        for about in vignette.about() {
            let fits = if actions.contains(about) {
                // It may also be a witness for an action that does not come: then something must make one expect it.
                shown.urgent(about) || shown.checks(about) || about == "IA-03" || near(&shown, about, pack)
            } else if signs.contains(about) {
                shown.answered(about) || shown.nro_is_open()
            } else {
                (rules.contains(about) && !NOT_EVALUATED.contains(&about))
                    || PROMPTS.contains(&about)
                    || shown.headline() == about
            };
            if !fits {
                strangers.push(format!("{id}: {about} is not in it"));
            }
        }
        for answered in shown.signs().filter(|sign| !signs.contains(sign)) {
            strangers.push(format!("{id}: nobody knows {answered}"));
        }
    }
    strangers
}

/// Whether a sign that can call for the action is answered, or danger was left open.
fn near(shown: &Shown<'_>, action: &str, pack: &Value) -> bool {
    let signs = pack["indicators"].as_array().into_iter().flatten();
    let own = signs.filter(|sign| sign["action"] == action).filter_map(|sign| sign["id"].as_str());
    let of_age =
        pack_form::actions_of_age(pack).into_iter().flatten().filter(|of_age| of_age.action == action);
    own.map(str::to_owned).chain(of_age.flat_map(|of_age| of_age.signs)).any(|sign| shown.counts(&sign))
        || (action == "IA-01" && shown.danger().is_empty())
}

fn ids(list: &Value) -> impl Iterator<Item = &str> {
    list.as_array().into_iter().flatten().filter_map(|item| item["id"].as_str())
}

fn rules(shown: &[Shown<'_>], pack: &Value) -> Vec<String> {
    ids(&pack["rules"])
        .filter(|rule| !NOT_EVALUATED.contains(rule) && !shown.iter().any(|one| one.is_about(rule)))
        .map(|rule| format!("{rule}: a vignette about it"))
        .collect()
}

fn actions(shown: &[Shown<'_>], pack: &Value) -> Vec<String> {
    let shows = |action: &str| match action {
        // It is how IA-02 reads out of hours: no answer gives it, and it is never in the list.
        "IA-03" => {
            shown.iter().any(|one| one.is_about("IA-03") && one.urgent("IA-02") && !one.urgent("IA-03"))
        }
        _ => shown.iter().any(|one| one.is_about(action) && one.urgent(action)),
    };
    let mut missing: Vec<String> = ids(&pack["actions"])
        .filter(|action| !shows(action))
        .map(|action| format!("{action}: a vignette in which it is urgent"))
        .collect();
    for sign in pack["indicators"].as_array().into_iter().flatten() {
        if let (Some(id), Some(action)) = (sign["id"].as_str(), sign["action"].as_str())
            && !shown.iter().any(|one| one.is_about(id) && one.mark(id) == "yes" && one.urgent(action))
        {
            missing.push(format!("{id}: a vignette in which it calls for {action}"));
        }
    }
    let checked = ids(&pack["actions"])
        .filter(|action| shown.iter().any(|one| one.is_about(action) && one.checks(action)));
    if checked.count() < 5 {
        missing.push("five urgent actions that are to be checked because of unsure answers".to_owned());
    }
    missing
}

/// Every kind of headline, in a vignette that is about it.
fn headlines(shown: &[Shown<'_>]) -> Vec<String> {
    HeadlineKind::ALL
        .map(HeadlineKind::code)
        .into_iter()
        .filter(|kind| !shown.iter().any(|one| one.headline() == *kind && one.is_about(kind)))
        .map(|kind| format!("{kind}: a vignette with this headline"))
        .collect()
}

fn prompts(shown: &[Shown<'_>]) -> Vec<String> {
    PROMPTS
        .into_iter()
        .flat_map(|prompt| [(prompt, true), (prompt, false)])
        .filter(|(prompt, comes)| !shown.iter().any(|one| one.prompt(prompt) == *comes))
        .map(|(prompt, comes)| {
            format!("{prompt}: a vignette in which it {}", if comes { "comes" } else { "stays away" })
        })
        .collect()
}
