//! Asking social care for help from an episode, in whatever state it is: whom to ring first, why, exactly what is sent, and
//! what was sent before. What goes is decided elsewhere (`document`), and what follows from it is the server's.

mod asks;
mod document;
mod material;
mod missing;
mod sent;

use assessment_api::path::REFERRAL;
use assessment_api::referral::NewReferral;
use assessment_engine::disclosure::{Choices, family_advice, is_address_protected};
use assessment_engine::validation::Problem;
use assessment_people::access::Action;
use assessment_rules::evaluate;
use gloo_net::http::Method;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::super::work::asked::{answer, asked};
use super::super::work::list::child;
use super::super::work::{Work, urgent_in, use_work};
use super::record::{SUMMARY, error_summary};
use crate::components::{AllNumbers, Details, Follow, SignIn, redrawn};
use crate::io::clock;
use crate::io::records_client::Follows;
use crate::pages::outputs::{kept_out_groups, tick};
use crate::questions::{Asks, Questionnaire, Questions};
use crate::state::Focus;
use crate::state::team::referral::{choices as kept, kept_choices};
use crate::state::work::after::may;
use crate::state::work::{Failure, Version};
use asks::Writing;
use document::{Part, has_address, lines, parts, preview, script};
use material::{Material, load};

/// The id of the tick that lets a protected address go.
const ADDRESS: &str = "team.referral.address";
/// The refusals because a protected address is in what was to go, and because nobody can tell whether one is.
const ADDRESS_INSIDE: &str = "work.law.address-inside";
const ADDRESS_UNKNOWN: &str = "work.law.address-unknown";
/// The urgent action of a child who may be suffering significant harm: whom to ring where nothing more urgent is known.
const HARM: &str = "IA-02";

#[component]
pub(super) fn Referral(episode: String) -> impl IntoView {
    let work = use_work();
    // Rises with each change, after which everything is read again.
    let round = RwSignal::new(0_u32);
    let said = RwSignal::new(None::<&'static str>);
    let done = Callback::new(move |key: &'static str| {
        said.set(Some(key));
        work.form.announce(&work.text(key));
        round.update(|round| *round += 1);
        work.form.focus_on(Focus::Heading);
    });
    let again = Callback::new(move |()| {
        round.update(|round| *round += 1);
        work.form.focus_on(Focus::Heading);
    });
    view! {
        // Whatever cannot be read: whom to ring waits for nothing.
        <div class="ca-no-print">{numbers(work)}</div>
        {redrawn(move || said.get().map(|key| {
            view! { <p class="govuk-inset-text ca-no-print">{work.text(key)}</p> }.into_any()
        }))}
        {redrawn(move || {
            round.track();
            let id = episode.clone();
            let ask = {
                let id = id.clone();
                move || answer(load(work.asking(Some(&id)), id.clone()))
            };
            asked(work, Some(id), ask, move |material| found(work, material, done, again))
        })}
    }
}

fn found(work: Work, material: Material, done: Callback<&'static str>, again: Callback<()>) -> AnyView {
    let record = material.record.clone();
    let name = child(work, &record.shown);
    let asking = match may(&record, Action::Refer) {
        true => view! { <Write material=material.clone() done/> }.into_any(),
        false if material.sent.is_empty() => {
            view! { <p class="govuk-inset-text">{work.text("work.after.not_now")}</p> }.into_any()
        }
        false => ().into_any(),
    };
    view! {
        <h2 class="govuk-heading-m ca-no-print"><bdi>{name}</bdi></h2>
        <div class="ca-no-print">
            {material.version.as_deref().and_then(|version| urgent_in(work, version))}
        </div>
        {missing::unread(work, &material.unread, again)}
        {asking}
        {sent::taking_back(work, &record, material.revision.clone(), done)}
        {sent::sent(work, material.sent)}
    }
    .into_any()
}

/// Whom to ring, before anything is written: the number that answers now.
fn numbers(work: Work) -> AnyView {
    let standards = work.form.standards();
    let contacts = standards.pack.action(HARM).map(|action| action.contacts.clone()).unwrap_or_default();
    view! {
        <section class="ca-urgent" aria-labelledby="team.referral.ring">
            <h2 class="ca-urgent__heading" id="team.referral.ring">{work.text("team.referral.ring")}</h2>
            <p>
                <a class="ca-urgent__phone" href="tel:999">"999"</a>
                " "
                {work.text("team.referral.999")}
            </p>
            <p>{work.text("team.referral.ring.about")}</p>
            <AllNumbers contacts/>
        </section>
    }
    .into_any()
}

/// Whether something in the newest version is urgent, or may be.
fn is_urgent(work: Work, material: &Material) -> bool {
    material.record.shown.urgent
        || material.version.as_ref().is_some_and(|version| {
            let outcome = evaluate(&version.answers, work.form.today(), &work.form.standards().pack);
            !outcome.urgent.is_empty() || !outcome.urgent_to_check.is_empty()
        })
}

/// What the rules say about telling the family, where they speak against it.
fn telling(work: Work, version: Option<&Version>) -> Option<AnyView> {
    let version = version?;
    let standards = work.form.standards();
    let outcome = evaluate(&version.answers, work.form.today(), &standards.pack);
    let advice = family_advice(&version.answers, Some(&outcome), &[], &standards.pack);
    let is_against = advice.telling.is_block() || !advice.kept_from.is_empty();
    is_against.then(|| {
        view! { <p class="govuk-inset-text" role="note">{work.text("team.referral.telling")}</p> }.into_any()
    })
}

/// The questions, the preview and the button.
#[component]
fn Write(material: Material, done: Callback<&'static str>) -> impl IntoView {
    let work = use_work();
    let Ok(lists) = assessment_team::lists(&work.form.standards()) else { return ().into_any() };
    let id = material.record.id.clone();
    // Lines are named by their number, so a decision is about what was read: another version or revision asks again.
    let read = material.read_from();
    let decisions = ["choices", "address"].map(|part| format!("referral.{id}.{read}.{part}"));
    let [decided, shares] = decisions.clone().map(|name| work.field(&name));
    let writing = Writing::begin(work, &id, lists, is_urgent(work, &material));
    let choices = RwSignal::new(decided.with_untracked(|text| kept(text)));
    // What was decided is kept like what was typed.
    Effect::new(move || {
        let read = decided.with(|text| kept(text));
        if choices.with_untracked(|choices| *choices != read) {
            choices.set(read);
        }
    });
    Effect::new(move || {
        let text = choices.with(kept_choices);
        if decided.with_untracked(|before| *before != text) {
            decided.set(text);
        }
    });
    let problems = RwSignal::new(Vec::<Problem>::new());
    // One that is put right goes.
    let shown = Memo::new(move |_| {
        let now = writing.problems();
        problems.get().into_iter().filter(|one| now.contains(one)).collect::<Vec<_>>()
    });
    let is_sending = RwSignal::new(false);
    let is_locked = Memo::new(move |_| is_sending.get());
    // The controls below ask this form.
    provide_context(Questionnaire::new(writing, is_locked, shown));
    let of = StoredValue::new(material);
    let made = Memo::new(move |_| of.with_value(|of| choices.with(|choices| parts(writing, of, choices))));
    let has_address = Memo::new(move |_| of.with_value(|of| made.with(|made| has_address(of, made))));
    // The server may find one where this page cannot.
    let is_address_asked = RwSignal::new(false);
    let offers_address = Memo::new(move |_| has_address.get() || is_address_asked.get());
    // A tick that is not shown decides nothing.
    Effect::new(move || {
        if !offers_address.get() && shares.with_untracked(|shares| !shares.is_empty()) {
            shares.set(String::new());
        }
    });
    let failed = RwSignal::new(None::<Failure>);
    let is_undecided = RwSignal::new(false);
    let names = StoredValue::new([writing.names(), decisions.to_vec()].concat());
    // What went last: the same goes under the same id, so that a repeat after a lost reply asks nobody twice.
    let last = StoredValue::new(None::<NewReferral>);
    let send = move |_| {
        if is_sending.get_untracked() {
            return;
        }
        failed.set(None);
        let wrong = untrack(|| writing.problems());
        problems.set(wrong.clone());
        if !wrong.is_empty() {
            return work.form.focus(SUMMARY);
        }
        let goes = shares.with_untracked(|shares| !shares.is_empty());
        is_undecided.set(has_address.get_untracked() && !goes);
        if is_undecided.get_untracked() {
            return work.form.focus(ADDRESS);
        }
        is_sending.set(true);
        let mut body = NewReferral {
            id: clock::random_id(),
            answers: writing.form.with_untracked(assessment_team::ReferralForm::to_value),
            document: made.with_untracked(|made| document::sent(made)),
            shares_address: goes && offers_address.get_untracked(),
        };
        if let Some(before) = last.get_value() {
            let again = NewReferral { id: before.id.clone(), ..body.clone() };
            if again == before {
                body = again;
            }
        }
        last.set_value(Some(body.clone()));
        let typed: Vec<_> = names.get_value().iter().map(|name| work.sending(name)).collect();
        let (id, revision) = of.with_value(|of| (of.record.id.clone(), of.revision.clone()));
        let asking = work.asking(Some(&id));
        spawn_local(async move {
            let path = REFERRAL.replace("{id}", &id);
            let follows = Follows::Revision(&revision);
            match asking.change(Method::POST, &path, Some(&body), follows).await {
                Ok(_) => {
                    typed.into_iter().for_each(|typed| typed.taken());
                    done.try_run("team.referral.done");
                }
                // What was typed stays; everything else is read again.
                Err(refused) if refused.failure == Failure::Changed => {
                    done.try_run("team.referral.changed");
                }
                Err(refused) => {
                    let _ = is_sending.try_set(false);
                    if matches!(refused.failure, Failure::Law(ADDRESS_INSIDE | ADDRESS_UNKNOWN)) {
                        let _ = is_address_asked.try_set(true);
                    }
                    let named = super::refused(refused.details);
                    if named.is_empty() {
                        let _ = failed.try_set(Some(refused.failure));
                    } else if problems.try_set(named).is_none() {
                        work.form.focus(SUMMARY);
                    }
                }
            }
        });
    };
    let is_unread = of.with_value(Material::is_assessment_unread);
    let advice = of.with_value(|of| telling(work, of.version.as_deref()));
    let protected =
        of.with_value(|of| of.version.as_ref().is_some_and(|version| is_address_protected(&version.answers)));
    let protected = protected
        .then(|| view! { <p class="govuk-inset-text">{work.text("team.referral.protected")}</p> }.into_any());
    view! {
        <div class="ca-no-print">
            {redrawn(move || summary(writing, shown.get()))}
            <p>{work.text("team.referral.about")}</p>
            {advice}
            {missing::older(work, id)}
            <Questions stem=""/>
            <Details summary=work.text("team.referral.script")>
                {redrawn(move || {
                    let script = of.with_value(|of| choices.with(|choices| script(writing, of, choices)));
                    lines(document::sent(&script))
                })}
            </Details>
        </div>
        <h2 class="govuk-heading-m ca-no-print">{work.text("team.referral.preview")}</h2>
        <p class="ca-no-print">{work.text("team.referral.preview.about")}</p>
        {protected}
        <article class="ca-output ca-no-print" aria-label=work.text("team.referral.preview")>
            {redrawn(move || made.with(|made| preview(work, made, choices)))}
        </article>
        <div class="ca-no-print">
            {kept_out(work, of, writing, choices)}
            {redrawn(move || offers_address.get().then(|| address(work, is_unread, shares, is_undecided)))}
            {redrawn(move || failed.get().map(|failure| refusal(work, failure)))}
            <button
                part="button"
                type="button"
                class="govuk-button"
                aria-disabled=move || is_sending.get().then_some("true")
                on:click=send
            >
                {work.text("team.referral.send")}
            </button>
        </div>
    }
    .into_any()
}

/// What the document leaves out unless somebody puts it in; by default, so that the list stays as it is meanwhile.
fn kept_out(work: Work, of: StoredValue<Material>, writing: Writing, choices: RwSignal<Choices>) -> AnyView {
    let all = untrack(|| of.with_value(|of| parts(writing, of, &Choices::default())));
    let rows: Vec<_> = all.into_iter().flat_map(|Part { rows, .. }| rows).collect();
    kept_out_groups(work.form, &rows, choices)
}

/// That the protected address goes, or lines that may have one, decided by a tick of its own.
fn address(work: Work, is_unread: bool, shares: RwSignal<String>, is_undecided: RwSignal<bool>) -> AnyView {
    let [label, needed] = match is_unread {
        true => ["team.referral.address.unread", "team.referral.address.unread.needed"],
        false => [ADDRESS, "team.referral.address.needed"],
    };
    let is_on = Memo::new(move |_| shares.with(|shares| !shares.is_empty()));
    let set = Callback::new(move |is_on: bool| {
        shares.set(if is_on { "yes".to_owned() } else { String::new() });
        is_undecided.set(false);
    });
    view! {
        <div class="govuk-form-group" class:govuk-form-group--error=is_undecided>
            {redrawn(move || is_undecided.get().then(|| view! {
                <p class="govuk-error-message" role="alert">{work.text(needed)}</p>
            }.into_any()))}
            {tick(ADDRESS.to_owned(), work.text(label), is_on, set)}
        </div>
    }
    .into_any()
}

/// What stops it from being sent, each a link to its question.
fn summary(writing: Writing, problems: Vec<Problem>) -> Option<AnyView> {
    let work = writing.work;
    (!problems.is_empty()).then(|| {
        let items = problems.into_iter().map(|problem| {
            let (text, id) = (Asks::problem(&writing, &problem), problem.path);
            view! { <li><Follow follow=move || work.form.focus(&id)>{text}</Follow></li> }.into_any()
        });
        error_summary(work, items.collect())
    })
}

/// Why it was not sent, or that nobody can tell. Nothing that was typed goes.
fn refusal(work: Work, failure: Failure) -> AnyView {
    let is_lost = matches!(failure, Failure::Offline | Failure::Trouble);
    let sent = if is_lost { "team.referral.maybe_sent" } else { "team.referral.not_sent" };
    // In another window: this one has words that are nowhere else.
    let sign_in =
        (failure == Failure::SignIn).then(|| view! { <SignIn text="sign_in.again" beside=true/> }.into_any());
    view! {
        <div class="govuk-inset-text">
            <p role="alert">{work.text(failure.key())}</p>
            <p>{work.text(sent)}</p>
            {sign_in}
        </div>
    }
    .into_any()
}
