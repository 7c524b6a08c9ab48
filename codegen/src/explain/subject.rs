//! What is explained: items of the model, and the part of the pages that is about them.

use super::Context;
use crate::diagnostics::{PageId, Span};
use crate::facts::{FactItem, FactLine, FactPlace, PageFacts, PropertyFacts};
use crate::model::{EnumId, TypeId};

/// How many items of one page are explained in full; of more, each is named.
pub(super) const MOST_ITEMS: usize = 12;

/// What is explained.
#[derive(Clone, Debug)]
pub(super) struct Subject {
    /// What it is.
    pub(super) title: String,
    /// The items; none for a page without any.
    pub(super) items: Vec<Item>,
    /// The one property of the one type that is asked for.
    pub(super) property: Option<String>,
    /// The pages, first the one that counts.
    pub(super) pages: Vec<PageId>,
    /// Whether it is about all that stands on the pages.
    pub(super) whole_pages: bool,
}

/// An item of the model before the selection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Item {
    /// A type.
    Type(TypeId),
    /// An enum.
    Enum(EnumId),
    /// An operation, by its index.
    Operation(usize),
}

/// The part of a page that a subject is about.
#[derive(Clone, Debug, Default)]
pub(super) struct Scope {
    /// The facts.
    items: Vec<FactItem>,
    /// Rows whose facts are meant, without the others of their table.
    rows: Vec<Span>,
    /// The ranges of the page; none for all of it.
    pub(super) ranges: Option<Vec<Span>>,
}

impl Scope {
    /// Whether a fact is in it.
    pub(super) fn has(&self, line: &FactLine, property: Option<&str>) -> bool {
        if property.is_none() && (line.item == FactItem::Page || self.items.contains(&line.item)) {
            return true;
        }
        match &line.place {
            FactPlace::At(span) => self.rows.contains(span),
            FactPlace::Within(_, text) => {
                property.is_some_and(|name| *text == format!("\"{name}\""))
            }
        }
    }

    /// Whether a place is in it.
    pub(super) fn covers(&self, span: Span) -> bool {
        self.ranges.as_ref().is_none_or(|ranges| {
            ranges
                .iter()
                .any(|range| span.start < range.end.max(range.start + 1) && range.start <= span.end)
        })
    }
}

impl Context<'_> {
    /// The facts of a page; none for a page that is only included.
    pub(super) fn facts(&self, page: PageId) -> Option<&PageFacts> {
        let pages = &self.run.model.facts.pages;
        pages.iter().find(|facts| facts.page == page)
    }

    /// Where an item is documented.
    pub(super) fn origins(&self, item: Item) -> Vec<Span> {
        match item {
            Item::Type(id) => self.api.structured(id).origins.clone(),
            Item::Enum(id) => self.api.enumeration(id).origins.clone(),
            Item::Operation(index) => vec![self.api.operations[index].origin],
        }
    }

    /// The items that a page documents.
    pub(super) fn items_of(&self, page: PageId) -> Vec<Item> {
        let types = (0..self.api.types.len()).map(|index| Item::Type(TypeId::at(index)));
        let enums = (0..self.api.enums.len()).map(|index| Item::Enum(EnumId::at(index)));
        let operations = (0..self.api.operations.len()).map(Item::Operation);
        types
            .chain(enums)
            .chain(operations)
            .filter(|item| self.origins(*item).iter().any(|span| span.page == page))
            .collect()
    }

    /// The pages that document items, the first place of each first.
    pub(super) fn pages_of(&self, items: &[Item]) -> Vec<PageId> {
        let mut pages: Vec<PageId> = Vec::new();
        for span in items.iter().flat_map(|item| self.origins(*item)) {
            if !pages.contains(&span.page) {
                pages.push(span.page);
            }
        }
        pages
    }

    /// The rows of a property on the pages of a subject.
    pub(super) fn rows_of(&self, subject: &Subject, property: &str) -> Vec<&PropertyFacts> {
        subject
            .pages
            .iter()
            .filter_map(|page| self.facts(*page))
            .flat_map(|facts| {
                let resources = facts.resources.iter();
                let rows = resources.flat_map(|resource| &resource.properties);
                let bodies = facts.operations.iter();
                // A page of a type has no operations; one that has describes a type by a body.
                rows.chain(bodies.flat_map(|operation| &operation.body.properties))
            })
            .filter(|row| row.name.value == property)
            .collect()
    }

    /// The part of a page that a subject is about.
    pub(super) fn scope(&self, subject: &Subject, page: PageId) -> Scope {
        let Some(facts) = self.facts(page) else {
            return Scope::default();
        };
        if let Some(property) = &subject.property {
            let rows = self.rows_of(subject, property);
            let rows: Vec<Span> = rows
                .iter()
                .map(|row| row.name.span)
                .filter(|span| span.page == page)
                .collect();
            return Scope {
                ranges: Some(rows.iter().map(|span| self.whole_line(*span)).collect()),
                rows,
                items: Vec::new(),
            };
        }
        let mut scope = Scope::default();
        let origins: Vec<Span> = subject
            .items
            .iter()
            .flat_map(|item| self.origins(*item))
            .filter(|span| span.page == page)
            .collect();
        for (index, resource) in facts.resources.iter().enumerate() {
            if origins.contains(&resource.span) {
                scope.items.push(FactItem::Resource(index));
            }
        }
        for (index, item) in facts.enums.iter().enumerate() {
            if origins.contains(&item.name.span) {
                scope.items.push(FactItem::Enum(index));
            }
        }
        for (index, operation) in facts.operations.iter().enumerate() {
            let lines = operation.requests.iter();
            let rows = operation.body.properties.iter().take(1);
            let mut spans = lines
                .map(|line| line.span)
                .chain(rows.map(|row| row.name.span));
            if !subject.whole_pages && !spans.any(|span| origins.contains(&span)) {
                continue;
            }
            scope.items.push(FactItem::Operation(index));
            let examples = facts.examples.iter().enumerate();
            let own = examples.filter(|(_, example)| {
                example.task.is_none() || example.task == operation.task_section
            });
            scope
                .items
                .extend(own.map(|(index, _)| FactItem::Example(index)));
        }
        scope.rows = origins;
        // On a page of one subject all is about it; on one of many, the sections where the items stand.
        if !subject.whole_pages && scope.items.is_empty() {
            let rows = scope.rows.iter();
            scope.ranges = Some(rows.map(|span| self.whole_line(*span)).collect());
        } else if !subject.whole_pages
            && facts.operations.is_empty()
            && facts.resources.len() + facts.enums.len() > 1
        {
            scope.ranges = Some(self.ranges(page, &scope));
        }
        scope
    }

    /// The sections in which the facts of a scope stand.
    fn ranges(&self, page: PageId, scope: &Scope) -> Vec<Span> {
        let Some(sheet) = self.sheets.get(page) else {
            return Vec::new();
        };
        // A type has the page but for the enums' sections; its title is enough of a mark for that.
        let of_type = scope
            .items
            .iter()
            .any(|item| matches!(item, FactItem::Resource(_)));
        let enums = self.facts(page).map(|facts| facts.enums.as_slice());
        let enums = enums.unwrap_or_default();
        (0..sheet.document.sections.len())
            .map(|index| sheet.extent(&self.run.model.corpus, index))
            .filter(|range| {
                let holds = |span: Span| range.start <= span.start && span.start < range.end;
                let is_enum = enums.iter().any(|item| holds(item.name.span));
                (of_type && !is_enum) || scope.rows.iter().any(|span| holds(*span))
            })
            .collect()
    }
}
