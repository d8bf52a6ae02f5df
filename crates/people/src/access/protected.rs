//! Something made from records, kept at least as closely as each of them. Whatever is made from it is kept as closely, and
//! the only way to the value is a [`Sight`] that shows it.

use std::fmt;

use super::decision::Sight;
use crate::protection::Protection;

/// A value and how closely it is kept. It cannot be serialised, and its `Debug` does not show the value.
#[derive(Clone, PartialEq, Eq)]
pub struct Protected<T> {
    value: T,
    protection: Protection,
}

impl<T> Protected<T> {
    /// A value, as closely kept as what it was read from.
    #[must_use]
    pub fn new(value: T, protection: Protection) -> Self {
        Self { value, protection }
    }

    /// How closely it is kept.
    #[must_use]
    pub fn protection(&self) -> Protection {
        self.protection
    }

    /// Keeps it at least so closely. There is no way to lower it.
    #[must_use]
    pub fn at_least(self, protection: Protection) -> Self {
        Self { protection: self.protection.join(protection), ..self }
    }

    /// Something made from it.
    #[must_use]
    pub fn map<U>(self, make: impl FnOnce(T) -> U) -> Protected<U> {
        Protected { value: make(self.value), protection: self.protection }
    }

    /// Something made from both.
    #[must_use]
    pub fn with<U, V>(self, other: Protected<U>, make: impl FnOnce(T, U) -> V) -> Protected<V> {
        let protection = self.protection.join(other.protection);
        Protected { value: make(self.value, other.value), protection }
    }

    /// The value, for somebody who may be shown it.
    #[must_use]
    pub fn shown_to(&self, sight: Sight) -> Option<&T> {
        sight.shows(self.protection).then_some(&self.value)
    }
}

impl<T> fmt::Debug for Protected<T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Protected").field("protection", &self.protection).finish_non_exhaustive()
    }
}
