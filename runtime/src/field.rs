//! Typed names of properties, and the types whose properties can be selected.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;

use crate::model::Model;
use crate::page::Page;

/// The name of a property of `T` on the wire.
///
/// Generated models have one constant for each property, so that `select`, `expand` and `order_by`
/// of a [`Request`](crate::Request) and [`Model::set_null`] accept only names that the type has. Its
/// conditions, such as [`equals`](Field::equals), make a [`Filter`](crate::Filter).
pub struct Field<T> {
    name: &'static str,
    // A function pointer keeps the field `Send`, `Sync` and `Copy` whatever `T` is: no `T` is held.
    owner: PhantomData<fn() -> T>,
}

impl<T> Field<T> {
    /// Names a property as it is written in JSON.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self {
            name,
            owner: PhantomData,
        }
    }

    /// The name in JSON and in query options.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The property as one to sort by, from the highest value to the lowest, for
    /// [`order_by`](crate::Request::order_by).
    #[must_use]
    pub const fn descending(self) -> Order<T> {
        Order {
            field: self,
            descending: true,
        }
    }
}

// Written by hand: derives would demand the same of `T`.
impl<T> Clone for Field<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Field<T> {}

impl<T> fmt::Debug for Field<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Field").field(&self.name).finish()
    }
}

impl<T> fmt::Display for Field<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name)
    }
}

impl<T> PartialEq for Field<T> {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl<T> Eq for Field<T> {}

impl<T> Hash for Field<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name.hash(state);
    }
}

/// A property to sort by and the direction (OData URL Conventions 4.01, section 5.1.5): a field is one
/// from the lowest value to the highest, [`Field::descending`] makes one for the other direction.
pub struct Order<T> {
    field: Field<T>,
    descending: bool,
}

impl<T> From<Field<T>> for Order<T> {
    fn from(field: Field<T>) -> Self {
        Self {
            field,
            descending: false,
        }
    }
}

impl<T> Clone for Order<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Order<T> {}

impl<T> fmt::Debug for Order<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Order({self})")
    }
}

/// As in `$orderby`: `receivedDateTime desc`.
impl<T> fmt::Display for Order<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let direction = if self.descending { " desc" } else { "" };
        write!(formatter, "{}{direction}", self.field)
    }
}

/// An answer whose content has properties that a request can select, expand or order by.
pub trait Selectable {
    /// The type that has the properties: the model itself, or the type of a page's items.
    type Entity;
}

impl<T: Model> Selectable for T {
    type Entity = T;
}

impl<T> Selectable for Page<T> {
    type Entity = T;
}
