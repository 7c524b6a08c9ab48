//! Turns the features that an item is behind into a `cfg`.

use super::code::{Code, code};
use crate::plan::ident::RustIdent;

/// The attribute for an item of which one of the features has to be on; nothing where there are none.
pub(super) fn attribute(features: &[RustIdent]) -> Code {
    if features.is_empty() {
        return Code::default();
    }
    let predicate = predicate(features);
    code!(predicate => #[#predicate])
}

/// What stands in the attribute.
pub(super) fn predicate(features: &[RustIdent]) -> Code {
    let names = features.iter().map(|feature| {
        let name = feature.as_str();
        code!(name => feature = #name)
    });
    let names = Code::list(names, ",");
    match features {
        [_] => code!(names => cfg(#names)),
        _ => code!(names => cfg(any(#names))),
    }
}
