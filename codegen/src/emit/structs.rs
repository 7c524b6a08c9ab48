//! Turns a planned struct into the struct, the names of its fields, and its lean serde implementations.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::imports::{Imports, ident};
use super::{doc, features, types};
use crate::plan::ident::RustIdent;
use crate::plan::nodes::{FieldPlan, StructPlan};
use crate::prose::code_span;

/// The struct and the names of its fields.
pub(super) fn declare(plan: &StructPlan, imports: &mut Imports) -> Vec<TokenStream> {
    vec![declaration(plan, imports), constants(plan, imports)]
}

/// How the struct is read and written.
pub(super) fn implement(plan: &StructPlan, imports: &mut Imports) -> Vec<TokenStream> {
    vec![
        model(plan, imports),
        deserialize(plan, imports),
        serialize(plan, imports),
    ]
}

fn declaration(plan: &StructPlan, imports: &mut Imports) -> TokenStream {
    let name = ident(&plan.ident);
    let docs = doc::outer(&plan.doc, &format!("{}.", code_span(&plan.wire)));
    let additional = ident(&plan.additional);
    let additional_type = imports.runtime("", "AdditionalProperties");
    let fields: Vec<_> = plan
        .fields
        .iter()
        .map(|plan| field(plan, imports))
        .collect();
    quote! {
        #docs
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct #name {
            #(#fields,)*
            /// Properties that the documentation does not declare, kept as they were read.
            pub #additional: #additional_type,
        }
    }
}

fn field(plan: &FieldPlan, imports: &mut Imports) -> TokenStream {
    let name = ident(&plan.ident);
    let docs = doc::outer(&plan.doc, &format!("{}.", code_span(&plan.wire)));
    let option = imports.prelude("Option", &["option"]);
    let ty = imports.behind(&plan.features, |imports| types::tokens(&plan.ty, imports));
    let cfg = features::attribute(&plan.features);
    quote! {
        #docs
        #cfg
        pub #name: #option<#ty>
    }
}

/// The names of the fields, for `$select` and its kin; nothing for a struct without fields.
fn constants(plan: &StructPlan, imports: &mut Imports) -> TokenStream {
    if plan.fields.is_empty() {
        return TokenStream::new();
    }
    let name = ident(&plan.ident);
    let constants: Vec<_> = plan
        .fields
        .iter()
        .map(|field| constant(field, imports))
        .collect();
    quote! {
        impl #name {
            #(#constants)*
        }
    }
}

fn constant(field: &FieldPlan, imports: &mut Imports) -> TokenStream {
    let field_type = imports.behind(&field.features, |imports| imports.runtime("", "Field"));
    let constant = ident(&field.constant);
    let wire = &field.wire;
    let docs = doc::outer(
        &[],
        &format!("{}, for `$select` and the like.", code_span(wire)),
    );
    let cfg = features::attribute(&field.features);
    quote! {
        #docs
        #cfg
        pub const #constant: #field_type<Self> = #field_type::new(#wire);
    }
}

fn model(plan: &StructPlan, imports: &mut Imports) -> TokenStream {
    let name = ident(&plan.ident);
    let (wire, derived) = (&plan.wire, plan.derived);
    let additional = ident(&plan.additional);
    let model = imports.runtime("", "Model");
    let additional_type = imports.runtime("", "AdditionalProperties");
    let (read, write) = visits(plan, imports);
    quote! {
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
fn visits(plan: &StructPlan, imports: &mut Imports) -> (TokenStream, TokenStream) {
    if plan.fields.is_empty() {
        return (TokenStream::new(), TokenStream::new());
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
    let [mut reads, mut writes] = [Vec::new(), Vec::new()];
    for field in &plan.fields {
        let cfg = features::attribute(&field.features);
        let (name, wire) = (ident(&field.ident), &field.wire);
        let (reading, writing) = (
            types::reading(&field.ty, imports),
            types::writing(&field.ty),
        );
        reads.push(quote!(#cfg #wire => #reading(map, &mut self.#name)));
        writes.push(quote!(#cfg entries.#writing(#wire, &self.#name);));
    }
    (
        quote! {
            #cfg
            fn read<'de, A: #map_access<'de>>(&mut self, name: &str, map: &mut A) -> #result<bool, A::Error> {
                match name {
                    #(#reads,)*
                    _ => Ok(false),
                }
            }
        },
        quote! {
            #cfg
            fn write<M: #serialize_map>(&self, entries: &mut #entries<'_, M>) {
                #(#writes)*
            }
        },
    )
}

fn deserialize(plan: &StructPlan, imports: &mut Imports) -> TokenStream {
    let name = ident(&plan.ident);
    let deserialize = imports.runtime("serde", "Deserialize");
    let deserializer = imports.runtime("serde", "Deserializer");
    let result = imports.prelude("Result", &["result"]);
    let function = imports.function("model", "deserialize");
    quote! {
        impl<'de> #deserialize<'de> for #name {
            fn deserialize<D: #deserializer<'de>>(deserializer: D) -> #result<Self, D::Error> {
                #function(deserializer)
            }
        }
    }
}

fn serialize(plan: &StructPlan, imports: &mut Imports) -> TokenStream {
    let name = ident(&plan.ident);
    let serialize = imports.runtime("serde", "Serialize");
    let serializer = imports.runtime("serde", "Serializer");
    let result = imports.prelude("Result", &["result"]);
    let function = imports.function("model", "serialize");
    quote! {
        impl #serialize for #name {
            fn serialize<S: #serializer>(&self, serializer: S) -> #result<S::Ok, S::Error> {
                #function(self, serializer)
            }
        }
    }
}
