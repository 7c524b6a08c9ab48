//! A list that holds each thing once, in the order in which they came.

use std::collections::BTreeSet;

/// A list without repetitions. Whether something is in it costs little however long it is: a page may list any number of
/// things.
#[derive(Clone, Debug)]
pub(super) struct Distinct<T> {
    list: Vec<T>,
    known: BTreeSet<T>,
}

impl<T> Default for Distinct<T> {
    fn default() -> Self {
        Self {
            list: Vec::new(),
            known: BTreeSet::new(),
        }
    }
}

impl<T: Ord + Clone> Distinct<T> {
    /// Adds something that is not there yet.
    pub(super) fn push(&mut self, item: T) {
        if self.known.insert(item.clone()) {
            self.list.push(item);
        }
    }

    /// The list.
    pub(super) fn list(&self) -> &[T] {
        &self.list
    }

    /// The list, taken out.
    pub(super) fn into_list(self) -> Vec<T> {
        self.list
    }
}

impl<T: Ord + Clone> Extend<T> for Distinct<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, items: I) {
        items.into_iter().for_each(|item| self.push(item));
    }
}

impl<T: Ord + Clone> FromIterator<T> for Distinct<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        let mut distinct = Self::default();
        distinct.extend(items);
        distinct
    }
}
