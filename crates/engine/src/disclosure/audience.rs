//! For whom a document is made.

use std::fmt;

use crate::answers::Answers;

/// Who receives a document. Each has its own default for every question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Audience {
    /// Family copy for the child or young person.
    Child,
    /// Family copy for the parent or carer of this row.
    Parent(usize),
    /// Copy for a service, by its code in the list of services.
    Service(String),
    /// Contact form to children's social care.
    ContactForm,
    /// What to say on the telephone to children's social care, on one page.
    CallScript,
    /// Every question with space to write. It holds no answers.
    BlankPack,
}

impl Audience {
    /// Reads an audience as [`Display`](fmt::Display) writes it.
    #[must_use]
    pub fn parse(text: &str) -> Option<Audience> {
        Some(match text.split_once('.') {
            Some(("parent", row)) => Audience::Parent(row.parse().ok()?),
            Some(("service", code)) => Audience::Service(code.to_owned()),
            _ => match text {
                "child" => Audience::Child,
                "contact" => Audience::ContactForm,
                "call" => Audience::CallScript,
                "blank" => Audience::BlankPack,
                _ => return None,
            },
        })
    }

    /// The kind of document, as wording keys name it: `family`, `agency`, `contact`, `call` or `blank`.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Audience::Child | Audience::Parent(_) => "family",
            Audience::Service(_) => "agency",
            Audience::ContactForm => "contact",
            Audience::CallScript => "call",
            Audience::BlankPack => "blank",
        }
    }

    /// Whether somebody of the family receives it.
    #[must_use]
    pub fn is_family(&self) -> bool {
        matches!(self, Audience::Child | Audience::Parent(_))
    }

    /// Whether it goes to children's social care.
    #[must_use]
    pub fn is_front_door(&self) -> bool {
        matches!(self, Audience::ContactForm | Audience::CallScript)
    }
}

impl fmt::Display for Audience {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Audience::Child => out.write_str("child"),
            Audience::Parent(row) => write!(out, "parent.{row}"),
            Audience::Service(code) => write!(out, "service.{code}"),
            Audience::ContactForm => out.write_str("contact"),
            Audience::CallScript => out.write_str("call"),
            Audience::BlankPack => out.write_str("blank"),
        }
    }
}

/// Everyone for whom a document of this record can be made, most urgent first. The services are those the record names;
/// another is chosen by adding it to the record first.
#[must_use]
pub fn audiences(answers: &Answers) -> Vec<Audience> {
    let mut all = vec![Audience::CallScript, Audience::ContactForm, Audience::Child];
    all.extend((0..answers.parents_and_carers.len()).map(Audience::Parent));
    let involved = answers.services_involved.iter().map(|row| &row.service);
    for code in involved.chain(&answers.consent.services).filter(|code| !code.is_empty()) {
        let service = Audience::Service(code.clone());
        if !all.contains(&service) {
            all.push(service);
        }
    }
    all.push(Audience::BlankPack);
    all
}
