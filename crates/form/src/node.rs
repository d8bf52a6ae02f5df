//! The shape that all answers share, so that reading, writing, walking and editing are each written once. The structs
//! themselves are plain Rust, declared with `group!`, and conditions and checks read their fields directly.

use std::collections::BTreeMap;

use crate::{Form, Question, WrittenDate};

/// The marks of a group's indicators: indicator id to `yes`, `unsure` or `no`. A missing id is a blank.
pub type Marks = BTreeMap<String, String>;

/// Whether nothing was typed: white space alone is no answer. Every check asks this of every text, so a letter at the
/// start settles it.
#[must_use]
pub fn is_blank(text: &str) -> bool {
    match text.as_bytes().first() {
        None => true,
        Some(b'!'..=b'~') => false,
        Some(_) => text.trim().is_empty(),
    }
}

/// One place in the answers, to read.
pub enum Node<'a, F: Form> {
    /// Text as typed, or one code. Empty means not answered.
    Text(&'a String),
    /// Several codes, or one text for each line.
    List(&'a Vec<String>),
    /// A date as typed.
    Date(&'a WrittenDate),
    /// The marks of indicators: indicator id to `yes`, `unsure` or `no`.
    Marks(&'a Marks),
    /// A struct of further answers.
    Group(&'a dyn Group<F>),
    /// Rows that can be added and removed.
    Rows(&'a dyn Rows<F>),
}

/// One place in the answers, to change.
pub enum NodeMut<'a, F: Form> {
    /// See [`Node::Text`].
    Text(&'a mut String),
    /// See [`Node::List`].
    List(&'a mut Vec<String>),
    /// See [`Node::Date`].
    Date(&'a mut WrittenDate),
    /// See [`Node::Marks`].
    Marks(&'a mut Marks),
    /// See [`Node::Group`].
    Group(&'a mut dyn Group<F>),
    /// See [`Node::Rows`].
    Rows(&'a mut dyn Rows<F>),
}

impl<F: Form> Clone for Node<'_, F> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<F: Form> Copy for Node<'_, F> {}

impl<F: Form> Node<'_, F> {
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

/// A type that can hold an answer.
pub trait Answer<F: Form> {
    /// To read.
    fn node(&self) -> Node<'_, F>;
    /// To change.
    fn node_mut(&mut self) -> NodeMut<'_, F>;
}

/// A struct of answers: field `i` is described by question `i`.
pub trait Group<F: Form> {
    /// The stem of this group's wording keys.
    fn key(&self) -> &'static str;
    /// Its questions, in form order.
    fn questions(&self) -> &'static [Question<F>];
    /// The answer to question `index`.
    fn get(&self, index: usize) -> Option<Node<'_, F>>;
    /// The answer to question `index`, to change.
    fn get_mut(&mut self, index: usize) -> Option<NodeMut<'_, F>>;
}

impl<F: Form> dyn Group<F> + '_ {
    /// The position of the question called `name`.
    #[must_use]
    pub fn position(&self, name: &str) -> Option<usize> {
        self.questions().iter().position(|question| question.name == name)
    }
}

/// A struct that `group!` declared. It distinguishes rows from lists of text, which a trait with a parameter could not.
pub trait Declared {}

/// A repeating group.
pub trait Rows<F: Form> {
    /// How many rows there are.
    fn len(&self) -> usize;
    /// Whether there are none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// One row.
    fn row(&self, index: usize) -> Option<&dyn Group<F>>;
    /// One row, to change.
    fn row_mut(&mut self, index: usize) -> Option<&mut dyn Group<F>>;
    /// Adds an empty row at the end.
    fn push(&mut self);
    /// Takes a row away; the rows after it move up. Nothing happens when there is no such row.
    fn remove(&mut self, index: usize);
}

impl<F: Form, T: Group<F> + Default> Rows<F> for Vec<T> {
    fn len(&self) -> usize {
        Vec::len(self)
    }
    fn row(&self, index: usize) -> Option<&dyn Group<F>> {
        self.get(index).map(|row| row as &dyn Group<F>)
    }
    fn row_mut(&mut self, index: usize) -> Option<&mut dyn Group<F>> {
        self.get_mut(index).map(|row| row as &mut dyn Group<F>)
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

impl<F: Form, T: Declared + Group<F> + Default> Answer<F> for Vec<T> {
    fn node(&self) -> Node<'_, F> {
        Node::Rows(self)
    }
    fn node_mut(&mut self) -> NodeMut<'_, F> {
        NodeMut::Rows(self)
    }
}

/// The leaves.
macro_rules! leaf {
    ($type:ty, $variant:ident) => {
        impl<F: Form> Answer<F> for $type {
            fn node(&self) -> Node<'_, F> {
                Node::$variant(self)
            }
            fn node_mut(&mut self) -> NodeMut<'_, F> {
                NodeMut::$variant(self)
            }
        }
    };
}
leaf!(String, Text);
leaf!(Vec<String>, List);
leaf!(WrittenDate, Date);
leaf!(Marks, Marks);
