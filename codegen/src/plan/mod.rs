//! Turns an [`Api`] into a [`CratePlan`]: every Rust name, module, feature and signature is decided here.

mod arguments;
mod doc;
mod features;
pub mod ident;
mod models;
mod modules;
mod naming;
pub mod nodes;
mod operations;
mod types;
mod verbs;

use crate::diagnostics::Diagnostics;
use crate::model::Api;
use crate::profile::Profile;
use nodes::CratePlan;

/// What the caller decides about the crate.
#[derive(Clone, Debug)]
pub struct PlanOptions {
    /// The package's name.
    pub package: String,
    /// The value of the runtime's dependency in `Cargo.toml`, such as `{ path = "../runtime" }`.
    pub runtime: String,
    /// Whether the crate is a member of a workspace.
    pub workspace_member: bool,
}

/// What the parts of the stage share.
struct Planner<'a> {
    api: &'a Api,
    profile: &'a Profile,
    diagnostics: &'a mut Diagnostics,
    types: types::TypeNames,
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
        types,
    };
    let areas = planner.areas();
    let models = planner.models(&features::features(api, &areas));
    CratePlan {
        package: options.package.clone(),
        runtime: options.runtime.clone(),
        workspace_member: options.workspace_member,
        base_url: profile.base_url.clone(),
        scopes: profile.scopes.clone(),
        doc: vec![
            format!("A typed SDK for {}, written from its reference documentation.", profile.name),
            String::new(),
            "Each area of the service is a module behind the feature of the same name; `full` enables all of them. \
             The functions of a module build a [`Request`], which a [`Client`] sends."
                .to_owned(),
        ],
        namespaces: planner.types.namespaces(),
        areas,
        models,
    }
}

impl Planner<'_> {
    /// The words that names are split into with regard to the profile.
    fn known(&self) -> &[String] {
        &self.profile.names.words
    }
}
