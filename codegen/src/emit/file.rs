//! Turns tokens into the text of a file: each part is set apart by a blank line and, unless that is
//! switched off, checked by syn and laid out by prettyplease.

use proc_macro2::TokenStream;

use crate::prose::one_line;
use crate::tree::{GENERATED_HEADER, GENERATED_JSON};

/// The most lines that a file has: one that would be longer is written as several (a file of this length is still one that
/// a reviewer's tools open and show).
const MOST_LINES: usize = 3_000;

/// Whether a file is to be written as several.
pub(super) fn is_long(text: &str) -> bool {
    text.lines().count() > MOST_LINES
}

/// A Rust file below a header that names `source`.
pub(super) fn rust(source: &str, parts: impl IntoIterator<Item = TokenStream>) -> String {
    let mut text = header("//", source);
    for part in parts {
        if part.is_empty() {
            continue;
        }
        text.push('\n');
        text.push_str(&layout(part));
    }
    text
}

/// The first line of a file, whose comments begin with `comment`.
pub(super) fn header(comment: &str, source: &str) -> String {
    let source = one_line(source);
    if source.is_empty() {
        format!("{comment} {GENERATED_HEADER}: do not edit.\n")
    } else {
        format!("{comment} {GENERATED_HEADER} from {source}: do not edit.\n")
    }
}

/// How a file of JSON begins, which has no comments: an object whose first key says what the header of others says.
pub(super) fn json_header() -> String {
    format!("{GENERATED_JSON}: do not edit.\": true,\n")
}

/// The text of one or several items, with a line end after it.
#[cfg(not(feature = "format"))]
fn layout(tokens: TokenStream) -> String {
    format!("{tokens}\n")
}

/// The text of one or several items, laid out, with a line end after it.
#[cfg(feature = "format")]
fn layout(tokens: TokenStream) -> String {
    match syn::parse2::<syn::File>(tokens.clone()) {
        Ok(file) => prettyplease::unparse(&file),
        // Cannot happen: identifiers are checked, and all other text is in literals. Should it happen, the compiler
        // of the written crate says more about it than a panic would, and the other files are still of use.
        Err(_) => format!("{tokens}\n"),
    }
}
