//! Path templates, read backwards: from the path of a request to the arguments that it was filled
//! with. [`Operation`](crate::Operation#path-templates) has the syntax; `address::fill` is the
//! other direction.

use std::cmp::Reverse;

use serde::{Deserialize, Deserializer};
use url::form_urlencoded;

use super::target::{Symbol, Target, symbols};

/// The path of an operation from its version on, and the query options that are part of it.
#[derive(Debug)]
pub(super) struct Template {
    path: Vec<Token>,
    query: Vec<(String, Vec<Token>)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Token {
    Literal(char, bool),
    Argument(Extent, Quotes),
}

/// How far an argument goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Extent {
    /// `{name}`: to the next slash.
    Segment,
    /// `{+name}`: over slashes, to the next colon.
    Path,
    /// Of a query option, all of it.
    Value,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Quotes {
    Outside,
    Inside,
}

/// Which template comes first where several match: the smaller one. Segments count from the left,
/// as a service resolves them: a literal one before one that is literal in part, before an argument.
pub(super) type Rank = (Vec<(Kind, Reverse<usize>)>, Reverse<usize>);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Literal,
    Mixed,
    Argument,
    Path,
}

impl Template {
    fn parse(text: &str) -> Result<Self, String> {
        if !text.starts_with('/') {
            return Err(format!("the path {text:?} does not start with a slash"));
        }
        let mut path = Vec::new();
        let mut query: Vec<Vec<Piece<'_>>> = Vec::new();
        let mut quotes = Quotes::Outside;
        let mut rest = text;
        while !rest.is_empty() {
            let (literal, after) = rest.split_at(rest.find('{').unwrap_or(rest.len()));
            if literal.matches('\'').count() % 2 == 1 {
                quotes = match quotes {
                    Quotes::Outside => Quotes::Inside,
                    Quotes::Inside => Quotes::Outside,
                };
            }
            let in_path = match (query.is_empty(), literal.split_once('?')) {
                (true, None) => literal,
                (true, Some((in_path, in_query))) => {
                    query.push(Vec::new());
                    push_literal(&mut query, in_query);
                    in_path
                }
                (false, _) => {
                    push_literal(&mut query, literal);
                    ""
                }
            };
            path.extend(symbols(in_path).into_iter().map(Token::literal));
            rest = after;
            if let Some(placeholder) = after.strip_prefix('{') {
                let Some((name, after)) = placeholder.split_once('}') else {
                    return Err(format!("a placeholder of the path {text:?} has no end"));
                };
                match query.last_mut() {
                    Some(option) => option.push(Piece::Argument(quotes)),
                    None if name.starts_with('+') => {
                        path.push(Token::Argument(Extent::Path, quotes));
                    }
                    None => path.push(Token::Argument(Extent::Segment, quotes)),
                }
                rest = after;
            }
        }
        let query = query
            .into_iter()
            .filter(|pieces| !pieces.is_empty())
            .map(|pieces| {
                option(&pieces).ok_or_else(|| {
                    format!("a query option of the path {text:?} has a placeholder for its name")
                })
            })
            .collect::<Result<_, _>>()?;
        Ok(Self { path, query })
    }

    /// The arguments in the path of a request, if it is one of this template.
    pub(super) fn path_arguments(&self, path: &[Symbol]) -> Option<Vec<String>> {
        let mut arguments = Vec::new();
        matches(&self.path, path, &mut arguments).then_some(arguments)
    }

    /// The arguments in the query of a request.
    ///
    /// # Errors
    ///
    /// The name of an option that the template has and the request has not, or has otherwise.
    pub(super) fn query_arguments(&self, target: &Target) -> Result<Vec<String>, &str> {
        let mut arguments = Vec::new();
        for (name, tokens) in &self.query {
            let given = target
                .query
                .iter()
                .filter(|(given, _)| given.eq_ignore_ascii_case(name));
            let found = given.into_iter().any(|(_, value)| {
                let value: Vec<Symbol> = value.chars().map(Symbol::plain).collect();
                matches(tokens, &value, &mut arguments)
            });
            if !found {
                return Err(name);
            }
        }
        Ok(arguments)
    }

    /// Whether a query option is part of the template.
    pub(super) fn fixes(&self, option: &str) -> bool {
        self.query
            .iter()
            .any(|(name, _)| name.eq_ignore_ascii_case(option))
    }

    /// Whether two templates differ in nothing but the names of their placeholders.
    pub(super) fn equivalent(&self, other: &Self) -> bool {
        self.path == other.path && self.query == other.query
    }

    pub(super) fn rank(&self) -> Rank {
        let segments = self
            .path
            .split(|token| *token == Token::Literal('/', false));
        let segments = segments.map(|segment| {
            let arguments = segment
                .iter()
                .filter(|token| matches!(token, Token::Argument(..)))
                .count();
            let is_path = |token: &Token| matches!(token, Token::Argument(Extent::Path, _));
            let literals = segment.len() - arguments;
            let kind = if segment.iter().any(is_path) {
                Kind::Path
            } else if arguments == 0 {
                Kind::Literal
            } else if literals > 0 {
                Kind::Mixed
            } else {
                Kind::Argument
            };
            (kind, Reverse(literals))
        });
        (segments.collect(), Reverse(self.query.len()))
    }
}

impl<'de> Deserialize<'de> for Template {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

impl Token {
    /// Graph compares the names in a path without regard to case.
    const fn literal(symbol: Symbol) -> Self {
        Self::Literal(symbol.character.to_ascii_lowercase(), symbol.escaped)
    }
}

/// A part of a query option of a template.
enum Piece<'a> {
    Literal(&'a str),
    Argument(Quotes),
}

/// Adds literal query text, which may end an option and begin others.
fn push_literal<'a>(query: &mut Vec<Vec<Piece<'a>>>, text: &'a str) {
    for (index, part) in text.split('&').enumerate() {
        if index > 0 {
            query.push(Vec::new());
        }
        if let Some(option) = query.last_mut()
            && !part.is_empty()
        {
            option.push(Piece::Literal(part));
        }
    }
}

/// The name and the value of a query option; `None` if its name is no literal.
fn option(pieces: &[Piece<'_>]) -> Option<(String, Vec<Token>)> {
    let (first, rest) = pieces.split_first()?;
    let Piece::Literal(first) = first else {
        return None;
    };
    let (name, value) = match first.split_once('=') {
        Some(parts) => parts,
        None if rest.is_empty() => (*first, ""),
        None => return None,
    };
    let mut tokens = literal_value(value);
    for piece in rest {
        match piece {
            Piece::Literal(text) => tokens.extend(literal_value(text)),
            Piece::Argument(quotes) => tokens.push(Token::Argument(Extent::Value, *quotes)),
        }
    }
    Some((decoded(name), tokens))
}

fn literal_value(text: &str) -> Vec<Token> {
    decoded(text)
        .chars()
        .map(|character| Token::literal(Symbol::plain(character)))
        .collect()
}

/// Query text as a request's is read: a piece of a value, which holds no `&`.
fn decoded(text: &str) -> String {
    let pair = format!("={text}");
    form_urlencoded::parse(pair.as_bytes())
        .map(|(_, value)| value.into_owned())
        .collect()
}

/// Whether a text is one of a template, with the arguments in it. An argument is as short as the
/// rest allows.
fn matches(tokens: &[Token], mut text: &[Symbol], arguments: &mut Vec<String>) -> bool {
    for (index, token) in tokens.iter().enumerate() {
        let (extent, quotes) = match *token {
            Token::Argument(extent, quotes) => (extent, quotes),
            Token::Literal(..) => match text.split_first() {
                Some((symbol, after)) if Token::literal(*symbol) == *token => {
                    text = after;
                    continue;
                }
                _ => return false,
            },
        };
        let known = arguments.len();
        let may_be_empty = quotes == Quotes::Inside || extent == Extent::Value;
        let mut argument = String::new();
        loop {
            if may_be_empty || !argument.is_empty() {
                arguments.push(argument.clone());
                if matches(&tokens[index + 1..], text, arguments) {
                    return true;
                }
                arguments.truncate(known);
            }
            match next(text, extent, quotes) {
                Some((character, after)) => {
                    argument.push(character);
                    text = after;
                }
                None => return false,
            }
        }
    }
    text.is_empty()
}

/// The next character of an argument, unless something ends it.
fn next(text: &[Symbol], extent: Extent, quotes: Quotes) -> Option<(char, &[Symbol])> {
    let (first, after) = text.split_first()?;
    let ends = match extent {
        Extent::Segment => first.separates('/'),
        Extent::Path => first.separates(':'),
        Extent::Value => false,
    };
    if ends {
        return None;
    }
    if quotes == Quotes::Inside && first.character == '\'' {
        // Two stand for one (OData URL Conventions 4.01, section 5.1.1.6.1). One alone is the end,
        // unless it is percent-encoded.
        return match after.split_first() {
            Some((second, after)) if second == first => Some(('\'', after)),
            _ if first.escaped => Some(('\'', after)),
            _ => None,
        };
    }
    Some((first.character, after))
}
