//! Reads the tables of a type's page that list its operations: `Method | Return Type | Description`.

use super::Reader;
use super::table::cell;
use super::type_cell::type_name;
use crate::corpus::Folder;
use crate::diagnostics::Spanned;
use crate::document::Table;
use crate::facts::MethodFacts;
use crate::profile::{Column, Section};

impl Reader<'_> {
    /// The operations that the page lists.
    pub(super) fn methods(&mut self) -> Vec<MethodFacts> {
        let document = self.document;
        if document.folder == Folder::Api {
            return Vec::new();
        }
        let mut methods = Vec::new();
        for section in self.sections(Section::Methods) {
            for table in document.sections[section].tables() {
                self.method_rows(table, &mut methods);
            }
        }
        methods
    }

    /// The rows of a table whose first column is titled as one of operations; other tables are left to who reads them.
    fn method_rows(&mut self, table: &Table, methods: &mut Vec<MethodFacts>) {
        let titles: Vec<String> = table.header.iter().map(|cell| cell.prose.text()).collect();
        let profile = self.profile;
        let is = |index: usize, column: Column| {
            titles
                .get(index)
                .is_some_and(|title| profile.is_column(title, column))
        };
        if !is(0, Column::Method) {
            return;
        }
        let ty = (1..titles.len()).find(|index| is(*index, Column::Type));
        let description = (1..titles.len()).find(|index| is(*index, Column::Description));
        for row in &table.rows {
            let name = cell(row, Some(0));
            if name.is_empty() || row.cells.iter().skip(1).all(|cell| cell.prose.is_empty()) {
                self.row_without_fact(
                    row.span,
                    "a group heading or an empty row: it names no operation",
                );
                continue;
            }
            self.row_read(row.span);
            let target = name.links().next().map(|(_, target)| target.to_owned());
            methods.push(MethodFacts {
                name: Spanned::new(name.text(), row.span),
                target,
                returns: type_name(&cell(row, ty), profile),
                description: cell(row, description),
            });
        }
    }
}
