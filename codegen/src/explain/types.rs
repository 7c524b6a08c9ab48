//! The part about resolve, for types and enums: where the name comes from, which pages, base, properties, uses.

use super::places::{core_text, counted, enumerated, type_text};
use super::subject::{Item, MOST_ITEMS, Subject};
use super::{Context, Line, Part};
use crate::diagnostics::{PageId, Span};
use crate::facts::ResourceFacts;
use crate::model::{Body, CoreType, EnumId, Operation, QualifiedName, Response, TypeId};

/// How many uses are shown.
const MOST_USES: usize = 5;

impl Context<'_> {
    /// What the model has.
    pub(super) fn resolve(&self, subject: &Subject) -> Part {
        let mut part = Part::new("resolve");
        if subject.items.is_empty() {
            part.say(0, "nothing of these pages is in the model");
        }
        if subject.items.len() > MOST_ITEMS {
            let lines = subject.items.iter().map(|item| {
                let candidate = self.candidate(*item);
                Line::new(
                    candidate.place,
                    0,
                    format!("{} {}", candidate.kind, candidate.name),
                )
            });
            part.list(lines.collect(), 200, "items");
            return part;
        }
        let mut operations = Vec::new();
        for item in &subject.items {
            match (item, &subject.property) {
                (Item::Type(id), Some(name)) => self.property(subject, *id, name, &mut part),
                (Item::Type(id), None) => self.structured(*id, &mut part),
                (Item::Enum(id), _) => self.enumeration(*id, &mut part),
                (Item::Operation(index), _) => operations.push(*index),
            }
        }
        self.operations(&operations, &mut part);
        part
    }

    /// A type.
    fn structured(&self, id: TypeId, part: &mut Part) {
        let ty = self.api.structured(id);
        let mut marks = vec![if ty.entity {
            "entity type"
        } else {
            "complex type"
        }];
        marks.extend(ty.open.then_some("open"));
        marks.extend(ty.is_abstract.then_some("abstract"));
        let first = ty.origins.first().map(|span| self.place(*span));
        part.heading(
            first.unwrap_or_default(),
            format!("{}, {}", ty.name, marks.join(", ")),
        );
        for (index, span) in ty.origins.iter().enumerate() {
            let resource = self.resource_at(*span);
            let what = match (resource, index) {
                (None, _) => "its properties are the rows of a body on this page",
                (Some(_), 0) => "documented here",
                (Some(_), _) => "documented here as well; the rows are merged",
            };
            part.at(self.place(*span), 1, what);
            if let Some((page, resource)) = resource {
                self.name_of_type(page, resource, &ty.name, part);
            }
        }
        self.base(id, part);
        self.derived(id, part);
        self.properties(id, part);
        self.uses(CoreType::Structured(id), part);
    }

    /// The facts of the type that is documented at a place.
    fn resource_at(&self, span: Span) -> Option<(PageId, &ResourceFacts)> {
        let facts = self.facts(span.page)?;
        let mut resources = facts.resources.iter();
        let found = resources.find(|resource| resource.span == span)?;
        Some((span.page, found))
    }

    /// What on a page agrees with a type's name, in the order in which it counts.
    fn name_of_type(
        &self,
        page: PageId,
        resource: &ResourceFacts,
        name: &QualifiedName,
        part: &mut Part,
    ) {
        let claim = resource
            .odata_type
            .as_ref()
            .map(|claim| claim.value.as_str());
        let (claimed_namespace, claimed) = match claim.map(|claim| claim.rsplit_once('.')) {
            Some(Some((namespace, short))) => (Some(namespace), Some(short)),
            Some(None) => (None, claim),
            None => (None, None),
        };
        let by_claim = claimed.is_some_and(|short| short.eq_ignore_ascii_case(&name.name));
        let sheet = self.sheets.get(page);
        let corpus = &self.run.model.corpus;
        let claim_place = claim.and_then(|claim| sheet?.find(corpus, None, None, claim));
        let title = resource.title_name.as_ref();
        if let (Some(claim), Some(span)) = (claim, claim_place) {
            let verb = if by_claim { "gives" } else { "does not give" };
            let text = format!("the resource block {verb} the name: `{claim}`");
            part.at(self.place(span), 2, text);
        }
        if let Some(title) = title {
            let same = title.value.eq_ignore_ascii_case(&name.name);
            let text = match (by_claim, same) {
                (false, _) => format!("the title gives the name: `{}`", title.value),
                (true, true) => "the title agrees".to_owned(),
                (true, false) => format!("the title says `{}`", title.value),
            };
            part.at(self.place(title.span), 2, text);
        }
        self.namespace(
            page,
            by_claim.then_some(claimed_namespace).flatten(),
            &name.namespace,
            part,
        );
    }

    /// What says the namespace.
    fn namespace(&self, page: PageId, claimed: Option<&str>, namespace: &str, part: &mut Part) {
        let line = self.facts(page).and_then(|facts| facts.namespace.as_ref());
        if claimed == Some(namespace) {
            part.say(2, format!("its namespace is `{namespace}`"));
        } else if let Some(line) = line.filter(|line| line.value.trim_end_matches('.') == namespace)
        {
            let place = self.place(line.span);
            part.at(
                place,
                2,
                format!("the page's line gives the namespace: `{namespace}`"),
            );
        } else if namespace == self.profile.namespace {
            part.say(2, format!("the profile gives the namespace: `{namespace}`"));
        } else {
            part.say(2, format!("its namespace is `{namespace}`"));
        }
    }

    /// The base types, and what said so.
    fn base(&self, id: TypeId, part: &mut Part) {
        let ty = self.api.structured(id);
        let Some(base) = ty.base else {
            part.say(1, "base: none");
            return;
        };
        let chain = self.api.base_chain(id);
        let names: Vec<String> = chain[1..]
            .iter()
            .map(|id| self.api.structured(*id).name.to_string())
            .collect();
        let resources = || ty.origins.iter().filter_map(|span| self.resource_at(*span));
        let said = resources().find_map(|(_, resource)| resource.base.as_ref());
        let short = &self.api.structured(base).name.name;
        let hint = resources()
            .flat_map(|(_, resource)| &resource.properties)
            .find(|row| row.inherited_from.is_some());
        let (place, why) = match (said, hint) {
            (Some(said), _)
                if said
                    .name
                    .name
                    .to_lowercase()
                    .ends_with(&short.to_lowercase()) =>
            {
                (self.place(said.span), "")
            }
            (_, Some(row)) => (self.place(row.name.span), ", which the inherited rows name"),
            (Some(said), None) => (self.place(said.span), ""),
            (None, None) => (String::new(), ""),
        };
        part.at(place, 1, format!("base: {}{why}", names.join(", then ")));
    }

    /// The types that have it as their base.
    fn derived(&self, id: TypeId, part: &mut Part) {
        let derived: Vec<TypeId> = (0..self.api.types.len())
            .map(TypeId::at)
            .filter(|other| self.api.structured(*other).base == Some(id))
            .collect();
        if derived.is_empty() {
            return;
        }
        part.say(
            1,
            format!("{} derived from it", counted(derived.len(), "type")),
        );
        let lines = derived.iter().map(|other| {
            let candidate = self.candidate(Item::Type(*other));
            Line::new(candidate.place, 2, candidate.name)
        });
        part.list(lines.collect(), MOST_USES, "types");
    }

    /// An enum.
    fn enumeration(&self, id: EnumId, part: &mut Part) {
        let item = self.api.enumeration(id);
        let flags = if item.flags {
            ", members may be combined"
        } else {
            ""
        };
        let first = item.origins.first().map(|span| self.place(*span));
        let members = counted(item.members.len(), "member");
        let text = format!("{}, enum of {members}{flags}", item.name);
        part.heading(first.unwrap_or_default(), text);
        let mut listed = 0;
        for span in &item.origins {
            let facts = self.facts(span.page);
            let table =
                facts.and_then(|facts| facts.enums.iter().find(|one| one.name.span == *span));
            let text = match table {
                Some(table) => {
                    listed += 1;
                    let count = counted(table.members.len(), "row");
                    match listed {
                        1 => format!("a table of {count} lists its members"),
                        _ => format!("a table of {count} as well; new members are added"),
                    }
                }
                None => "the list of this row is all there is of it".to_owned(),
            };
            part.at(self.place(*span), 1, text);
            if table.is_some() {
                let claimed = table.and_then(|table| table.namespace.as_deref());
                self.namespace(span.page, claimed, &item.name.namespace, part);
            }
        }
        let names = item.members.iter().map(|member| member.name.as_str());
        part.lines.extend(enumerated(names, "members:", 1));
        self.uses(CoreType::Enum(id), part);
    }

    /// What uses a type: operations and properties.
    fn uses(&self, core: CoreType, part: &mut Part) {
        let of_rows = |operation: &Operation| match &operation.body {
            Body::Value(ty) => ty.core == core,
            Body::Parameters(rows) => rows.iter().any(|row| row.ty.core == core),
            _ => false,
        };
        let operations: Vec<Line> = self
            .api
            .operations
            .iter()
            .filter_map(|operation| {
                let answers = matches!(operation.response, Response::Value(ty) if ty.core == core);
                let how = match (of_rows(operation), answers) {
                    (true, true) => "sent and answered",
                    (true, false) => "sent",
                    (false, true) => "answered",
                    (false, false) => return None,
                };
                let text = format!("{} ({how})", operation.request());
                Some(Line::new(self.place(operation.origin), 2, text))
            })
            .collect();
        match operations.len() {
            0 => part.say(1, "no operation sends or answers it"),
            count => part.say(1, format!("used by {}", counted(count, "operation"))),
        }
        part.list(operations, MOST_USES, "operations");
        let properties: Vec<Line> = self
            .api
            .types
            .iter()
            .flat_map(|ty| ty.properties.iter().map(move |property| (ty, property)))
            .filter(|(_, property)| property.ty.core == core)
            .map(|(ty, property)| {
                let kind = if property.navigation {
                    ", a relationship"
                } else {
                    ""
                };
                let text = format!("{}/{}{kind}", ty.name, property.name);
                Line::new(self.place(property.origin), 2, text)
            })
            .collect();
        if !properties.is_empty() {
            let text = format!("the type of {}", counted(properties.len(), "property"));
            part.say(1, text);
        }
        part.list(properties, MOST_USES, "properties");
    }

    /// Where a type is documented, for a line about something of that type.
    pub(super) fn home_of(&self, core: CoreType) -> Option<String> {
        let origins = match core {
            CoreType::Structured(id) => &self.api.structured(id).origins,
            CoreType::Enum(id) => &self.api.enumeration(id).origins,
            CoreType::Primitive(_) | CoreType::Json => return None,
        };
        let place = self.place(*origins.first()?);
        Some(format!(
            "{} is documented at {place}",
            core_text(&self.api, core)
        ))
    }

    /// The type of a property or parameter.
    pub(super) fn type_of(&self, ty: crate::model::TypeRef) -> String {
        type_text(&self.api, ty)
    }
}
