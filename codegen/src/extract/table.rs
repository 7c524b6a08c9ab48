//! Finds the columns of a table by their headers.

use crate::document::{Row, Table};
use crate::profile::{Column, Profile};
use crate::prose::Prose;

/// Where a table of properties, parameters or headers has its columns.
#[derive(Clone, Copy, Debug)]
pub(super) struct Columns {
    /// The name.
    pub(super) name: usize,
    /// The type, where there is a column for it.
    pub(super) ty: Option<usize>,
    /// The description, where there is a column for it.
    pub(super) description: Option<usize>,
}

/// The columns of a table of properties; `None` where its first column names something else.
pub(super) fn property_columns(table: &Table, profile: &Profile) -> Option<Columns> {
    let is = |index: usize, column: Column| {
        table
            .header
            .get(index)
            .is_some_and(|cell| profile.is_column(&cell.prose.text(), column))
    };
    let name = is(0, Column::Property) || (is(0, Column::Method) && is(1, Column::Type));
    if !name {
        return None;
    }
    let ty = (1..table.header.len()).find(|index| is(*index, Column::Type));
    // Of several columns that may hold the description, the one counts whose title the profile lists first.
    let named = (1..table.header.len())
        .filter(|index| Some(*index) != ty)
        .filter_map(|index| {
            let title = table.header[index].prose.text();
            Some((profile.column_rank(&title, Column::Description)?, index))
        })
        .min()
        .map(|(_, index)| index);
    // Without such a title it is the last column that has one.
    let last = (1..table.header.len())
        .rev()
        .find(|index| Some(*index) != ty && !table.header[*index].prose.is_empty());
    Some(Columns {
        name: 0,
        ty,
        description: named.or(last),
    })
}

/// The prose of a cell; empty where the row has none.
pub(super) fn cell(row: &Row, index: Option<usize>) -> Prose {
    index
        .and_then(|index| row.cells.get(index))
        .map(|cell| cell.prose.clone())
        .unwrap_or_default()
}
