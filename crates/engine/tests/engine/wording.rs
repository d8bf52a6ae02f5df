//! Every question, problem, suggestion and reason has its words, and every text belongs to something. Asserts on
//! keys and form, never on prose.

#![expect(clippy::unwrap_used, reason = "a test says what must exist")]

use assessment_engine::answers::Caf;
use std::collections::BTreeSet;

use assessment_engine::answers::Question;
use assessment_engine::answers::{Answers, NodeMut};
use assessment_engine::contradictions::Matter;
use assessment_engine::standards::Standards;
use assessment_engine::validation::ProblemCode;
use assessment_form::Group;
use assessment_form::{Kind, Needed};
use assessment_rules::{HeadlineKind, Prompt, Step, Suggestion};
use assessment_wording::Wording;

/// Needed by a check of its own and not by its row: see `validation::consistency`, an address that is there.
const NEEDED_ELSEWHERE: [&str; 2] = ["address.line_1", "address.postcode"];

/// One question of the catalogue, with the key of its group and, for rows, the key of a row.
struct Entry {
    group: &'static str,
    question: &'static Question,
    row: Option<&'static str>,
}

impl Entry {
    fn stem(&self) -> String {
        format!("{}.{}", self.group, self.question.name)
    }
    fn is_section(&self) -> bool {
        self.group == "record" && self.question.name != "danger_now"
    }
    /// A section has a title and a box has its words in `elements.json`; everything else has a label.
    fn has_label(&self) -> bool {
        self.question.kind != Kind::Group || !matches!(self.group, "record" | "elements")
    }
    fn may_be_needed(&self) -> bool {
        !matches!(self.question.needed, Needed::No) || NEEDED_ELSEWHERE.contains(&self.stem().as_str())
    }
}

fn collect(group: &mut dyn Group<Caf>, entries: &mut Vec<Entry>) {
    let key = group.key();
    for (index, question) in group.questions().iter().enumerate() {
        let mut row = None;
        let mut inside = Vec::new();
        match group.get_mut(index).unwrap() {
            NodeMut::Group(inner) => collect(inner, &mut inside),
            NodeMut::Rows(rows) => {
                rows.push();
                let first = rows.row_mut(0).unwrap();
                row = Some(first.key());
                collect(first, &mut inside);
            }
            NodeMut::Text(_) | NodeMut::List(_) | NodeMut::Date(_) | NodeMut::Marks(_) => {}
        }
        entries.push(Entry { group: key, question, row });
        entries.extend(inside);
    }
}

fn catalogue() -> Vec<Entry> {
    let mut entries = Vec::new();
    collect(&mut Answers::default(), &mut entries);
    entries
}

fn wording() -> Wording {
    Wording::load(Wording::built_in()).unwrap()
}

/// Keys that must be there.
fn required() -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for entry in catalogue() {
        if entry.is_section() {
            let name = entry.question.name;
            keys.extend([format!("section.{name}"), format!("section.{name}.intro")]);
        }
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
    let problems = ProblemCode::ALL.iter().filter(|code| !code.is_of_team());
    keys.extend(problems.map(|code| format!("problem.{}", code.as_str())));
    keys.extend(Matter::ALL.iter().map(|matter| format!("contradiction.{}", matter.code())));
    let steps = [Step::R0, Step::R1, Step::R2, Step::R3, Step::R4, Step::R5];
    for suggestion in steps.map(|step| Suggestion::new(step, false)).into_iter().chain([worker()]) {
        let code = suggestion.code();
        keys.extend(["", ".text", ".family"].map(|end| format!("suggestion.{code}{end}")));
    }
    for kind in HeadlineKind::ALL.map(HeadlineKind::code) {
        keys.extend(["", ".text"].map(|end| format!("headline.{kind}{end}")));
    }
    // Where the suggestion's own words for the family would say too little, or reassure.
    let own = ["check_first", "worry_recorded", "may_be", "not_enough_known", "everyday_check"];
    keys.extend(own.map(|kind| format!("headline.{kind}.family")));
    keys.insert("headline.check_first.R5".to_owned());
    // Beside an action to check, "everyday" does not reassure.
    keys.extend(["", ".text"].map(|end| format!("headline.everyday_check{end}")));
    let prompts = [
        Prompt::SeriousWorryRecorded,
        Prompt::ConsultSafeguardingLead,
        Prompt::DoesRefusalChangeRisk,
        Prompt::DisabledChildS17Offer,
        Prompt::PossibleIsHigher,
    ];
    keys.extend(prompts.map(|prompt| format!("prompt.{}", prompt.code())));
    let standards = Standards::built_in().unwrap();
    keys.extend(
        standards.pack.actions().iter().map(|action| format!("telling.{}", action.telling_the_family)),
    );
    let listed =
        |stem: &str, ends: &[&str]| ends.iter().map(|end| format!("{stem}.{end}")).collect::<Vec<_>>();
    keys.extend(listed("set_aside", &["too-young", "too-old", "unborn", "born", "not-in-force"]));
    keys.extend(listed(
        "raised",
        &["below_months", "below_years", "unborn", "disability", "indicator", "alone"],
    ));
    let characters = ["unknown", "space", "comma", "semicolon", "colon", "quotation", "bracket", "other"];
    keys.extend(listed("character", &characters));
    keys.extend(listed("level", &["L1", "L2", "L3", "L4a", "L4b"]));
    keys
}

fn worker() -> Suggestion {
    Suggestion::new(Step::R3, true)
}

/// Keys that may be there: a hint and a sub-heading for each question, and what an answer means.
fn optional() -> BTreeSet<String> {
    let both = |entry: Entry| [format!("{}.hint", entry.stem()), format!("heading.{}", entry.stem())];
    let mut keys: BTreeSet<String> =
        catalogue().into_iter().filter(Entry::has_label).flat_map(both).collect();
    keys.insert("identifying_details.gp_status.not_registered.note".to_owned());
    keys
}

#[test]
fn everything_has_its_words() {
    let wording = wording();
    let missing: Vec<_> = required().into_iter().filter(|key| wording.get(key).is_none()).collect();
    assert!(missing.is_empty(), "no text in questions.json for {missing:#?}");
    let blank: Vec<_> = wording.keys().filter(|key| wording.get(key).unwrap().trim().is_empty()).collect();
    assert!(blank.is_empty(), "blank text for {blank:#?}");
}

#[test]
fn every_text_belongs_to_something() {
    let (required, optional) = (required(), optional());
    let wording = wording();
    let orphans: Vec<_> =
        wording.keys().filter(|key| !required.contains(*key) && !optional.contains(*key)).collect();
    assert!(orphans.is_empty(), "nothing uses {orphans:#?}");
}

/// A key written twice would silently hide the first text. Each line has one key.
#[test]
fn no_key_is_written_twice() {
    let lines = Wording::built_in().lines().filter(|line| line.trim_start().starts_with('"')).count();
    assert_eq!(lines, wording().keys().count());
}

#[test]
fn placeholders_are_known_where_they_stand() {
    let wording = wording();
    for key in wording.keys() {
        let known: &[&str] = match key.split_once('.') {
            Some(("problem", "too-long" | "too-many-rows")) => &["label", "max"],
            Some(("problem", "email-character")) => &["label", "character"],
            Some(("character", "other")) => &["character"],
            Some(("problem", _)) => &["label"],
            Some(("raised", "below_months" | "below_years")) => &["value"],
            Some(("raised", "indicator")) => &["sign"],
            Some(("headline", "act" | "at_least" | "may_be" | "everyday")) => &["suggestion"],
            Some(("headline", _)) if key.ends_with(".text") => &["text"],
            _ => &[],
        };
        let mut rest = wording.get(key).unwrap();
        while let Some((_, after)) = rest.split_once("%{") {
            let (name, after) = after.split_once('}').unwrap();
            assert!(known.contains(&name) || name == "front_door", "{key} has the placeholder {name}");
            rest = after;
        }
    }
    for key in ["problem.too-long", "problem.too-many-rows"] {
        assert!(wording.get(key).unwrap().contains("%{max}"), "{key} tells no limit");
    }
}

/// Labels, row names and buttons are no sentences; a hint is one at most.
#[test]
fn labels_and_hints_have_their_form() {
    let wording = wording();
    let full_stop = |key: &str| wording.get(key).unwrap().ends_with('.');
    for entry in catalogue() {
        let stem = entry.stem();
        let row = entry.row.unwrap_or_default();
        let keys = [
            stem.clone(),
            format!("{stem}.needed"),
            format!("{stem}.hint"),
            format!("heading.{stem}"),
            format!("{row}.row"),
            format!("{row}.add"),
            format!("{row}.remove"),
        ];
        for key in keys.iter().filter(|key| wording.get(key).is_some()) {
            assert!(!full_stop(key), "{key} ends with a full stop");
        }
        if let Some(hint) = wording.get(&format!("{stem}.hint")) {
            let sentences = [". ", "? ", "http", "www."].iter().any(|mark| hint.contains(mark));
            assert!(!sentences, "{stem}.hint is more than one sentence, or has a link");
        }
    }
    for key in wording.keys() {
        let text = wording.get(key).unwrap();
        let shouting = text.contains('!') || text.to_lowercase().contains("please");
        assert!(!shouting && text.trim() == text, "{key} does not keep to the house style");
    }
}
