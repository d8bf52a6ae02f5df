//! What the urgent actions in force say about telling the family. The strictest of them counts for everything that is
//! advised or handed over.

use assessment_rules::{Outcome, RulePack};

use crate::answers::{Answers, ParentOrCarer};

/// Advice on telling the family, the mildest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Telling {
    /// No special rule.
    NoRule,
    /// Tell the family.
    Tell,
    /// Get help first; do not wait to tell the family.
    DoNotDelay,
    /// Tell them unless that puts somebody at more risk.
    UnlessRisk,
    /// Write it in a separate record; the person it is about is not told.
    SeparateRecord,
    /// Ask first what may be said, and when.
    SeekAdvice,
    /// Do not tell the family if that could put somebody at risk.
    NotIfRisk,
    /// Do not tell the person who may be causing the harm, or anyone who may tell them.
    NotAllegedAbuser,
    /// Do not tell the family or anyone close to them.
    Never,
}

impl Telling {
    /// Every kind of advice, the mildest first.
    pub const ALL: [Telling; 9] = [
        Telling::NoRule,
        Telling::Tell,
        Telling::DoNotDelay,
        Telling::UnlessRisk,
        Telling::SeparateRecord,
        Telling::SeekAdvice,
        Telling::NotIfRisk,
        Telling::NotAllegedAbuser,
        Telling::Never,
    ];

    /// Reads a rule pack's code. A code that this program does not know counts as the strictest.
    #[must_use]
    pub fn of(code: &str) -> Telling {
        Telling::ALL.into_iter().find(|telling| telling.code() == code).unwrap_or(Telling::Never)
    }

    /// The code, which is also the end of its wording key.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Telling::NoRule => "n/a",
            Telling::Tell => "tell_family",
            Telling::DoNotDelay => "do_not_delay",
            Telling::UnlessRisk => "tell_family_unless_risk",
            Telling::SeparateRecord => "separate_record",
            Telling::SeekAdvice => "seek_advice_before_telling",
            Telling::NotIfRisk => "do_not_tell_family_if_risk",
            Telling::NotAllegedAbuser => "do_not_tell_alleged_abuser",
            Telling::Never => "never_tell_family",
        }
    }

    /// Whether it keeps family copies back. Nothing in a record says who of the family the danger comes from, so advice
    /// about one person keeps back everybody's copy until the practitioner has thought about that person.
    #[must_use]
    pub fn is_block(self) -> bool {
        self >= Telling::SeparateRecord
    }
}

/// The advice of these urgent actions, the strictest first and each once. An action that the pack does not know counts as
/// the strictest.
pub(super) fn advice<'a>(codes: impl Iterator<Item = &'a String>, pack: &RulePack) -> Vec<Telling> {
    let of = |code: &String| {
        pack.action(code).map_or(Telling::Never, |action| Telling::of(&action.telling_the_family))
    };
    let found: Vec<Telling> = codes.map(of).collect();
    Telling::ALL.into_iter().rev().filter(|telling| found.contains(telling)).collect()
}

/// All urgent actions in force: those of certain answers, then those to check.
pub(super) fn in_force(outcome: &Outcome) -> impl Iterator<Item = &String> {
    outcome.urgent.iter().chain(&outcome.urgent_to_check)
}

/// Whether this person must not be told of the assessment. A code that this program does not know counts as yes.
pub(super) fn is_kept_from(person: &ParentOrCarer) -> bool {
    !matches!(person.not_to_be_told.as_str(), "" | "none" | "no_address")
}

/// What to say about giving the family a copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FamilyAdvice {
    /// The strictest advice of the urgent actions in force; [`Telling::NoRule`] where there is none.
    pub telling: Telling,
    /// The rows of parents and carers who must not be told.
    pub kept_from: Vec<usize>,
}

/// The advice on a copy for the family. `further` are codes of urgent actions that somebody else found, such as the
/// server under its own rules.
#[must_use]
pub fn family_advice(
    answers: &Answers,
    outcome: Option<&Outcome>,
    further: &[String],
    pack: &RulePack,
) -> FamilyAdvice {
    let own = outcome.into_iter().flat_map(in_force);
    let telling = advice(own.chain(further), pack).first().copied().unwrap_or(Telling::NoRule);
    let people = answers.parents_and_carers.iter().enumerate();
    let kept_from = people.filter(|(_, person)| is_kept_from(person)).map(|(row, _)| row).collect();
    FamilyAdvice { telling, kept_from }
}
