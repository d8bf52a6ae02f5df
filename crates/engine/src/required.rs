//! What must be answered before a record can be sent, and why: data (`data/required.json`), to which a profile may add.
//!
//! It is no list of questions. An entry only names questions of the catalogue; when one is asked, and when an answer is
//! expected, is in the catalogue. Everything else that is expected and blank is shown as not recorded, and stops nothing:
//! see `not_recorded`.

use std::sync::LazyLock;

use assessment_form::{Group, Kind, Needed, any_row, is_blank};
use strict_json::{Fields, read_data};

use crate::answers::{Answers, Caf, Question, Scope, Visit, blank_record};
use crate::problem::ProblemCode;
use crate::profile::ProfileRequirement;
use crate::standards::in_one_line;

/// Who requires an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RequiredBy {
    /// The form itself, everywhere.
    Form,
    /// The authority's profile.
    Profile,
}

impl RequiredBy {
    /// As programs are told.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            RequiredBy::Form => "form",
            RequiredBy::Profile => "profile",
        }
    }
}

/// One answer that is required: a question, or several of one group of which any one is enough.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requirement {
    /// The paths; `[]` is any row. The problem is at the first that is asked.
    pub questions: Vec<String>,
    /// In words, when it is required; `None` for always. The condition itself is the catalogue's.
    pub when: Option<String>,
    /// Why.
    pub because: String,
    /// Where that comes from: law, guidance, a decision record or the profile.
    pub source: String,
    /// Who requires it.
    pub by: RequiredBy,
    /// The problem that says so, where it is not the usual one.
    code: Option<ProblemCode>,
    /// The path of the group that the questions are in, with its dot; empty at the top.
    stem: String,
}

impl Requirement {
    /// The names of the questions in their group.
    fn names(&self) -> impl Iterator<Item = &str> {
        self.questions.iter().map(|path| path.get(self.stem.len()..).unwrap_or_default())
    }

    /// Whether a question of this path is one of its questions.
    #[must_use]
    pub fn is_about(&self, path: &str) -> bool {
        let path = any_row(path);
        self.questions.contains(&path)
    }

    /// Whether this is the question at which it is said, where all are asked.
    fn is_said_at(&self, path: &str) -> bool {
        self.questions.first().is_some_and(|first| *first == any_row(path))
    }

    /// Whether it is missing, and is to be said at this very question.
    fn is_missing_at(&self, visit: &Visit<'_, '_>) -> bool {
        let mut asked = self.asked(visit.group, visit.scope);
        let is_first = asked.next().is_some_and(|(question, _)| question.name == visit.question.name);
        is_first && self.applies(visit.group, visit.scope) && !self.is_answered(visit.group, visit.scope)
    }

    /// Its questions that are asked here, in its own order, and whether each is blank.
    fn asked<'v>(
        &'v self,
        group: &'v dyn Group<Caf>,
        scope: &'v Scope<'_>,
    ) -> impl Iterator<Item = (&'static Question, bool)> + 'v {
        self.names().filter_map(move |name| {
            let at = group.position(name)?;
            let question = group.questions().get(at).filter(|question| question.is_asked(scope))?;
            Some((question, group.get(at).is_none_or(|node| node.is_blank())))
        })
    }

    /// Where the catalogue expects an answer to any of them; where it never does, wherever one is asked.
    fn applies(&self, group: &dyn Group<Caf>, scope: &Scope<'_>) -> bool {
        let is_optional = |question: &Question| matches!(question.needed, Needed::No);
        let never = self.names().all(|name| {
            let at = group.position(name);
            at.and_then(|at| group.questions().get(at)).is_none_or(is_optional)
        });
        self.asked(group, scope).any(|(question, _)| never || question.is_needed(scope))
    }

    fn is_answered(&self, group: &dyn Group<Caf>, scope: &Scope<'_>) -> bool {
        self.asked(group, scope).any(|(_, is_blank)| !is_blank)
    }
}

/// Everything that is required.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RequiredSet(Vec<Requirement>);

impl RequiredSet {
    /// The set that is built in.
    #[must_use]
    pub fn built_in() -> &'static str {
        include_str!("../data/required.json")
    }

    /// The set that is built in, read once.
    pub(crate) fn of_the_form() -> &'static Result<RequiredSet, String> {
        static SET: LazyLock<Result<RequiredSet, String>> =
            LazyLock::new(|| RequiredSet::load(RequiredSet::built_in()));
        &SET
    }

    /// Reads a set.
    ///
    /// # Errors
    /// Everything that is wrong, each with its place, on one line: a question that does not exist or is named twice, an
    /// entry without a reason or a source, a condition without words.
    pub fn load(json: &str) -> Result<RequiredSet, String> {
        read_data(json, set).map_err(|wrong| in_one_line(&wrong))
    }

    /// With what a profile requires besides. It can only add.
    #[must_use]
    pub fn with_profile(mut self, more: &[ProfileRequirement], name: &str) -> RequiredSet {
        self.0.extend(more.iter().map(|more| Requirement {
            questions: vec![more.question.clone()],
            when: when_it_is_asked(&more.question),
            because: more.because.clone(),
            source: ["Profile of ", name].concat(),
            by: RequiredBy::Profile,
            code: None,
            stem: stem_of(&more.question).to_owned(),
        }));
        self
    }

    /// Every requirement, the form's before the profile's.
    #[must_use]
    pub fn all(&self) -> &[Requirement] {
        &self.0
    }

    /// What a missing answer at this path is required by, the form before the profile.
    #[must_use]
    pub fn requirement(&self, path: &str) -> Option<&Requirement> {
        let about = || self.0.iter().filter(|one| one.is_about(path));
        // Where any one is enough it is said at the first, and a profile may require another of them.
        about().find(|one| one.by == RequiredBy::Form && one.is_said_at(path)).or_else(|| about().next_back())
    }

    /// What is required and missing at a question, as the code of the problem; `usual` where there is no own one.
    pub(crate) fn missing(&self, visit: &Visit<'_, '_>, usual: ProblemCode) -> Option<ProblemCode> {
        let name = visit.question.name;
        let mut named = self.0.iter().filter(|one| one.names().any(|other| other == name)).peekable();
        named.peek()?;
        let path = visit.path();
        let mut missing = named.filter(|one| one.is_about(&path) && one.is_missing_at(visit));
        missing.next().map(|one| one.code.unwrap_or(usual))
    }

    /// Whether another answer has been given instead of this blank one, where any one is enough.
    pub(crate) fn is_answered_instead(&self, visit: &Visit<'_, '_>) -> bool {
        let name = visit.question.name;
        self.0.iter().any(|one| {
            one.questions.len() > 1
                && one.names().any(|other| other == name)
                && one.is_about(&visit.path())
                && one.is_answered(visit.group, visit.scope)
        })
    }
}

/// A record with a row of everything, in which every question can be found.
static EVERY_QUESTION: LazyLock<Answers> = LazyLock::new(blank_record);

/// Whether there is such a question, and why not.
pub(crate) fn refused(path: &str) -> Option<&'static str> {
    match EVERY_QUESTION.find(&path.replace("[]", "[0]")) {
        None => Some("there is no such question"),
        Some(_) if path.contains("[0]") => Some("rows are written `[]`"),
        Some(found) if found.indicator.is_some() || matches!(found.question.kind, Kind::Indicators) => {
            Some("indicators are never required: a blank is an answer of its own")
        }
        Some(found) if matches!(found.question.kind, Kind::Group) => {
            Some("this is a group of questions: name one of them")
        }
        Some(_) => None,
    }
}

/// The words for when a profile's question is required.
fn when_it_is_asked(path: &str) -> Option<String> {
    is_conditional(path).then(|| "where it is asked".to_owned())
}

/// Whether the catalogue asks or expects it only sometimes: the question itself, or anything around it. A row is there
/// only once somebody has added it.
fn is_conditional(path: &str) -> bool {
    let mut around = String::new();
    path.contains("[]")
        || path.split('.').any(|name| {
            if !around.is_empty() {
                around.push('.');
            }
            around.push_str(name);
            EVERY_QUESTION.find(&around).is_some_and(|found| {
                found.question.asked.is_some() || matches!(found.question.needed, Needed::When(_))
            })
        })
}

/// The group that a path is in, with its dot.
fn stem_of(path: &str) -> &str {
    path.rfind('.').and_then(|at| path.get(..=at)).unwrap_or_default()
}

fn set(all: &Fields<'_>) -> RequiredSet {
    let mut set = RequiredSet::default();
    let mut named: Vec<String> = Vec::new();
    all.list("required", &mut |entry| {
        let questions = entry.texts("questions");
        for path in &questions {
            if let Some(why) = refused(path) {
                entry.wrong("questions", why);
            } else if named.contains(path) {
                entry.wrong("questions", "a question is named twice");
            }
            named.push(path.clone());
        }
        let stem = questions.first().map(|path| stem_of(path)).unwrap_or_default().to_owned();
        if questions.is_empty() {
            entry.wrong("questions", "name at least one question");
        } else if questions.iter().any(|path| stem_of(path) != stem) {
            entry.wrong("questions", "questions of which one is enough must be of one group");
        }
        let (because, source) = (entry.text("because"), entry.text("source"));
        for (name, text) in [("because", &because), ("source", &source)] {
            if is_blank(text) {
                entry.wrong(name, "say it in a few words");
            }
        }
        let when = entry.optional_text("when").filter(|when| !is_blank(when));
        let is_conditional = questions.iter().any(|path| is_conditional(path));
        match (&when, is_conditional) {
            (None, true) => entry.wrong("when", "the catalogue asks it only sometimes: say when"),
            (Some(_), false) => entry.wrong("when", "the catalogue always asks it: leave this out"),
            _ => {}
        }
        let code = entry.optional_text("code").and_then(|text| {
            let code = ProblemCode::ALL.iter().copied().find(|code| code.as_str() == text);
            if code.is_none() {
                entry.wrong("code", "there is no such problem");
            }
            code
        });
        let by = RequiredBy::Form;
        set.0.push(Requirement { questions, when, because, source, by, code, stem });
    });
    set
}
