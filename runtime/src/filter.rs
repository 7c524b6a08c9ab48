//! Conditions for `$filter`, built from the names of properties and from values
//! (OData URL Conventions 4.01, section 5.1.1).
//!
//! Values are written as literals of their types, so that no value is read as anything else: a
//! condition cannot be broken by a quote. What is compared with what is not checked: a [`Field`](crate::Field)
//! knows whose property it is, not what type the property has. Services support different parts of
//! this, which their documentation says property by property.
//!
//! ```
//! # use graph_runtime::http::Method;
//! # use graph_runtime::serde::de::{Deserialize, Deserializer, IgnoredAny};
//! # use graph_runtime::{Field, Operation, Page, Permissions, Request};
//! # static LIST_USERS: Operation = Operation {
//! #     method: Method::GET,
//! #     version: "v1.0",
//! #     path: "/users",
//! #     success: &[200],
//! #     permissions: Permissions { delegated_work: &[], delegated_personal: &[], application: &[] },
//! #     documentation: "",
//! #     page: "",
//! # };
//! # struct User;
//! # impl User {
//! #     const SURNAME: Field<Self> = Field::new("surname");
//! #     const DEPARTMENT: Field<Self> = Field::new("department");
//! #     const ASSIGNED_LICENSES: Field<Self> = Field::new("assignedLicenses");
//! # }
//! # struct AssignedLicense;
//! # impl AssignedLicense {
//! #     const SKU_ID: Field<Self> = Field::new("skuId");
//! # }
//! # impl<'de> Deserialize<'de> for User {
//! #     fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
//! #         IgnoredAny::deserialize(deserializer).map(|_| Self)
//! #     }
//! # }
//! use graph_runtime::Guid;
//!
//! let product = Guid::from("0a6c2d1e-5f3b-4c8d-9e7f-1a2b3c4d5e6f");
//! let condition = User::SURNAME
//!     .equals("O'Neil")
//!     .or(User::DEPARTMENT.is_null())
//!     .and(User::ASSIGNED_LICENSES.any(|license| license.property(AssignedLicense::SKU_ID).equals(product)));
//! assert_eq!(
//!     condition.to_string(),
//!     "(surname eq 'O''Neil' or department eq null) \
//!      and assignedLicenses/any(x:x/skuId eq 0a6c2d1e-5f3b-4c8d-9e7f-1a2b3c4d5e6f)"
//! );
//!
//! let request = Request::<Page<User>>::new(&LIST_USERS, &[]).filter(User::SURNAME.equals("O'Neil"));
//! let sent = request.to_http("https://graph.microsoft.com")?;
//! assert_eq!(sent.uri().query(), Some("$filter=surname%20eq%20'O''Neil'"));
//! # Ok::<(), graph_runtime::Error>(())
//! ```

mod expression;
mod literal;
mod path;

use std::fmt;
use std::marker::PhantomData;
use std::ops::Not;

use bytes::Bytes;
use serde_json::Value;

use expression::Expression;
pub use literal::Literal;
pub use path::Path;

use crate::model::Model;
use crate::page::{Page, Scalar};

/// A condition on entities of the type `E`, for [`Request::filter`](crate::Request::filter).
///
/// One is made by the methods of [`Field`](crate::Field) and [`Path`]; `Display` gives the text of OData. `!` is
/// `not` (OData URL Conventions 4.01, section 5.1.1.1.9). Two are equal if their texts are.
///
/// A list of conditions, which may be empty, is joined by `list.into_iter().reduce(Filter::or)`.
#[must_use = "a filter does nothing until a request has it"]
pub struct Filter<E> {
    expression: Expression,
    binding: Binding,
    // A function pointer keeps the filter `Send` and `Sync` whatever `E` is: no `E` is held.
    entity: PhantomData<fn() -> E>,
}

/// How strongly the parts of an expression hold together (OData URL Conventions 4.01, section
/// 5.1.1.17), from the weakest.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Binding {
    /// Not known: the text is the caller's.
    Raw,
    Or,
    And,
    /// Stronger than `and`.
    Whole,
}

impl<E> Filter<E> {
    const fn new(expression: Expression, binding: Binding) -> Self {
        Self {
            expression,
            binding,
            entity: PhantomData,
        }
    }

    /// Takes an expression as it is, for what has no method here. It is put in parentheses when it is
    /// combined with others, and nothing of it is checked or changed: a `'` inside a string literal
    /// is to be doubled, and a range variable that it names must not be one that is around it.
    pub fn raw(expression: impl Into<String>) -> Self {
        Self::new(Expression::new(expression), Binding::Raw)
    }

    /// Both (OData URL Conventions 4.01, section 5.1.1.1.7).
    pub fn and(self, other: Self) -> Self {
        self.join(" and ", other, Binding::And)
    }

    /// One of the two, or both (OData URL Conventions 4.01, section 5.1.1.1.8).
    pub fn or(self, other: Self) -> Self {
        self.join(" or ", other, Binding::Or)
    }

    fn join(self, operator: &str, other: Self, binding: Binding) -> Self {
        let mut expression = self.operand(binding);
        expression.push_str(operator);
        expression.push(&other.operand(binding));
        Self::new(expression, binding)
    }

    /// The expression beside an operator, in parentheses if the operator would tear it apart.
    fn operand(self, operator: Binding) -> Expression {
        match self.binding < operator {
            true => self.expression.enclosed("("),
            false => self.expression,
        }
    }
}

/// The opposite, always in parentheses: `not` binds more strongly than a comparison.
impl<E> Not for Filter<E> {
    type Output = Self;

    fn not(self) -> Self {
        Self::new(self.expression.enclosed("not ("), Binding::Whole)
    }
}

// Written by hand: derives would demand the same of `E`.
impl<E> Clone for Filter<E> {
    fn clone(&self) -> Self {
        Self::new(self.expression.clone(), self.binding)
    }
}

impl<E> fmt::Debug for Filter<E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Filter({self})")
    }
}

impl<E> fmt::Display for Filter<E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.expression.as_str())
    }
}

impl<E> PartialEq for Filter<E> {
    fn eq(&self, other: &Self) -> bool {
        self.expression.as_str() == other.expression.as_str()
    }
}

impl<E> Eq for Filter<E> {}

/// What can be the `$filter` of a request whose answer is a `T`: text, which is taken as it is, or a
/// [`Filter`] of the entity that is answered. Where no entity is answered, as by `/$count`, it is a
/// filter of any.
///
/// ```
/// # use graph_runtime::{Field, Page, Request};
/// # struct User;
/// # struct Message;
/// # const NAME: Field<User> = Field::new("displayName");
/// # const SUBJECT: Field<Message> = Field::new("subject");
/// fn named(request: Request<Page<User>>, name: &str) -> Request<Page<User>> {
///     request.filter(NAME.equals(name))
/// }
/// ```
///
/// A filter of another entity is refused by the compiler:
///
/// ```compile_fail,E0277
/// # use graph_runtime::{Field, Page, Request};
/// # struct User;
/// # struct Message;
/// # const NAME: Field<User> = Field::new("displayName");
/// # const SUBJECT: Field<Message> = Field::new("subject");
/// fn named(request: Request<Page<User>>, name: &str) -> Request<Page<User>> {
///     request.filter(SUBJECT.equals(name))
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot filter a request whose answer is `{T}`",
    label = "neither text nor a filter of what is answered",
    note = "a filter is of the entity whose fields it is made of, which must be the one that the request answers"
)]
pub trait IntoFilter<T> {
    /// The expression, not percent-encoded.
    fn into_expression(self) -> String;
}

impl<T> IntoFilter<T> for String {
    fn into_expression(self) -> String {
        self
    }
}

impl<T> IntoFilter<T> for &String {
    fn into_expression(self) -> String {
        self.clone()
    }
}

impl<T> IntoFilter<T> for &str {
    fn into_expression(self) -> String {
        self.to_owned()
    }
}

// One impl for each form of answer rather than one over `Selectable`: for a filter of another entity
// the compiler then shows the message above, not a mismatch of an associated type.
impl<E: Model> IntoFilter<E> for Filter<E> {
    fn into_expression(self) -> String {
        self.expression.into_string()
    }
}

impl<E> IntoFilter<Page<E>> for Filter<E> {
    fn into_expression(self) -> String {
        self.expression.into_string()
    }
}

impl<E, T> IntoFilter<Scalar<T>> for Filter<E> {
    fn into_expression(self) -> String {
        self.expression.into_string()
    }
}

macro_rules! answers_without_entity {
    ($($answer:ty),+) => {$(
        impl<E> IntoFilter<$answer> for Filter<E> {
            fn into_expression(self) -> String {
                self.expression.into_string()
            }
        }
    )+};
}

answers_without_entity!((), Bytes, String, i64, Value);
