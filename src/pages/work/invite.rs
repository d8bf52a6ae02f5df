//! Letting somebody into a record: who, as what, which sections and until when; then what they will see, as they will see
//! it; and only then the button that lets them in.

use assessment_api::episode::{ChangedMember, NewMember};
use assessment_api::path::{self, SESSION};
use assessment_api::session::{DemoPerson, Session};
use assessment_engine::disclosure::is_confidential_at;
use assessment_engine::sections::{number, sections};
use assessment_people::access::Sections;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::asked::{answer, asked};
use super::fields::{Choice, ShortText};
use super::team::section_names;
use super::typed_fields::TypedFields;
use super::{Work, demo, use_work, versions};
use crate::components::redrawn;
use crate::io::clock;
use crate::pages::check::{Folded, Line};
use crate::state::work::{Failure, Version};

/// Who vouches for the people of the demo.
const DEMO: &str = "urn:common-assessment:demo";
/// The role of somebody of the family.
const FAMILY: &str = "family_viewer";

/// What is typed so far.
#[derive(Clone, Copy)]
struct Typed {
    /// The code of somebody of the demo, or what their provider calls them.
    subject: RwSignal<String>,
    issuer: RwSignal<String>,
    organisation: RwSignal<String>,
    role: RwSignal<String>,
    days: RwSignal<String>,
    up_to: RwSignal<String>,
    /// Their numbers, in order, with commas between them.
    sections: RwSignal<String>,
    /// `yes`, or blank.
    is_covered: RwSignal<String>,
}

impl Typed {
    fn new(fields: TypedFields, stem: &str) -> Typed {
        let text = |name: &str, first: &str| fields.field(&[stem, name].concat(), first);
        Typed {
            subject: text("subject", ""),
            issuer: text("issuer", ""),
            organisation: text("organisation", ""),
            role: text("role", "tac_member"),
            days: text("days", "90"),
            up_to: text("up_to", "ordinary"),
            sections: text("sections", ""),
            is_covered: text("covered", ""),
        }
    }

    /// The sections that are ticked.
    fn sections(self) -> Vec<u8> {
        self.sections.with_untracked(|text| numbers(text))
    }

    /// What is still missing, by wording key and the id to go to.
    fn missing(self) -> Option<(&'static str, &'static str)> {
        let is_blank = |value: RwSignal<String>| value.with_untracked(|value| value.trim().is_empty());
        if is_blank(self.subject) || is_blank(self.issuer) {
            return Some(("work.invite.who.needed", SUBJECT));
        }
        self.sections().is_empty().then_some(("work.invite.sections.needed", SECTIONS))
    }

    fn member(self) -> NewMember {
        let text = |value: RwSignal<String>| value.get_untracked().trim().to_owned();
        let days = self.days.get_untracked().parse().unwrap_or(90);
        NewMember {
            issuer: text(self.issuer),
            subject: text(self.subject),
            organisation: Some(text(self.organisation)).filter(|name| !name.is_empty()),
            role: text(self.role),
            sections: self.sections(),
            up_to: text(self.up_to),
            until: Some(clock::rfc3339_in(days)),
            is_covered: self.is_covered.with_untracked(|said| said == YES),
        }
    }
}

/// What begins the names of the fields for a record.
fn stem(id: &str) -> String {
    format!("invite.{id}.")
}

/// The numbers of sections, as they are kept.
fn numbers(text: &str) -> Vec<u8> {
    text.split(',').filter_map(|number| number.parse().ok()).collect()
}

/// What is kept of what is ticked.
const YES: &str = "yes";
/// Ids of fields.
const SUBJECT: &str = "work.invite.subject";
const SECTIONS: &str = "work.invite.sections";
const PREVIEW: &str = "work.invite.preview";

#[component]
pub(super) fn Invite(id: String, revision: String, changed: Callback<&'static str>) -> impl IntoView {
    let work = use_work();
    let typed = Typed::new(work.typed_fields, &stem(&id));
    // Open as well where something was typed earlier.
    let opened = work.typed_fields.field(&[&*stem(&id), "open"].concat(), "");
    let is_open = Memo::new(move |_| opened.with(|opened| opened == YES));
    // Asked for with what was typed; changing anything takes it away.
    let is_previewed = RwSignal::new(false);
    let wrong = RwSignal::new(None::<&'static str>);
    let known = RwSignal::new(Vec::<DemoPerson>::new());
    let asking = work.asking(None);
    spawn_local(async move {
        let mut people = demo::people(&asking).await;
        // Nobody lets themselves in.
        let own = asking.get(SESSION).await.and_then(|reply| reply.read::<Session>());
        people.retain(|one| !own.as_ref().is_ok_and(|own| own.name == one.name));
        let _ = known.try_set(people);
    });
    let preview = move |_| match typed.missing() {
        Some((key, id)) => {
            wrong.set(Some(key));
            work.form.focus(id);
        }
        None => {
            wrong.set(None);
            is_previewed.set(true);
            work.form.focus(PREVIEW);
        }
    };
    let of = StoredValue::new((id, revision));
    redrawn(move || {
        if !is_open.get() {
            return view! {
                <button part="button" type="button" class="govuk-button" on:click=move |_| {
                    opened.set(YES.to_owned());
                    work.form.focus(SUBJECT);
                }>
                    {work.text("work.invite")}
                </button>
            }
            .into_any();
        }
        let shown = move || {
            is_previewed.get().then(|| {
                let (id, revision) = of.get_value();
                view! { <Preview id revision typed changed is_previewed/> }.into_any()
            })
        };
        view! {
            <h2 class="govuk-heading-m">{work.text("work.invite")}</h2>
            <div on:input=move |_| is_previewed.set(false) on:change=move |_| is_previewed.set(false)>
                {redrawn(move || who(work, typed, known.get(), wrong))}
                {scope(work, typed, wrong)}
            </div>
            <button part="button" type="button" class="govuk-button govuk-button--secondary" on:click=preview>
                {work.text("work.invite.preview")}
            </button>
            {redrawn(shown)}
        }
        .into_any()
    })
}

/// Who, and for whom they act. In the demo from a list; else as their provider calls them.
fn who(work: Work, typed: Typed, known: Vec<DemoPerson>, wrong: RwSignal<Option<&'static str>>) -> AnyView {
    let error = Signal::derive(move || {
        wrong.get().filter(|key| *key == "work.invite.who.needed").map(|key| work.text(key))
    });
    let none = Signal::derive(|| None::<String>);
    if known.is_empty() {
        return view! {
            <ShortText
                id=SUBJECT
                label=work.text("work.invite.subject")
                hint=Some(work.text("work.invite.subject.hint"))
                value=typed.subject
                error
            />
            <ShortText
                id="work.invite.issuer"
                label=work.text("work.invite.issuer")
                hint=Some(work.text("work.invite.issuer.hint"))
                value=typed.issuer
                error=none
            />
            <ShortText
                id="work.invite.organisation"
                label=work.text("work.invite.organisation")
                hint=Some(work.text("work.invite.organisation.hint"))
                value=typed.organisation
                error=none
            />
        }
        .into_any();
    }
    let options = known.iter().map(|one| (one.code.clone(), format!("{}, {}", one.name, one.organisation)));
    let options = options.collect::<Vec<_>>();
    Effect::new(move |_| {
        let code = typed.subject.get();
        if let Some(one) = known.iter().find(|one| one.code == code) {
            typed.issuer.set(DEMO.to_owned());
            typed.organisation.set(one.organisation.clone());
        }
    });
    view! { <Choice name=SUBJECT legend=work.text("work.invite.who") options value=typed.subject error/> }
        .into_any()
}

/// As what, what they see, and until when.
fn scope(work: Work, typed: Typed, wrong: RwSignal<Option<&'static str>>) -> AnyView {
    let none = Signal::derive(|| None::<String>);
    let named = |stem: &str, codes: &[&str]| {
        let named = codes.iter().map(|code| ((*code).to_owned(), work.text(&[stem, code].concat())));
        named.collect::<Vec<_>>()
    };
    let roles = named("work.role.", &["tac_member", "practitioner", "lead_professional", FAMILY]);
    let ends = named("work.invite.days.", &["30", "90", "180"]);
    let up_to = named("work.up_to.", &["ordinary", "confidential"]);
    let boxes = (0..=Sections::LAST).map(|number| {
        let id = if number == 0 { SECTIONS.to_owned() } else { format!("{SECTIONS}.{number}") };
        let tick = move |event: leptos::ev::Event| {
            let is_ticked = event_target_checked(&event);
            let is_in = |other: &u8| if *other == number { is_ticked } else { typed.sections().contains(other) };
            let all: Vec<String> = (0..=Sections::LAST).filter(is_in).map(|number| number.to_string()).collect();
            typed.sections.set(all.join(","));
        };
        view! {
            <div class="govuk-checkboxes__item">
                <input
                    class="govuk-checkboxes__input"
                    type="checkbox"
                    id=id.clone()
                    prop:checked=move || typed.sections.with(|all| numbers(all).contains(&number))
                    on:change=tick
                />
                <label class="govuk-label govuk-checkboxes__label" for=id>{section_names(work, number)}</label>
            </div>
        }
        .into_any()
    });
    let error = redrawn(move || {
        wrong
            .get()
            .filter(|key| *key == "work.invite.sections.needed")
            .map(|key| view! { <p class="govuk-error-message">{work.text(key)}</p> }.into_any())
    });
    view! {
        <Choice name="work.invite.role" legend=work.text("work.invite.role") options=roles value=typed.role error=none/>
        <div class="govuk-form-group">
            <fieldset class="govuk-fieldset">
                <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">
                    {work.text("work.invite.sections")}
                </legend>
                {error}
                <div class="govuk-checkboxes">{boxes.collect_view()}</div>
            </fieldset>
        </div>
        <Choice name="work.invite.up_to" legend=work.text("work.invite.up_to") options=up_to value=typed.up_to error=none/>
        <Choice name="work.invite.days" legend=work.text("work.invite.days") options=ends value=typed.days error=none/>
        <div class="govuk-form-group">
            <div class="govuk-checkboxes">
                <div class="govuk-checkboxes__item">
                    <input
                        class="govuk-checkboxes__input"
                        type="checkbox"
                        id="work.invite.covered"
                        prop:checked=move || typed.is_covered.with(|said| said == YES)
                        on:change=move |event| {
                            let said = if event_target_checked(&event) { YES } else { "" };
                            typed.is_covered.set(said.to_owned());
                        }
                    />
                    <label class="govuk-label govuk-checkboxes__label" for="work.invite.covered">
                        {work.text("work.invite.covered")}
                    </label>
                </div>
            </div>
        </div>
    }
    .into_any()
}

/// The record as they will see it, and the button.
#[component]
fn Preview(
    id: String,
    revision: String,
    typed: Typed,
    changed: Callback<&'static str>,
    is_previewed: RwSignal<bool>,
) -> impl IntoView {
    let work = use_work();
    let ask = {
        let id = id.clone();
        move || {
            let (asking, id) = (work.asking(Some(&id)), id.clone());
            answer(async move {
                let newest =
                    versions(&asking, &id).await?.versions.last().map_or(1, |version| version.number);
                super::version::read(&asking, &id, newest).await
            })
        }
    };
    let failed = RwSignal::new(None::<&'static str>);
    let of = StoredValue::new((id.clone(), revision));
    let invite = move |_| {
        let (id, revision) = of.get_value();
        let asking = work.asking(Some(&id));
        let member = typed.member();
        let typed = work.typed_fields.sending(|name| name.starts_with(&stem(&id)));
        spawn_local(async move {
            let at = format!("{}/members", path::episode(&id));
            let done = asking.post(&at, &member, Some(&revision)).await;
            match done.and_then(|reply| reply.read::<ChangedMember>()) {
                Ok(_) => {
                    typed.taken();
                    changed.try_run("work.invite.done");
                }
                Err(failure) => {
                    let key = match failure {
                        // The likeliest of what is not possible as things are.
                        Failure::NotNow => "work.invite.not_covered",
                        other => other.key(),
                    };
                    let _ = failed.try_set(Some(key));
                }
            }
        });
    };
    view! {
        <h2 class="govuk-heading-m" id=PREVIEW tabindex="-1">{work.text("work.invite.preview.heading")}</h2>
        {asked(work, Some(id), ask, move |version| {
            view! {
                {as_they_see_it(work, typed, &version)}
                <button part="button" type="button" class="govuk-button" on:click=invite>{work.text("work.invite.button")}</button>
                " "
                <button
                    part="button"
                    type="button"
                    class="govuk-button govuk-button--secondary"
                    on:click=move |_| {
                        is_previewed.set(false);
                        work.form.focus(SUBJECT);
                    }
                >
                    {work.text("work.invite.change")}
                </button>
            }
            .into_any()
        })}
        {redrawn(move || failed.get().map(|key| {
            view! { <p class="govuk-error-message" role="alert">{work.text(key)}</p> }.into_any()
        }))}
    }
}

/// What is in their sections, without what is kept more closely than they may see.
fn as_they_see_it(work: Work, typed: Typed, version: &Version) -> AnyView {
    // The family's copy is another document: its readers open no version.
    if typed.role.with_untracked(|role| role == FAMILY) {
        return view! { <p>{work.text("work.invite.preview.family")}</p> }.into_any();
    }
    let seen = typed.sections();
    let is_ordinary = typed.up_to.with_untracked(|up_to| up_to == "ordinary");
    let lines = super::version::lines(work, version);
    let is_seen = |line: &&Line| {
        number(line.section).is_some_and(|number| seen.contains(&number))
            && !(is_ordinary && is_confidential_at(&version.answers, &line.path))
    };
    // Each section opens at a press: the button that lets them in is to be in view.
    let is_all_shown = RwSignal::new(false);
    let mut shown: Vec<AnyView> = Vec::new();
    for section in std::iter::once("danger_now").chain(sections()).chain(["sharing"]) {
        let mine: Vec<Line> =
            lines.iter().filter(|line| line.section == section).filter(is_seen).cloned().collect();
        if !mine.is_empty() {
            let name = work.text(&format!("section.{section}"));
            shown.push(view! { <Folded name lines=mine gaps=Vec::new() is_all_shown/> }.into_any());
        }
    }
    let hidden = super::episode::hidden_sections(work, &seen);
    let hidden = (!hidden.is_empty()).then(|| {
        let names = work.form.words().list(&hidden);
        view! { <p>{work.filled("work.invite.hidden", &[("sections", &names)])}</p> }.into_any()
    });
    view! {
        <p>{work.text("work.invite.preview.about")}</p>
        {hidden}
        {shown}
    }
    .into_any()
}
