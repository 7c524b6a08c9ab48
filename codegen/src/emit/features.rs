//! Turns the features that an item is behind into a `cfg`.

use proc_macro2::TokenStream;
use quote::quote;

use crate::plan::ident::RustIdent;

/// The attribute for an item of which one of the features has to be on; nothing where there are none.
pub(super) fn attribute(features: &[RustIdent]) -> TokenStream {
    if features.is_empty() {
        return TokenStream::new();
    }
    let predicate = predicate(features);
    quote!(#[#predicate])
}

/// What stands in the attribute.
pub(super) fn predicate(features: &[RustIdent]) -> TokenStream {
    let names = features.iter().map(RustIdent::as_str);
    match features {
        [_] => quote!(cfg(#(feature = #names)*)),
        _ => quote!(cfg(any(#(feature = #names),*))),
    }
}
