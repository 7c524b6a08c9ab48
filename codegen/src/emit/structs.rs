//! Turns a planned struct into the struct, the names of its fields, and its lean serde implementations.

use std::collections::BTreeSet;

use super::code::{Code, code};
use super::imports::Imports;
use super::{doc, features, types};
use crate::plan::ident::RustIdent;
use crate::plan::nodes::{FieldPlan, StructPlan};
use crate::prose::code_span;

/// The struct and the names of its fields.
pub(super) fn declare(plan: &StructPlan, imports: &mut Imports) -> Vec<Code> {
    vec![declaration(plan, imports), constants(plan, imports)]
}

/// How the struct is read and written.
pub(super) fn implement(plan: &StructPlan, imports: &mut Imports) -> Vec<Code> {
    vec![
        model(plan, imports),
        deserialize(plan, imports),
        serialize(plan, imports),
    ]
}

fn declaration(plan: &StructPlan, imports: &mut Imports) -> Code {
    let name = &plan.ident;
    let docs = doc::outer(&plan.doc, &format!("{}.", code_span(&plan.wire)));
    let additional = &plan.additional;
    let additional_type = imports.runtime("", "AdditionalProperties");
    let fields = plan.fields.iter().map(|plan| field(plan, imports));
    let fields = Code::all(fields);
    code! { docs, name, fields, additional, additional_type =>
        #docs
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct #name {
            #fields
            /// Properties that the documentation does not declare, kept as they were read.
            pub #additional: #additional_type,
        }
    }
}

fn field(plan: &FieldPlan, imports: &mut Imports) -> Code {
    let name = &plan.ident;
    let docs = doc::outer(&plan.doc, &format!("{}.", code_span(&plan.wire)));
    let option = imports.prelude("Option", &["option"]);
    let ty = imports.behind(&plan.features, |imports| types::tokens(&plan.ty, imports));
    let cfg = features::attribute(&plan.features);
    code! { docs, cfg, name, option, ty =>
        #docs
        #cfg
        pub #name: #option<#ty>,
    }
}

/// The names of the fields, for `$select` and its kin; nothing for a struct without fields.
fn constants(plan: &StructPlan, imports: &mut Imports) -> Code {
    if plan.fields.is_empty() {
        return Code::default();
    }
    let name = &plan.ident;
    let constants = plan.fields.iter().map(|field| constant(field, imports));
    let constants = Code::all(constants);
    code! { name, constants =>
        impl #name {
            #constants
        }
    }
}

fn constant(field: &FieldPlan, imports: &mut Imports) -> Code {
    let field_type = imports.behind(&field.features, |imports| imports.runtime("", "Field"));
    let constant = &field.constant;
    let wire = &field.wire;
    let docs = doc::outer(
        &[],
        &format!("{}, for `$select` and the like.", code_span(wire)),
    );
    let cfg = features::attribute(&field.features);
    code! { docs, cfg, constant, field_type, wire =>
        #docs
        #cfg
        pub const #constant: #field_type<Self> = #field_type::new(#wire);
    }
}

fn model(plan: &StructPlan, imports: &mut Imports) -> Code {
    let name = &plan.ident;
    let (wire, derived) = (&plan.wire, plan.derived);
    let additional = &plan.additional;
    let model = imports.runtime("", "Model");
    let additional_type = imports.runtime("", "AdditionalProperties");
    let (read, write) = visits(plan, imports);
    code! { model, name, wire, derived, read, write, additional_type, additional =>
        impl #model for #name {
            const NAME: &'static str = #wire;
            const DERIVED: bool = #derived;

            #read

            #write

            fn additional(&self) -> &#additional_type {
                &self.#additional
            }

            fn additional_mut(&mut self) -> &mut #additional_type {
                &mut self.#additional
            }
        }
    }
}

/// How the fields are read and written; nothing for a struct without fields. Where all fields are behind features, so
/// are the two functions: a match without an arm but the last is none.
fn visits(plan: &StructPlan, imports: &mut Imports) -> (Code, Code) {
    if plan.fields.is_empty() {
        return (Code::default(), Code::default());
    }
    let all: BTreeSet<RustIdent> = plan
        .fields
        .iter()
        .flat_map(|field| field.features.iter().cloned())
        .collect();
    let all: Vec<RustIdent> = all.into_iter().collect();
    let none_is_free = plan.fields.iter().all(|field| !field.features.is_empty());
    let features = if none_is_free { all } else { Vec::new() };
    let cfg = features::attribute(&features);
    let (map_access, serialize_map, entries) = imports.behind(&features, |imports| {
        let map_access = imports.runtime("serde::de", "MapAccess");
        let serialize_map = imports.runtime("serde::ser", "SerializeMap");
        (
            map_access,
            serialize_map,
            imports.runtime("model", "Entries"),
        )
    });
    let result = imports.prelude("Result", &["result"]);
    let [mut reads, mut writes] = [Code::default(), Code::default()];
    for field in &plan.fields {
        let cfg = features::attribute(&field.features);
        let (name, wire) = (&field.ident, &field.wire);
        let (reading, writing) = (
            types::reading(&field.ty, imports),
            types::writing(&field.ty),
        );
        reads.extend(
            code!(cfg, wire, reading, name => #cfg #wire => #reading(map, &mut self.#name),),
        );
        writes
            .extend(code!(cfg, writing, wire, name => #cfg entries.#writing(#wire, &self.#name);));
    }
    (
        code! { cfg, map_access, result, reads =>
            #cfg
            fn read<'de, A: #map_access<'de>>(&mut self, name: &str, map: &mut A) -> #result<bool, A::Error> {
                match name {
                    #reads
                    _ => Ok(false),
                }
            }
        },
        code! { cfg, serialize_map, entries, writes =>
            #cfg
            fn write<M: #serialize_map>(&self, entries: &mut #entries<'_, M>) {
                #writes
            }
        },
    )
}

fn deserialize(plan: &StructPlan, imports: &mut Imports) -> Code {
    let name = &plan.ident;
    let deserialize = imports.runtime("serde", "Deserialize");
    let deserializer = imports.runtime("serde", "Deserializer");
    let result = imports.prelude("Result", &["result"]);
    let function = imports.function("model", "deserialize");
    code! { deserialize, name, deserializer, result, function =>
        impl<'de> #deserialize<'de> for #name {
            fn deserialize<D: #deserializer<'de>>(deserializer: D) -> #result<Self, D::Error> {
                #function(deserializer)
            }
        }
    }
}

fn serialize(plan: &StructPlan, imports: &mut Imports) -> Code {
    let name = &plan.ident;
    let serialize = imports.runtime("serde", "Serialize");
    let serializer = imports.runtime("serde", "Serializer");
    let result = imports.prelude("Result", &["result"]);
    let function = imports.function("model", "serialize");
    code! { serialize, name, serializer, result, function =>
        impl #serialize for #name {
            fn serialize<S: #serializer>(&self, serializer: S) -> #result<S::Ok, S::Error> {
                #function(self, serializer)
            }
        }
    }
}
