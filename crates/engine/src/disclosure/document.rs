//! The document: the lines that go to one audience, and what is withheld and why.

use assessment_form::Kind;
use assessment_form::typed::compared;
use assessment_rules::{Level, Outcome};

use super::audience::Audience;
use super::blocks::{Block, Caution, blocks, cautions};
use super::mentions::{GivenAway, is_address_protected};
use super::own::is_practitioners_own;
use super::policy::{Case, Default, Reason, decide};
use super::protection::Protection;
use super::telling::in_force;
use crate::answers::agreement::superseded;
use crate::answers::{Answers, Facts, Node, Question, Scope, Visit};
use crate::not_recorded::{NotRecorded, not_recorded};
use crate::reasons::is_reason;
use crate::standards::Standards;

/// What social care has to know first, on the telephone and on the contact form: who, where now, why. Names of the catalogue, as a test shows.
pub const ON_THE_PHONE: [(&str, &str); 3] = [
    (
        "who",
        "identifying_details.given_names identifying_details.family_name identifying_details.preferred_name \
         identifying_details.unborn_label identifying_details.dob identifying_details.age_about identifying_details.edd identifying_details.legal_status parents_and_carers.name \
         parents_and_carers.relationship parents_and_carers.relationship_other parents_and_carers.not_to_be_told assessor.name assessor.organisation \
         assessor.phone",
    ),
    (
        "where",
        "record.danger_now identifying_details.address_status identifying_details.address identifying_details.phones \
         identifying_details.safe_to_contact identifying_details.setting",
    ),
    (
        "why",
        "assessment_information.reason element.indicators urgent_log.what urgent_log.result urgent_log.done_on \
         urgent_log.done_at urgent_log.spoke_to urgent_log.reference urgent_log.said exceptional_circumstances.what \
         exceptional_circumstances.to_whom consent.sought consent.status people.who people.says \
         sharing.lawful_reason sharing.reason",
    ),
];

/// What a short summary for the family holds by default: who it is about, what it came to, what was agreed, and whom to
/// ask. Groups of the catalogue whole, or single questions.
pub const SUMMARY: &str = "conclusions.conclusions conclusions.strengths_summary conclusions.needs_summary \
     conclusions.what_needs_change conclusions.disagreements agreed_actions actions.desired_outcome actions.action \
     actions.who actions.by_when identifying_details.given_names \
     identifying_details.family_name identifying_details.preferred_name identifying_details.unborn_label \
     assessor.name assessor.role assessor.organisation assessor.phone lead_professional";

/// What the practitioner changed in the preview.
#[derive(Debug, Clone, PartialEq, Eq, core::default::Default)]
pub struct Choices {
    /// Paths of lines that are left out.
    pub left_out: Vec<String>,
    /// Paths of lines that are put in although they are out by default. It counts only for lines that are offered.
    pub put_in: Vec<String>,
    /// Whether a family copy is the short summary: see [`SUMMARY`]. The rest is offered, and goes only when it is ticked.
    pub is_short: bool,
    /// Why the document is made although it is blocked; see [`is_reason`].
    pub reason: String,
}

/// What the practitioner can still choose about a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Offer {
    /// It goes, and can be left out.
    In,
    /// It does not go, and can be put in.
    Out,
    /// It does not go, and that cannot be changed here.
    Never,
}

/// What a line says. A withheld line has no answer in it.
#[derive(Clone)]
pub enum Content<'a> {
    /// The answer.
    Shown(Node<'a>),
    /// Nothing, and why.
    Withheld(Reason),
}

/// One question of a document.
#[derive(Clone)]
pub struct Line<'a> {
    /// The section it belongs to, by name.
    pub section: &'static str,
    /// The question's path; for an indicator with its id.
    pub path: String,
    /// The stem of the question's wording key.
    pub key: String,
    /// The question.
    pub question: &'static Question,
    /// The indicator, where the line is the mark of one.
    pub indicator: Option<&'a str>,
    /// The answer, or why it is withheld.
    pub content: Content<'a>,
    /// Whether it can be left out or put in.
    pub offer: Offer,
}

/// What goes to one audience.
#[derive(Clone)]
pub struct Document<'a> {
    /// Why it is blocked, the strictest first. A document that is blocked and has no reason has no lines.
    pub blocks: Vec<Block>,
    /// What to think of first.
    pub cautions: Vec<Caution>,
    /// Codes of urgent actions, for social care only.
    pub urgent: Vec<&'a str>,
    /// The lines in form order.
    pub lines: Vec<Line<'a>>,
    /// What is expected and blank, of what this audience would see if it were answered.
    pub not_recorded: NotRecorded,
}

/// Makes the document for one audience. Pure: the same record, day and choices give the same document.
#[must_use]
pub fn document<'a>(
    answers: &'a Answers,
    facts: &'a Facts,
    standards: &Standards,
    outcome: &'a Outcome,
    audience: &Audience,
    choices: &Choices,
) -> Document<'a> {
    let blocks = blocks(answers, standards, outcome, audience);
    let cautions = cautions(answers, standards, outcome, audience);
    let mut document = Document {
        blocks,
        cautions,
        urgent: Vec::new(),
        lines: Vec::new(),
        not_recorded: NotRecorded::default(),
    };
    let is_stopped = !document.blocks.is_empty() && !is_reason(&choices.reason);
    if is_stopped || document.blocks.contains(&Block::Nobody) || *audience == Audience::BlankPack {
        return document;
    }
    if audience.is_front_door() {
        document.urgent = in_force(outcome).map(String::as_str).collect();
    }
    // On the telephone, and on a form for a first contact, what is not known is asked.
    let is_copy = audience.is_family() || matches!(audience, Audience::Service(_));
    let blank =
        if is_copy { not_recorded(answers, facts.today, standards, outcome) } else { NotRecorded::default() };
    let mut lines = Lines {
        blank: blank.paths(),
        shown_blank: Vec::new(),
        answers,
        outcome,
        audience,
        choices,
        superseded: superseded(answers),
        is_address_protected: is_address_protected(answers),
        given_away: GivenAway::of(answers),
        section: "",
        address: None,
        lines: &mut document.lines,
    };
    answers.walk(&Scope::of(answers, facts, outcome), &mut |visit| lines.visit(visit));
    let shown_blank = lines.shown_blank;
    document.not_recorded = blank.only(|path| shown_blank.iter().any(|shown| shown == path));
    if choices.is_short && audience.is_family() {
        document.not_recorded.not_discussed.clear();
    }
    if audience.is_front_door() {
        document.lines = in_order_of_saying(&document.lines, outcome);
    }
    document
}

/// Who, where, why, and after that what else was put in; the indicators first, the most serious before the others.
fn in_order_of_saying<'a>(lines: &[Line<'a>], outcome: &Outcome) -> Vec<Line<'a>> {
    let level_of = |line: &Line<'_>| {
        let found =
            outcome.findings.iter().find(|finding| Some(finding.indicator.as_str()) == line.indicator);
        found.map(|finding| finding.level)
    };
    let mut ordered = Vec::new();
    for (part, _) in ON_THE_PHONE {
        for level in [Some(Level::L4b), Some(Level::L4a), Some(Level::L3), None] {
            let said = lines.iter().filter(|line| line.section == part && level_of(line) == level);
            ordered.extend(said.cloned());
        }
    }
    let is_said = |line: &&Line<'_>| ON_THE_PHONE.iter().any(|(part, _)| *part == line.section);
    ordered.extend(lines.iter().filter(|line| !is_said(line)).cloned());
    ordered
}

/// The lines on the way through the record.
struct Lines<'v, 'a> {
    answers: &'a Answers,
    outcome: &'a Outcome,
    audience: &'v Audience,
    choices: &'v Choices,
    /// Paths of answers that belong to an agreement that no longer holds.
    superseded: Vec<String>,
    is_address_protected: bool,
    given_away: GivenAway,
    section: &'static str,
    /// The protection and key of the address that is being walked through.
    address: Option<(Protection, String)>,
    lines: &'v mut Vec<Line<'a>>,
    /// Paths of what is not recorded.
    blank: Vec<String>,
    /// Those of them that this audience would see.
    shown_blank: Vec<String>,
}

impl<'a> Lines<'_, 'a> {
    /// Takes a question; gives whether to go into it.
    fn visit(&mut self, visit: &Visit<'_, 'a>) -> bool {
        let group = visit.group.key();
        if group == "record" {
            self.section = visit.question.name;
        }
        // An answer that is not asked any more, or belongs to an agreement that no longer holds, is not what the record
        // says now.
        if !visit.asked || self.is_superseded(visit) {
            return false;
        }
        match (visit.question.kind, visit.node) {
            (Kind::Group, _) => {
                if let Node::Group(inner) = visit.node
                    && inner.key() == "address"
                {
                    let key = format!("{group}.{}", visit.question.name);
                    self.address = Some((Protection::of(group, visit.question.name), key));
                }
            }
            (Kind::Rows(_), _) => self.note_blank(visit),
            (Kind::Indicators, Node::Marks(marks)) => {
                for (id, mark) in marks {
                    // "No" is neither a strength nor a worry.
                    if mark != "no" && !mark.is_empty() {
                        let path = format!("{}.{id}", visit.path());
                        self.add(visit, path, Node::Text(mark), Some(id.as_str()));
                    }
                }
            }
            (_, node) if !node.is_blank() => self.add(visit, visit.path(), node, None),
            (_, node) if *self.audience == Audience::CallScript && self.is_known_gap(visit) => {
                self.add(visit, visit.path(), node, None);
            }
            _ => self.note_blank(visit),
        }
        true
    }

    /// Notes that a question is not recorded, where its answer would be shown. Rows hold nothing themselves.
    fn note_blank(&mut self, visit: &Visit<'_, 'a>) {
        let path = visit.path();
        if !self.blank.contains(&path) {
            return;
        }
        let (group, name) = (visit.group.key(), visit.question.name);
        let is_shown = match visit.question.kind {
            Kind::Rows(_) => !is_practitioners_own(group, visit.question),
            _ => {
                let is_address = group == "address";
                let protection = match &self.address {
                    Some((protection, _)) if is_address => *protection,
                    _ => Protection::of(group, name),
                };
                matches!(decide(protection, &self.case(visit, is_address)), Default::In)
            }
        };
        if is_shown && !self.is_beyond_summary(group, &format!("{group}.{name}")) {
            self.shown_blank.push(path);
        }
    }

    /// What a decision about a question looks at.
    fn case(&self, visit: &Visit<'_, 'a>, is_address: bool) -> Case<'_> {
        Case {
            audience: self.audience,
            is_address_protected: self.is_address_protected,
            may_have_address: self.may_have_address(),
            is_own: self.is_own(visit.group.key(), visit.scope.row, is_address),
        }
    }

    fn is_beyond_summary(&self, group: &str, key: &str) -> bool {
        let in_summary = || SUMMARY.split_whitespace().any(|name| name == group || name == key);
        self.choices.is_short && self.audience.is_family() && !in_summary()
    }

    fn says_no(&self, row: usize) -> bool {
        let person = self.answers.consent.people.get(row);
        person.is_some_and(|person| matches!(person.says.as_str(), "refuses" | "withdrew"))
    }

    fn is_superseded(&self, visit: &Visit<'_, 'a>) -> bool {
        !self.superseded.is_empty() && self.superseded.contains(&visit.path())
    }

    /// Whether the script says of a blank answer that it is not known.
    fn is_known_gap(&self, visit: &Visit<'_, 'a>) -> bool {
        matches!(
            (visit.group.key(), visit.question.name),
            ("record", "danger_now") | ("identifying_details", "address_status")
        )
    }

    fn add(&mut self, visit: &Visit<'_, 'a>, path: String, node: Node<'a>, indicator: Option<&'a str>) {
        let (group, name) = (visit.group.key(), visit.question.name);
        let key = format!("{group}.{name}");
        let is_address = group == "address";
        let (protection, owner) = match &self.address {
            Some((protection, owner)) if is_address => (*protection, owner.as_str()),
            _ => (Protection::of(group, name), key.as_str()),
        };
        let said = match self.audience {
            // That nothing must be kept from somebody is not worth the time.
            Audience::CallScript if matches!((owner, node), ("parents_and_carers.not_to_be_told", Node::Text(kept)) if kept == "none") => {
                None
            }
            // One page: of those who were asked, the ones who say no.
            Audience::CallScript if group == "people" && !self.says_no(visit.scope.row) => None,
            Audience::CallScript | Audience::ContactForm => self.on_the_phone(owner, indicator),
            _ => Some(self.section),
        };
        if said.is_none() && *self.audience == Audience::CallScript {
            return;
        }
        let gives_away = !is_address
            && self.is_address_protected
            && !matches!(visit.question.kind, Kind::Choice(_) | Kind::Choices(_))
            && self.given_away.is_in_node(&node);
        let default = match decide(protection, &self.case(visit, is_address)) {
            Default::In if said.is_none() => Default::Out(Reason::NotNeeded),
            Default::In if gives_away && self.audience.is_front_door() => {
                Default::Out(Reason::GivesAddressAway)
            }
            Default::In if gives_away => Default::Never(Reason::GivesAddressAway),
            // What is left out for another reason is not marked either.
            Default::Out(reason) if gives_away && !self.audience.is_front_door() => Default::Never(reason),
            Default::In if self.is_beyond_summary(group, &key) => Default::Out(Reason::NotInSummary),
            default => default,
        };
        let (content, offer) = match default {
            Default::In if self.choices.left_out.contains(&path) => {
                (Content::Withheld(Reason::LeftOut), Offer::In)
            }
            Default::In => (Content::Shown(node), Offer::In),
            Default::Out(_) if self.choices.put_in.contains(&path) => (Content::Shown(node), Offer::Out),
            Default::Out(reason) => (Content::Withheld(reason), Offer::Out),
            Default::Never(reason) => (Content::Withheld(reason), Offer::Never),
        };
        let (question, section) = (visit.question, said.unwrap_or(self.section));
        self.lines.push(Line { section, path, key, question, indicator, content, offer });
    }

    /// The part of script and contact form that it is in: see [`ON_THE_PHONE`]. Of the indicators, what is serious.
    fn on_the_phone(&self, owner: &str, indicator: Option<&str>) -> Option<&'static str> {
        let mut findings = self.outcome.findings.iter();
        let is_serious =
            |id: &str| findings.any(|finding| finding.indicator == id && finding.level >= Level::L3);
        if !indicator.is_none_or(is_serious) {
            return None;
        }
        let part = ON_THE_PHONE.iter().find(|(_, keys)| keys.split(' ').any(|key| key == owner));
        part.map(|(part, _)| *part)
    }

    /// Whether the receiver is known to be somebody who may have the address.
    fn may_have_address(&self) -> bool {
        match self.audience {
            Audience::Parent(row) => self
                .answers
                .parents_and_carers
                .get(*row)
                .is_some_and(|person| person.not_to_be_told == "none"),
            _ => true,
        }
    }

    /// Whether an answer in this group and row is about the receiver, or is what the receiver said.
    fn is_own(&self, group: &str, row: usize, is_address: bool) -> bool {
        let Audience::Parent(own) = self.audience else { return false };
        match group {
            "parents_and_carers" => row == *own,
            "address" => is_address && self.section == "parents_and_carers" && row == *own,
            "parent_comments" => {
                let person = self.answers.parents_and_carers.get(*own).map(|person| compared(&person.name));
                let comment =
                    self.answers.voices.parent_comments.get(row).map(|comment| compared(&comment.name));
                person.is_some_and(|person| !person.is_empty() && comment == Some(person))
            }
            _ => false,
        }
    }
}
