//! The operations for which each permission is the least privileged.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::Context;
use super::parts::{Group, counted};
use super::permissions::{kinds, names};

impl Context<'_> {
    /// A group for each permission that is the least privileged for something.
    pub(super) fn scopes(&self) -> Vec<Group> {
        let operations = &self.run.model.api.operations;
        let mut scopes: BTreeMap<&str, BTreeMap<usize, [bool; 3]>> = BTreeMap::new();
        for (index, operation) in operations.iter().enumerate() {
            for (kind, (of_kind, _)) in kinds(&operation.permissions).enumerate() {
                if let Some(least) = of_kind.first() {
                    let operations = scopes.entry(least).or_default();
                    operations.entry(index).or_default()[kind] = true;
                }
            }
        }
        let group = |(scope, operations): (&&str, &BTreeMap<usize, [bool; 3]>)| Group {
            id: None,
            name: html! { code { (scope) } },
            count: counted(operations.len(), "operation"),
            body: self.least(operations),
        };
        scopes.iter().map(group).collect()
    }

    fn least(&self, operations: &BTreeMap<usize, [bool; 3]>) -> Markup {
        html! {
            ul .operations {
                @for (index, kinds) in operations {
                    li {
                        (self.request(*index, &self.run.model.api.operations[*index]))
                        " " small { (names(*kinds)) }
                    }
                }
            }
        }
    }
}
