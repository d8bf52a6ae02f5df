//! What a contradiction is about. Its words are wording (`contradiction.<code>`).

macro_rules! matters {
    ($($(#[doc = $doc:literal])* $name:ident = $code:literal),* $(,)?) => {
        /// A matter on which answers can contradict each other. A code never changes its meaning: records keep it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Matter {
            $($(#[doc = $doc])* $name),*
        }

        impl Matter {
            /// Every matter, for tests.
            pub const ALL: &[Matter] = &[$(Matter::$name),*];

            /// The code, as records keep it.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self {
                    $(Matter::$name => $code),*
                }
            }
        }
    };
}

matters! {
    /// Not safe or in danger, and nothing is to be done.
    UnsafeNoAction = "unsafe-no-action",
    /// Nobody is in danger, and the decision is to ring 999.
    NoDanger999 = "no-danger-999",
    /// Safe from harm, and an indicator of significant harm.
    SafeAndHarm = "safe-and-harm",
    /// A decision below the suggestion.
    DecidedBelow = "decided-below",
    /// No CAF was found, and the decision is to join one.
    SearchAndCaf = "search-and-caf",
    /// Disabled or not.
    Disability = "disability",
    /// No social worker, and social work is involved now.
    SocialWorker = "social-worker",
    /// A care leaver who is under 16.
    CareLeaver = "care-leaver",
    /// The age and the school year.
    YearGroup = "year-group",
    /// Whether the address is secret.
    Address = "address",
    /// A parent less than twelve years older than their child.
    TwelveYears = "twelve-years",
    /// Somebody in the household who has the child's name and date of birth.
    SamePerson = "same-person",
    /// Not born yet, and born.
    BornAndUnborn = "born-and-unborn",
    /// Not to be told of the assessment, and took part in it.
    KeptFromAndPresent = "kept-from-and-present",
    /// Agreement was refused or withdrawn, and sharing is agreed.
    RefusedAndShared = "refused-and-shared",
    /// A service that the family does not agree to, and does.
    NotAgreedAndTicked = "not-agreed-and-ticked",
}

impl Matter {
    /// Whether the form asks about it just before sending as well, as a reason not to send the record as it is.
    #[must_use]
    pub fn is_asked_before_sending(self) -> bool {
        matches!(self, Matter::RefusedAndShared | Matter::NotAgreedAndTicked)
    }

    /// The question that holds the reason, where the form has one of its own.
    #[must_use]
    pub fn own_reason(self) -> Option<&'static str> {
        match self {
            Matter::DecidedBelow => Some("conclusions.decision_reason"),
            _ => None,
        }
    }
}
