//! What is still open when an episode is closed, and what becomes of each of it. Ids and codes only: what an action or a
//! meeting is about is in the team's records.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

/// The longest id of an action or a clock, in bytes.
const MAX_ID: usize = 64;

/// The id of an action in the plan, or of a clock.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ItemId(String);

impl ItemId {
    /// That id. `None` of anything but letters, digits, `-` and `_`, 64 at most: so it can hold no words about anybody.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        (!text.is_empty() && text.len() <= MAX_ID && text.bytes().all(is_plain))
            .then(|| Self(text.to_owned()))
    }

    /// As it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<ItemId> for String {
    fn from(id: ItemId) -> Self {
        id.0
    }
}

impl TryFrom<String> for ItemId {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("not an id")
    }
}

/// Something that is open when an episode is closed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Item {
    /// An action of the plan that is not done.
    Action(ItemId),
    /// A meeting that is to come, by its number.
    Meeting(u32),
    /// A clock that runs, such as that of the next review.
    Clock(ItemId),
}

/// Everything that is open.
pub type StillOpen = BTreeSet<Item>;

/// What becomes of something that is open when an episode is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// An action that was done, and nobody had written it down.
    Done,
    /// An action, meeting or clock that nobody needs any more.
    Ended,
    /// Somebody goes on with it outside early help: one service, social care, another council.
    PassedOn,
}

impl Fate {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Done, Self::Ended, Self::PassedOn];

    /// Its code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Ended => "ended",
            Self::PassedOn => "passed_on",
        }
    }

    /// The one with that code.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// What somebody decided about one thing that was open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "RawSettled")]
pub struct Settled {
    item: Item,
    fate: Fate,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSettled {
    item: Item,
    fate: Fate,
}

impl Settled {
    /// That decision. `None` where a meeting or a clock is said to be done: only actions are.
    #[must_use]
    pub fn new(item: Item, fate: Fate) -> Option<Self> {
        (fate != Fate::Done || matches!(item, Item::Action(_))).then_some(Self { item, fate })
    }

    /// What was open.
    #[must_use]
    pub fn item(&self) -> &Item {
        &self.item
    }

    /// What becomes of it.
    #[must_use]
    pub fn fate(&self) -> Fate {
        self.fate
    }
}

impl TryFrom<RawSettled> for Settled {
    type Error = &'static str;

    fn try_from(raw: RawSettled) -> Result<Self, Self::Error> {
        Self::new(raw.item, raw.fate).ok_or("only an action can be done")
    }
}
