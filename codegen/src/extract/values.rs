//! Finds lists of possible values in descriptions: "Possible values are: `a`, `b`, or `c`."

use super::MAX_NAME;
use super::distinct::Distinct;
use crate::profile::Profile;
use crate::prose::{PieceKind, Prose};

/// How many places of a description are tried. Real ones hold a phrase two or three times; each place costs a reading of
/// the whole text.
const MAX_LISTS: usize = 16;

/// The longest run of words between a phrase and its colon.
const MAX_SUBJECT: usize = 60;

/// What a description says about the values that are possible.
#[derive(Debug, Default)]
pub(super) struct Listed {
    /// The values, in their order, each once.
    pub(super) values: Vec<String>,
    /// Whether one of the profile's phrases announces a list, by a colon, that is not one of numbers.
    pub(super) announced: bool,
}

/// The values that a description lists after one of the profile's phrases.
///
/// Values are marked in some way: as code, strong, emphasised or quoted; failing that, bare words with commas
/// between. Numbers are ranges, not names, and are left out.
pub(super) fn listed_values(prose: &Prose, profile: &Profile) -> Listed {
    let text: String = prose
        .pieces
        .iter()
        .map(|piece| piece.text.as_str())
        .collect();
    // Places in the lowered text are places in the text: the full mapping would move them (`İ` gets longer).
    let lower = text.to_ascii_lowercase();
    if !profile.may_list_values(&lower) {
        return Listed::default();
    }
    let mut starts: Vec<(usize, usize)> = profile
        .phrases
        .values
        .iter()
        .flat_map(|phrase| {
            lower
                .match_indices(phrase.as_str())
                .map(|(at, found)| (at, at + found.len()))
        })
        .filter(|(at, end)| is_word(&lower, *at, *end))
        .collect();
    starts.sort_by_key(|(at, end)| (*at, std::cmp::Reverse(*end)));
    let mut announced = false;
    for (_, start) in starts.into_iter().take(MAX_LISTS) {
        let subject = subject(&lower[start..]);
        // The colon is the last character of what stands before the list.
        announced |= announces(&text[start + subject.saturating_sub(1)..]);
        let start = start + subject;
        let end = profile
            .phrases
            .values_end
            .iter()
            .filter_map(|phrase| lower[start..].find(phrase.as_str()))
            .min()
            .map_or(text.len(), |at| start + at);
        let marked = marked(prose, start, end);
        let values = if marked.is_empty() {
            quoted_or_bare(&text[start..end], &profile.phrases.value_separators)
        } else {
            marked
        };
        if !values.is_empty() {
            return Listed {
                values,
                announced: true,
            };
        }
    }
    Listed {
        values: Vec::new(),
        announced,
    }
}

/// Whether what follows a phrase is a list: a colon, and no number as in a range (`: 0 to 24`).
fn announces(text: &str) -> bool {
    let Some(list) = text.trim_start().strip_prefix(':') else {
        return false;
    };
    let first = list.trim_start_matches([' ', '\n', '`', '(', '-', '\u{2212}']);
    !first.starts_with(|c: char| c.is_ascii_digit())
}

/// How long the words are that stand between a phrase and the colon before its list: `for **state** are:`. The name in
/// them is none of the values.
fn subject(text: &str) -> usize {
    let end = text.find([':', ',', '.', ';']);
    end.filter(|end| *end <= MAX_SUBJECT && text[*end..].starts_with(": "))
        .map_or(0, |end| end + 1)
}

/// Whether a phrase is not a part of longer words.
fn is_word(text: &str, start: usize, end: usize) -> bool {
    let is_letter = |c: char| c.is_alphanumeric();
    !text[..start].ends_with(is_letter) && !text[end..].starts_with(is_letter)
}

/// The pieces in code, strong or emphasis between two places, until a sentence ends.
fn marked(prose: &Prose, start: usize, end: usize) -> Vec<String> {
    let mut values = Distinct::default();
    let mut kind: Option<PieceKind> = None;
    let mut at = 0;
    let mut depth = 0_usize;
    for piece in &prose.pieces {
        let (from, to) = (at, at + piece.text.len());
        at = to;
        if to <= start {
            continue;
        }
        if from >= end {
            break;
        }
        match &piece.kind {
            PieceKind::Text | PieceKind::Break | PieceKind::Link { .. } => {
                let text = &piece.text[start.saturating_sub(from)..];
                let before = depth;
                depth = text.chars().fold(depth, |depth, c| match c {
                    '(' => depth + 1,
                    ')' => depth.saturating_sub(1),
                    _ => depth,
                });
                if (!values.list().is_empty() || text.len() > 60)
                    && before == 0
                    && ends_sentence(text)
                {
                    break;
                }
            }
            marked
                if from >= start
                    && depth == 0
                    && kind.as_ref().is_none_or(|kind| kind == marked) =>
            {
                kind = Some(marked.clone());
                add(&mut values, &piece.text);
            }
            _ => {}
        }
    }
    values.into_list()
}

/// Whether a sentence ends in a text: a full stop before a blank and a capital, or at the very end of a clause.
fn ends_sentence(text: &str) -> bool {
    let bytes = text.as_bytes();
    text.match_indices('.').any(|(at, _)| {
        let rest = &text[at + 1..];
        let next = rest.trim_start().chars().next();
        (rest.is_empty() || bytes.get(at + 1).is_some_and(u8::is_ascii_whitespace))
            && next.is_none_or(|c| c.is_uppercase())
    })
}

/// Adds the value or values of a span.
fn add(values: &mut Distinct<String>, span: &str) {
    for value in span.split(',') {
        let value = value.trim().trim_matches(['\'', '"', '`', '.', ';']).trim();
        let named = value.starts_with(|c: char| c.is_alphabetic() || c == '_' || c == '#');
        if named
            && value.len() <= MAX_NAME
            // JSON's own word for no value, on whatever page.
            && value != "null"
            && !value.starts_with('$')
        {
            values.push(value.to_owned());
        }
    }
}

/// Values in quotes, or bare words with commas between.
fn quoted_or_bare(text: &str, separators: &[String]) -> Vec<String> {
    let text = text.trim_start_matches([':', ' ']);
    // A list without marks has no full stop in it, so it ends at the first one where the text has a sentence's end.
    let end = text.find('.').filter(|_| ends_sentence(text));
    let sentence = &text[..end.unwrap_or(text.len())];
    let mut values = Distinct::default();
    for quote in ['\'', '"'] {
        let parts: Vec<&str> = sentence.split(quote).collect();
        if parts.len() >= 3 {
            for value in parts.iter().skip(1).step_by(2) {
                add(&mut values, value);
            }
            return values.into_list();
        }
    }
    let list = separators
        .iter()
        .fold(sentence.replace('\n', ","), |list, word| {
            list.replace(&format!(" {word} "), ",")
        });
    let mut words = Distinct::default();
    for item in list.split([',', ';', '|']) {
        // What follows a value explains it: `LightBlue=0`, `after (default)`.
        let item = item.split(['(', '=']).next().unwrap_or_default().trim();
        if item.is_empty() {
            continue;
        }
        let is_word = item
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
        let named = item.starts_with(|c: char| c.is_alphabetic());
        if !is_word || !named || item.len() > MAX_NAME {
            return Vec::new();
        }
        words.push(item.to_owned());
    }
    if words.list().len() >= 2 {
        return words.into_list();
    }
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::listed_values;
    use crate::profile::Profile;
    use crate::prose::{PieceKind, Prose};

    /// Backticks mark code, as on a page.
    fn read(text: &str) -> Vec<String> {
        let mut prose = Prose::default();
        for (index, part) in text.split('`').enumerate() {
            let kind = if index % 2 == 0 {
                PieceKind::Text
            } else {
                PieceKind::Code
            };
            prose.push(kind, part);
        }
        listed_values(&prose, &Profile::embedded().unwrap()).values
    }

    #[test]
    fn lists_of_every_wording_are_read() {
        assert_eq!(
            read("Status. Possible values are: `unknown`, `compliant`, or `error`. See `x`."),
            ["unknown", "compliant", "error"]
        );
        assert_eq!(
            read("The possible values are: D7, D30 and D90."),
            ["D7", "D30", "D90"]
        );
        assert_eq!(
            read("Can be one of 'company' or 'personal'"),
            ["company", "personal"]
        );
        assert_eq!(
            read("The supported values for {period_value} are: D7 and D30."),
            ["D7", "D30"]
        );
        assert_eq!(
            read("Possible values are: `after` (default), `before`."),
            ["after", "before"]
        );
        assert_eq!(
            read(
                "Possible values are: `a`, `unknownFutureValue`. You must use the `Prefer` header to get: `b`."
            ),
            ["a", "unknownFutureValue"]
        );
    }

    #[test]
    fn what_the_values_are_of_is_none_of_them() {
        assert_eq!(
            read("The supported values for `state` are: `ebb`, `flood`."),
            ["ebb", "flood"]
        );
        assert_eq!(
            read("Possible values are: `ebb`, `flood`."),
            ["ebb", "flood"]
        );
    }

    #[test]
    fn letters_that_change_their_length_move_no_place() {
        assert_eq!(
            read("İẞ 漢 Possible values are: `one`, `two`."),
            ["one", "two"]
        );
        assert_eq!(read("İİİ Possible values are: ẞa, two."), ["ẞa", "two"]);
    }

    #[test]
    fn many_phrases_are_not_tried_without_end() {
        assert!(read(&"value is . ".repeat(50_000)).is_empty());
    }

    #[test]
    fn ranges_are_no_lists() {
        assert!(read("Valid values 0 to 24").is_empty());
        assert!(read("Supported values are 11-1800").is_empty());
        assert!(read("The number of devices.").is_empty());
    }
}
