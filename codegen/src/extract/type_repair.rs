//! Reads type cells that are not in order: broken links, words that stand twice, cells whose contents are swapped.

use super::type_cell::type_name;
use crate::facts::TypeName;
use crate::profile::Profile;
use crate::prose::Prose;

/// What is out of order in a cell that is read all the same; `None` where nothing is.
pub(super) fn fault(cell: &Prose) -> Option<&'static str> {
    let text = cell.text();
    let count = |mark: char| text.matches(mark).count();
    if count('[') != count(']') || count('(') != count(')') {
        return Some("a bracket is missing");
    }
    let linked = cell.links().next().is_some();
    let opens_link = text
        .match_indices('[')
        .any(|(at, _)| text[at + 1..].starts_with(|c: char| c.is_alphanumeric() || c == '*'));
    if opens_link && !linked {
        return Some("its link leads nowhere");
    }
    let words = text.split(|c: char| !c.is_alphanumeric());
    let collections = words.filter(|word| word.eq_ignore_ascii_case("collection"));
    (collections.count() > 1).then_some("`collection` stands twice")
}

/// A type that stands in another place than a cell of its own, and what is to be said of it.
pub(super) struct Misplaced {
    /// The type.
    pub(super) name: TypeName,
    /// The description, where it is not that of its own cell.
    pub(super) description: Option<Prose>,
    /// Where the type stands.
    pub(super) place: &'static str,
}

/// The type of a row whose type cell holds prose: the last word of that prose, or all of the description. Only a
/// primitive type can be told from a word.
pub(super) fn misplaced(cell: &Prose, description: &Prose, profile: &Profile) -> Option<Misplaced> {
    let primitive = |text: &str| {
        let text = text.trim().trim_end_matches('.');
        let is_word = !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric());
        let capital = text.starts_with(|c: char| c.is_ascii_uppercase());
        let known = is_word && capital && profile.primitive(text).is_some();
        known
            .then(|| type_name(&Prose::plain(text), profile))
            .flatten()
    };
    let text = cell.text();
    if !text.contains(' ') {
        return None;
    }
    if let Some(name) = text
        .trim_end_matches('.')
        .rsplit_once(". ")
        .and_then(|(_, last)| primitive(last))
    {
        return Some(Misplaced {
            name,
            description: None,
            place: "at the end of the sentence in its cell",
        });
    }
    primitive(&description.text()).map(|name| Misplaced {
        name,
        description: Some(cell.clone()),
        place: "in the cell of the description",
    })
}

#[cfg(test)]
mod tests {
    use super::{fault, misplaced};
    use crate::profile::Profile;
    use crate::prose::Prose;

    #[test]
    fn faults_are_told_from_forms() {
        for text in [
            "[berth",
            "[berth])",
            "[berth]",
            "berth collection collection",
        ] {
            assert!(fault(&Prose::plain(text)).is_some(), "{text}");
        }
        for text in ["String[]", "Collection(String)", "String (optional)", ""] {
            assert!(fault(&Prose::plain(text)).is_none(), "{text}");
        }
    }

    #[test]
    fn only_a_primitive_type_is_found_elsewhere() {
        let profile = Profile::embedded().unwrap();
        let read = |cell: &str, description: &str| {
            misplaced(&Prose::plain(cell), &Prose::plain(description), &profile)
                .map(|found| found.name.name)
        };
        assert_eq!(
            read("When it was made. DateTimeOffset", "Text").as_deref(),
            Some("DateTimeOffset")
        );
        assert_eq!(read("When it was made.", "Date").as_deref(), Some("Date"));
        assert_eq!(read("When it was made.", "Made"), None);
        assert_eq!(read("When it was made.", "A date."), None);
        // Several words are a description, even where they are the words for a type.
        assert_eq!(read("What it holds.", "Untyped JSON object"), None);
        assert_eq!(read("When it was made. ", "."), None);
        assert_eq!(read("berth", "String"), None);
    }
}
