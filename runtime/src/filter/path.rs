//! Paths to properties, and the conditions on what a field or a path leads to.

use std::fmt;
use std::marker::PhantomData;

use super::expression::Expression;
use super::literal::Literal;
use super::{Binding, Filter};
use crate::field::Field;

/// The way from an entity of the type `E` to something in it, such as `from/emailAddress/address`
/// (OData URL Conventions 4.01, section 5.1.1.15).
///
/// One is made by [`Field::property`] and the like; `Display` gives the text. Two are equal if their
/// texts are.
#[must_use = "a path does nothing until a filter has it"]
pub struct Path<E> {
    expression: Expression,
    // A function pointer keeps the path `Send` and `Sync` whatever `E` is: no `E` is held.
    entity: PhantomData<fn() -> E>,
}

impl<E> Path<E> {
    const fn new(expression: Expression) -> Self {
        Self {
            expression,
            entity: PhantomData,
        }
    }

    fn expression(&self) -> Expression {
        self.expression.clone()
    }
}

impl<E> Field<E> {
    fn expression(&self) -> Expression {
        Expression::new(self.name())
    }
}

// The names are no `eq` and `gt`: on a `&Field` the compiler would take `PartialEq::eq` for one.
macro_rules! conditions {
    ($type:ident) => {
        impl<E> $type<E> {
            /// A property of the object that this leads to.
            pub fn property<U>(&self, field: Field<U>) -> Path<E> {
                self.step(field.name())
            }

            /// How many items the collection has that this leads to, as `assignedLicenses/$count`
            /// (OData URL Conventions 4.01, section 4.8).
            pub fn count(&self) -> Path<E> {
                self.step("$count")
            }

            /// `eq` (OData URL Conventions 4.01, section 5.1.1.1.1).
            #[doc(alias = "eq")]
            pub fn equals(&self, value: impl Literal) -> Filter<E> {
                self.compare("eq", &value.to_literal())
            }

            /// `ne` (OData URL Conventions 4.01, section 5.1.1.1.2), which is true of null.
            #[doc(alias = "ne")]
            pub fn not_equals(&self, value: impl Literal) -> Filter<E> {
                self.compare("ne", &value.to_literal())
            }

            /// `gt` (OData URL Conventions 4.01, section 5.1.1.1.3).
            #[doc(alias = "gt")]
            pub fn greater_than(&self, value: impl Literal) -> Filter<E> {
                self.compare("gt", &value.to_literal())
            }

            /// `ge` (OData URL Conventions 4.01, section 5.1.1.1.4).
            #[doc(alias = "ge")]
            pub fn at_least(&self, value: impl Literal) -> Filter<E> {
                self.compare("ge", &value.to_literal())
            }

            /// `lt` (OData URL Conventions 4.01, section 5.1.1.1.5).
            #[doc(alias = "lt")]
            pub fn less_than(&self, value: impl Literal) -> Filter<E> {
                self.compare("lt", &value.to_literal())
            }

            /// `le` (OData URL Conventions 4.01, section 5.1.1.1.6).
            #[doc(alias = "le")]
            pub fn at_most(&self, value: impl Literal) -> Filter<E> {
                self.compare("le", &value.to_literal())
            }

            /// `eq null` (OData URL Conventions 4.01, sections 5.1.1.1.1 and 5.1.1.14.3).
            pub fn is_null(&self) -> Filter<E> {
                self.compare("eq", "null")
            }

            /// `ne null` (OData URL Conventions 4.01, sections 5.1.1.1.2 and 5.1.1.14.3).
            pub fn is_not_null(&self) -> Filter<E> {
                self.compare("ne", "null")
            }

            /// `in` (OData URL Conventions 4.01, section 5.1.1.1.11). An empty list, which OData has
            /// no text for, is the filter `false`: nothing is one of no values.
            #[doc(alias = "in")]
            pub fn is_one_of(&self, values: impl IntoIterator<Item: Literal>) -> Filter<E> {
                let values = values.into_iter().map(|value| value.to_literal());
                let values: Vec<String> = values.collect();
                match values.is_empty() {
                    true => Filter::new(Expression::new("false"), Binding::Whole),
                    false => self.compare("in", &format!("({})", values.join(","))),
                }
            }

            /// `startswith` (OData URL Conventions 4.01, section 5.1.1.5.6).
            #[doc(alias = "startswith")]
            pub fn starts_with(&self, text: &str) -> Filter<E> {
                self.call("startswith(", text)
            }

            /// `endswith` (OData URL Conventions 4.01, section 5.1.1.5.3).
            #[doc(alias = "endswith")]
            pub fn ends_with(&self, text: &str) -> Filter<E> {
                self.call("endswith(", text)
            }

            /// `contains` (OData URL Conventions 4.01, section 5.1.1.5.2).
            pub fn contains(&self, text: &str) -> Filter<E> {
                self.call("contains(", text)
            }

            /// `any`: whether a condition holds for at least one item of the collection that this
            /// leads to (OData URL Conventions 4.01, section 5.1.1.13.1).
            ///
            /// The condition is given the item, which is a value or an object with properties. It may
            /// say something about the entity as well. However lambdas are put into one another, their
            /// range variables have names of their own.
            ///
            /// ```
            /// # use graph_runtime::Field;
            /// # struct User;
            /// # const PROXY_ADDRESSES: Field<User> = Field::new("proxyAddresses");
            /// let condition = PROXY_ADDRESSES.any(|address| address.starts_with("smtp:"));
            /// assert_eq!(condition.to_string(), "proxyAddresses/any(x:startswith(x,'smtp:'))");
            /// ```
            pub fn any(&self, condition: impl FnOnce(Path<E>) -> Filter<E>) -> Filter<E> {
                self.lambda("any", condition)
            }

            /// `all`: whether a condition holds for each item of the collection that this leads to,
            /// as it does if there is none (OData URL Conventions 4.01, section 5.1.1.13.2).
            #[doc = concat!("The condition is as in [`any`](", stringify!($type), "::any).")]
            pub fn all(&self, condition: impl FnOnce(Path<E>) -> Filter<E>) -> Filter<E> {
                self.lambda("all", condition)
            }

            fn step(&self, name: &str) -> Path<E> {
                let mut expression = self.expression();
                expression.push_str("/");
                expression.push_str(name);
                Path::new(expression)
            }

            fn compare(&self, operator: &str, literal: &str) -> Filter<E> {
                let mut expression = self.expression();
                for part in [" ", operator, " ", literal] {
                    expression.push_str(part);
                }
                Filter::new(expression, Binding::Whole)
            }

            fn call(&self, function: &str, text: &str) -> Filter<E> {
                let mut arguments = self.expression();
                arguments.push_str(",");
                arguments.push_str(&text.to_literal());
                Filter::new(arguments.enclosed(function), Binding::Whole)
            }

            fn lambda(
                &self,
                operator: &str,
                condition: impl FnOnce(Path<E>) -> Filter<E>,
            ) -> Filter<E> {
                let (variable, item) = Expression::variable();
                let body = condition(Path::new(item)).expression;
                let lambda = self.expression().lambda(operator, variable, body);
                Filter::new(lambda, Binding::Whole)
            }
        }
    };
}

conditions!(Field);
conditions!(Path);

// Written by hand: derives would demand the same of `E`.
impl<E> Clone for Path<E> {
    fn clone(&self) -> Self {
        Self::new(self.expression())
    }
}

impl<E> fmt::Debug for Path<E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Path({self})")
    }
}

impl<E> fmt::Display for Path<E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.expression.as_str())
    }
}

impl<E> PartialEq for Path<E> {
    fn eq(&self, other: &Self) -> bool {
        self.expression.as_str() == other.expression.as_str()
    }
}

impl<E> Eq for Path<E> {}
