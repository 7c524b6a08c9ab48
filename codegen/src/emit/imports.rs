//! Turns the names that a file mentions into `use` lines, or into full paths where a name is taken.
//!
//! The first to ask for a name gets it, so the same plan always gives the same lines. Taken from the start are the names
//! that the file defines, and those of the prelude: the service may well have a type that is called `Option`.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use crate::plan::ident::RustIdent;
use crate::plan::nodes::ModelPath;

/// The types and traits that every file sees without a `use`.
const PRELUDE: &[&str] = &[
    "AsMut",
    "AsRef",
    "AsyncFn",
    "AsyncFnMut",
    "AsyncFnOnce",
    "Box",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "DoubleEndedIterator",
    "Drop",
    "Eq",
    "Err",
    "ExactSizeIterator",
    "Extend",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "FromIterator",
    "Future",
    "Hash",
    "Into",
    "IntoFuture",
    "IntoIterator",
    "Iterator",
    "None",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Result",
    "Send",
    "Sized",
    "Some",
    "String",
    "Sync",
    "ToOwned",
    "ToString",
    "TryFrom",
    "TryInto",
    "Unpin",
    "Vec",
];

/// Where a name comes from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Home {
    /// `crate::models`, or the module of a namespace in it.
    Models(Option<RustIdent>),
    /// A module of the runtime; empty for its root.
    Runtime(&'static str),
    /// The prelude.
    Prelude,
    /// The file itself, for a type that nothing but the file can name.
    Here,
}

/// The names of a file.
#[derive(Debug)]
pub(super) struct Imports {
    taken: BTreeMap<String, Home>,
    used: BTreeMap<Home, BTreeSet<String>>,
}

impl Imports {
    /// For a file of request functions, which defines `bodies`.
    pub(super) fn of_requests<'a>(bodies: impl Iterator<Item = &'a RustIdent>) -> Self {
        Self::with(bodies.map(|ident| (ident, Home::Here)))
    }

    /// For a file that defines the models `defined` of one namespace.
    pub(super) fn of_models<'a>(
        namespace: Option<&RustIdent>,
        defined: impl Iterator<Item = &'a RustIdent>,
    ) -> Self {
        Self::with(defined.map(|ident| (ident, Home::Models(namespace.cloned()))))
    }

    fn with<'a>(defined: impl Iterator<Item = (&'a RustIdent, Home)>) -> Self {
        let mut taken: BTreeMap<String, Home> = PRELUDE
            .iter()
            .map(|name| ((*name).to_owned(), Home::Prelude))
            .collect();
        taken.extend(defined.map(|(ident, home)| (ident.as_str().to_owned(), home)));
        Self {
            taken,
            used: BTreeMap::new(),
        }
    }

    /// A type of `models`.
    pub(super) fn model(&mut self, path: &ModelPath) -> TokenStream {
        self.name(Home::Models(path.namespace.clone()), path.ident.as_str())
    }

    /// An item of `module` of the runtime, or of its root where that is empty.
    pub(super) fn runtime(&mut self, module: &'static str, name: &str) -> TokenStream {
        self.name(Home::Runtime(module), name)
    }

    /// An item of the prelude; `path` is where the standard library has it.
    pub(super) fn prelude(&self, name: &'static str, path: &[&'static str]) -> TokenStream {
        let ident = word(name);
        if self.taken.get(name) == Some(&Home::Prelude) {
            return quote!(#ident);
        }
        let path = path.iter().map(|segment| word(segment));
        quote!(::std::#(#path::)*#ident)
    }

    /// The `use` lines for what was asked for.
    pub(super) fn lines(&self) -> TokenStream {
        let mut lines: Vec<(String, TokenStream)> = Vec::new();
        for (home, names) in &self.used {
            let Some(path) = path_of(home) else { continue };
            let idents: Vec<Ident> = names.iter().map(|name| word(name)).collect();
            let line = match &*idents {
                [ident] => quote!(use #path::#ident;),
                _ => quote!(use #path::{#(#idents),*};),
            };
            lines.push((line.to_string(), line));
        }
        // As rustfmt orders them.
        lines.sort_by(|a, b| a.0.cmp(&b.0));
        lines.into_iter().map(|(_, line)| line).collect()
    }

    fn name(&mut self, home: Home, name: &str) -> TokenStream {
        let ident = word(name);
        let Some(path) = path_of(&home) else {
            return quote!(#ident);
        };
        match self.taken.get(name) {
            Some(holder) if *holder == home => quote!(#ident),
            Some(_) => quote!(#path::#ident),
            None => {
                self.taken.insert(name.to_owned(), home.clone());
                self.used.entry(home).or_default().insert(name.to_owned());
                quote!(#ident)
            }
        }
    }
}

/// The module that `home` stands for, where it can be named.
fn path_of(home: &Home) -> Option<TokenStream> {
    match home {
        Home::Models(None) => Some(quote!(crate::models)),
        Home::Models(Some(namespace)) => {
            let namespace = ident(namespace);
            Some(quote!(crate::models::#namespace))
        }
        Home::Runtime(module) => {
            let segments = module
                .split("::")
                .filter(|segment| !segment.is_empty())
                .map(word);
            Some(quote!(graph_runtime #(::#segments)*))
        }
        Home::Prelude | Home::Here => None,
    }
}

/// A planned identifier as a token.
pub(super) fn ident(ident: &RustIdent) -> Ident {
    Ident::new(ident.as_str(), Span::call_site())
}

/// A word of this stage or the plan as a token; it goes through the same check.
pub(super) fn word(text: &str) -> Ident {
    ident(&RustIdent::new(text))
}
