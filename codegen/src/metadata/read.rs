//! Reads the XML of CSDL. Elements and attributes that are not about types and operations are passed over; entities are not
//! expanded, other than the five of XML itself.

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};

use super::{
    Metadata, MetadataEnum, MetadataOperation, MetadataProperty, MetadataRoot, MetadataType,
    MetadataTypeRef,
};
use crate::model::QualifiedName;

/// How deep elements may be nested. CSDL needs eight.
const DEEPEST: usize = 64;

/// Text that is no CSDL.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{line}: {message}")]
pub struct MalformedMetadata {
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong, and what was expected.
    pub message: String,
}

/// What an open element is, as far as what is in it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Open {
    /// `Edmx`, or what else may stand around schemas.
    Around,
    /// `Schema`.
    Schema,
    /// `EntityType` or `ComplexType`.
    Structured,
    /// `EnumType`.
    Enum,
    /// `Action` or `Function`.
    Operation,
    /// `EntityContainer`.
    Container,
    /// Nothing in it counts.
    Ignored,
}

/// A schema as it is read.
#[derive(Default)]
struct Schemas {
    metadata: Metadata,
    /// The namespace of the schema that is open.
    namespace: String,
    /// Short names of namespaces, with what they stand for.
    aliases: Vec<(String, String)>,
    /// Whether there was any schema.
    any: bool,
    /// Whether the first parameter of the operation that is open is what it is bound to.
    bound: bool,
}

impl Metadata {
    /// Reads the XML of a service's metadata.
    ///
    /// # Errors
    ///
    /// It is no XML, or no CSDL: the first thing that is wrong, with its line.
    pub fn parse(text: &str) -> Result<Self, MalformedMetadata> {
        let text = text.trim_start_matches('\u{feff}');
        let mut reader = Reader::from_str(text);
        let mut lines = Lines {
            text,
            at: 0,
            line: 1,
        };
        let mut schemas = Schemas::default();
        let mut open: Vec<Open> = Vec::new();
        let mut is_begun = false;
        loop {
            let start = offset(&reader, text);
            let event = reader.read_event();
            let line = lines.of(start);
            let fail = |message: String| Err(MalformedMetadata { line, message });
            match event {
                Err(error) => {
                    let line =
                        lines.of(usize::try_from(reader.error_position()).unwrap_or(usize::MAX));
                    let message = format!("not XML: {error}; expected the metadata of a service");
                    return Err(MalformedMetadata { line, message });
                }
                Ok(Event::Eof) if !open.is_empty() => {
                    return fail("the file ends inside of an element; expected its end".to_owned());
                }
                Ok(Event::Eof) if !schemas.any => {
                    return fail(
                        "there is no `Schema`; expected the metadata of a service".to_owned(),
                    );
                }
                Ok(Event::Eof) => break,
                Ok(Event::End(_)) => {
                    open.pop();
                }
                Ok(Event::Start(ref element) | Event::Empty(ref element)) => {
                    let name = element.local_name();
                    let name = name.as_ref().to_owned();
                    if !is_begun && !matches!(name.as_str(), "Edmx" | "Schema") {
                        return fail(format!("a `{name}`; expected an `Edmx` or a `Schema`"));
                    }
                    is_begun = true;
                    // Between two events there may be blanks and line ends.
                    let line = lines.of(element_start(text, start));
                    let element = Element {
                        element,
                        name: &name,
                        line,
                    };
                    let inside = open.last().copied().unwrap_or(Open::Around);
                    let entered = schemas.element(&element, inside)?;
                    if matches!(event, Ok(Event::Start(_))) {
                        if open.len() == DEEPEST {
                            return fail(format!(
                                "elements are nested deeper than {DEEPEST}; expected CSDL"
                            ));
                        }
                        open.push(entered);
                    }
                }
                Ok(_) => {}
            }
        }
        Ok(schemas.resolved())
    }
}

/// Where the reader is.
fn offset(reader: &Reader<&[u8]>, text: &str) -> usize {
    let position = usize::try_from(reader.buffer_position());
    position.unwrap_or(usize::MAX).min(text.len())
}

/// Where the next element begins.
fn element_start(text: &str, from: usize) -> usize {
    let rest = text.as_bytes().get(from..).unwrap_or_default();
    from + rest
        .iter()
        .position(|byte| *byte == b'<')
        .unwrap_or_default()
}

/// The line of each offset, counted on from the last one.
struct Lines<'t> {
    text: &'t str,
    at: usize,
    line: usize,
}

impl Lines<'_> {
    fn of(&mut self, offset: usize) -> usize {
        let offset = offset.min(self.text.len());
        if let Some(passed) = self.text.as_bytes().get(self.at..offset) {
            self.line += passed.iter().filter(|byte| **byte == b'\n').count();
            self.at = offset;
        }
        self.line
    }
}

/// An element with its place.
struct Element<'e> {
    element: &'e BytesStart<'e>,
    name: &'e str,
    line: usize,
}

impl Element<'_> {
    fn fail(&self, message: String) -> MalformedMetadata {
        MalformedMetadata {
            line: self.line,
            message,
        }
    }

    /// The value of an attribute.
    fn attribute(&self, name: &str) -> Result<Option<String>, MalformedMetadata> {
        let found = self.element.try_get_attribute(name).map_err(|error| {
            self.fail(format!("`{}` has malformed attributes: {error}", self.name))
        })?;
        let Some(attribute) = found else {
            return Ok(None);
        };
        let value = attribute
            .normalized_value(XmlVersion::Implicit1_0)
            .map_err(|error| {
                self.fail(format!(
                    "`{name}` of `{}` cannot be read: {error}",
                    self.name
                ))
            })?;
        Ok(Some(value.into_owned()))
    }

    /// The value of an attribute that has to be there.
    fn needed(&self, name: &str) -> Result<String, MalformedMetadata> {
        let value = self.attribute(name)?.filter(|value| !value.is_empty());
        value.ok_or_else(|| self.fail(format!("`{}` has no `{name}`; expected one", self.name)))
    }

    fn is_set(&self, name: &str) -> Result<bool, MalformedMetadata> {
        Ok(self.attribute(name)?.as_deref() == Some("true"))
    }

    /// The type in an attribute, `Collection(…)` taken off.
    fn ty(&self, name: &str) -> Result<MetadataTypeRef, MalformedMetadata> {
        let text = self.needed(name)?;
        let inner = text
            .strip_prefix("Collection(")
            .and_then(|rest| rest.strip_suffix(')'));
        Ok(MetadataTypeRef {
            name: inner.unwrap_or(&text).to_owned(),
            collection: inner.is_some(),
        })
    }
}

impl Schemas {
    /// Takes what an element says, and says what is inside of it.
    fn element(&mut self, element: &Element<'_>, inside: Open) -> Result<Open, MalformedMetadata> {
        Ok(match (inside, element.name) {
            (Open::Around, "Schema") => {
                self.namespace = element.needed("Namespace")?;
                self.any = true;
                if let Some(alias) = element.attribute("Alias")? {
                    self.aliases.push((alias, self.namespace.clone()));
                }
                Open::Schema
            }
            (Open::Around, _) => Open::Around,
            (Open::Schema, "EntityType" | "ComplexType") => {
                let ty = MetadataType {
                    name: self.name(element)?,
                    entity: element.name == "EntityType",
                    base: element.attribute("BaseType")?,
                    open: element.is_set("OpenType")?,
                    properties: Vec::new(),
                    line: element.line,
                };
                self.metadata.types.push(ty);
                Open::Structured
            }
            (Open::Schema, "EnumType") => {
                let item = MetadataEnum {
                    name: self.name(element)?,
                    flags: element.is_set("IsFlags")?,
                    members: Vec::new(),
                    line: element.line,
                };
                self.metadata.enums.push(item);
                Open::Enum
            }
            (Open::Schema, "Action" | "Function") => {
                self.bound = element.is_set("IsBound")?;
                let operation = MetadataOperation {
                    name: self.name(element)?,
                    function: element.name == "Function",
                    binding: None,
                    parameters: Vec::new(),
                    line: element.line,
                };
                self.metadata.operations.push(operation);
                Open::Operation
            }
            (Open::Schema, "EntityContainer") => Open::Container,
            (Open::Structured, "Property" | "NavigationProperty") => {
                let property = MetadataProperty {
                    name: element.needed("Name")?,
                    ty: element.ty("Type")?,
                    navigation: element.name == "NavigationProperty",
                    line: element.line,
                };
                if let Some(ty) = self.metadata.types.last_mut() {
                    ty.properties.push(property);
                }
                Open::Ignored
            }
            (Open::Enum, "Member") => self.member(element)?,
            (Open::Operation, "Parameter") => {
                let parameter = (element.needed("Name")?, element.ty("Type")?);
                let is_binding = std::mem::take(&mut self.bound);
                if let Some(operation) = self.metadata.operations.last_mut() {
                    match is_binding {
                        true => operation.binding = Some(parameter.1),
                        false => operation.parameters.push(parameter),
                    }
                }
                Open::Ignored
            }
            (Open::Container, "EntitySet" | "Singleton") => {
                let is_set = element.name == "EntitySet";
                let name = element.needed(if is_set { "EntityType" } else { "Type" })?;
                self.metadata.roots.push(MetadataRoot {
                    name: element.needed("Name")?,
                    ty: MetadataTypeRef {
                        name,
                        collection: is_set,
                    },
                });
                Open::Ignored
            }
            _ => Open::Ignored,
        })
    }

    fn name(&self, element: &Element<'_>) -> Result<QualifiedName, MalformedMetadata> {
        Ok(QualifiedName {
            namespace: self.namespace.clone(),
            name: element.needed("Name")?,
        })
    }

    /// A member of the enum that is open. One without a number follows the one before it.
    fn member(&mut self, element: &Element<'_>) -> Result<Open, MalformedMetadata> {
        let name = element.needed("Name")?;
        let number = element.attribute("Value")?;
        let Some(item) = self.metadata.enums.last_mut() else {
            return Ok(Open::Ignored);
        };
        let number = match number {
            Some(text) => text.trim().parse::<i64>().map_err(|_| {
                element.fail(format!("`Value` is `{text}`; expected a whole number"))
            })?,
            None => item
                .members
                .last()
                .map_or(0, |(_, last, _)| last.saturating_add(1)),
        };
        item.members.push((name, number, element.line));
        Ok(Open::Ignored)
    }

    /// The metadata with the namespaces in the place of their short names.
    fn resolved(self) -> Metadata {
        let aliases = self.aliases;
        let resolve = |name: &mut String| {
            let qualified = name.rsplit_once('.').and_then(|(first, last)| {
                let (_, namespace) = aliases.iter().find(|(alias, _)| alias == first)?;
                Some(format!("{namespace}.{last}"))
            });
            if let Some(qualified) = qualified {
                *name = qualified;
            }
        };
        let mut metadata = self.metadata;
        for ty in &mut metadata.types {
            ty.base.iter_mut().for_each(resolve);
            ty.properties
                .iter_mut()
                .for_each(|property| resolve(&mut property.ty.name));
        }
        for operation in &mut metadata.operations {
            operation
                .binding
                .iter_mut()
                .for_each(|ty| resolve(&mut ty.name));
            operation
                .parameters
                .iter_mut()
                .for_each(|(_, ty)| resolve(&mut ty.name));
        }
        metadata
            .roots
            .iter_mut()
            .for_each(|root| resolve(&mut root.ty.name));
        metadata
    }
}
