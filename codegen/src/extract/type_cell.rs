//! Reads type cells: `String`, `[x](x.md) collection`, `Collection([x][])`, `Edm.Int32`, `String (optional)`.

use crate::facts::TypeName;
use crate::profile::Profile;
use crate::prose::{PieceKind, Prose};

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
    let words: Vec<String> = head
        .split(|c: char| {
            c.is_whitespace() || matches!(c, '(' | ')' | ',' | '[' | ']' | '`' | '*' | '\\' | '"')
        })
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    let is_collection = |word: &String| word.eq_ignore_ascii_case("collection") || word == "[]";
    let collection = words.iter().any(is_collection);
    if let Some(known) = whole(&text, profile) {
        return Some(TypeName {
            name: known,
            target: None,
            collection: false,
        });
    }
    if links.len() > 1 && words.iter().any(|word| word == "or") {
        return None;
    }
    if let Some((name, target)) = links.first() {
        return Some(TypeName {
            name: clean(name),
            target: Some((*target).to_owned()),
            collection: collection || name.to_lowercase().ends_with(" collection"),
        });
    }
    if words.iter().any(|word| word == "or") || head.contains("** ") {
        return None;
    }
    let meaningful = |word: &&String| {
        !is_collection(word) && !profile.phrases.type_noise.contains(&word.to_lowercase())
    };
    let mut candidates = words.iter().filter(meaningful);
    let first = candidates
        .next()
        .or_else(|| words.iter().find(|word| !is_collection(word)))?;
    let (name, marked) = match first.to_lowercase().strip_prefix("collection(") {
        Some(_) => (first["collection(".len()..].to_owned(), true),
        None => (first.clone(), false),
    };
    // A name, and beside it at most remarks: `(optional)`, `, maximum size 20`. Anything longer is prose.
    let single =
        profile.primitive(&name).is_some() || text.contains(['(', ',']) || candidates.count() == 0;
    is_name(&name).then_some(())?;
    if !single {
        return None;
    }
    Some(TypeName {
        name: clean(&name),
        target: None,
        collection: collection || marked,
    })
}

/// A cell that is a primitive type as a whole, such as `Untyped JSON object`.
fn whole(text: &str, profile: &Profile) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    (words.len() > 1 && profile.primitive(&words.join(" ")).is_some()).then(|| words.join(" "))
}

/// A name without marks of schemas and links.
fn clean(name: &str) -> String {
    let name = name
        .trim()
        .trim_start_matches('#')
        .trim_end_matches(['.', ':', ';']);
    let name = name.strip_suffix(" collection").unwrap_or(name);
    let name = name.strip_suffix("[]").unwrap_or(name);
    name.trim_matches(['[', ']', '`', '*', ' ']).to_owned()
}

/// Whether a word can be the name of a type: letters, digits, `_`, with dots between.
fn is_name(word: &str) -> bool {
    let word = word.trim_start_matches('#');
    word.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && word
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | '.'))
}

/// The types that prose names by links to pages, or by words in strong or code before `object` and `collection`.
pub(super) fn linked_types(prose: &Prose, profile: &Profile) -> Vec<TypeName> {
    let mut found = Vec::new();
    for (index, piece) in prose.pieces.iter().enumerate() {
        let PieceKind::Link { target } = &piece.kind else {
            continue;
        };
        let page = target.split('#').next().unwrap_or_default();
        if !(page.to_lowercase().ends_with(".md") || target.starts_with('#')) {
            continue;
        }
        let before: String = prose.pieces[..index]
            .iter()
            .map(|piece| piece.text.as_str())
            .collect();
        let after: String = prose.pieces[index + 1..]
            .iter()
            .map(|piece| piece.text.as_str())
            .collect();
        let sentence = before
            .rsplit(". ")
            .next()
            .unwrap_or_default()
            .to_lowercase();
        let clause: String = sentence
            .chars()
            .rev()
            .take(40)
            .collect::<String>()
            .chars()
            .rev()
            .collect();
        let next = after.trim_start().to_lowercase();
        let collection = next.starts_with("collection")
            || profile
                .phrases
                .collection
                .iter()
                .any(|phrase| phrase.ends_with(" of") && clause.contains(phrase.as_str()));
        found.push(TypeName {
            name: clean(&piece.text),
            target: Some(target.clone()),
            collection,
        });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::type_name;
    use crate::profile::Profile;
    use crate::prose::{PieceKind, Prose};

    fn read(text: &str) -> Option<(String, bool)> {
        let profile = Profile::graph().unwrap();
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
        ] {
            assert_eq!(read(text), Some((name.to_owned(), collection)), "{text}");
        }
        assert_eq!(read("** Unknown Type x.y.z ** collection"), None);
        assert_eq!(read("Moment in time when the resource was created"), None);
        assert_eq!(read(""), None);
    }

    #[test]
    fn a_reference_link_is_no_array() {
        let profile = Profile::graph().unwrap();
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
    }
}
