//! Finds items in a written file of Rust.

/// A top-level item with its documentation and attributes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RustItem<'t> {
    /// The number of its first line, from one.
    pub(super) line: usize,
    /// Its lines.
    pub(super) lines: Vec<&'t str>,
}

/// The items of a file as this project writes them: one ends with a line that ends the outermost braces, or, outside of
/// braces, with a semicolon.
pub(super) fn items(text: &str) -> Vec<RustItem<'_>> {
    let mut items = Vec::new();
    let mut lines: Vec<&str> = Vec::new();
    let mut first = 1;
    for (index, line) in text.lines().enumerate() {
        if lines.is_empty() {
            first = index + 1;
            if line.is_empty() || line.starts_with("//!") || !is_start(line) {
                continue;
            }
        }
        lines.push(line);
        let outer = !line.starts_with([' ', '/', '#']);
        if outer && (line.ends_with('}') || line.ends_with(';')) {
            items.push(RustItem {
                line: first,
                lines: std::mem::take(&mut lines),
            });
        }
    }
    items
}

/// Whether an item begins with a line: a comment that is no documentation is none.
fn is_start(line: &str) -> bool {
    !line.starts_with("//") || line.starts_with("///")
}

impl<'t> RustItem<'t> {
    /// The line that names it, such as `pub struct User {`.
    pub(super) fn head(&self) -> &'t str {
        let mut lines = self.lines.iter();
        lines
            .find(|line| !line.starts_with(['/', '#']))
            .copied()
            .unwrap_or_default()
    }

    /// Whether it defines or implements `name`.
    pub(super) fn is_about(&self, name: &str) -> bool {
        let words = self
            .head()
            .split(|c: char| !(c.is_alphanumeric() || c == '_'));
        words.into_iter().any(|word| word == name)
    }

    /// Whether it is the definition of `name`.
    pub(super) fn defines(&self, name: &str) -> bool {
        let mut words = self
            .head()
            .split(|c: char| !(c.is_alphanumeric() || c == '_'))
            .skip_while(|word| *word == "pub");
        matches!(words.next(), Some("struct" | "enum" | "fn" | "static"))
            && words.next() == Some(name)
    }
}

#[cfg(test)]
mod tests {
    use super::items;

    #[test]
    fn items_are_found_with_their_documentation() {
        let text = "// header\n\n//! Module.\n\nuse a::{\n    B,\n};\n\n/// A }.\n#[derive(Debug)]\npub struct X {\n    pub a: u8,\n}\n\n\
            impl X {\n    fn f() {\n    }\n}\n\npub static X_Y: u8 = 1;\n";
        let found = items(text);
        let heads: Vec<(usize, &str)> = found.iter().map(|item| (item.line, item.head())).collect();
        assert_eq!(
            heads,
            [
                (5, "use a::{"),
                (9, "pub struct X {"),
                (15, "impl X {"),
                (20, "pub static X_Y: u8 = 1;")
            ]
        );
        assert!(found[1].defines("X") && !found[2].defines("X") && found[2].is_about("X"));
        assert!(!found[3].is_about("X") && found[3].defines("X_Y"));
    }
}
