//! The whole model as JSON, to generate from it again without the pages.

use serde::{Deserialize, Serialize};

use super::{Api, Body, CoreType, Evidence, Operation, Property, Response, TypeRef};
use crate::diagnostics::Span;

/// What a saved model says it is.
const KIND: &str = "graph-codegen model";

/// The version of the form; another one is refused. It grows with every change of what [`Api`] holds.
const VERSION: u32 = 1;

/// The form: what it is, then the model.
#[derive(Serialize)]
struct Saved<'a> {
    kind: &'a str,
    version: u32,
    generator: &'a str,
    api: &'a Api,
}

/// What is looked at first, so that a file of another kind is not said to lack some key.
#[derive(Deserialize)]
struct Header {
    kind: String,
    version: u32,
    generator: String,
}

#[derive(Deserialize)]
struct Loaded {
    api: Api,
}

/// Why a text is no saved model.
#[derive(Debug, thiserror::Error)]
pub enum NotAModel {
    /// It is no JSON, or JSON of another form.
    #[error("not a saved model: {source}")]
    Json {
        /// Where, and what was expected there.
        #[from]
        source: serde_json::Error,
    },
    /// It says that it is something else.
    #[error(
        "not a saved model: its kind is `{0}`; expected `{KIND}`, as `model --complete` writes it"
    )]
    Kind(String),
    /// It is a model of another version of the generator.
    #[error(
        "the saved model has version {version}, of graph-codegen {generator}; expected version {VERSION}: save it again"
    )]
    Version {
        /// Its version.
        version: u32,
        /// The generator that saved it.
        generator: String,
    },
    /// It refers to something that it does not have.
    #[error("not a saved model: {0}, which it does not have")]
    Dangling(String),
}

/// The model as one JSON object, with a line end.
///
/// # Errors
///
/// Those of `serde_json`: there is none for a model that [`load`] or the pages gave.
pub fn save(api: &Api) -> Result<String, serde_json::Error> {
    let saved = Saved {
        kind: KIND,
        version: VERSION,
        generator: env!("CARGO_PKG_VERSION"),
        api,
    };
    serde_json::to_string(&saved).map(|text| text + "\n")
}

/// The model that [`save`] wrote.
///
/// # Errors
///
/// The text is something else, of another version, or refers to what it does not have.
pub fn load(text: &str) -> Result<Api, NotAModel> {
    let header: Header = serde_json::from_str(text)?;
    if header.kind != KIND {
        return Err(NotAModel::Kind(header.kind));
    }
    if header.version != VERSION {
        return Err(NotAModel::Version {
            version: header.version,
            generator: header.generator,
        });
    }
    let Loaded { api } = serde_json::from_str(text)?;
    check(&api)?;
    Ok(api)
}

/// Whether all that the model refers to is there: what comes after relies on it.
fn check(api: &Api) -> Result<(), NotAModel> {
    for ty in &api.types {
        if let Some(base) = ty.base {
            core(api, CoreType::Structured(base))?;
        }
        properties(api, &ty.properties)?;
        spans(api, &ty.origins)?;
    }
    for item in &api.enums {
        spans(api, &item.origins)?;
    }
    for operation in &api.operations {
        check_operation(api, operation)?;
    }
    for exchange in &api.exchanges {
        spans(api, exchange.line.as_slice())?;
        if let Some(request) = &exchange.request {
            spans(api, &[request.span])?;
        }
        for response in &exchange.responses {
            spans(api, &[response.span])?;
        }
    }
    Ok(())
}

fn check_operation(api: &Api, operation: &Operation) -> Result<(), NotAModel> {
    for parameter in operation.parameters.iter().chain(&operation.call) {
        if let Some(ty) = parameter.ty {
            value(api, ty)?;
        }
    }
    match &operation.body {
        Body::Value(ty) => value(api, *ty)?,
        Body::Parameters(list) => properties(api, list)?,
        Body::None | Body::Reference | Body::Binary | Body::Json => {}
    }
    if let Response::Value(ty) = operation.response {
        value(api, ty)?;
    }
    for evidence in [operation.decided.body, operation.decided.response] {
        match evidence {
            Evidence::Comment(span)
            | Evidence::Example(span)
            | Evidence::Header(span)
            | Evidence::Rows(span)
            | Evidence::Answered(Some(span))
            | Evidence::Addressed(Some(span)) => spans(api, &[span])?,
            _ => {}
        }
    }
    spans(api, &[operation.origin])
}

fn properties(api: &Api, properties: &[Property]) -> Result<(), NotAModel> {
    for property in properties {
        value(api, property.ty)?;
        spans(api, &[property.origin])?;
    }
    Ok(())
}

fn value(api: &Api, ty: TypeRef) -> Result<(), NotAModel> {
    core(api, ty.core)
}

fn core(api: &Api, core: CoreType) -> Result<(), NotAModel> {
    let (what, index, count) = match core {
        CoreType::Structured(id) => ("type", id.0, api.types.len()),
        CoreType::Enum(id) => ("enum", id.0, api.enums.len()),
        CoreType::Primitive(_) | CoreType::Json => return Ok(()),
    };
    there(what, index, count)
}

fn spans(api: &Api, spans: &[Span]) -> Result<(), NotAModel> {
    for span in spans {
        there("page", span.page.0, api.pages.len())?;
    }
    Ok(())
}

fn there(what: &str, index: u32, count: usize) -> Result<(), NotAModel> {
    if (index as usize) < count {
        return Ok(());
    }
    Err(NotAModel::Dangling(format!(
        "it refers to a {what} {index}"
    )))
}
