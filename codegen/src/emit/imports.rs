//! Turns the names that a file mentions into `use` lines, or into full paths where a name is taken.
//!
//! The first to ask for a name gets it, so the same plan always gives the same lines. Taken from the start are the names
//! that the file defines, and those of the prelude: the service may well have a type that is called `Option`.

use std::collections::{BTreeMap, BTreeSet};

use super::code::{Code, code};
use super::features;
use crate::plan::ident::RustIdent;
use crate::plan::nodes::{Form, ModelPath};

/// The types and traits that every file sees without a `use`, in the order of their bytes.
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

/// Where a name that is imported comes from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Home {
    /// `crate::models`, or the module of a namespace in it.
    Models(Option<RustIdent>),
    /// A module of the runtime; empty for its root.
    Runtime(&'static str),
}

/// What a name stands for in a file where it is not that of the prelude.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Meaning {
    /// What is imported under it, or what the file itself defines for others.
    Of(Home),
    /// A type that nothing but the file can name.
    Here,
}

/// The names of a file.
#[derive(Debug)]
pub(super) struct Imports {
    /// What the code is a part of.
    form: Form,
    /// The path of the runtime in it.
    runtime: Code,
    taken: BTreeMap<String, Meaning>,
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
        Self::with(form, bodies.map(|ident| (ident, Meaning::Here)))
    }

    /// For a file that defines the models `defined` of one namespace.
    pub(super) fn of_models<'a>(
        form: &Form,
        namespace: Option<&RustIdent>,
        defined: impl Iterator<Item = &'a RustIdent>,
    ) -> Self {
        Self::with(
            form,
            defined.map(|ident| (ident, Meaning::Of(Home::Models(namespace.cloned())))),
        )
    }

    fn with<'a>(form: &Form, defined: impl Iterator<Item = (&'a RustIdent, Meaning)>) -> Self {
        Self {
            form: form.clone(),
            runtime: runtime(form),
            taken: defined
                .map(|(ident, meaning)| (ident.as_str().to_owned(), meaning))
                .collect(),
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
    pub(super) fn model(&mut self, path: &ModelPath) -> Code {
        self.name(Home::Models(path.namespace.clone()), path.ident.as_str())
    }

    /// An item of `module` of the runtime, or of its root where that is empty.
    pub(super) fn runtime(&mut self, module: &'static str, name: &str) -> Code {
        self.name(Home::Runtime(module), name)
    }

    /// The path of a function of the runtime, which is written in full.
    pub(super) fn function(&self, module: &'static str, name: &'static str) -> Code {
        let runtime = &self.runtime;
        let (module, name) = (word(module), word(name));
        code!(runtime, module, name => #runtime::#module::#name)
    }

    /// An item of the prelude; `path` is where the standard library has it.
    pub(super) fn prelude(&self, name: &'static str, path: &[&'static str]) -> Code {
        let ident = word(name);
        if !self.taken.contains_key(name) {
            return code!(ident => #ident);
        }
        let path = Code::all(path.iter().map(|segment| {
            let segment = word(segment);
            code!(segment => #segment::)
        }));
        code!(path, ident => ::std::#path #ident)
    }

    /// The `use` lines for what was asked for.
    pub(super) fn lines(&self) -> Code {
        let mut lines: Vec<(String, Code)> = Vec::new();
        for (home, names) in &self.used {
            let path = self.path_of(home);
            let mut groups: BTreeMap<Vec<RustIdent>, Vec<RustIdent>> = BTreeMap::new();
            for (name, features) in names {
                let features = features.iter().cloned().collect();
                groups.entry(features).or_default().push(word(name));
            }
            for (features, idents) in groups {
                let attribute = features::attribute(&features);
                let line = match &*idents {
                    [ident] => code!(path, ident => use #path::#ident;),
                    _ => {
                        let idents = Code::list(idents, ",");
                        code!(path, idents => use #path::{#idents};)
                    }
                };
                lines.push((line.line(), code!(attribute, line => #attribute #line)));
            }
        }
        // As rustfmt orders them.
        lines.sort_by(|a, b| a.0.cmp(&b.0));
        Code::all(lines.into_iter().map(|(_, line)| line))
    }

    fn name(&mut self, home: Home, name: &str) -> Code {
        let ident = word(name);
        match self.taken.get(name) {
            Some(Meaning::Of(holder)) if *holder == home => {
                let names = self.used.get_mut(&home);
                if let Some(features) = names.and_then(|names| names.get_mut(name))
                    && !features.is_empty()
                {
                    if self.features.is_empty() {
                        features.clear();
                    } else {
                        features.extend(self.features.iter().cloned());
                    }
                }
            }
            Some(_) => return self.in_full(&home, &ident),
            None if PRELUDE.binary_search(&name).is_ok() => return self.in_full(&home, &ident),
            None => {
                let meaning = Meaning::Of(home.clone());
                self.taken.insert(name.to_owned(), meaning);
                let features = self.features.iter().cloned().collect();
                let names = self.used.entry(home).or_default();
                names.insert(name.to_owned(), features);
            }
        }
        code!(ident => #ident)
    }

    /// A name that stands for something else in the file.
    fn in_full(&self, home: &Home, ident: &RustIdent) -> Code {
        let path = self.path_of(home);
        code!(path, ident => #path::#ident)
    }

    /// The module that `home` stands for.
    fn path_of(&self, home: &Home) -> Code {
        let segments =
            |names: &[RustIdent]| Code::all(names.iter().map(|name| code!(name => ::#name)));
        let root = segments(self.form.root());
        match home {
            Home::Models(None) => code!(root => crate #root::models),
            Home::Models(Some(namespace)) => {
                code!(root, namespace => crate #root::models::#namespace)
            }
            Home::Runtime(module) => {
                let names = module.split("::").filter(|name| !name.is_empty());
                let names: Vec<RustIdent> = names.map(word).collect();
                let (runtime, segments) = (&self.runtime, segments(&names));
                code!(runtime, segments => #runtime #segments)
            }
        }
    }
}

/// The path of the runtime.
pub(super) fn runtime(form: &Form) -> Code {
    let path = form.runtime();
    let names = Code::list(&path.names, "::");
    let start = path.in_crate.then(|| code!(crate::));
    code!(start, names => #start #names)
}

/// A word of this stage or the plan as an identifier.
pub(super) fn word(text: &str) -> RustIdent {
    RustIdent::new(text)
}

#[cfg(test)]
mod tests {
    use super::PRELUDE;

    #[test]
    fn the_prelude_is_found() {
        assert!(PRELUDE.is_sorted());
    }
}
