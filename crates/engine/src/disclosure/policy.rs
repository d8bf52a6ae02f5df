//! Which sort of information goes to whom by default. One function, so that the policy can be read and tested whole.

use super::audience::Audience;
use super::protection::Protection;

/// Why something is not in a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// The address is protected, or nobody has said that it may be shared.
    Address,
    /// The text gives a protected address away.
    GivesAddressAway,
    /// The assessment cannot be read, so that nobody can tell whether the text gives a protected address away.
    MayGiveAddressAway,
    /// It says where the child can be found.
    Whereabouts,
    /// It says how to reach the family, and what is safe.
    Contact,
    /// It is about somebody else.
    OtherPerson,
    /// The child said it.
    ChildsWords,
    /// It is the child's own private matter.
    Private,
    /// A number that the receiver does not need.
    Identifier,
    /// It says where something is known from, or what follows for services.
    Source,
    /// It says what must be kept from somebody, or is the practitioner's own judgement of danger.
    Practitioner,
    /// A first contact does not need it.
    NotNeeded,
    /// A short summary does without it.
    NotInSummary,
    /// Nobody has decided who may see it.
    Undecided,
    /// The practitioner has left it out.
    LeftOut,
}

impl Reason {
    /// Every reason, in the order in which they are listed.
    pub const ALL: [Reason; 15] = [
        Reason::Address,
        Reason::GivesAddressAway,
        Reason::MayGiveAddressAway,
        Reason::Whereabouts,
        Reason::Contact,
        Reason::OtherPerson,
        Reason::ChildsWords,
        Reason::Private,
        Reason::Identifier,
        Reason::Source,
        Reason::Practitioner,
        Reason::NotNeeded,
        Reason::NotInSummary,
        Reason::Undecided,
        Reason::LeftOut,
    ];

    /// The end of its wording key.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Reason::Address => "address",
            Reason::GivesAddressAway => "gives_address_away",
            Reason::MayGiveAddressAway => "may_give_address_away",
            Reason::Whereabouts => "whereabouts",
            Reason::Contact => "contact",
            Reason::OtherPerson => "other_person",
            Reason::ChildsWords => "childs_words",
            Reason::Private => "private",
            Reason::Identifier => "identifier",
            Reason::Source => "source",
            Reason::Practitioner => "practitioner",
            Reason::NotNeeded => "not_needed",
            Reason::NotInSummary => "not_in_summary",
            Reason::Undecided => "undecided",
            Reason::LeftOut => "left_out",
        }
    }

    /// Whether the document itself says "withheld" there. Everything else is simply not in it: to say that something is
    /// kept from a person would give it away.
    #[must_use]
    pub fn is_marked(self) -> bool {
        matches!(self, Reason::Address | Reason::GivesAddressAway)
    }
}

/// What becomes of an answer by default.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Default {
    /// It is in the document; the practitioner may leave it out.
    In,
    /// It is not; the practitioner may put it in.
    Out(Reason),
    /// It is not, and cannot be put in.
    Never(Reason),
}

/// What the policy needs to know beside the sort of information.
pub(super) struct Case<'a> {
    pub(super) audience: &'a Audience,
    /// Whether the family's address is protected.
    pub(super) is_address_protected: bool,
    /// Whether the receiver is known to be somebody who may have the address.
    pub(super) may_have_address: bool,
    /// Whether the answer is about the receiver, or is what the receiver said.
    pub(super) is_own: bool,
}

/// What becomes of an answer of this sort.
pub(super) fn decide(protection: Protection, case: &Case<'_>) -> Default {
    match case.audience {
        Audience::BlankPack => Default::Never(Reason::LeftOut),
        Audience::Child | Audience::Parent(_) => family(protection, case),
        Audience::Service(_) => service(protection, case),
        Audience::ContactForm | Audience::CallScript => social_care(protection, case),
    }
}

/// Why something of this sort does not go to somebody by default. `None` where it goes. For records beside the
/// assessment, which have no page on which a practitioner puts single lines in or leaves them out.
#[must_use]
pub fn withheld(
    protection: Protection,
    audience: &Audience,
    is_own: bool,
    is_address_protected: bool,
) -> Option<Reason> {
    let case = Case { audience, is_address_protected, may_have_address: false, is_own };
    match decide(protection, &case) {
        Default::In => None,
        Default::Out(reason) | Default::Never(reason) => Some(reason),
    }
}

fn family(protection: Protection, case: &Case<'_>) -> Default {
    let is_child = *case.audience == Audience::Child;
    match protection {
        Protection::Shared => Default::In,
        Protection::Address | Protection::PersonAddress if case.is_address_protected => {
            Default::Never(Reason::Address)
        }
        Protection::Address if case.may_have_address => Default::In,
        Protection::Address => Default::Out(Reason::Address),
        Protection::Whereabouts if case.is_address_protected => Default::Never(Reason::Whereabouts),
        Protection::Whereabouts => Default::Out(Reason::Whereabouts),
        Protection::Person | Protection::PersonAddress | Protection::ParentsWords if case.is_own => {
            Default::In
        }
        Protection::Person
        | Protection::PersonAddress
        | Protection::ParentsWords
        | Protection::OtherPerson
        | Protection::LinkedRecord => Default::Out(Reason::OtherPerson),
        Protection::Private if is_child => Default::In,
        Protection::Private => Default::Out(Reason::Private),
        Protection::ChildsWords if is_child => Default::In,
        Protection::ChildsWords => Default::Out(Reason::ChildsWords),
        Protection::Contact | Protection::SafeContact => Default::Out(Reason::Contact),
        Protection::Identifier => Default::Out(Reason::Identifier),
        Protection::Source | Protection::Decision | Protection::Said => Default::Out(Reason::Source),
        Protection::KeptFrom | Protection::Practitioner => Default::Never(Reason::Practitioner),
        Protection::Undecided => Default::Never(Reason::Undecided),
    }
}

fn service(protection: Protection, case: &Case<'_>) -> Default {
    match protection {
        Protection::Address | Protection::PersonAddress if case.is_address_protected => {
            Default::Never(Reason::Address)
        }
        Protection::Shared
        | Protection::Identifier
        | Protection::ChildsWords
        | Protection::Address
        | Protection::Whereabouts
        | Protection::Contact
        | Protection::SafeContact
        | Protection::Person
        | Protection::PersonAddress
        | Protection::ParentsWords
        | Protection::Source
        | Protection::Said
        | Protection::Decision
        | Protection::KeptFrom => Default::In,
        Protection::Private => Default::Out(Reason::Private),
        Protection::OtherPerson | Protection::LinkedRecord => Default::Out(Reason::OtherPerson),
        Protection::Practitioner => Default::Out(Reason::Practitioner),
        Protection::Undecided => Default::Never(Reason::Undecided),
    }
}

/// Social care needs everything to protect a child. A protected address is offered, and goes only when it is ticked.
fn social_care(protection: Protection, case: &Case<'_>) -> Default {
    match protection {
        Protection::Address | Protection::PersonAddress if case.is_address_protected => {
            Default::Out(Reason::Address)
        }
        Protection::Undecided => Default::Out(Reason::Undecided),
        _ => Default::In,
    }
}
