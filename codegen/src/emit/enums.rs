//! Turns a planned enum into the enum, its texts on the wire, and the conversions to and from them.

use super::code::{Code, code};
use super::doc;
use super::imports::Imports;
use crate::plan::nodes::{EnumPlan, VariantPlan};
use crate::prose::code_span;

/// The enum.
pub(super) fn declare(plan: &EnumPlan, imports: &mut Imports) -> Vec<Code> {
    vec![declaration(plan, imports)]
}

/// How the enum is read and written.
pub(super) fn implement(plan: &EnumPlan, imports: &mut Imports) -> Vec<Code> {
    let mut items = vec![open_enum(plan, imports)];
    items.extend(conversions(plan, imports));
    items.extend(serde(plan, imports));
    items
}

fn declaration(plan: &EnumPlan, imports: &mut Imports) -> Code {
    let name = &plan.ident;
    let docs = doc::outer(&plan.doc, &format!("{}.", code_span(&plan.wire)));
    let unknown = &plan.unknown;
    let string = imports.prelude("String", &["string"]);
    let variants = plan.variants.iter().map(|variant| {
        let name = &variant.ident;
        let docs = doc::outer(&variant.doc, &format!("{}.", code_span(&variant.wire)));
        code! { docs, name =>
            #docs
            #name,
        }
    });
    let variants = Code::all(variants);
    code! { docs, name, variants, unknown, string =>
        #docs
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        pub enum #name {
            #variants
            /// A value that the documentation does not list.
            #unknown(#string),
        }
    }
}

fn open_enum(plan: &EnumPlan, imports: &mut Imports) -> Code {
    let name = &plan.ident;
    let open_enum = imports.runtime("", "OpenEnum");
    let unknown = &plan.unknown;
    let [mut reads, mut writes] = [Code::default(), Code::default()];
    for VariantPlan { ident, wire, .. } in &plan.variants {
        reads.extend(code!(wire, ident => #wire => Self::#ident,));
        writes.extend(code!(wire, ident => Self::#ident => #wire,));
    }
    // Clippy wants no match with one arm.
    let from_wire = if plan.variants.is_empty() {
        code!(unknown => Self::#unknown(text.to_owned()))
    } else {
        code! { reads, unknown =>
            match text {
                #reads
                other => Self::#unknown(other.to_owned()),
            }
        }
    };
    code! { open_enum, name, from_wire, writes, unknown =>
        impl #open_enum for #name {
            fn from_wire(text: &str) -> Self {
                #from_wire
            }

            fn as_str(&self) -> &str {
                match self {
                    #writes
                    Self::#unknown(text) => text,
                }
            }
        }
    }
}

fn conversions(plan: &EnumPlan, imports: &mut Imports) -> [Code; 2] {
    let name = &plan.ident;
    let open_enum = imports.runtime("", "OpenEnum");
    let from = imports.prelude("From", &["convert"]);
    // The trait is named in each call: it is not in scope where the enum itself has its name.
    [
        code! { from, name, open_enum =>
            impl #from<&str> for #name {
                fn from(text: &str) -> Self {
                    #open_enum::from_wire(text)
                }
            }
        },
        code! { name, open_enum =>
            impl std::fmt::Display for #name {
                fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    f.pad(#open_enum::as_str(self))
                }
            }
        },
    ]
}

fn serde(plan: &EnumPlan, imports: &mut Imports) -> [Code; 2] {
    let name = &plan.ident;
    let deserialize = imports.runtime("serde", "Deserialize");
    let deserializer = imports.runtime("serde", "Deserializer");
    let serialize = imports.runtime("serde", "Serialize");
    let serializer = imports.runtime("serde", "Serializer");
    let result = imports.prelude("Result", &["result"]);
    let read = imports.function("enumeration", "deserialize");
    let write = imports.function("enumeration", "serialize");
    [
        code! { deserialize, name, deserializer, result, read =>
            impl<'de> #deserialize<'de> for #name {
                fn deserialize<D: #deserializer<'de>>(deserializer: D) -> #result<Self, D::Error> {
                    #read(deserializer)
                }
            }
        },
        code! { serialize, name, serializer, result, write =>
            impl #serialize for #name {
                fn serialize<S: #serializer>(&self, serializer: S) -> #result<S::Ok, S::Error> {
                    #write(self, serializer)
                }
            }
        },
    ]
}
