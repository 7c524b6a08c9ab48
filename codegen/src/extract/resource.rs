//! Finds the types of a page: property tables, relationships, resource blocks.

use std::collections::BTreeSet;

use serde_json::Value;

use super::annotation::{Annotation, annotation};
use super::type_cell::{Tail, linked_types};
use super::{MAX_NAME, Reader};
use crate::corpus::Folder;
use crate::diagnostics::{Span, Spanned};
use crate::document::{Block, Fence, Section as Lead};
use crate::facts::{BaseFacts, EnumFacts, JsonShape, PropertyFacts, ResourceFacts, TypeName};
use crate::profile::{Section, contains_any};
use crate::prose::{PieceKind, Prose};

/// What the page lists as enums.
struct Enums {
    /// The headings of those that have one.
    sections: BTreeSet<Span>,
    /// Whether the page as a whole is about one.
    on_page: bool,
}

impl Reader<'_> {
    /// The types that the page documents. A page of operations documents none, unless it has no operation and a
    /// resource block.
    pub(super) fn resources(
        &mut self,
        enums: &[EnumFacts],
        no_operation: bool,
    ) -> Vec<ResourceFacts> {
        let document = self.document;
        let of_types = self.type_sections();
        let enums = Enums {
            sections: enums.iter().map(|known| known.name.span).collect(),
            on_page: enums.iter().any(|known| known.anchor.is_empty()),
        };
        let mut found = Vec::new();
        let of_page: Vec<usize> = document.outside(&of_types).collect();
        found.extend(self.resource(None, &of_page, &enums, no_operation));
        for root in of_types {
            let sections: Vec<usize> = document.within(root).collect();
            found.extend(self.resource(Some(root), &sections, &enums, no_operation));
        }
        found
    }

    /// The sections of types on a page that documents several, each below a heading like a title: `berth resource type`.
    /// One such section alone is about the page's own type.
    fn type_sections(&self) -> Vec<usize> {
        let document = self.document;
        let holds_type = |root: usize| {
            document.within(root).skip(1).any(|index| {
                let own = self.profile.section(&document.sections[index].heading);
                matches!(own, Some(Section::Properties | Section::Representation))
                    && !self.outline[index].example
            })
        };
        let suffixes = &self.profile.titles.resource_suffixes;
        let is_title = |heading: &str| {
            let (name, rest) = heading.split_once(' ').unwrap_or((heading, ""));
            self.title_name(name).is_some() && suffixes.contains(&rest.trim().to_lowercase())
        };
        let roots: Vec<usize> = (1..document.sections.len())
            .filter(|index| is_title(&document.sections[*index].heading))
            .filter(|index| self.outline[*index].role.is_none() && holds_type(*index))
            .collect();
        let under_title = document.outside(&roots).any(|index| {
            let heading = &document.sections[index].heading;
            self.profile.section(heading) == Some(Section::Properties)
        });
        if roots.len() + usize::from(under_title) < 2 {
            return Vec::new();
        }
        roots
    }

    /// The type of a scope: that of a section, or that of the page, which is what stands in no such section. `mine` are the
    /// sections of the scope.
    fn resource(
        &mut self,
        scope: Option<usize>,
        mine: &[usize],
        enums: &Enums,
        no_operation: bool,
    ) -> Option<ResourceFacts> {
        let document = self.document;
        let block = self.resource_block(mine);
        let is_api = document.folder == Folder::Api;
        if is_api && !(no_operation && block.is_some())
            || document.folder == Folder::Other && !no_operation
        {
            return None;
        }
        let mut properties: Vec<PropertyFacts> = Vec::new();
        let mut tables = 0;
        for (role, navigation) in [
            (Section::Properties, false),
            (Section::Relationships, true),
            (Section::Annotations, false),
        ] {
            for section in mine
                .iter()
                .filter(|section| self.holds(**section, role))
                .copied()
                .collect::<Vec<_>>()
            {
                let section = &document.sections[section];
                // `### status values` below Properties lists members, which are read as an enum.
                if enums.sections.contains(&section.span) {
                    continue;
                }
                for table in section.tables() {
                    tables += 1;
                    let rows = self.property_rows(table, navigation);
                    properties.extend(rows);
                }
            }
        }
        let lead = &document.sections[scope.unwrap_or(0)];
        let title = &lead.heading;
        let title_name = self.title_name(title);
        let is_enum_page = enums.on_page && properties.is_empty();
        if scope.is_none() && is_enum_page || (tables == 0 && block.is_none()) {
            return None;
        }
        let (annotation, json_value, json_span) = block.unwrap_or_default();
        let json = json_value.as_ref().map(shapes).unwrap_or_default();
        if properties.is_empty() && json.is_empty() && annotation.odata_type.is_none() {
            return None;
        }
        let odata_type = annotation
            .odata_type
            .clone()
            .or_else(|| json_value.as_ref().and_then(odata_type_of))
            .map(|name| Spanned::new(name, lead.span));
        let phrases = &self.profile.phrases;
        Some(ResourceFacts {
            title_name: title_name.map(|name| Spanned::new(name, lead.span)),
            odata_type,
            base: self.base(lead, &annotation),
            key: annotation.key.clone(),
            open: annotation.open || lead_says(lead, &phrases.open_type),
            is_abstract: annotation.is_abstract || lead_says(lead, &phrases.abstract_type),
            properties,
            json,
            json_span,
            span: lead.span,
        })
    }

    /// The name in a title: `message` of `message resource type`.
    fn title_name(&self, title: &str) -> Option<String> {
        let lower = title.to_ascii_lowercase();
        let name = self
            .profile
            .titles
            .resource_suffixes
            .iter()
            .find_map(|suffix| {
                lower
                    .strip_suffix(suffix.as_str())
                    .and_then(|rest| title.get(..rest.len()))
            })
            .unwrap_or(title)
            .trim();
        let name = name.trim_start_matches('#').replace('\\', "");
        let is_name = name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.'));
        (is_name && !name.is_empty() && name.len() <= MAX_NAME).then_some(name)
    }

    /// The annotation and the JSON of the resource block in some sections, and where that JSON stands.
    fn resource_block(
        &mut self,
        mine: &[usize],
    ) -> Option<(Annotation, Option<Value>, Option<Span>)> {
        let document = self.document;
        let mut pending: Option<Annotation> = None;
        let mut fallback: Option<&Fence> = None;
        let mut found: Option<(Annotation, Option<&Fence>)> = None;
        for index in mine.iter().copied() {
            for block in &document.sections[index].blocks {
                match block {
                    Block::Comment(comment) => {
                        if let Some(read) = annotation(comment) {
                            if read.block_type == "resource" && found.is_none() {
                                found = Some((read.clone(), None));
                            }
                            pending = Some(read);
                        }
                    }
                    Block::Fence(fence) => {
                        let is_resource = pending
                            .take()
                            .is_some_and(|read| read.block_type == "resource");
                        if is_resource && let Some((_, place @ None)) = &mut found {
                            *place = Some(fence);
                        }
                        if self.outline[index].role == Some(Section::Representation) {
                            fallback = fallback.or(Some(fence));
                        }
                    }
                    _ => {}
                }
            }
        }
        let (annotation, fence) = match (found, fallback) {
            (Some((annotation, fence)), fallback) => (annotation, fence.or(fallback)),
            (None, Some(fence)) => (Annotation::default(), Some(fence)),
            (None, None) => return None,
        };
        Some((
            annotation,
            fence.and_then(|fence| self.representation(fence)),
            fence.map(|fence| fence.span),
        ))
    }

    /// The JSON of a representation.
    fn representation(&mut self, fence: &Fence) -> Option<Value> {
        let text = fence.text.trim();
        if text.is_empty() {
            return None;
        }
        let read = self.json(text, fence, "the JSON representation").ok();
        match read {
            Some(_) => self.ledger.fence_read(fence),
            None => self.ledger.fence_reported(fence),
        }
        read
    }

    /// The base type: what the prose below the type's heading says, before what the comment says.
    fn base(&self, lead: &Lead, annotation: &Annotation) -> Option<BaseFacts> {
        let from_prose = lead.text_blocks().find_map(|text| {
            base_in_prose(&text.prose, self.profile).map(|name| BaseFacts {
                name,
                span: text.span,
            })
        });
        let is_root = |base: &BaseFacts| {
            let roots = &self.profile.root_types;
            roots
                .iter()
                .any(|root| root.eq_ignore_ascii_case(&base.name.name))
        };
        let from_comment = annotation.base_type.as_ref().map(|base| BaseFacts {
            name: TypeName {
                name: base.clone(),
                target: None,
                collection: false,
            },
            span: lead.span,
        });
        match from_prose {
            Some(base) if !is_root(&base) => Some(base),
            other => from_comment.or(other),
        }
    }
}

/// Whether the text below a type's heading has one of some phrases.
pub(super) fn lead_says(lead: &Lead, phrases: &[String]) -> bool {
    lead.text_blocks()
        .any(|text| contains_any(&text.prose.text(), phrases))
}

/// The type that a text says the subject inherits from: a link, or a word in strong or code, right after the phrase.
fn base_in_prose(prose: &Prose, profile: &crate::profile::Profile) -> Option<TypeName> {
    let mut before = Tail::default();
    for piece in &prose.pieces {
        let lower = before.lower();
        // After an article a word is plain English, and a link leads to a type.
        let linked = matches!(piece.kind, PieceKind::Link { .. });
        let lower = profile
            .phrases
            .articles
            .iter()
            .filter(|_| linked)
            .find_map(|article| {
                lower
                    .strip_suffix(article.as_str())
                    .filter(|rest| rest.ends_with(' '))
            })
            .unwrap_or(&lower)
            .trim_end();
        let follows = profile
            .phrases
            .inherits
            .iter()
            .any(|phrase| lower.ends_with(phrase.as_str()));
        if follows && !matches!(piece.kind, PieceKind::Text | PieceKind::Break) {
            let single = Prose {
                pieces: vec![piece.clone()],
            };
            let linked = linked_types(&single, profile).into_iter().next();
            return linked.or_else(|| {
                let name = piece.text.trim();
                let is_name =
                    !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '.');
                is_name.then(|| TypeName {
                    name: name.to_owned(),
                    target: None,
                    collection: false,
                })
            });
        }
        before.push(&piece.text);
    }
    None
}

/// The `@odata.type` of an object.
fn odata_type_of(value: &Value) -> Option<String> {
    let name = value.get("@odata.type")?.as_str()?.trim_start_matches('#');
    (!name.is_empty() && name.len() <= MAX_NAME).then(|| name.to_owned())
}

/// The keys of a representation, and what their placeholders say.
fn shapes(value: &Value) -> Vec<(String, JsonShape)> {
    let Value::Object(map) = value else {
        return Vec::new();
    };
    map.iter()
        .map(|(key, value)| {
            let (element, collection) = match value {
                Value::Array(list) => (list.first().unwrap_or(&Value::Null), true),
                other => (other, false),
            };
            let name = match element {
                Value::String(text) => Some(text.clone()),
                Value::Number(number) => {
                    Some(if number.is_f64() { "Double" } else { "Int64" }.to_owned())
                }
                Value::Bool(_) => Some("Boolean".to_owned()),
                object @ Value::Object(_) => odata_type_of(object),
                _ => None,
            };
            (key.clone(), JsonShape { name, collection })
        })
        .collect()
}
