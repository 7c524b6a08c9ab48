//! Turns the names that a file mentions into `use` lines, or into full paths where a name is taken.
//!
//! The first to ask for a name gets it, so the same plan always gives the same lines. Taken from the start are the names
//! that the file defines, and those of the prelude: the service may well have a type that is called `Option`.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::features;
use crate::plan::ident::RustIdent;
use crate::plan::nodes::{Form, ModelPath};

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
    /// What the code is a part of.
    form: Form,
    taken: BTreeMap<String, Home>,
    /// The names to be imported, with the features of which one needs them; none where the file always does.
    used: BTreeMap<Home, BTreeMap<String, BTreeSet<RustIdent>>>,
    /// The features that what is written now is behind.
    features: Vec<RustIdent>,
}

impl Imports {
    /// For a file of request functions, which defines `bodies`.
    pub(super) fn of_requests<'a>(
        form: &Form,
        bodies: impl Iterator<Item = &'a RustIdent>,
    ) -> Self {
        Self::with(form, bodies.map(|ident| (ident, Home::Here)))
    }

    /// For a file that defines the models `defined` of one namespace.
    pub(super) fn of_models<'a>(
        form: &Form,
        namespace: Option<&RustIdent>,
        defined: impl Iterator<Item = &'a RustIdent>,
    ) -> Self {
        Self::with(
            form,
            defined.map(|ident| (ident, Home::Models(namespace.cloned()))),
        )
    }

    fn with<'a>(form: &Form, defined: impl Iterator<Item = (&'a RustIdent, Home)>) -> Self {
        let mut taken: BTreeMap<String, Home> = PRELUDE
            .iter()
            .map(|name| ((*name).to_owned(), Home::Prelude))
            .collect();
        taken.extend(defined.map(|(ident, home)| (ident.as_str().to_owned(), home)));
        Self {
            form: form.clone(),
            taken,
            used: BTreeMap::new(),
            features: Vec::new(),
        }
    }

    /// Calls `write` for an item that is behind `features`: what only such items mention is imported behind them.
    pub(super) fn behind<T>(
        &mut self,
        features: &[RustIdent],
        write: impl FnOnce(&mut Self) -> T,
    ) -> T {
        let before = std::mem::replace(&mut self.features, features.to_vec());
        let written = write(self);
        self.features = before;
        written
    }

    /// A type of `models`.
    pub(super) fn model(&mut self, path: &ModelPath) -> TokenStream {
        self.name(Home::Models(path.namespace.clone()), path.ident.as_str())
    }

    /// An item of `module` of the runtime, or of its root where that is empty.
    pub(super) fn runtime(&mut self, module: &'static str, name: &str) -> TokenStream {
        self.name(Home::Runtime(module), name)
    }

    /// The path of a function of the runtime, which is written in full.
    pub(super) fn function(&self, module: &'static str, name: &'static str) -> TokenStream {
        let runtime = runtime(&self.form);
        let (module, name) = (word(module), word(name));
        quote!(#runtime::#module::#name)
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
            let Some(path) = path_of(&self.form, home) else {
                continue;
            };
            let mut groups: BTreeMap<Vec<RustIdent>, Vec<Ident>> = BTreeMap::new();
            for (name, features) in names {
                let features = features.iter().cloned().collect();
                groups.entry(features).or_default().push(word(name));
            }
            for (features, idents) in groups {
                let attribute = features::attribute(&features);
                let line = match &*idents {
                    [ident] => quote!(use #path::#ident;),
                    _ => quote!(use #path::{#(#idents),*};),
                };
                lines.push((line.to_string(), quote!(#attribute #line)));
            }
        }
        // As rustfmt orders them.
        lines.sort_by(|a, b| a.0.cmp(&b.0));
        lines.into_iter().map(|(_, line)| line).collect()
    }

    fn name(&mut self, home: Home, name: &str) -> TokenStream {
        let ident = word(name);
        let Some(path) = path_of(&self.form, &home) else {
            return quote!(#ident);
        };
        match self.taken.get(name) {
            Some(holder) if *holder == home => {}
            Some(_) => return quote!(#path::#ident),
            None => {
                self.taken.insert(name.to_owned(), home.clone());
                let features = self.features.iter().cloned().collect();
                self.used
                    .entry(home)
                    .or_default()
                    .insert(name.to_owned(), features);
                return quote!(#ident);
            }
        }
        if let Some(features) = self
            .used
            .get_mut(&home)
            .and_then(|names| names.get_mut(name))
            && !features.is_empty()
        {
            if self.features.is_empty() {
                features.clear();
            } else {
                features.extend(self.features.iter().cloned());
            }
        }
        quote!(#ident)
    }
}

/// The path of the runtime.
pub(super) fn runtime(form: &Form) -> TokenStream {
    let path = form.runtime();
    let names = path.names.iter().map(ident);
    let start = path.in_crate.then(|| quote!(crate::));
    quote!(#start #(#names)::*)
}

/// The module that `home` stands for, where it can be named.
fn path_of(form: &Form, home: &Home) -> Option<TokenStream> {
    let root = form.root().iter().map(ident);
    match home {
        Home::Models(None) => Some(quote!(crate #(::#root)*::models)),
        Home::Models(Some(namespace)) => {
            let namespace = ident(namespace);
            Some(quote!(crate #(::#root)*::models::#namespace))
        }
        Home::Runtime(module) => {
            let segments = module
                .split("::")
                .filter(|segment| !segment.is_empty())
                .map(word);
            let runtime = runtime(form);
            Some(quote!(#runtime #(::#segments)*))
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
