//! The shape that all answers share, so that reading, writing, walking and editing are each written once.
//!
//! [`group!`] declares a section's struct and, beside each field, its catalogue row. It is not a schema language: the
//! struct is plain Rust, and threshold rules and checks read its fields directly.

use crate::catalogue::Question;
use crate::texts::Texts;

use super::WrittenDate;

/// Whether nothing was typed: white space alone is no answer. Asked of every text on every check, so a letter at the
/// beginning settles it.
#[must_use]
pub fn is_blank(text: &str) -> bool {
    match text.as_bytes().first() {
        None => true,
        Some(b'!'..=b'~') => false,
        Some(_) => text.trim().is_empty(),
    }
}

/// The text without white space around it. A letter at both ends settles that there is none.
pub(super) fn trimmed(text: &str) -> &str {
    match text.as_bytes() {
        [b'!'..=b'~'] | [b'!'..=b'~', .., b'!'..=b'~'] => text,
        _ => text.trim(),
    }
}

/// One place in the answers, to read.
#[derive(Clone, Copy)]
pub enum Node<'a> {
    /// Text as typed, or one code. Empty means not answered.
    Text(&'a String),
    /// Several codes, or one text for each line.
    List(&'a Vec<String>),
    /// A date as typed.
    Date(&'a WrittenDate),
    /// The marks of a box: indicator id to `yes`, `unsure` or `no`.
    Marks(&'a Texts),
    /// A struct of further answers.
    Group(&'a dyn Group),
    /// Rows that can be added and removed.
    Rows(&'a dyn Rows),
}

/// One place in the answers, to change.
pub enum NodeMut<'a> {
    /// See [`Node::Text`].
    Text(&'a mut String),
    /// See [`Node::List`].
    List(&'a mut Vec<String>),
    /// See [`Node::Date`].
    Date(&'a mut WrittenDate),
    /// See [`Node::Marks`].
    Marks(&'a mut Texts),
    /// See [`Node::Group`].
    Group(&'a mut dyn Group),
    /// See [`Node::Rows`].
    Rows(&'a mut dyn Rows),
}

impl Node<'_> {
    /// Whether nothing at all was answered here. White space alone is no answer.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        match self {
            Node::Text(text) => is_blank(text),
            Node::List(items) => items.iter().all(|item| is_blank(item)),
            Node::Date(date) => date.is_blank(),
            Node::Marks(marks) => marks.values().all(String::is_empty),
            Node::Group(group) => {
                (0..group.questions().len()).all(|index| group.get(index).is_none_or(|node| node.is_blank()))
            }
            Node::Rows(rows) => rows.is_empty(),
        }
    }
}

/// A type that can stand as an answer.
pub trait Answer {
    /// To read.
    fn node(&self) -> Node<'_>;
    /// To change.
    fn node_mut(&mut self) -> NodeMut<'_>;
}

/// A struct of answers: field `i` is described by question `i`.
pub trait Group {
    /// The stem of this group's wording keys.
    fn key(&self) -> &'static str;
    /// The catalogue rows, in form order.
    fn questions(&self) -> &'static [Question];
    /// The answer to question `index`.
    fn get(&self, index: usize) -> Option<Node<'_>>;
    /// The answer to question `index`, to change.
    fn get_mut(&mut self, index: usize) -> Option<NodeMut<'_>>;
}

impl dyn Group + '_ {
    /// The position of the question called `name`.
    #[must_use]
    pub fn position(&self, name: &str) -> Option<usize> {
        self.questions().iter().position(|question| question.name == name)
    }
}

/// A repeating group.
pub trait Rows {
    /// How many rows there are.
    fn len(&self) -> usize;
    /// Whether there are none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// One row.
    fn row(&self, index: usize) -> Option<&dyn Group>;
    /// One row, to change.
    fn row_mut(&mut self, index: usize) -> Option<&mut dyn Group>;
    /// Adds an empty row at the end.
    fn push(&mut self);
    /// Takes a row away; the rows after it move up. Nothing happens when there is no such row.
    fn remove(&mut self, index: usize);
}

impl<T: Group + Default> Rows for Vec<T> {
    fn len(&self) -> usize {
        Vec::len(self)
    }
    fn row(&self, index: usize) -> Option<&dyn Group> {
        self.get(index).map(|row| row as &dyn Group)
    }
    fn row_mut(&mut self, index: usize) -> Option<&mut dyn Group> {
        self.get_mut(index).map(|row| row as &mut dyn Group)
    }
    fn push(&mut self) {
        Vec::push(self, T::default());
    }
    fn remove(&mut self, index: usize) {
        if index < Vec::len(self) {
            Vec::remove(self, index);
        }
    }
}

impl<T: Group + Default> Answer for Vec<T> {
    fn node(&self) -> Node<'_> {
        Node::Rows(self)
    }
    fn node_mut(&mut self) -> NodeMut<'_> {
        NodeMut::Rows(self)
    }
}

/// The leaves.
macro_rules! leaf {
    ($type:ty, $variant:ident) => {
        impl Answer for $type {
            fn node(&self) -> Node<'_> {
                Node::$variant(self)
            }
            fn node_mut(&mut self) -> NodeMut<'_> {
                NodeMut::$variant(self)
            }
        }
    };
}
leaf!(String, Text);
leaf!(Vec<String>, List);
leaf!(WrittenDate, Date);
leaf!(Texts, Marks);

/// Declares a struct of answers with its catalogue rows.
///
/// `in "key"` is the stem of the wording keys. A field's limit is written once, in `validator`'s own attribute, and
/// the catalogue takes it from there.
macro_rules! group {
    (
        $(#[doc = $about:literal])*
        pub struct $name:ident in $key:literal {
            $(
                $(#[doc = $doc:literal])*
                $(#[validate(length(max = $max:literal))])?
                $(#[validate(nested $($nested:tt)?)])?
                $field:ident : $type:ty => $question:expr
            ),* $(,)?
        }
    ) => {
        $(#[doc = $about])*
        #[derive(Debug, Clone, PartialEq, Eq, ::validator::Validate)]
        pub struct $name {
            $(
                $(#[doc = $doc])*
                $(#[validate(length(max = $max))])?
                $(#[validate(nested $($nested)?)])?
                pub $field: $type,
            )*
        }

        impl Default for $name {
            // Made once for each struct, not once for each place that makes one: a record has hundreds of fields.
            #[inline(never)]
            fn default() -> Self {
                Self { $($field: Default::default(),)* }
            }
        }

        impl $crate::answers::Group for $name {
            fn key(&self) -> &'static str {
                $key
            }
            fn questions(&self) -> &'static [$crate::catalogue::Question] {
                const QUESTIONS: &[$crate::catalogue::Question] =
                    &[$($question.named(stringify!($field))$(.limited($max))?),*];
                QUESTIONS
            }
            fn get(&self, index: usize) -> Option<$crate::answers::Node<'_>> {
                let mut at = 0;
                $(
                    if index == at {
                        return Some($crate::answers::Answer::node(&self.$field));
                    }
                    at += 1;
                )*
                None
            }
            fn get_mut(&mut self, index: usize) -> Option<$crate::answers::NodeMut<'_>> {
                let mut at = 0;
                $(
                    if index == at {
                        return Some($crate::answers::Answer::node_mut(&mut self.$field));
                    }
                    at += 1;
                )*
                None
            }
        }

        impl $crate::answers::Answer for $name {
            fn node(&self) -> $crate::answers::Node<'_> {
                $crate::answers::Node::Group(self)
            }
            fn node_mut(&mut self) -> $crate::answers::NodeMut<'_> {
                $crate::answers::NodeMut::Group(self)
            }
        }
    };
}
pub(crate) use group;
