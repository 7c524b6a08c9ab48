//! Turns the plan of a crate into `src/lib.rs`, and names into declarations of modules.

use super::code::{Code, code};
use super::imports;
use super::{doc, file};
use crate::plan::ident::RustIdent;
use crate::plan::nodes::{CratePlan, Module};

/// The crate's root: its documentation, the names of the runtime that its users need, and its modules.
pub(super) fn library(plan: &CratePlan) -> String {
    let docs = doc::inner(&plan.doc, "Requests and models.");
    let documented = plan.areas.iter().map(|area| {
        let (feature, file) = (
            area.ident.as_str(),
            format!("../documented/{}.json", area.ident),
        );
        code! { feature, file =>
            #[cfg(feature = #feature)]
            include_str!(#file)
        }
    });
    let documented = Code::list(documented, ",");
    let mock = code! { documented =>
        /// A service on loopback that answers with the examples of the pages, for the tests of programs. An error
        /// means that the files of this crate were changed.
        #[cfg(feature = "mock")]
        pub fn mock() -> Result<runtime::mock::Mock, Error> {
            let areas: &[&str] = &[#documented];
            runtime::mock::Mock::new(areas.iter().copied())
        }
    };
    let areas = plan.areas.iter().map(|area| {
        let feature = area.ident.as_str();
        let declaration = declaration(&code!(pub), &area.ident, None);
        code! { feature, declaration =>
            #[cfg(feature = #feature)]
            #declaration
        }
    });
    file::rust(
        "",
        std::iter::once(docs)
            .chain(names(plan))
            .chain(areas)
            .chain([mock]),
    )
}

/// The root of a module that another crate includes. It has no documentation of its own, which no included file can
/// have, and nothing is behind a feature. A program need not use all of it, and cannot say so in this file.
pub(super) fn included(plan: &CratePlan, module: &Module) -> String {
    let areas = plan.areas.iter();
    let areas = areas.map(|area| declaration(&code!(pub), &area.ident, None));
    let examples = module.examples.then(|| examples(plan));
    let items = names(plan).into_iter().chain(areas).chain(examples);
    let unused = code! {
        #[allow(dead_code, unreachable_pub, unused_imports, reason = "a program need not use all that is generated")]
    };
    file::rust("", items.map(|item| code!(unused, item => #unused #item)))
}

/// What a mock service reads, for the tests of the crate.
fn examples(plan: &CratePlan) -> Code {
    let files = plan.areas.iter();
    let files = files.map(|area| {
        let file = format!("documented/{}.json", area.ident);
        code!(file => include_str!(#file))
    });
    let files = Code::list(files, ",");
    code! { files =>
        /// The examples of the pages, a file for each area, as [`Mock::new`](runtime::mock::Mock::new) takes them.
        pub const EXAMPLES: &[&str] = &[#files];
    }
}

/// The names of the runtime that users need, the constants of the service, and the module of models.
fn names(plan: &CratePlan) -> Vec<Code> {
    let path = imports::runtime(&plan.form);
    let runtime = code!(path =>
        pub use #path as runtime;
    );
    let of_runtime = code! { path =>
        pub use #path::{
            AdditionalProperties, Batch, Change, Client, ClientCredentials, Cloud, Error, ErrorKind, Field, Filter, Flags,
            Model, Monitor, OpenEnum, Operation, Page, Permissions, Related, Request, Retry, StaticToken, TokenProvider,
            Upload,
        };
    };
    let base_url = plan.base_url.as_str();
    let own = base_url.contains('{').then(|| {
        code! {
            /// Put your own values in place of the names in braces.
        }
    });
    let base_url = code! { own, base_url =>
        /// Where the service answers. A client that is built without an address sends to that of its runtime;
        /// for any other service, give this one to [`Client::builder`].
        #own
        pub const BASE_URL: &str = #base_url;
    };
    let scopes = plan.scopes.iter();
    let scopes = (!plan.scopes.is_empty()).then(|| {
        let scopes = Code::list(scopes, ",");
        code! { scopes =>
            /// What to ask a token provider for, unless an application knows better: the scopes for [`Client::builder`].
            pub const SCOPES: &[&str] = &[#scopes];
        }
    });
    let models = declaration(&code!(pub), &RustIdent::new("models"), None);
    let mut names = vec![runtime, of_runtime, base_url];
    names.extend(scopes);
    names.push(models);
    names
}

/// `mod name;` as it stands in the module `parent`.
pub(super) fn declaration(visibility: &Code, name: &RustIdent, parent: Option<&RustIdent>) -> Code {
    let same = (parent == Some(name)).then(
        || code!(#[expect(clippy::module_inception, reason = "the service repeats the name")]),
    );
    code! { same, visibility, name =>
        #same
        #visibility mod #name;
    }
}
