//! Reads expressions, by the rules of OData rather than by the builder's.

/// An expression with `_` for each string literal, and what the literals say.
pub(super) struct Tokens {
    pub(super) outside: String,
    pub(super) literals: Vec<String>,
}

/// Takes the string literals out: one begins with `'` and ends at the next that is not doubled (OData
/// ABNF, `string`).
pub(super) fn tokens(text: &str) -> Tokens {
    let (mut outside, mut literals) = (String::new(), Vec::new());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        if character != '\'' {
            outside.push(character);
            continue;
        }
        let mut literal = String::new();
        while let Some(character) = characters.next() {
            if character == '\'' && characters.next_if_eq(&'\'').is_none() {
                break;
            }
            literal.push(character);
        }
        outside.push('_');
        literals.push(literal);
    }
    Tokens { outside, literals }
}

/// Evaluates `age eq N` with `and`, `or`, `not` and parentheses, where N is true if `truths` says so.
/// `None` if the text is not of that form.
pub(super) fn evaluate(text: &str, truths: &[bool]) -> Option<bool> {
    let mut rest = text;
    let value = or(&mut rest, truths)?;
    rest.is_empty().then_some(value)
}

fn or(rest: &mut &str, truths: &[bool]) -> Option<bool> {
    let mut value = and(rest, truths)?;
    while take(rest, " or ") {
        value |= and(rest, truths)?;
    }
    Some(value)
}

fn and(rest: &mut &str, truths: &[bool]) -> Option<bool> {
    let mut value = not(rest, truths)?;
    while take(rest, " and ") {
        value &= not(rest, truths)?;
    }
    Some(value)
}

fn not(rest: &mut &str, truths: &[bool]) -> Option<bool> {
    if take(rest, "not ") {
        // It binds more strongly than `eq`: without a parenthesis it would be of `age` alone.
        rest.starts_with('(').then_some(())?;
        return Some(!not(rest, truths)?);
    }
    if take(rest, "(") {
        let value = or(rest, truths)?;
        return take(rest, ")").then_some(value);
    }
    take(rest, "age eq ").then_some(())?;
    let (digit, after) = rest.split_at_checked(1)?;
    *rest = after;
    truths.get(digit.parse::<usize>().ok()?).copied()
}

fn take(rest: &mut &str, token: &str) -> bool {
    match rest.strip_prefix(token) {
        Some(after) => {
            *rest = after;
            true
        }
        None => false,
    }
}
