//! The signs of one box: what goes well and what to think about, each yes, not sure or no, or not answered.

use assessment_engine::answers::Facts;
use assessment_rules::Indicator;

use super::{Asked, choice, error_at, error_message};
use crate::dom::{El, View, el, p};
use crate::form::Form;
use crate::io::clock;

pub(super) fn indicators(form: Form, asked: &Asked) -> View {
    let element = asked.path.split('.').nth(1).unwrap_or_default().to_owned();
    // A sign for another age, or one that the rules have ended, is not asked; one that was answered is always shown.
    let pack = &form.standards().pack;
    let signs: Vec<&Indicator> = form.peek_answers(|answers| {
        let facts = Facts::of(answers, clock::today());
        let answered =
            |id: &str| answers.elements.get(&element).is_some_and(|e| e.indicators.contains_key(id));
        let fits =
            |sign: &&Indicator| sign.set_aside(facts.age, facts.disabled).is_none() || answered(&sign.id);
        let current = || pack.asked_of(&element, clock::today());
        let ended = |sign: &&Indicator| answered(&sign.id) && !current().any(|other| other.id == sign.id);
        let ended = pack.indicators_of(&element).filter(ended);
        current().filter(fits).chain(ended).collect()
    });
    let (strengths, concerns): (Vec<_>, Vec<_>) = signs.into_iter().partition(|sign| sign.strength);
    View::from(list(form, asked, "strengths", &strengths)).and(list(form, asked, "concerns", &concerns))
}

fn list(form: Form, asked: &Asked, kind: &str, signs: &[&Indicator]) -> Option<El> {
    if signs.is_empty() {
        return None;
    }
    let hint_id = format!("{}-{kind}-hint", asked.path);
    let heading = form.say("h2", "govuk-fieldset__heading", &format!("signs.{kind}"));
    let items: View = signs.iter().map(|sign| item(form, &asked.path, sign)).collect();
    Some(
        el("fieldset")
            .class("ca-indicators")
            .attr("aria-describedby", &hint_id)
            .add(el("legend").class("govuk-fieldset__legend govuk-fieldset__legend--m").add(heading))
            .add(form.say("div", "govuk-hint", &format!("signs.{kind}.hint")).attr("id", &hint_id))
            .add(el("ul").class("ca-indicators__list").add(items)),
    )
}

fn item(form: Form, stem: &str, sign: &Indicator) -> El {
    let path = format!("{stem}.{}", sign.id);
    let marks = form.standards().lists.list("mark");
    let text_id = format!("{path}-text");
    let error = error_at(form, &path);
    let described = error.as_ref().map(|_| format!("{path}-error"));
    let note = sign.note.as_ref().map(|note| p("span", "govuk-hint", note));
    let answers = el("div")
        .class("ca-indicator__answers govuk-radios govuk-radios--small")
        .attr("role", "radiogroup")
        .attr("aria-labelledby", &text_id)
        .maybe("aria-describedby", described.as_deref())
        .add(choice::radio_items(form, &path, marks))
        .add(choice::clear(form, &path, &sign.text));
    el("li")
        .class("ca-indicator")
        .add(p("p", "ca-indicator__text", &sign.text).attr("id", &text_id).text(" ").add(note))
        .add(error.map(|text| error_message(form, &text, &path)))
        .add(answers)
}
