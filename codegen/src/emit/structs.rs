//! Turns a planned struct into the struct, the names of its fields, and its lean serde implementations.

use proc_macro2::TokenStream;
use quote::quote;

use super::imports::{Imports, ident};
use super::{doc, types};
use crate::plan::nodes::{FieldPlan, StructPlan};

/// The items of a struct.
pub(super) fn emit(plan: &StructPlan, imports: &mut Imports) -> Vec<TokenStream> {
    vec![
        declaration(plan, imports),
        constants(plan, imports),
        model(plan, imports),
        deserialize(plan, imports),
        serialize(plan, imports),
    ]
}

fn declaration(plan: &StructPlan, imports: &mut Imports) -> TokenStream {
    let name = ident(&plan.ident);
    let docs = doc::outer(&plan.doc, &format!("{}.", doc::code(&plan.wire)));
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
    let docs = doc::outer(&plan.doc, &format!("{}.", doc::code(&plan.wire)));
    let option = imports.prelude("Option", &["option"]);
    let ty = types::tokens(&plan.ty, imports);
    quote! {
        #docs
        pub #name: #option<#ty>
    }
}

/// The names of the fields, for `$select` and its kin; nothing for a struct without fields.
fn constants(plan: &StructPlan, imports: &mut Imports) -> TokenStream {
    if plan.fields.is_empty() {
        return TokenStream::new();
    }
    let name = ident(&plan.ident);
    let field_type = imports.runtime("", "Field");
    let constants = plan.fields.iter().map(|field| {
        let constant = ident(&field.constant);
        let wire = &field.wire;
        let docs = doc::outer(
            &[],
            &format!("{}, for `$select` and the like.", doc::code(wire)),
        );
        quote! {
            #docs
            pub const #constant: #field_type<Self> = #field_type::new(#wire);
        }
    });
    quote! {
        impl #name {
            #(#constants)*
        }
    }
}

fn model(plan: &StructPlan, imports: &mut Imports) -> TokenStream {
    let name = ident(&plan.ident);
    let (wire, derived) = (&plan.wire, plan.derived);
    let additional = ident(&plan.additional);
    let model = imports.runtime("", "Model");
    let additional_type = imports.runtime("", "AdditionalProperties");
    let map_access = imports.runtime("serde::de", "MapAccess");
    let serialize_map = imports.runtime("serde::ser", "SerializeMap");
    let result = imports.prelude("Result", &["result"]);

    let idents: Vec<_> = plan
        .fields
        .iter()
        .map(|field| ident(&field.ident))
        .collect();
    let wires: Vec<_> = plan.fields.iter().map(|field| &field.wire).collect();
    // A parameter that nothing uses has to begin with an underscore, and clippy wants no match with one arm.
    let (read, write) = if plan.fields.is_empty() {
        (
            quote! {
                fn read<'de, A: #map_access<'de>>(&mut self, _name: &str, _map: &mut A) -> #result<bool, A::Error> {
                    Ok(false)
                }
            },
            quote! {
                fn write<M: #serialize_map>(&self, _map: &mut M) -> #result<(), M::Error> {
                    Ok(())
                }
            },
        )
    } else {
        (
            quote! {
                fn read<'de, A: #map_access<'de>>(&mut self, name: &str, map: &mut A) -> #result<bool, A::Error> {
                    match name {
                        #(#wires => self.#idents = map.next_value()?,)*
                        _ => return Ok(false),
                    }
                    Ok(true)
                }
            },
            quote! {
                fn write<M: #serialize_map>(&self, map: &mut M) -> #result<(), M::Error> {
                    #(graph_runtime::model::entry(map, #wires, &self.#idents)?;)*
                    Ok(())
                }
            },
        )
    };
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

fn deserialize(plan: &StructPlan, imports: &mut Imports) -> TokenStream {
    let name = ident(&plan.ident);
    let deserialize = imports.runtime("serde", "Deserialize");
    let deserializer = imports.runtime("serde", "Deserializer");
    let result = imports.prelude("Result", &["result"]);
    quote! {
        impl<'de> #deserialize<'de> for #name {
            fn deserialize<D: #deserializer<'de>>(deserializer: D) -> #result<Self, D::Error> {
                graph_runtime::model::deserialize(deserializer)
            }
        }
    }
}

fn serialize(plan: &StructPlan, imports: &mut Imports) -> TokenStream {
    let name = ident(&plan.ident);
    let serialize = imports.runtime("serde", "Serialize");
    let serializer = imports.runtime("serde", "Serializer");
    let result = imports.prelude("Result", &["result"]);
    quote! {
        impl #serialize for #name {
            fn serialize<S: #serializer>(&self, serializer: S) -> #result<S::Ok, S::Error> {
                graph_runtime::model::serialize(self, serializer)
            }
        }
    }
}
