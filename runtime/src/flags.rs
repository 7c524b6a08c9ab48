//! Sets of flags.

use std::fmt;

use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};

use crate::enumeration::OpenEnum;
use crate::text::Text;

/// A set of members of a flag enumeration: `"read,write"` on the wire (OData CSDL 4.01, section
/// 10.3).
///
/// Members keep the order in which they came in, and none is there twice. Members are the same if
/// their names on the wire are; sets are equal if they have the same members, in any order.
///
/// Blanks around a comma are accepted and not kept.
#[derive(Clone)]
pub struct Flags<T> {
    members: Vec<T>,
}

impl<T> Flags<T> {
    /// The empty set.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            members: Vec::new(),
        }
    }

    /// The members, in the order in which they came in.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.members.iter()
    }

    /// Whether no flag is set.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// How many flags are set.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.members.len()
    }
}

impl<T: OpenEnum> Flags<T> {
    /// Whether a flag is set.
    #[must_use]
    pub fn contains(&self, member: &T) -> bool {
        self.position(member).is_some()
    }

    /// Sets a flag; `false` if it was set already.
    pub fn insert(&mut self, member: T) -> bool {
        let new = !self.contains(&member);
        if new {
            self.members.push(member);
        }
        new
    }

    /// Clears a flag; `false` if it was not set.
    pub fn remove(&mut self, member: &T) -> bool {
        self.position(member)
            .map(|position| self.members.remove(position))
            .is_some()
    }

    fn position(&self, member: &T) -> Option<usize> {
        self.members
            .iter()
            .position(|present| present.as_str() == member.as_str())
    }
}

impl<T> Default for Flags<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T: fmt::Debug> fmt::Debug for Flags<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_set().entries(&self.members).finish()
    }
}

impl<T: OpenEnum> fmt::Display for Flags<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, member) in self.members.iter().enumerate() {
            if position > 0 {
                formatter.write_str(",")?;
            }
            formatter.write_str(member.as_str())?;
        }
        Ok(())
    }
}

impl<T: OpenEnum> PartialEq for Flags<T> {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().all(|member| other.contains(member))
    }
}

impl<T: OpenEnum> Eq for Flags<T> {}

impl<T: OpenEnum> FromIterator<T> for Flags<T> {
    fn from_iter<I: IntoIterator<Item = T>>(members: I) -> Self {
        let mut flags = Self::new();
        flags.extend(members);
        flags
    }
}

impl<T: OpenEnum> Extend<T> for Flags<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, members: I) {
        for member in members {
            self.insert(member);
        }
    }
}

impl<T: OpenEnum, const N: usize> From<[T; N]> for Flags<T> {
    fn from(members: [T; N]) -> Self {
        members.into_iter().collect()
    }
}

impl<'a, T> IntoIterator for &'a Flags<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T> IntoIterator for Flags<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.members.into_iter()
    }
}

impl<T: OpenEnum> Serialize for Flags<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de, T: OpenEnum> Deserialize<'de> for Flags<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Text(text) = Text::deserialize(deserializer)?;
        Ok(text
            .split(',')
            .map(str::trim)
            .filter(|name| !name.is_empty())
            .map(T::from_wire)
            .collect())
    }
}
