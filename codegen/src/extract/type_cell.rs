//! Reads type cells: `String`, `[x](x.md) collection`, `Collection([x][])`, `Edm.Int32`, `String (optional)`.

use super::MAX_NAME;
use crate::facts::TypeName;
use crate::profile::Profile;
use crate::prose::{PieceKind, Prose};

/// What a collection begins with in OData's notation, in lower case.
const COLLECTION: &str = "collection(";

/// Reads a type cell; `None` where it holds no type that can be told.
pub(super) fn type_name(cell: &Prose, profile: &Profile) -> Option<TypeName> {
    let text = cell.text();
    if text.is_empty() {
        return None;
    }
    let links: Vec<(&str, &str)> = cell.links().collect();
    // What follows a full stop is a sentence about the property.
    let head = text
        .split(". ")
        .next()
        .unwrap_or(&text)
        .trim_end_matches('.');
    // Words before `Collection(…)` are no part of the type.
    let words: Vec<String> = after_words(head)
        .unwrap_or(head)
        .split(|c: char| {
            c.is_whitespace() || matches!(c, '(' | ')' | ',' | '[' | ']' | '`' | '*' | '\\' | '"')
        })
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    // `Collection(…)` is OData's own (CSDL 4.01, section 7.1); as a word beside a type it is a habit of pages.
    let packed: String = head.to_ascii_lowercase().split_whitespace().collect();
    let wrapped = packed.contains(COLLECTION);
    let is_collection = |word: &String| {
        wrapped && word.eq_ignore_ascii_case(COLLECTION.trim_end_matches('('))
            || profile.is_collection_word(word)
    };
    let arrays = arrays(head);
    // A collection of collections has no form in the model, so it is JSON.
    if arrays > 1
        || packed.matches(COLLECTION).count() > 1
        || arrays > 0 && words.iter().any(is_collection)
    {
        return None;
    }
    let collection = arrays > 0 || wrapped || words.iter().any(is_collection);
    if let Some(known) = whole(&text, profile) {
        return Some(TypeName {
            name: known,
            target: None,
            collection: false,
        });
    }
    let alternatives = words
        .iter()
        .any(|word| profile.phrases.alternatives.contains(&word.to_lowercase()));
    if links.len() > 1 && alternatives {
        return None;
    }
    if let Some((name, target)) = links.first() {
        let name = clean(name, profile);
        return (name.len() <= MAX_NAME).then(|| TypeName {
            name,
            target: Some((*target).to_owned()),
            collection,
        });
    }
    if alternatives || head.contains("** ") {
        return None;
    }
    let meaningful = |word: &&String| {
        !is_collection(word) && !profile.phrases.type_noise.contains(&word.to_lowercase())
    };
    let mut candidates = words.iter().filter(meaningful);
    let first = candidates
        .next()
        .or_else(|| words.iter().find(|word| !is_collection(word)))?;
    // A name, and beside it at most remarks: `(optional)`, `, maximum size 20`. Anything longer is prose.
    let single =
        profile.primitive(first).is_some() || text.contains(['(', ',']) || candidates.count() == 0;
    (single && is_name(first)).then(|| TypeName {
        name: clean(first, profile),
        target: None,
        collection,
    })
}

/// The most array marks that a word of a text ends in: one for `String[]`. The `[]` after a bracket belongs to a
/// reference link that leads nowhere, `[identitySet][]`, and is no such mark.
fn arrays(text: &str) -> usize {
    text.split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | ',' | '`' | '*'))
        .map(|word| {
            let bare = word.trim_end_matches("[]");
            let named = bare.ends_with(|c: char| c.is_alphanumeric() || c == '_');
            if named {
                (word.len() - bare.len()) / "[]".len()
            } else {
                0
            }
        })
        .max()
        .unwrap_or_default()
}

/// What stands in the parentheses of `Collection(…)` after other words.
fn after_words(text: &str) -> Option<&str> {
    let at = text.to_ascii_lowercase().find(COLLECTION)?;
    let inner = text[at..].split_once('(')?.1;
    (at > 0).then(|| inner.split(')').next().unwrap_or(inner))
}

/// A cell that is a primitive type as a whole, such as `Untyped JSON object`.
fn whole(text: &str, profile: &Profile) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    (words.len() > 1 && profile.primitive(&words.join(" ")).is_some()).then(|| words.join(" "))
}

/// A name without marks of schemas and links.
fn clean(name: &str, profile: &Profile) -> String {
    let name = name
        .trim()
        .trim_start_matches('#')
        .trim_end_matches(['.', ':', ';']);
    let name = name
        .rsplit_once(' ')
        .filter(|(_, word)| profile.is_collection_word(word))
        .map_or(name, |(name, _)| name);
    let name = name.strip_suffix("[]").unwrap_or(name);
    name.trim_matches(['[', ']', '`', '*', ' ']).to_owned()
}

/// Whether a word can be the name of a type: letters, digits, `_`, with dots between.
fn is_name(word: &str) -> bool {
    let word = word.trim_start_matches('#');
    word.len() <= MAX_NAME
        && word.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && word
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | '.'))
}

/// How much text before a link is looked at for words such as `collection of`, and how much after it.
const CLAUSE: usize = 40;

/// The types that prose names by links to pages.
pub(super) fn linked_types(prose: &Prose, profile: &Profile) -> Vec<TypeName> {
    let mut found = Vec::new();
    // A clause, and the full stop before it.
    let mut tail = Tail::default();
    for (index, piece) in prose.pieces.iter().enumerate() {
        let before = tail.text.clone();
        tail.push(&piece.text);
        let PieceKind::Link { target } = &piece.kind else {
            continue;
        };
        let page = target.split('#').next().unwrap_or_default();
        if !(page.to_lowercase().ends_with(".md") || target.starts_with('#')) {
            continue;
        }
        let clause = before
            .rsplit(". ")
            .next()
            .unwrap_or_default()
            .to_lowercase();
        let next = next_word(prose, index);
        let collection = profile.is_collection_word(&next)
            || profile
                .phrases
                .collection
                .iter()
                .any(|phrase| clause.contains(phrase.as_str()));
        found.push(TypeName {
            name: clean(&piece.text, profile),
            target: Some(target.clone()),
            collection,
        });
    }
    found
}

/// The word after a piece, as far as words that mean something go.
fn next_word(prose: &Prose, index: usize) -> String {
    prose.pieces[index + 1..]
        .iter()
        .flat_map(|piece| piece.text.chars())
        .take(CLAUSE)
        .skip_while(|c| c.is_whitespace())
        .take_while(|c| c.is_alphanumeric())
        .collect()
}

/// The types that prose names in strong type or code, with a word for an instance after it: an **order** object.
pub(super) fn marked_types(prose: &Prose, profile: &Profile) -> Vec<TypeName> {
    let mut found = Vec::new();
    let mut before = Tail::default();
    for (index, piece) in prose.pieces.iter().enumerate() {
        let next = next_word(prose, index).to_lowercase();
        let name = piece.text.trim();
        if matches!(piece.kind, PieceKind::Strong | PieceKind::Code)
            && is_name(name)
            && profile.phrases.instance.contains(&next)
        {
            let clause = before.text.to_lowercase();
            let phrases = &profile.phrases.collection;
            found.push(TypeName {
                name: name.to_owned(),
                target: None,
                collection: profile.is_collection_word(&next)
                    || phrases
                        .iter()
                        .any(|phrase| clause.contains(phrase.as_str())),
            });
        }
        before.push(&piece.text);
    }
    found
}

/// The end of the text before a piece, as much of it as may hold a clause: all of it, for each piece, would be the text
/// many times over.
#[derive(Default)]
pub(super) struct Tail {
    text: String,
}

impl Tail {
    /// Goes on with the text of a piece.
    pub(super) fn push(&mut self, text: &str) {
        self.text.push_str(last_chars(text));
        self.text = last_chars(&self.text).to_owned();
    }

    /// The text in lower case, without blanks at its end.
    pub(super) fn lower(&self) -> String {
        self.text.trim_end().to_lowercase()
    }
}

/// The last characters of a text.
fn last_chars(text: &str) -> &str {
    let start = text.char_indices().rev().nth(CLAUSE - 1);
    &text[start.map_or(0, |(at, _)| at)..]
}

#[cfg(test)]
mod tests {
    use super::{CLAUSE, last_chars, linked_types, marked_types, type_name};
    use crate::profile::Profile;
    use crate::prose::{PieceKind, Prose};

    fn read(text: &str) -> Option<(String, bool)> {
        let profile = Profile::embedded().unwrap();
        type_name(&Prose::plain(text), &profile).map(|name| (name.name, name.collection))
    }

    #[test]
    fn type_cells_of_real_pages_are_read() {
        for (text, name, collection) in [
            ("String", "String", false),
            ("String collection", "String", true),
            ("Collection(String)", "String", true),
            ("Collection of String", "String", true),
            ("Collection (String)", "String", true),
            ("collection of strings", "strings", true),
            ("Edm.TimeOfDay", "Edm.TimeOfDay", false),
            ("String (optional)", "String", false),
            ("string, maximum size 20", "string", false),
            ("string (timestamp)", "string", false),
            ("Untyped JSON object", "Untyped JSON object", false),
            (
                "microsoft.graph.externalConnectors.label collection",
                "microsoft.graph.externalConnectors.label",
                true,
            ),
            ("alertFeedback enum", "alertFeedback", false),
            ("(Optional) String", "String", false),
            ("[itemAnalytics]", "itemAnalytics", false),
            ("object", "object", false),
            ("String[]", "String", true),
            ("String[] (optional)", "String", true),
            ("[identitySet][]", "identitySet", false),
            ("[identitySet][] collection", "identitySet", true),
            ("_berth", "_berth", false),
        ] {
            assert_eq!(read(text), Some((name.to_owned(), collection)), "{text}");
        }
        assert_eq!(read("** Unknown Type x.y.z ** collection"), None);
        assert_eq!(read("Moment in time when the resource was created"), None);
        assert_eq!(read(""), None);
        assert_eq!(read("7berths"), None);
        for nested in [
            "String[][]",
            "Collection(Collection(String))",
            "collection (collection (String))",
            "Collection(String[])",
        ] {
            assert_eq!(read(nested), None, "{nested}");
        }
        assert_eq!(read(&"x".repeat(201)), None);
    }

    #[test]
    fn a_reference_link_is_no_array() {
        let profile = Profile::embedded().unwrap();
        let mut cell = Prose::default();
        cell.push(
            PieceKind::Link {
                target: "identityset.md".to_owned(),
            },
            "identitySet",
        );
        let read = type_name(&cell, &profile).unwrap();
        assert_eq!(
            (read.name.as_str(), read.collection),
            ("identitySet", false)
        );
        cell.push(PieceKind::Text, "[]");
        let read = type_name(&cell, &profile).unwrap();
        assert_eq!((read.name.as_str(), read.collection), ("identitySet", true));
    }

    #[test]
    fn of_several_links_the_first_is_the_type_unless_either_may_be_meant() {
        let profile = Profile::embedded().unwrap();
        let read = |linked: &[&str], after: &str| {
            let mut cell = Prose::default();
            for (index, name) in linked.iter().enumerate() {
                let between = if index > 0 { after } else { "" };
                cell.push(PieceKind::Text, between);
                let target = format!("{name}.md");
                cell.push(PieceKind::Link { target }, name);
            }
            cell.push(PieceKind::Text, after);
            type_name(&cell, &profile).map(|name| (name.name, name.collection))
        };
        let berth = |collection| Some(("berth".to_owned(), collection));
        assert_eq!(read(&["berth"], " or null"), berth(false));
        assert_eq!(read(&["berth", "rope"], " or "), None);
        assert_eq!(read(&["berth", "rope"], " (see) "), berth(false));
        assert_eq!(read(&["berth", "rope"], " collection "), berth(true));
    }

    #[test]
    fn a_clause_before_a_link_says_that_it_is_a_collection() {
        let profile = Profile::embedded().unwrap();
        let mut prose = Prose::default();
        for before in ["A list of ", " objects. Or one ", ", or an array of "] {
            prose.push(PieceKind::Text, before);
            let target = "user.md".to_owned();
            prose.push(PieceKind::Link { target }, "user");
        }
        let collections: Vec<bool> = linked_types(&prose, &profile)
            .iter()
            .map(|ty| ty.collection)
            .collect();
        assert_eq!(collections, [true, false, true]);
    }

    #[test]
    fn strong_text_or_code_before_a_word_for_an_instance_is_a_type() {
        let mut profile = Profile::embedded().unwrap();
        profile.phrases.instance = vec!["object".to_owned(), "collection".to_owned()];
        let read = |before: &str, kind: PieceKind, name: &str, after: &str| {
            let mut prose = Prose::default();
            prose.push(PieceKind::Text, before);
            prose.push(kind, name);
            prose.push(PieceKind::Text, after);
            let found = marked_types(&prose, &profile).into_iter();
            found.map(|ty| (ty.name, ty.collection)).collect::<Vec<_>>()
        };
        let berth = |collection| vec![("berth".to_owned(), collection)];
        let strong = || PieceKind::Strong;
        assert_eq!(read("A ", strong(), "berth", " object."), berth(false));
        assert_eq!(
            read("A ", PieceKind::Code, "berth", " Object"),
            berth(false)
        );
        assert_eq!(read("A ", strong(), "berth", " collection"), berth(true));
        assert_eq!(
            read("A list of ", strong(), "berth", " object"),
            berth(true)
        );
        assert_eq!(read("A ", strong(), "berth", " page"), []);
        assert_eq!(read("A ", PieceKind::Emphasis, "berth", " object"), []);
        assert_eq!(read("A ", strong(), "a berth", " object"), []);
    }

    #[test]
    fn a_clause_is_so_many_characters_long() {
        let text = "é".repeat(CLAUSE + 1);
        assert_eq!(last_chars(&text), "é".repeat(CLAUSE));
        assert_eq!(last_chars("berths"), "berths");
    }
}
