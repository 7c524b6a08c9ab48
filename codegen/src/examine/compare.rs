//! Compares a value of JSON with a documented type.

use std::collections::BTreeMap;
use std::mem;
use std::rc::Rc;

use serde_json::{Map, Value};

use crate::diagnostics::Span;
use crate::model::{Api, Contradiction, CoreType, Primitive, Property, TypeId, TypeRef, Verdict};
use crate::profile::Profile;

/// The annotation that names the type of an object (OData JSON Format 4.01, control information `type`).
const ODATA_TYPE: &str = "@odata.type";

/// The annotation that refers to an entity (OData JSON Format 4.01, section 14).
const ODATA_ID: &str = "@odata.id";

/// The most characters of a text that are shown.
const SHOWN: usize = 40;

/// Keys that are no property, by the name of the type and their own: the first example that has the key, and how many
/// have it.
pub(super) type Undeclared = BTreeMap<(String, String), (Span, usize)>;

/// The properties of a type and its base types, by name; of two of one name the nearest.
type Declared<'a> = BTreeMap<&'a str, &'a Property>;

/// What is known of the bodies of all examples.
#[derive(Default)]
pub(super) struct Known<'a> {
    /// Keys that are no property.
    pub(super) undeclared: Undeclared,
    /// The properties of the types that objects were of.
    declared: BTreeMap<TypeId, Rc<Declared<'a>>>,
}

impl<'a> Known<'a> {
    fn declared(&mut self, api: &'a Api, id: TypeId) -> Rc<Declared<'a>> {
        let declared = self.declared.entry(id).or_insert_with(|| {
            let owners = api.base_chain(id).into_iter().rev();
            let properties = owners.flat_map(|id| api.structured(id).properties.iter().rev());
            Rc::new(
                properties
                    .map(|property| (property.name.as_str(), property))
                    .collect(),
            )
        });
        Rc::clone(declared)
    }
}

/// A body on its way through the types.
pub(super) struct Comparison<'a, 'k> {
    pub(super) api: &'a Api,
    pub(super) profile: &'a Profile,
    pub(super) known: &'k mut Known<'a>,
    pub(super) contradictions: Vec<Contradiction>,
    /// Whether the object stands in `value`.
    pub(super) wrapped: bool,
    /// The fence of the body.
    pub(super) span: Span,
}

impl Comparison<'_, '_> {
    /// What was found since the last verdict.
    pub(super) fn verdict(&mut self) -> Verdict {
        Verdict {
            wrapped: mem::take(&mut self.wrapped),
            contradictions: mem::take(&mut self.contradictions),
        }
    }

    /// Compares a value with a type. Null is one of any: reading takes it as absent.
    pub(super) fn value(&mut self, ty: TypeRef, value: &Value, at: &str) {
        match value {
            Value::Null => {}
            _ if !ty.collection => self.element(ty.core, value, at),
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate().filter(|(_, item)| !item.is_null()) {
                    self.element(ty.core, item, &format!("{at}[{index}]"));
                }
            }
            _ => self.contradicts(value, &type_name(self.api, ty), at),
        }
    }

    /// Compares a body with a type that is the whole of it. Pages that were generated put such an object in `value`.
    pub(super) fn whole(&mut self, id: TypeId, value: &Value) {
        let ty = TypeRef {
            core: CoreType::Structured(id),
            collection: false,
        };
        let chain = self.api.base_chain(id);
        let mut properties = chain
            .iter()
            .flat_map(|id| &self.api.structured(*id).properties);
        let declared = properties.any(|property| property.name == "value");
        match value.get("value").filter(|_| !declared) {
            Some(inner @ Value::Object(_)) => {
                self.wrapped = true;
                self.value(ty, inner, "$['value']");
            }
            Some(Value::Array(_)) => {
                self.contradictions.push(Contradiction {
                    at: "$".to_owned(),
                    found: "a collection".to_owned(),
                    documented: type_name(self.api, ty),
                    placeholder: false,
                });
            }
            _ => self.value(ty, value, "$"),
        }
    }

    /// Compares the property `value` of a body with a type.
    pub(super) fn enveloped(&mut self, ty: TypeRef, value: &Value) {
        match value.get("value") {
            Some(wrapped) => self.value(ty, wrapped, "$['value']"),
            None => {
                let expected = format!("`value` with {}", type_name(self.api, ty));
                self.contradicts(value, &expected, "$");
            }
        }
    }

    /// Compares an object with the rows of a body.
    pub(super) fn parameters(&mut self, rows: &[Property], value: &Value, at: &str) {
        let Some(map) = value.as_object() else {
            self.contradicts(value, "an object", at);
            return;
        };
        let rows = rows.iter().rev().map(|row| (row.name.as_str(), row));
        let rows: BTreeMap<&str, &Property> = rows.collect();
        for (key, value) in properties(map) {
            if let Some(row) = rows.get(key.as_str()) {
                self.value(row.ty, value, &format!("{at}['{key}']"));
            }
        }
    }

    /// Compares an object with a reference to an entity.
    pub(super) fn reference(&mut self, value: &Value, at: &str) {
        let address = value.get(ODATA_ID);
        if !address.is_some_and(Value::is_string) {
            self.contradicts(value, "a reference to an entity", at);
        }
    }

    /// Notes that the whole body is of another kind than documented.
    pub(super) fn other(&mut self, found: &str, documented: &str) {
        self.contradictions.push(Contradiction {
            at: "$".to_owned(),
            found: found.to_owned(),
            documented: documented.to_owned(),
            placeholder: false,
        });
    }

    fn element(&mut self, core: CoreType, value: &Value, at: &str) {
        let fits = match core {
            CoreType::Json => true,
            CoreType::Structured(id) => match value.as_object() {
                Some(map) => {
                    self.object(id, map, at);
                    true
                }
                None => false,
            },
            CoreType::Enum(_) => value.is_string(),
            CoreType::Primitive(primitive) => is_of(primitive, value),
        };
        if !fits {
            let ty = TypeRef {
                core,
                collection: false,
            };
            self.contradicts(value, &type_name(self.api, ty), at);
        }
    }

    /// Compares an object with a type, or with the derived one that the object names.
    fn object(&mut self, declared: TypeId, map: &Map<String, Value>, at: &str) {
        let id = self.named(map, declared).unwrap_or(declared);
        let declared = self.known.declared(self.api, id);
        for (key, value) in properties(map) {
            match declared.get(key.as_str()) {
                // A relationship is decoded when it is asked for, whatever it holds.
                Some(property) if property.navigation => {}
                Some(property) => self.value(property.ty, value, &format!("{at}['{key}']")),
                None => {
                    let chain = self.api.base_chain(id);
                    let mut owners = chain.iter().map(|id| self.api.structured(*id));
                    let is_known = owners.any(|owner| owner.open || owner.left_out.contains(key));
                    if !is_known {
                        let name = self.api.structured(id).name.to_string();
                        let entry = self.known.undeclared.entry((name, key.clone()));
                        entry.or_insert((self.span, 0)).1 += 1;
                    }
                }
            }
        }
    }

    /// The type that an object names, where it is derived from the declared one.
    fn named(&self, map: &Map<String, Value>, declared: TypeId) -> Option<TypeId> {
        let name = map.get(ODATA_TYPE)?.as_str()?.trim_start_matches('#');
        let (namespace, short) = name.rsplit_once('.')?;
        let types = &self.api.types;
        let index = types
            .binary_search_by(|ty| {
                let own = (ty.name.namespace.as_str(), ty.name.name.as_str());
                own.cmp(&(namespace, short))
            })
            .ok()?;
        let id = TypeId::at(index);
        self.api.base_chain(id).contains(&declared).then_some(id)
    }

    fn contradicts(&mut self, value: &Value, documented: &str, at: &str) {
        let placeholder = value
            .as_str()
            .is_some_and(|text| is_placeholder(text, self.profile));
        self.contradictions.push(Contradiction {
            at: at.to_owned(),
            found: shown(value),
            documented: documented.to_owned(),
            placeholder,
        });
    }
}

/// The properties of an object: all but control information (OData JSON Format 4.01, section 4.6).
fn properties(map: &Map<String, Value>) -> impl Iterator<Item = (&String, &Value)> {
    map.iter().filter(|(key, _)| !key.contains('@'))
}

/// Whether the runtime reads a value as a primitive and writes the same.
fn is_of(primitive: Primitive, value: &Value) -> bool {
    match primitive {
        Primitive::Boolean => value.is_boolean(),
        Primitive::Byte => whole(value, 0, u8::MAX.into()),
        Primitive::SByte => whole(value, i8::MIN.into(), i8::MAX.into()),
        Primitive::Int16 => whole(value, i16::MIN.into(), i16::MAX.into()),
        Primitive::Int32 => whole(value, i32::MIN.into(), i32::MAX.into()),
        Primitive::Int64 => whole(value, i64::MIN, i64::MAX),
        Primitive::Decimal | Primitive::Double | Primitive::Single => match value {
            Value::Number(_) => true,
            Value::String(text) => {
                matches!(text.as_str(), "INF" | "-INF" | "NaN")
                    || text.parse().is_ok_and(f64::is_finite)
            }
            _ => false,
        },
        Primitive::Stream => true,
        Primitive::Binary
        | Primitive::Date
        | Primitive::DateTimeOffset
        | Primitive::Duration
        | Primitive::Guid
        | Primitive::String
        | Primitive::TimeOfDay => value.is_string(),
    }
}

/// Whether a value is a whole number within bounds, as a number or as text (OData JSON Format 4.01, section 3.2).
fn whole(value: &Value, least: i64, most: i64) -> bool {
    let number = match value {
        Value::Number(number) => match number.as_i64() {
            Some(number) => Some(number),
            // From 2^53 on not every whole number is a double, so that the comparison would be none.
            None => number
                .as_f64()
                .filter(|number| number.fract() == 0.0 && number.abs() < 9e15)
                .and_then(|number| format!("{number}").parse().ok()),
        },
        Value::String(text) => text.parse().ok(),
        _ => None,
    };
    number.is_some_and(|number: i64| (least..=most).contains(&number))
}

/// Whether a text stands for a value: it is in braces or angle brackets, is elided, or names a type or a value.
fn is_placeholder(text: &str, profile: &Profile) -> bool {
    let text = text.trim();
    let enclosed = [('{', '}'), ('<', '>'), ('[', ']')];
    enclosed
        .iter()
        .any(|(open, close)| text.starts_with(*open) && text.ends_with(*close))
        || text.contains("...")
        || text.contains('…')
        || profile.primitive(text).is_some()
        || profile.placeholder(text).is_some()
}

/// A value in a few words.
fn shown(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => format!("`{value}`"),
        Value::Number(number) => format!("the number {number}"),
        Value::String(text) => {
            let start: String = text.chars().take(SHOWN).collect();
            let more = if start.len() < text.len() { "…" } else { "" };
            format!("the text `{start}{more}`")
        }
        Value::Array(_) => "an array".to_owned(),
        Value::Object(_) => "an object".to_owned(),
    }
}

/// The name of a type as CSDL writes it: `Collection(Edm.String)`.
fn type_name(api: &Api, ty: TypeRef) -> String {
    let name = api.core_name(ty.core);
    match ty.collection {
        true => format!("Collection({name})"),
        false => name,
    }
}
