//! What speaks against a document: what stops it until a reason is recorded, and what to think of first.

use assessment_form::is_blank;
use assessment_rules::Outcome;

use super::audience::Audience;
use super::telling::{Telling, advice, in_force, is_kept_from};
use crate::answers::Answers;
use crate::answers::agreement::{State, agreement};
use crate::standards::Standards;

/// Why a document is not made unless a reason is recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Block {
    /// An urgent action in force says so.
    Telling(Telling),
    /// This person must not be told about the assessment.
    KeptFrom,
    /// The family has not agreed that this service is told.
    NotAgreed,
    /// The record has no such person. No reason helps.
    Nobody,
}

/// What to think of before a document is handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Caution {
    /// Milder advice of the urgent actions in force.
    Telling(Telling),
    /// Somebody else of the family must not be told, and might find it.
    SomebodyKeptFrom,
    /// Nobody has said whether something must be kept from this person.
    NotSaidWhetherKept,
    /// The record names services or people who must not be told.
    Exclusions,
    /// Nobody has agreed to sharing.
    NoAgreement,
    /// Some of the family agree and some do not.
    PeopleDiffer,
    /// Somebody agreed with limits.
    Limits,
}

pub(super) fn blocks(
    answers: &Answers,
    standards: &Standards,
    outcome: &Outcome,
    audience: &Audience,
) -> Vec<Block> {
    let mut blocks = Vec::new();
    if audience.is_family() {
        let advice = advice(in_force(outcome), &standards.pack);
        blocks.extend(advice.into_iter().filter(|telling| telling.is_block()).map(Block::Telling));
    }
    match audience {
        Audience::Parent(row) => match answers.parents_and_carers.get(*row) {
            Some(person) if is_kept_from(person) => blocks.push(Block::KeptFrom),
            Some(_) => {}
            None => blocks.push(Block::Nobody),
        },
        Audience::Service(code) if !has_agreed(answers, code) => blocks.push(Block::NotAgreed),
        _ => {}
    }
    blocks
}

/// Whether the family has agreed that this service is told. Anything else, and anything unknown, is no agreement. Several
/// services may be "other": they have one copy, so that all of them must be meant.
fn has_agreed(answers: &Answers, service: &str) -> bool {
    let consent = &answers.consent;
    let rows = || answers.services_involved.iter().filter(|row| row.service == service);
    let named = |answer: &str| rows().any(|row| row.may_share == answer);
    let is_ticked = consent.services.iter().any(|code| code == service);
    let are_meant = rows().all(|row| row.may_share == "yes" || consent.may_share(row));
    agreement(answers).shares() && !named("no") && if is_ticked { are_meant } else { named("yes") }
}

pub(super) fn cautions(
    answers: &Answers,
    standards: &Standards,
    outcome: &Outcome,
    audience: &Audience,
) -> Vec<Caution> {
    let mut cautions = Vec::new();
    if audience.is_family() {
        let advice = advice(in_force(outcome), &standards.pack);
        let milder =
            advice.into_iter().find(|telling| !telling.is_block() && *telling >= Telling::DoNotDelay);
        cautions.extend(milder.map(Caution::Telling));
        let own = if let Audience::Parent(row) = audience { Some(*row) } else { None };
        let mut others = answers.parents_and_carers.iter().enumerate().filter(|(row, _)| Some(*row) != own);
        if others.any(|(_, person)| !matches!(person.not_to_be_told.as_str(), "" | "none")) {
            cautions.push(Caution::SomebodyKeptFrom);
        }
        let person = own.and_then(|row| answers.parents_and_carers.get(row));
        if person.is_some_and(|person| person.not_to_be_told.is_empty()) {
            cautions.push(Caution::NotSaidWhetherKept);
        }
    } else if *audience != Audience::BlankPack {
        if agreement(answers).state == State::Differs {
            cautions.push(Caution::PeopleDiffer);
        }
        let has_limits = answers.consent.people.iter().any(|person| person.says == "agrees_partly");
        if has_limits {
            cautions.push(Caution::Limits);
        }
        if !is_blank(&answers.consent.exclusions) {
            cautions.push(Caution::Exclusions);
        }
        if audience.is_front_door() && !agreement(answers).shares() {
            cautions.push(Caution::NoAgreement);
        }
    }
    cautions
}
