//! Reads what pages say about request bodies and responses.

use super::Reader;
use super::type_cell::{linked_types, marked_types};
use crate::diagnostics::{Diagnostic, Rule, Spanned};
use crate::facts::{BodyFacts, ResponseFacts, TypeName};
use crate::profile::{Profile, contains_any};

impl Reader<'_> {
    /// What the sections say about the request body.
    pub(super) fn body(&mut self, sections: &[usize]) -> BodyFacts {
        let document = self.document;
        let mut body = BodyFacts::default();
        for section in sections {
            for text in document.sections[*section].text_blocks() {
                let says = text.prose.text();
                let phrases = &self.profile.phrases;
                body.none |= contains_any(&says, &phrases.no_body);
                body.parameters |= contains_any(&says, &phrases.action_parameters);
                body.binary |= contains_any(&says, &phrases.binary);
                body.links.extend(linked_types(&text.prose, self.profile));
                if body.links.is_empty() {
                    body.links.extend(marked_types(&text.prose, self.profile));
                }
            }
            for table in document.sections[*section].tables() {
                let rows = self.property_rows(table, false);
                body.properties.extend(rows);
            }
        }
        body
    }

    /// What the sections say about the response.
    pub(super) fn response(&mut self, sections: &[usize]) -> ResponseFacts {
        let document = self.document;
        let mut response = ResponseFacts::default();
        for section in sections {
            for text in document.sections[*section].text_blocks() {
                let says = text.prose.text();
                let phrases = &self.profile.phrases;
                response.none |= contains_any(&says, &phrases.no_content);
                response.binary |= contains_any(&says, &phrases.binary);
                response
                    .links
                    .extend(linked_types(&text.prose, self.profile));
                if response.links.is_empty() {
                    let marked = marked_types(&text.prose, self.profile);
                    response.links.extend(marked);
                }
                if response.links.is_empty() {
                    response.links.extend(primitive_answer(&says, self.profile));
                }
                if let Some((status, phrase)) = misnamed(&says) {
                    self.diagnostics.push(Diagnostic::at(
                        Rule::ConflictingStatus,
                        text.span,
                        format!("`{phrase}` are not the words of {status}; the number counts"),
                    ));
                }
                for status in statuses(&says, self.profile) {
                    if !response.statuses.iter().any(|known| known.value == status) {
                        response.statuses.push(Spanned::new(status, text.span));
                    }
                }
            }
        }
        response
    }
}

/// The primitive type that a text names as the answer: `… and a String in the response body`. The capital of the schema
/// tells the type from the word, and an article or `collection` beside it from a name, as in `Report Refresh Date`.
fn primitive_answer(text: &str, profile: &Profile) -> Option<TypeName> {
    let words: Vec<&str> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    words.iter().enumerate().find_map(|(at, word)| {
        let is_type = profile
            .primitive(word)
            .is_some_and(|edm| edm.strip_prefix("Edm.") == Some(word));
        let collection = words
            .get(at + 1)
            .is_some_and(|next| profile.is_collection_word(next));
        let before = at.checked_sub(1).and_then(|at| words.get(at));
        let mut articles = profile.phrases.articles.iter();
        let named =
            before.is_some_and(|before| articles.any(|known| known.eq_ignore_ascii_case(before)));
        (is_type && (named || collection)).then(|| TypeName {
            name: (*word).to_owned(),
            target: None,
            collection,
        })
    })
}

/// The reason phrases of success codes (RFC 9110, section 15).
const REASONS: &[(u16, &str)] = &[
    (200, "OK"),
    (201, "Created"),
    (202, "Accepted"),
    (204, "No Content"),
    (206, "Partial Content"),
    (302, "Found"),
];

/// A success code that is followed by the reason phrase of another.
fn misnamed(text: &str) -> Option<(u16, &'static str)> {
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.iter().enumerate().find_map(|(at, word)| {
        let status: u16 = word.parse().ok()?;
        REASONS.iter().find(|(known, _)| *known == status)?;
        REASONS
            .iter()
            .filter(|(known, _)| *known != status)
            .find(|(_, phrase)| {
                let phrase = phrase.to_lowercase();
                let mut follow = words[at + 1..].iter();
                phrase
                    .split(' ')
                    .all(|word| follow.next().is_some_and(|next| next == word))
            })
            .map(|(_, phrase)| (status, *phrase))
    })
}

/// The success codes that a text names: three digits with a word for a status after them, or alone as a code is.
fn statuses(text: &str, profile: &Profile) -> Vec<u16> {
    let words: Vec<&str> = text
        .split(|c: char| {
            c.is_whitespace() || matches!(c, '`' | ',' | '(' | ')' | '"' | '\'' | '*' | ':' | '.')
        })
        .filter(|word| !word.is_empty())
        .collect();
    words
        .iter()
        .enumerate()
        .filter_map(|(index, word)| {
            // A class of codes, as in `200-series`, names none of them.
            let status: u16 = (word.len() == 3).then(|| word.parse().ok()).flatten()?;
            let before = index
                .checked_sub(1)
                .and_then(|at| words.get(at))
                .map(|word| word.to_lowercase());
            if before.is_some_and(|before| profile.phrases.products.contains(&before)) {
                return None;
            }
            let next = words.get(index + 1).map(|word| word.to_lowercase());
            let named = next.is_none_or(|next| profile.phrases.status_words.contains(&next));
            ((200..400).contains(&status) && named).then_some(status)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::statuses;

    #[test]
    fn codes_are_told_from_numbers() {
        let profile = crate::profile::Profile::embedded().unwrap();
        let answer = |text| super::primitive_answer(text, &profile).map(|ty| ty.name);
        assert_eq!(
            answer("and a String in the response body").as_deref(),
            Some("String")
        );
        assert_eq!(answer("and a string in the response body"), None);
        assert_eq!(answer("Report Refresh Date"), None);
        assert_eq!(
            answer("a 200 OK response code and String collection object").as_deref(),
            Some("String")
        );
        assert_eq!(
            statuses(
                "If successful, this method returns a `200 OK` response code.",
                &profile
            ),
            [200]
        );
        assert_eq!(statuses("returns `200, OK` response code", &profile), [200]);
        assert_eq!(
            statuses("`204 No Content`, or 202 Accepted", &profile),
            [204, 202]
        );
        assert!(statuses("Returns Office 365 active users", &profile).is_empty());
        assert!(statuses("at most 200 members", &profile).is_empty());
        assert!(statuses("403 Forbidden", &profile).is_empty());
        assert_eq!(
            super::misnamed("a `201 No Content` code"),
            Some((201, "No Content"))
        );
        assert_eq!(super::misnamed("a `200 OK`, 204 No Content"), None);
    }
}
