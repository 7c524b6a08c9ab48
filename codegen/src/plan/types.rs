//! Names the types of `models`, and says which Rust type a value has.

use std::collections::{BTreeMap, BTreeSet};

use super::naming::{case_of, module, oddity, pascal};
use super::nodes::{ModelPath, NamespacePlan, RustType};
use super::settle::{Case, Holder, Settled, Wish, settle};
use crate::diagnostics::{Diagnostic, Diagnostics, Rule, Span};
use crate::model::{Api, CoreType, EnumId, Primitive, QualifiedName, TypeId, TypeRef};
use crate::plan::ident::RustIdent;
use crate::profile::Profile;
use crate::prose::code_span;

/// The Rust names of all types, and which fields have to be boxed.
#[derive(Debug, Default)]
pub(super) struct TypeNames {
    structured: Vec<ModelPath>,
    enums: Vec<ModelPath>,
    /// The file module of each item.
    files: BTreeMap<ModelPath, RustIdent>,
    namespaces: BTreeMap<RustIdent, String>,
    /// Structural edges that lead back to where they start.
    circular: BTreeSet<(TypeId, TypeId)>,
    flags: BTreeSet<EnumId>,
}

/// Names of generated code that a type of the service does not get, so that files read well. The list is closed: `emit`
/// writes a full path for whatever name is taken, `Entries` for one, and a further entry would rename a type.
const RESERVED: &[&str] = &[
    "AdditionalProperties",
    "Box",
    "Clone",
    "Debug",
    "Default",
    "Deserialize",
    "Deserializer",
    "Err",
    "Field",
    "From",
    "Into",
    "MapAccess",
    "Model",
    "None",
    "Ok",
    "OpenEnum",
    "Option",
    "PartialEq",
    "Related",
    "Result",
    "Self",
    "Serialize",
    "SerializeMap",
    "Serializer",
    "Some",
    "String",
    "Vec",
];

impl TypeNames {
    pub(super) fn new(api: &Api, profile: &Profile, diagnostics: &mut Diagnostics) -> Self {
        let mut names = Self {
            flags: (0..api.enums.len())
                .filter(|index| api.enums[*index].flags)
                .map(EnumId::at)
                .collect(),
            circular: circular(api),
            ..Self::default()
        };
        // All namespaces are known before the first type is named.
        let types = api.types.iter().map(|ty| (&ty.name, &ty.origins, "Type"));
        let enums = api
            .enums
            .iter()
            .map(|item| (&item.name, &item.origins, "Enum"));
        let items: Vec<(&QualifiedName, &Vec<Span>, &str)> = types.chain(enums).collect();
        let mut scopes: BTreeMap<Option<RustIdent>, Vec<usize>> = BTreeMap::new();
        for (index, (name, ..)) in items.iter().enumerate() {
            let namespace = names.namespace(&name.namespace, profile);
            scopes.entry(namespace).or_default().push(index);
        }
        let mut paths: BTreeMap<usize, ModelPath> = BTreeMap::new();
        for (namespace, members) in scopes {
            let wishes: Vec<Wish> = members
                .iter()
                .map(|index| {
                    let (name, _, suffix) = items[*index];
                    wish(name, suffix, profile)
                })
                .collect();
            let settled = settle(&wishes, RESERVED);
            for ((index, item), wish) in members.iter().zip(&settled).zip(&wishes) {
                let (name, origins, _) = items[*index];
                if let Some(holder) = item.instead
                    && let Some(span) = origins.first()
                {
                    let other = match holder {
                        Holder::Item(other) => format!("`{}`", items[members[other]].0),
                        Holder::Scope => "the crate itself".to_owned(),
                    };
                    let message = format!(
                        "`{name}` is `{}` in Rust, because {other} has the name `{}`",
                        item.ident, wish.plain
                    );
                    diagnostics.push(Diagnostic::at(Rule::NameCollision, *span, message));
                }
            }
            names.claim_files(namespace.as_ref(), &settled, profile);
            for (index, item) in members.into_iter().zip(settled) {
                let (namespace, ident) = (namespace.clone(), item.ident);
                paths.insert(index, ModelPath { namespace, ident });
            }
        }
        let mut paths = paths.into_values();
        names.structured = paths.by_ref().take(api.types.len()).collect();
        names.enums = paths.collect();
        names
    }

    /// Names the files of the types of a namespace. A namespace is a module of the root, beside the files of the root's
    /// types.
    fn claim_files(&mut self, namespace: Option<&RustIdent>, types: &[Settled], profile: &Profile) {
        let wishes: Vec<Wish> = types
            .iter()
            .map(|ty| {
                let plain = module(ty.ident.as_str(), &profile.names.words);
                Wish {
                    wire: ty.ident.to_string(),
                    rank: (0, 0, 0),
                    longer: vec![format!("{plain}_model")],
                    case: Case::Snake,
                    plain,
                }
            })
            .collect();
        let reserved: Vec<&str> = match namespace {
            None => self.namespaces.keys().map(RustIdent::as_str).collect(),
            Some(_) => Vec::new(),
        };
        let files = settle(&wishes, &reserved);
        for (ty, file) in types.iter().zip(files) {
            let path = ModelPath {
                namespace: namespace.cloned(),
                ident: ty.ident.clone(),
            };
            self.files.insert(path, file.ident);
        }
    }

    /// The module of a namespace: none for the service's own, `call_records` for `microsoft.graph.callRecords`.
    fn namespace(&mut self, namespace: &str, profile: &Profile) -> Option<RustIdent> {
        if namespace.eq_ignore_ascii_case(&profile.namespace) {
            return None;
        }
        let own = namespace
            .get(..profile.namespace.len())
            .filter(|start| start.eq_ignore_ascii_case(&profile.namespace))
            .and_then(|_| namespace.get(profile.namespace.len()..))
            .and_then(|rest| rest.strip_prefix('.'))
            .unwrap_or(namespace);
        let ident = RustIdent::new(&module(own, &profile.names.words));
        self.namespaces
            .entry(ident.clone())
            .or_insert_with(|| namespace.to_owned());
        Some(ident)
    }

    /// The modules of namespaces.
    pub(super) fn namespaces(&self) -> Vec<NamespacePlan> {
        self.namespaces
            .iter()
            .map(|(ident, namespace)| NamespacePlan {
                ident: ident.clone(),
                doc: vec![format!("Types of the namespace {}.", code_span(namespace))],
            })
            .collect()
    }

    /// The name of a type.
    pub(super) fn structured(&self, id: TypeId) -> &ModelPath {
        &self.structured[id.0 as usize]
    }

    /// The name of an enum.
    pub(super) fn enumeration(&self, id: EnumId) -> &ModelPath {
        &self.enums[id.0 as usize]
    }

    /// The module of an item's file.
    pub(super) fn file(&self, path: &ModelPath) -> RustIdent {
        self.files
            .get(path)
            .cloned()
            .unwrap_or_else(|| RustIdent::new("model"))
    }

    /// The Rust type of one value.
    pub(super) fn element(&self, core: CoreType) -> RustType {
        match core {
            CoreType::Primitive(primitive) => primitive_type(primitive),
            CoreType::Structured(id) => RustType::Model(self.structured(id).clone()),
            CoreType::Enum(id) => {
                let model = RustType::Model(self.enumeration(id).clone());
                if self.flags.contains(&id) {
                    RustType::Generic("Flags", Box::new(model))
                } else {
                    model
                }
            }
            CoreType::Json => RustType::Runtime("Json"),
        }
    }

    /// The Rust type of a value or a collection.
    pub(super) fn value(&self, ty: TypeRef) -> RustType {
        let element = self.element(ty.core);
        if ty.collection {
            RustType::Vec(Box::new(element))
        } else {
            element
        }
    }

    /// The Rust type of a field: relationships are lazy, and a type that would hold itself is boxed.
    pub(super) fn field(&self, owner: Option<TypeId>, ty: TypeRef, navigation: bool) -> RustType {
        let value = self.value(ty);
        if navigation {
            return RustType::Generic("Related", Box::new(value));
        }
        match (owner, ty.core) {
            (Some(owner), CoreType::Structured(target))
                if !ty.collection && self.circular.contains(&(owner, target)) =>
            {
                RustType::Boxed(Box::new(value))
            }
            _ => value,
        }
    }
}

/// What a type would like to be called: its own name in Pascal case.
fn wish(name: &QualifiedName, suffix: &str, profile: &Profile) -> Wish {
    let plain = pascal(&name.name, &profile.names.words);
    Wish {
        wire: name.to_string(),
        rank: (usize::from(suffix == "Enum"), oddity(&name.name), 0),
        longer: vec![
            format!("{plain}{suffix}"),
            format!("{plain}{}", pascal(case_of(&name.name), &[])),
        ],
        case: Case::Pascal,
        plain,
    }
}

/// The Rust type of a primitive.
fn primitive_type(primitive: Primitive) -> RustType {
    match primitive {
        Primitive::Boolean => RustType::Bool,
        Primitive::Byte => RustType::Number("u8"),
        Primitive::SByte => RustType::Number("i8"),
        Primitive::Int16 => RustType::Number("i16"),
        Primitive::Int32 => RustType::Number("i32"),
        Primitive::Int64 => RustType::Number("i64"),
        Primitive::Single => RustType::Number("f32"),
        Primitive::Double | Primitive::Decimal => RustType::Number("f64"),
        Primitive::String => RustType::String,
        Primitive::Binary => RustType::Runtime("Binary"),
        Primitive::Date => RustType::Runtime("Date"),
        Primitive::DateTimeOffset => RustType::Runtime("DateTimeOffset"),
        Primitive::Duration => RustType::Runtime("Duration"),
        Primitive::Guid => RustType::Runtime("Guid"),
        Primitive::TimeOfDay => RustType::Runtime("TimeOfDay"),
        Primitive::Stream => RustType::Runtime("Stream"),
    }
}

/// The structural edges, without collections, that are part of a circle: without a box such a type has no size.
fn circular(api: &Api) -> BTreeSet<(TypeId, TypeId)> {
    let edges: Vec<BTreeSet<TypeId>> = (0..api.types.len())
        .map(|index| {
            api.base_chain(TypeId::at(index))
                .into_iter()
                .flat_map(|owner| &api.structured(owner).properties)
                .filter(|property| !property.navigation && !property.ty.collection)
                .filter_map(|property| match property.ty.core {
                    CoreType::Structured(target) => Some(target),
                    _ => None,
                })
                .collect()
        })
        .collect();
    let circles = circles(&edges);
    let mut circular = BTreeSet::new();
    for (index, targets) in edges.iter().enumerate() {
        let in_circle = |target: &&TypeId| circles[target.0 as usize] == circles[index];
        let targets = targets.iter().filter(in_circle);
        circular.extend(targets.map(|target| (TypeId::at(index), *target)));
    }
    circular
}

/// The strongly connected component of each type, as a number: an edge is part of a circle where both its ends have the
/// same one (Kosaraju's algorithm, in time proportional to the types and edges).
fn circles(edges: &[BTreeSet<TypeId>]) -> Vec<usize> {
    let forth: Vec<Vec<usize>> = edges
        .iter()
        .map(|targets| targets.iter().map(|target| target.0 as usize).collect())
        .collect();
    let mut back = vec![Vec::new(); edges.len()];
    for (from, targets) in forth.iter().enumerate() {
        for to in targets {
            back[*to].push(from);
        }
    }
    let mut seen = vec![false; edges.len()];
    let mut order = Vec::new();
    for from in 0..edges.len() {
        order.extend(reached(&forth, from, &mut seen));
    }
    let mut circles = vec![0; edges.len()];
    seen.fill(false);
    for (circle, from) in order.into_iter().rev().enumerate() {
        for at in reached(&back, from, &mut seen) {
            circles[at] = circle;
        }
    }
    circles
}

/// What can be reached from a node and has not been seen, each node after all that is reached from it.
fn reached(edges: &[Vec<usize>], from: usize, seen: &mut [bool]) -> Vec<usize> {
    let mut left = Vec::new();
    if std::mem::replace(&mut seen[from], true) {
        return left;
    }
    // The nodes on the way, with the edges that are still to be followed: calls in calls would end where the stack does.
    let mut way = vec![(from, edges[from].iter())];
    while let Some((at, rest)) = way.last_mut() {
        match rest.next() {
            Some(next) if std::mem::replace(&mut seen[*next], true) => {}
            Some(next) => way.push((*next, edges[*next].iter())),
            None => {
                left.push(*at);
                way.pop();
            }
        }
    }
    left
}
