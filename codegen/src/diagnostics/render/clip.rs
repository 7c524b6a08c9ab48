//! Text of pages made fit for a terminal: in one line, of a length that can be read, and without commands.

use std::borrow::Cow;

/// The first `count` characters.
pub(super) fn prefix(text: &str, count: usize) -> &str {
    text.char_indices()
        .nth(count)
        .map_or(text, |(at, _)| &text[..at])
}

/// A text in one line, cut after a word where it is longer than `count` characters, and without characters that command a
/// terminal.
pub(super) fn clipped(text: &str, count: usize) -> Cow<'_, str> {
    let mut shown = prefix(text, count);
    let cut = shown.len() < text.len();
    if !cut && !shown.contains(commands) {
        return shown.into();
    }
    if cut
        && let Some((words, rest)) = shown.rsplit_once(' ')
        && rest.chars().count() < LONG_WORD
    {
        shown = words.trim_end_matches([',', ';', ':']);
    }
    let mut line = visible(shown);
    if cut {
        line.push('…');
    }
    line.into()
}

/// From how many characters on a word is cut, rather than left out.
const LONG_WORD: usize = 30;

/// A text with other characters in place of those that command a terminal.
pub(super) fn visible(text: &str) -> String {
    text.chars()
        .map(|character| match character {
            '\n' | '\t' => ' ',
            command if commands(command) => char::REPLACEMENT_CHARACTER,
            plain => plain,
        })
        .collect()
}

/// Whether a character commands a terminal: moves the cursor, or turns the direction of the text after it.
fn commands(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}')
}

#[cfg(test)]
mod tests {
    use super::{clipped, visible};

    #[test]
    fn a_cut_is_after_a_word_unless_the_word_is_long() {
        assert_eq!(clipped("one two", 7), "one two");
        assert_eq!(clipped("one, two three", 8), "one…");
        assert_eq!(clipped(&format!("a {}", "x".repeat(99)), 40).len(), 43);
    }

    #[test]
    fn text_does_not_command_the_terminal() {
        assert_eq!(visible("a\tb\n\u{1b}c\u{202e}"), "a b \u{fffd}c\u{fffd}");
        assert_eq!(clipped("\u{202e}", 5), "\u{fffd}");
    }
}
