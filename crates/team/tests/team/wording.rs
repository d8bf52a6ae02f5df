//! Every question, option, hint and problem of the team has its words, and every text belongs to something. Asserts on
//! keys and form, never on prose; how hard the words are is checked by `assess`.

use std::collections::BTreeSet;

use assessment_engine::standards::Standards;
use assessment_engine::validation::ProblemCode;
use assessment_form::{Group, Kind, Needed};
use assessment_team::pictures::Happened;
use assessment_team::{HintCode, RecordKind, ReferralForm, built_in_lists, lists};
use assessment_wording::{Wording, en_gb};

use super::catalogue::{Entry, all};

fn wording() -> Wording {
    Wording::load(en_gb::TEAM).unwrap()
}

fn required() -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for entry in all() {
        if entry.has_label() {
            keys.insert(entry.stem());
        }
        if entry.may_be_needed() {
            keys.insert(format!("{}.needed", entry.stem()));
        }
        if let Some(row) = entry.row {
            keys.extend(["row", "add", "remove"].map(|end| format!("{row}.{end}")));
        }
    }
    for kind in RecordKind::ALL {
        keys.extend(["", ".intro"].map(|end| format!("section.{}{end}", kind.code())));
    }
    let problems = ProblemCode::ALL.iter().filter(|code| code.is_of_team());
    keys.extend(problems.map(|code| format!("problem.{}", code.as_str())));
    keys.extend(HintCode::ALL.map(|code| format!("team.hint.{}", code.as_str())));
    keys.extend(Happened::ALL.iter().map(|one| format!("team.timeline.{}", one.code())));
    keys
}

fn optional() -> BTreeSet<String> {
    let both = |entry: &Entry| [format!("{}.hint", entry.stem()), format!("heading.{}", entry.stem())];
    // Rows may be offered to choose from.
    let offers = all().into_iter().filter_map(|entry| entry.row).map(|row| format!("{row}.offers"));
    all().iter().filter(|entry| entry.has_label()).flat_map(both).chain(offers).collect()
}

/// The label, hint or message of a question of a referral.
fn is_of_referral(key: &str) -> bool {
    let stem =
        ["", ".hint", ".needed"].iter().find_map(|end| key.strip_suffix(end).filter(|_| !end.is_empty()));
    let name = stem.unwrap_or(key).strip_prefix("referral.");
    let form = ReferralForm::default();
    name.is_some_and(|name| form.questions().iter().any(|question| question.name == name))
}

/// Those of the assessment that ask the same lend their words.
#[test]
fn every_question_of_a_referral_has_words_of_its_own_or_those_of_the_assessment() {
    let (own, lent) = (wording(), Wording::load(en_gb::QUESTIONS).unwrap());
    let has = |end: &str| {
        own.get(&format!("referral.{end}")).is_some()
            || ["sharing", "urgent_log"].iter().any(|group| lent.get(&format!("{group}.{end}")).is_some())
    };
    for question in ReferralForm::default().questions() {
        assert!(has(question.name), "{}", question.name);
        let is_needed = !matches!(question.needed, Needed::No);
        assert!(!is_needed || has(&format!("{}.needed", question.name)), "{}.needed", question.name);
        assert!(own.get(&format!("team.referral.label.{}", question.name)).is_some(), "{}", question.name);
    }
}

#[test]
fn everything_has_its_words() {
    let wording = wording();
    let missing: Vec<_> = required().into_iter().filter(|key| wording.get(key).is_none()).collect();
    assert!(missing.is_empty(), "no text in team.json for {missing:#?}");
}

#[test]
fn every_text_belongs_to_something() {
    let (required, optional) = (required(), optional());
    let wording = wording();
    let is_orphan = |key: &&str| {
        // The pages' own words are checked where the pages are; a form that keeps nothing on the device has some instead.
        let of_pages = key.strip_prefix("page_only.").unwrap_or(key).starts_with("team.");
        !of_pages && !required.contains(*key) && !optional.contains(*key) && !is_of_referral(key)
    };
    let orphans: Vec<_> = wording.keys().filter(is_orphan).collect();
    assert!(orphans.is_empty(), "nothing uses {orphans:#?}");
}

/// A page joins all files of words, so a key in two files would hide a text.
#[test]
fn no_key_is_also_in_another_file() {
    let wording = wording();
    for other in
        [en_gb::QUESTIONS, en_gb::SCREEN, en_gb::WORK, en_gb::COORDINATOR, en_gb::DATES, en_gb::TERMS]
    {
        let other = Wording::load(other).unwrap();
        let twice: Vec<_> = wording.keys().filter(|key| other.get(key).is_some()).collect();
        assert!(twice.is_empty(), "{twice:?}");
    }
    let lines = en_gb::TEAM.lines().filter(|line| line.trim_start().starts_with('"')).count();
    assert_eq!(lines, wording.keys().count(), "each line has one key, and no key is written twice");
}

/// `%{name}` is filled in; `{name}` would be read out as it is.
#[test]
fn every_brace_begins_a_placeholder() {
    let all = [
        en_gb::QUESTIONS,
        en_gb::SCREEN,
        en_gb::WORK,
        en_gb::COORDINATOR,
        en_gb::TEAM,
        en_gb::DATES,
        en_gb::TERMS,
    ];
    for words in all {
        let words = Wording::load(words).unwrap();
        let is_bare = |text: &str| text.matches('{').count() != text.matches("%{").count();
        let bare: Vec<_> = words.keys().filter(|key| words.get(key).is_some_and(is_bare)).collect();
        assert!(bare.is_empty(), "{bare:?}");
    }
}

#[test]
fn labels_and_hints_have_their_form() {
    let wording = wording();
    for entry in all() {
        let stem = entry.stem();
        for key in [stem.clone(), format!("{stem}.needed"), format!("{stem}.hint"), format!("heading.{stem}")]
        {
            let Some(text) = wording.get(&key) else { continue };
            assert!(!text.ends_with('.'), "{key} ends with a full stop");
            let sentences = [". ", "? ", "http", "www."].iter().any(|mark| text.contains(mark));
            assert!(!key.ends_with(".hint") || !sentences, "{key} is more than one sentence, or has a link");
        }
    }
    for key in wording.keys() {
        let text = wording.get(key).unwrap();
        assert!(!text.contains('!') && text.trim() == text && !text.is_empty(), "{key}");
    }
}

#[test]
fn every_list_that_a_question_names_exists_and_every_own_list_is_used() {
    let standards = Standards::built_in().unwrap();
    let lists = lists(&standards).unwrap();
    let mut named = BTreeSet::new();
    for entry in all() {
        if let Kind::Choice(list) | Kind::Choices(list) = entry.question.kind {
            assert!(!lists.list(list).is_empty(), "{} names the list {list}", entry.stem());
            named.insert(list);
        }
    }
    let own: serde_json::Value = serde_json::from_str(built_in_lists()).unwrap();
    for list in own.as_object().unwrap().keys() {
        assert!(named.contains(list.as_str()), "no question has the list {list}");
        assert!(standards.lists.list(list).is_empty(), "the assessment has a list {list} already");
    }
}

/// One list of reasons: what a review says is what an episode is closed with.
#[test]
fn the_reasons_for_closing_are_the_episodes() {
    use assessment_people::episode::{ClosureGroup, ClosureReason};
    let standards = Standards::built_in().unwrap();
    let lists = lists(&standards).unwrap();
    let codes: Vec<&str> = lists.list("closure_reasons").iter().map(|option| option.code.as_str()).collect();
    let reasons: Vec<&str> = ClosureReason::ALL.iter().map(|reason| reason.code()).collect();
    assert_eq!(codes, reasons);
    for reason in ClosureReason::ALL {
        let closing = assessment_team::Closing { reason: reason.code().to_owned(), ..Default::default() };
        assert_eq!(closing.is_disengaged(), reason.group() == ClosureGroup::Disengaged, "{}", reason.code());
        assert_eq!(closing.is_step_up(), reason.group() == ClosureGroup::StepUp, "{}", reason.code());
    }
}
