//! How much of a service a model has.

use std::collections::BTreeSet;

use super::Api;
use crate::diagnostics::PageId;

/// How much of a service a model has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Extent {
    /// Pages that say something about what it has.
    pub pages: usize,
    /// Operations.
    pub operations: usize,
    /// Types.
    pub types: usize,
    /// Enums.
    pub enums: usize,
    /// Relationships that a selection left out.
    pub left_out: usize,
}

impl Api {
    /// The pages that say something about what there is.
    #[must_use]
    pub fn sources(&self) -> BTreeSet<PageId> {
        let types = self.types.iter().flat_map(|ty| &ty.origins);
        let enums = self.enums.iter().flat_map(|item| &item.origins);
        let operations = self.operations.iter().map(|operation| &operation.origin);
        let origins = types.chain(enums).chain(operations);
        origins.map(|span| span.page).collect()
    }

    /// How much there is.
    #[must_use]
    pub fn extent(&self) -> Extent {
        Extent {
            pages: self.sources().len(),
            operations: self.operations.len(),
            types: self.types.len(),
            enums: self.enums.len(),
            left_out: self.types.iter().map(|ty| ty.left_out.len()).sum(),
        }
    }
}
