//! Turns an [`Api`] into a [`CratePlan`]: every Rust name, module, feature and signature is decided here.

pub mod address;
mod arguments;
mod crate_doc;
mod doc;
mod exchanges;
mod features;
pub mod ident;
mod models;
mod modules;
mod naming;
pub mod nodes;
mod operations;
mod request_doc;
mod settle;
mod subject;
mod types;
mod united;
mod verbs;
mod wire;

use std::collections::BTreeMap;

use crate::diagnostics::Diagnostics;
use crate::model::{Api, Exchange, Operation};
use crate::profile::Profile;
use crate::prose::Prose;
use nodes::{CratePlan, Form, Module};

/// What the documentation of the crate says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Descriptions {
    /// The descriptions of the pages, with links to them.
    #[default]
    Full,
    /// Links to the pages, and what follows from names and tables; no sentence of a page.
    Link,
}

/// What the caller decides about the crate.
#[derive(Clone, Debug)]
pub struct PlanOptions {
    /// The package's name.
    pub package: String,
    /// The value of the runtime's dependency in `Cargo.toml`, such as `{ path = "../runtime" }`.
    pub runtime: String,
    /// What the code is a part of.
    pub form: Form,
    /// What the documentation says.
    pub descriptions: Descriptions,
}

impl PlanOptions {
    /// For a module of another crate, which has a manifest of its own.
    #[must_use]
    pub fn of_module(module: Module, descriptions: Descriptions) -> Self {
        Self {
            package: String::new(),
            runtime: String::new(),
            form: Form::Module(module),
            descriptions,
        }
    }
}

/// What the parts of the stage share.
struct Planner<'a> {
    api: &'a Api,
    profile: &'a Profile,
    diagnostics: &'a mut Diagnostics,
    descriptions: Descriptions,
    types: types::TypeNames,
    operations_by_page: BTreeMap<&'a str, Vec<&'a Operation>>,
    exchanges_by_page: BTreeMap<&'a str, Vec<&'a Exchange>>,
}

/// Plans the crate of a service.
pub fn plan(
    api: &Api,
    options: &PlanOptions,
    profile: &Profile,
    diagnostics: &mut Diagnostics,
) -> CratePlan {
    let types = types::TypeNames::new(api, profile, diagnostics);
    let mut planner = Planner {
        api,
        profile,
        diagnostics,
        descriptions: options.descriptions,
        types,
        operations_by_page: api.operations_by_page(),
        exchanges_by_page: exchanges::by_page(api),
    };
    let areas = planner.areas();
    let features = match options.form {
        Form::Module(_) => features::Features::default(),
        Form::Package | Form::Member => features::features(api, &areas),
    };
    let models = planner.models(&features);
    CratePlan {
        package: options.package.clone(),
        runtime: options.runtime.clone(),
        form: options.form.clone(),
        base_url: profile.base_url.clone(),
        scopes: profile.scopes.clone(),
        doc: planner.crate_doc(&options.package, &areas),
        licence: planner.licence(),
        notice: planner.notice(),
        namespaces: planner.types.namespaces(),
        areas,
        models,
    }
}

impl Planner<'_> {
    /// The lines of a description; none where it says nothing, or where the crate has no descriptions.
    fn described(&self, prose: &Prose) -> Vec<String> {
        if self.descriptions == Descriptions::Link || self.profile.is_undocumented(&prose.text()) {
            return Vec::new();
        }
        doc::lines(prose)
    }

    /// [`described`](Self::described), with the first sentence as a paragraph of its own.
    fn summarized(&self, prose: &Prose) -> Vec<String> {
        if self.descriptions == Descriptions::Link || self.profile.is_undocumented(&prose.text()) {
            return Vec::new();
        }
        doc::summarized(prose)
    }

    /// The words that names are split into with regard to the profile.
    fn known(&self) -> &[String] {
        &self.profile.names.words
    }
}
