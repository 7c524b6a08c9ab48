//! Turns paths and queries into templates of the runtime, and their placeholders into arguments with names of their own.

use super::Planner;
use super::ident::RustIdent;
use super::naming::{Scope, singular, snake};
use super::nodes::{ArgumentPlan, RustType};
use super::wire::required_query;
use crate::model::{CoreType, ELISION, Operation, Part, Primitive, TypeRef};

/// A placeholder on its way to an argument.
struct Slot {
    /// The name that the page gives.
    name: String,
    /// The literal segment before it, in the singular.
    owner: Option<String>,
    /// The name of the function's argument or query parameter that it is the value of.
    wire: Option<String>,
}

/// The path and query of a request, with the arguments that fill it.
#[derive(Clone, Debug)]
pub(super) struct Template {
    /// The text, as the runtime reads it.
    pub(super) text: String,
    /// The arguments, in their order.
    pub(super) arguments: Vec<ArgumentPlan>,
    /// Where an example has the value of each argument.
    pub(super) sources: Vec<Source>,
    /// The arguments whose name on the page another one has.
    pub(super) collisions: Vec<String>,
}

/// Where an example has the value of an argument.
#[derive(Clone, Debug)]
pub(super) enum Source {
    /// In the path.
    Path {
        /// How text is quoted there, if it is.
        quotes: Quotes,
    },
    /// In the query.
    Query {
        /// The parameter.
        name: String,
        /// What stands before the value.
        before: String,
        /// What stands after it.
        after: String,
    },
}

/// How a value is quoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quotes {
    /// Not at all.
    None,
    /// By the page.
    Documented,
    /// By the template, whether or not the page quotes it.
    Added,
}

impl Planner<'_> {
    /// The template of an operation's path and query.
    pub(super) fn template(&self, operation: &Operation) -> Template {
        let mut slots = Vec::new();
        let mut sources = Vec::new();
        let mut template = Vec::new();
        let mut owner = None;
        for segment in &operation.path {
            template.push(Piece::Text("/".to_owned()));
            let mut wire = None;
            for part in &segment.parts {
                match part {
                    Part::Literal(text) => {
                        wire = text
                            .trim_end_matches('\'')
                            .strip_suffix('=')
                            .and_then(|text| text.rsplit(['(', ',']).next())
                            .map(str::to_owned);
                        if segment.literal().is_some() || text.contains('(') {
                            let name = text.split('(').next().unwrap_or(text).trim_matches(':');
                            owner = Some(name.rsplit('.').next().unwrap_or(name).to_owned());
                        }
                        template.push(Piece::Text(text.clone()));
                    }
                    Part::Placeholder { name, quoted, path } => {
                        let slot = Slot {
                            name: name.clone(),
                            owner: owner.clone(),
                            wire: wire.take(),
                        };
                        let declared = declared(operation, &slot);
                        let quote = if *quoted { "" } else { quote(declared) };
                        sources.push(Source::Path {
                            quotes: match (quoted, quote) {
                                (true, _) => Quotes::Documented,
                                (false, "") => Quotes::None,
                                (false, _) => Quotes::Added,
                            },
                        });
                        slots.push(slot);
                        template.push(Piece::Text(quote.to_owned()));
                        template.push(Piece::Slot { path: *path });
                        template.push(Piece::Text(quote.to_owned()));
                    }
                }
            }
        }
        call(operation, &mut template, &mut slots);
        let called = operation.call.iter().map(|argument| Source::Path {
            quotes: match quote(argument.ty) {
                "" => Quotes::None,
                _ => Quotes::Added,
            },
        });
        sources.extend(called);
        self.query(operation, &mut template, &mut slots, &mut sources);
        let (arguments, collisions) = self.arguments(operation, &slots);
        Template {
            text: text_of(&template, &arguments),
            arguments,
            sources,
            collisions,
        }
    }

    /// Adds the query of the request line.
    fn query(
        &self,
        operation: &Operation,
        template: &mut Vec<Piece>,
        slots: &mut Vec<Slot>,
        sources: &mut Vec<Source>,
    ) {
        for (index, (name, value)) in required_query(operation).enumerate() {
            let mark = if index == 0 { "?" } else { "&" };
            template.push(Piece::Text(format!("{mark}{name}=")));
            let mut rest = value.as_str();
            while let Some((before, after)) = rest.split_once('{') {
                let Some((inner, after)) = after.split_once('}') else {
                    break;
                };
                template.push(Piece::Text(before.to_owned()));
                sources.push(Source::Query {
                    name: name.clone(),
                    before: before.to_owned(),
                    after: after.split('{').next().unwrap_or_default().to_owned(),
                });
                let whole = before.is_empty() && after.is_empty() && rest.len() == value.len();
                slots.push(Slot {
                    name: inner.to_owned(),
                    owner: None,
                    wire: whole.then(|| name.clone()),
                });
                template.push(Piece::Slot { path: false });
                rest = after;
            }
            template.push(Piece::Text(rest.replace(['{', '}'], "")));
        }
    }

    /// Names the arguments: by the page's name; where two placeholders share one, by the segment before them; where that
    /// does not tell them apart, by their place.
    fn arguments(&self, operation: &Operation, slots: &[Slot]) -> (Vec<ArgumentPlan>, Vec<String>) {
        let plain: Vec<String> = slots.iter().map(|slot| self.plain_name(slot)).collect();
        let mut scope = Scope::default();
        let mut collisions = Vec::new();
        let mut arguments = Vec::new();
        for (index, (slot, name)) in slots.iter().zip(&plain).enumerate() {
            let shared = plain.iter().filter(|other| *other == name).count() > 1;
            let owned = slot.owner.as_ref().map(|owner| {
                let owner = singular(&snake(owner, self.known()));
                if name.starts_with(&owner) {
                    name.clone()
                } else {
                    format!("{owner}_{name}")
                }
            });
            let preferred = match &owned {
                Some(owned) if shared => owned,
                _ => name,
            };
            let others: Vec<String> = owned.clone().into_iter().collect();
            let ident = scope.claim(preferred, &others, index + 1);
            if ident != RustIdent::new(preferred) {
                let wire = &slot.name;
                collisions.push(format!(
                    "the argument for `{{{wire}}}` is `{ident}`, because one before it has the name `{preferred}`"
                ));
            }
            arguments.push(ArgumentPlan {
                ident,
                ty: self.argument_type(operation, slot),
            });
        }
        (arguments, collisions)
    }

    /// The name of a placeholder without its alternatives: `id` of `id | userPrincipalName`. Where it repeats the
    /// segment before it, it names one of what the segment names: `usersId` after `users` is `user_id`.
    fn plain_name(&self, slot: &Slot) -> String {
        let name = slot.wire.as_deref().unwrap_or(&slot.name);
        if name == ELISION {
            return "segments".to_owned();
        }
        let name = name.split('|').next().unwrap_or(name);
        let mut name = snake(name, self.known());
        if let Some(stem) = name.strip_suffix("_value").filter(|stem| !stem.is_empty()) {
            name = stem.to_owned();
        }
        if let Some(owner) = &slot.owner
            && let owner = snake(owner, self.known())
            && let Some(rest) = name.strip_prefix(&owner)
            && (rest.is_empty() || rest.starts_with('_'))
        {
            name = format!("{}{rest}", singular(&owner));
        }
        name
    }

    /// The type of an argument: numbers and truth values where the page says so, otherwise text.
    fn argument_type(&self, operation: &Operation, slot: &Slot) -> RustType {
        let ty = declared(operation, slot);
        match ty.filter(|ty| !ty.collection).map(|ty| ty.core) {
            Some(CoreType::Primitive(
                primitive @ (Primitive::Boolean
                | Primitive::Byte
                | Primitive::SByte
                | Primitive::Int16
                | Primitive::Int32
                | Primitive::Int64
                | Primitive::Single
                | Primitive::Double),
            )) => self.types.element(CoreType::Primitive(primitive)),
            _ => RustType::String,
        }
    }
}

/// The type that the page declares for the argument of a function or a query.
fn declared(operation: &Operation, slot: &Slot) -> Option<TypeRef> {
    let wire = slot.wire.as_ref()?;
    let mut parameters = operation.parameters.iter().chain(&operation.call);
    parameters
        .find(|parameter| parameter.name.eq_ignore_ascii_case(wire))?
        .ty
}

/// What the argument of a function stands in. Text stands in quotes, as do the members of enums (OData URL conventions
/// 4.01, sections 4.6 and 5.1.1.6.1), whether or not the page writes them. A collection is JSON, whose texts have quotes
/// of their own.
fn quote(ty: Option<TypeRef>) -> &'static str {
    match ty.filter(|ty| !ty.collection).map(|ty| ty.core) {
        Some(CoreType::Primitive(Primitive::String) | CoreType::Enum(_)) => "'",
        _ => "",
    }
}

/// Adds the arguments of a function whose request line leaves them out.
fn call(operation: &Operation, template: &mut Vec<Piece>, slots: &mut Vec<Slot>) {
    if operation.call.is_empty() {
        return;
    }
    for (index, argument) in operation.call.iter().enumerate() {
        let quote = quote(argument.ty);
        let before = if index == 0 { "(" } else { "," };
        template.push(Piece::Text(format!("{before}{}={quote}", argument.name)));
        slots.push(Slot {
            name: argument.name.clone(),
            owner: None,
            wire: Some(argument.name.clone()),
        });
        template.push(Piece::Slot { path: false });
        template.push(Piece::Text(quote.to_owned()));
    }
    template.push(Piece::Text(")".to_owned()));
}

/// A part of a template.
enum Piece {
    Text(String),
    Slot { path: bool },
}

/// The template as the runtime reads it.
fn text_of(template: &[Piece], arguments: &[ArgumentPlan]) -> String {
    let mut text = String::new();
    let mut names = arguments.iter().map(|argument| &argument.ident);
    for piece in template {
        match piece {
            Piece::Text(literal) => text.push_str(literal),
            Piece::Slot { path } => {
                let name = names.next().map_or("value", RustIdent::as_str);
                let mark = if *path { "+" } else { "" };
                text.push_str(&format!("{{{mark}{name}}}"));
            }
        }
    }
    if text.is_empty() {
        "/".to_owned()
    } else {
        text
    }
}
