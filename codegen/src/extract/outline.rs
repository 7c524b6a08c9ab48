//! Says of each section of a page what it holds, by its heading and by where it is nested, never by its level.

use std::collections::BTreeSet;

use crate::document::Document;
use crate::profile::{Profile, Section as Role};

/// What is known of a section.
#[derive(Clone, Debug)]
pub struct Outline {
    /// What it holds, from its own heading or the nearest above it that says so.
    pub role: Option<Role>,
    /// Whether it is an example or part of one.
    pub example: bool,
}

/// The outline of a document, section by section.
#[must_use]
pub fn outline(document: &Document, profile: &Profile) -> Vec<Outline> {
    let mut outlines: Vec<Outline> = Vec::with_capacity(document.sections.len());
    let plain: BTreeSet<Role> = document
        .sections
        .iter()
        .skip(1)
        .filter_map(|section| profile.plain_section(&section.heading))
        .collect();
    for (index, section) in document.sections.iter().enumerate() {
        let above = section
            .parent
            .and_then(|parent| outlines.get(parent))
            .cloned();
        let own = if index == 0 {
            None
        } else {
            let heading = without_subject(&section.heading, document);
            profile.section(heading).filter(|role| {
                !role.is_about_type()
                    || !plain.contains(role)
                    || profile.plain_section(heading) == Some(*role)
            })
        };
        let example = is_example(&section.heading, profile)
            || own == Some(Role::Examples)
            || above.as_ref().is_some_and(|above| above.example);
        let inherited = above.and_then(|above| above.role);
        let role = if example {
            Some(Role::Examples)
        } else {
            own.or(inherited)
        };
        outlines.push(Outline { role, example });
    }
    outlines
}

/// A heading without the name of the page's subject in front: `Properties` of `operationError Properties`.
fn without_subject<'h>(heading: &'h str, document: &Document) -> &'h str {
    let title = &document.sections[0].heading;
    let (first, rest) = heading.split_once(' ').unwrap_or((heading, ""));
    let is_subject = title
        .split(' ')
        .next()
        .is_some_and(|subject| subject.eq_ignore_ascii_case(first));
    if is_subject && !rest.is_empty() {
        rest
    } else {
        heading
    }
}

/// Whether a heading names an example or a part of one: `Example 2: …`, `Request 1`, `Request`.
fn is_example(heading: &str, profile: &Profile) -> bool {
    let known = &profile.examples;
    let is = |names: &[String], word: &str| names.iter().any(|name| name == word);
    let heading = heading.to_lowercase();
    let mut words = heading
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    match (words.next(), words.next(), words.next()) {
        (Some(first), _, _) if is(&known.titles, first) => true,
        (Some(word), None, _) => is(&known.requests, word),
        (Some(word), Some(number), None) => {
            number.bytes().all(|byte| byte.is_ascii_digit())
                && (is(&known.requests, word) || is(&known.responses, word))
        }
        _ => false,
    }
}

/// The nearest section above `index` whose heading says nothing about its role: the task that it belongs to.
pub(super) fn task_of(document: &Document, profile: &Profile, index: usize) -> Option<usize> {
    let mut at = document.sections.get(index)?.parent;
    while let Some(section) = at {
        if section == 0 {
            return None;
        }
        if profile
            .section(&document.sections[section].heading)
            .is_none()
        {
            return Some(section);
        }
        at = document.sections[section].parent;
    }
    None
}
