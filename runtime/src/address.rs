//! Addresses: filling path templates and writing query options.
//!
//! The `url` crate's own query writer is not used: it encodes forms, where a blank is `+` and `$`
//! is `%24`.

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::error::{Error, ErrorKind};

/// What is encoded in a path segment: all but the unreserved characters and some that a segment may
/// hold as they are (RFC 3986, sections 2.3 and 3.3). A `+` is encoded, because some services read
/// it as a blank.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'@')
    .remove(b':')
    .remove(b'$')
    .remove(b',')
    .remove(b'!')
    .remove(b'*');

/// What is encoded in a drive path, whose end is marked by a colon.
const DRIVE_PATH: &AsciiSet = &SEGMENT.remove(b'/').add(b':');

/// What is encoded in the value of a query option (RFC 3986, section 3.4, less `&`, `=`, `+`, which
/// separate options or may be read as a blank).
const QUERY_VALUE: &AsciiSet = &SEGMENT
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'/')
    .remove(b'?')
    .remove(b';');

/// What is encoded in the literal text of a template: what no address may hold.
const LITERAL: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'|')
    .add(b'}');

/// Fills a template of [`Operation::path`](crate::Operation::path), where its syntax is written
/// down.
pub(crate) fn fill(template: &str, arguments: &[&str]) -> Result<String, Error> {
    let mut address = String::with_capacity(template.len() + 32 * arguments.len());
    let mut remaining = arguments.iter();
    let mut place = Place::default();
    let mut rest = template;
    while let Some((literal, after)) = rest.split_once('{') {
        place.pass(literal);
        address.extend(utf8_percent_encode(literal, LITERAL));
        let Some((name, after)) = after.split_once('}') else {
            return Err(refused(template, "has a placeholder without an end"));
        };
        let Some(argument) = remaining.next() else {
            return Err(refused(
                template,
                &format!("was given {} arguments, too few", arguments.len()),
            ));
        };
        place
            .write(&mut address, name, argument)
            .map_err(|reason| refused(template, &reason))?;
        rest = after;
    }
    address.extend(utf8_percent_encode(rest, LITERAL));
    if remaining.next().is_some() {
        return Err(refused(
            template,
            &format!("was given {} arguments, too many", arguments.len()),
        ));
    }
    let path = address.split('?').next().unwrap_or_default();
    if path
        .split('/')
        .any(|segment| segment == "." || segment == "..")
    {
        // Clients take such segments out (RFC 3986, section 5.2.4), so that the request would go to
        // another address.
        return Err(refused(
            template,
            "was given an argument that makes a segment `.` or `..`",
        ));
    }
    Ok(address)
}

/// Where in a template a placeholder stands.
#[derive(Default)]
struct Place {
    in_query: bool,
    in_quotes: bool,
}

impl Place {
    fn pass(&mut self, literal: &str) {
        for character in literal.chars() {
            match character {
                '?' => self.in_query = true,
                '\'' => self.in_quotes = !self.in_quotes,
                _ => {}
            }
        }
    }

    fn write(&self, address: &mut String, name: &str, argument: &str) -> Result<(), String> {
        let set = match (self.in_query, name.starts_with('+')) {
            (true, _) => QUERY_VALUE,
            (false, true) => DRIVE_PATH,
            (false, false) => SEGMENT,
        };
        if self.in_quotes {
            // An empty string is a value like any other.
            address.extend(utf8_percent_encode(&argument.replace('\'', "''"), set));
        } else if argument.is_empty() && !self.in_query {
            return Err(format!(
                "was given an empty argument for {{{name}}}, which would address something else"
            ));
        } else {
            address.extend(utf8_percent_encode(argument, set));
        }
        Ok(())
    }
}

/// Writes one query option, with what comes before it.
pub(crate) fn push_query(address: &mut String, name: &str, value: &str) {
    address.push(if address.contains('?') { '&' } else { '?' });
    address.extend(utf8_percent_encode(name, QUERY_VALUE));
    address.push('=');
    address.extend(utf8_percent_encode(value, QUERY_VALUE));
}

/// Whether the query text of an address has an option of this name.
pub(crate) fn has_query(address: &str, name: &str) -> bool {
    let query = address.split_once('?').map_or("", |(_, query)| query);
    query
        .split('&')
        .any(|option| option.split('=').next() == Some(name))
}

// Arguments are not shown: they can be names of people.
fn refused(template: &str, reason: &str) -> Error {
    Error::new(ErrorKind::Request, format!("the path {template} {reason}"))
}
