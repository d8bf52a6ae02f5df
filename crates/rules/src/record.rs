//! What rules may see of a record, and nothing more.

use std::collections::BTreeMap;

use jiff::civil::Date;

/// How old the child is, as far as is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Age {
    /// An expected date and no date of birth.
    Unborn,
    /// Completed months; a partial date of birth gives a range.
    Born {
        /// The youngest that the child can be.
        youngest: u32,
        /// The oldest that the child can be.
        oldest: u32,
    },
    /// Neither date, or one that makes no sense.
    Unknown,
}

/// The marks of an element: indicator id to `yes`, `unsure` or `no`. A missing id is a blank.
pub type Marks = BTreeMap<String, String>;

/// A record, as rules see it. Elements and questions are numbered as in the [`Vocabulary`](crate::Vocabulary).
pub trait Record {
    /// The child's age on a day.
    fn age(&self, today: Date) -> Age;
    /// The marks of an element; `None` where there is no such element.
    fn marks(&self, element: usize) -> Option<&Marks>;
    /// The option codes given to a question; none, or an empty one, where it is blank.
    fn codes(&self, question: usize) -> &[String];
    /// Paths of the answers in which a serious worry is written down outside the indicators, in form order.
    fn serious_worries(&self) -> Vec<&'static str>;
}
