//! Tells whether a page is about what its path names, from its title and the path alone: the type's page, and other pages
//! of the same request, may come later and must rename nothing.

use std::collections::BTreeSet;

use super::Planner;
use super::naming::{singular, words};
use super::verbs::bare;
use crate::model::{Operation, Segment};

/// The most words of a title that go into a name.
const MOST_WORDS: usize = 6;

/// What the title of an operation is about.
struct Subject<'a> {
    /// The words after the verb, without articles: `iosCompliancePolicy`, `open extension`.
    terms: Vec<&'a str>,
    /// How many of their parts the path does not have.
    new: usize,
    /// How many parts they have.
    parts: usize,
    /// Whether the path or the profile names it.
    named: bool,
}

impl Planner<'_> {
    /// The subject of an operation's title, where its path does not name it: the name of a derived type, or what a page
    /// does with an entity that is documented elsewhere. One word is the name of a type, and the path has to have all
    /// parts of it; of several words, one is enough.
    pub(super) fn other_subject(&self, operation: &Operation) -> Option<String> {
        let subject = self.subject(operation)?;
        let is_type = subject.terms.len() == 1;
        let is_other = if is_type {
            subject.new > 0
        } else {
            subject.new == subject.parts
        };
        (is_other && !subject.named).then(|| subject.terms.join(" "))
    }

    /// Whether the title of an operation is the name of a type, and nothing else beside the verb.
    pub(super) fn names_type(&self, operation: &Operation) -> bool {
        terms(&operation.title, &self.profile.phrases.articles).len() == 1
    }

    /// How many parts of the title the path does not have: of several pages on one request, the one with the fewest is
    /// the page of the request.
    pub(super) fn distance(&self, operation: &Operation) -> usize {
        self.subject(operation).map_or(0, |subject| subject.new)
    }

    /// Whether a title is about one of what a segment names: `Publish teamsApp` and `teamsApps`.
    pub(super) fn is_about(&self, operation: &Operation, segment: &str) -> bool {
        let terms = terms(&operation.title, &self.profile.phrases.articles);
        let [term] = terms.as_slice() else {
            return false;
        };
        singular(&term.to_lowercase()) == singular(&segment.to_lowercase())
    }

    fn subject<'a>(&self, operation: &'a Operation) -> Option<Subject<'a>> {
        let known = self.known();
        let phrases = &self.profile.phrases;
        let terms = terms(&operation.title, &phrases.articles);
        let mut parts: Vec<String> = terms.iter().flat_map(|term| words(term, known)).collect();
        parts.retain(|part| !phrases.collection_words.contains(part));
        if parts.is_empty() {
            return None;
        }
        let mut of_path = BTreeSet::new();
        for name in operation.path.iter().filter_map(bare) {
            for word in words(name, known) {
                of_path.insert(singular(&word));
                of_path.extend(word.strip_suffix('s').map(str::to_owned));
                of_path.insert(word);
            }
        }
        let new = parts
            .iter()
            .filter(|part| !of_path.contains(*part) && !of_path.contains(&singular(part)))
            .count();
        let whole = parts.concat();
        let named = [singular(&whole), whole]
            .iter()
            .any(|name| is_made_of(name, &of_path))
            || self.is_held(&terms, operation.path.iter().rev().find_map(bare));
        Some(Subject {
            new: if named { 0 } else { new },
            parts: parts.len(),
            terms,
            named,
        })
    }

    /// Whether the profile says that the last name of a path holds what a term names.
    fn is_held(&self, terms: &[&str], last: Option<&str>) -> bool {
        let Some(last) = last else { return false };
        let subjects = &self.profile.names.subjects;
        subjects
            .iter()
            .filter(|(name, _)| name.eq_ignore_ascii_case(last))
            .flat_map(|(_, types)| types)
            .any(|name| {
                let one = singular(&name.to_lowercase());
                terms
                    .iter()
                    .any(|term| singular(&term.to_lowercase()) == one)
            })
    }
}

/// The words of a title after the first, without articles. A title with a colon names a method, and is about no type.
fn terms<'a>(title: &'a str, articles: &[String]) -> Vec<&'a str> {
    if title.contains(':') {
        return Vec::new();
    }
    let terms = title.split_whitespace().skip(1);
    terms
        .map(|term| term.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|term| !term.is_empty() && !articles.contains(&term.to_lowercase()))
        .take(MOST_WORDS)
        .collect()
}

/// Whether a name is a row of words and nothing else: pages write `conversationthread` as well.
fn is_made_of(name: &str, words: &BTreeSet<String>) -> bool {
    let mut reached = vec![false; name.len() + 1];
    reached[0] = true;
    for at in 0..name.len() {
        if reached[at] && name.is_char_boundary(at) {
            for word in words {
                if name[at..].starts_with(word.as_str()) {
                    reached[at + word.len()] = true;
                }
            }
        }
    }
    reached[name.len()]
}

/// Whether a request line has an option of the query that only the page's subject asks for.
pub(super) fn has_options(operation: &Operation) -> bool {
    operation
        .query
        .iter()
        .any(|(name, _)| name.starts_with('$'))
}

/// Whether the last segment addresses one entity by its key.
pub(super) fn ends_in_key(operation: &Operation) -> bool {
    operation.path.last().is_some_and(Segment::ends_in_key)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{is_made_of, terms};

    #[test]
    fn terms_are_the_words_after_the_verb() {
        let articles = ["the".to_owned(), "a".to_owned()];
        for (title, expected) in [
            ("Get user", &["user"][..]),
            ("Create a `user`", &["user"]),
            ("List The sign-in logs", &["sign-in", "logs"]),
            ("Get - user", &["user"]),
            ("Get", &[]),
            ("user: assign licence", &[]),
            ("Get a b c d e f g h", &["b", "c", "d", "e", "f", "g"]),
        ] {
            assert_eq!(terms(title, &articles), expected, "{title}");
        }
    }

    #[test]
    fn a_name_is_made_of_words_where_they_are_all_of_it() {
        let words = ["thread", "conversation", "at", "ch", "chat"].map(str::to_owned);
        let words = BTreeSet::from(words);
        for (name, expected) in [
            ("conversationthread", true),
            ("threadthread", true),
            ("chatthread", true),
            ("conversationthreads", false),
            ("conversation", true),
            ("theconversation", false),
            ("ché", false),
            ("éch", false),
        ] {
            assert_eq!(is_made_of(name, &words), expected, "{name}");
        }
    }
}
