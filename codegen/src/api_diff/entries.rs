//! Words the changes of an area as a list, in which the members of a type stand together.

use similar::{DiffOp, TextDiff};

use super::change::{Change, Detail, Reason};
use super::rule::{ChangeRule, Impact};
use super::surface::{Key, Space};
use crate::prose::{code_span, one_line};

/// The most characters of a line of documentation.
const WIDTH: usize = 160;

/// How much of a line is shown before the first difference.
const BEFORE: usize = 40;

/// Whether all that is to say about an item is with which features it is there.
pub(super) fn is_about_features(change: &Change) -> bool {
    change.reasons.iter().all(|reason| {
        matches!(
            reason.rule,
            ChangeRule::FeaturesNarrowed | ChangeRule::FeaturesWidened
        )
    })
}

/// The list, line by line; `texts` for changed documentation with its text.
pub(super) fn bullets(changes: &[&Change], texts: bool) -> Vec<String> {
    let (modules, others): (Vec<&Change>, Vec<&Change>) = changes
        .iter()
        .copied()
        .partition(|change| modules(change).is_some());
    let mut lines = lists_of_modules(&modules);
    let mut rest = others.as_slice();
    while let Some(first) = rest.first() {
        let owner = first.key().owner().to_owned();
        let same = rest
            .iter()
            .take_while(|change| change.key().owner() == owner);
        let (group, later) = rest.split_at(same.count());
        rest = later;
        if group.iter().all(|change| change.space != Space::Member) {
            for change in group {
                bullet(0, &code_span(&change.path), change, texts, &mut lines);
            }
        } else {
            of_type(&owner, group, texts, &mut lines);
        }
    }
    lines
}

/// What there is to say about several modules at once; nothing where there is more to say about this one.
fn modules(change: &Change) -> Option<&'static str> {
    match change.reasons.as_slice() {
        [reason] => match reason.rule {
            ChangeRule::ModuleRemoved => Some("modules removed"),
            ChangeRule::ModuleAdded => Some("new modules"),
            _ => None,
        },
        _ => None,
    }
}

fn lists_of_modules(changes: &[&Change]) -> Vec<String> {
    let mut lists: Vec<(&str, Vec<String>)> = Vec::new();
    for change in changes {
        let title = modules(change).unwrap_or_default();
        let name = code_span(&change.path);
        match lists.iter_mut().find(|(known, _)| *known == title) {
            Some((_, names)) => names.push(name),
            None => lists.push((title, vec![name])),
        }
    }
    let lists = lists.into_iter();
    lists
        .map(|(title, names)| format!("- {title}: {}", names.join(", ")))
        .collect()
}

/// What has changed about a type and its members.
fn of_type(path: &str, group: &[&Change], texts: bool, lines: &mut Vec<String>) {
    lines.push(format!("- {}", code_span(path)));
    let mut alike: Vec<(ChangeRule, Vec<String>)> = Vec::new();
    let mut apart = Vec::new();
    for change in group {
        match short(change, texts) {
            Some((rule, text)) => match alike.iter_mut().find(|(known, _)| *known == rule) {
                Some((_, texts)) => texts.push(text),
                None => alike.push((rule, vec![text])),
            },
            None => apart.push(*change),
        }
    }
    let (own, members): (Vec<_>, Vec<_>) = apart
        .into_iter()
        .partition(|change| change.space == Space::Type);
    for change in own {
        bullet(1, "", change, texts, lines);
    }
    alike.sort_by_key(|(rule, _)| *rule);
    for (rule, texts) in alike {
        lines.push(format!("  - {}: {}", several(rule), texts.join(", ")));
    }
    for change in members {
        let key = change.key();
        bullet(1, &code_span(key.name()), change, texts, lines);
    }
}

/// What several members of a type have in common, where that is all there is to say about them.
fn several(rule: ChangeRule) -> &'static str {
    match rule {
        ChangeRule::FieldRemoved => "fields removed",
        ChangeRule::FieldAdded => "new fields",
        ChangeRule::VariantRemoved => "variants removed",
        ChangeRule::VariantAdded | ChangeRule::OpenVariantAdded => "new variants",
        _ => "documentation",
    }
}

/// A change of a member that fits into a list: the rule that the list is of, and the member.
fn short(change: &Change, texts: bool) -> Option<(ChangeRule, String)> {
    let [reason] = change.reasons.as_slice() else {
        return None;
    };
    let key = change.key();
    let name = key.name();
    match reason.rule {
        ChangeRule::FieldRemoved | ChangeRule::FieldAdded => match &reason.detail {
            Detail::Is(ty) => Some((reason.rule, code_span(&format!("{name}: {}", bare(ty))))),
            _ => None,
        },
        ChangeRule::VariantRemoved | ChangeRule::VariantAdded | ChangeRule::OpenVariantAdded => {
            Some((reason.rule, code_span(name)))
        }
        ChangeRule::DocumentationChanged if !texts && change.space == Space::Member => {
            Some((reason.rule, code_span(name)))
        }
        _ => None,
    }
}

/// The type of a field without the `Option` that all fields have.
fn bare(ty: &str) -> &str {
    ty.strip_prefix("Option<")
        .and_then(|ty| ty.strip_suffix('>'))
        .unwrap_or(ty)
}

/// One change as an item of a list.
fn bullet(depth: usize, name: &str, change: &Change, texts: bool, lines: &mut Vec<String>) {
    let indent = "  ".repeat(depth);
    let impact = change.impact();
    // Beside what breaks, that the words are others as well is enough to know.
    let (main, aside): (Vec<&Reason>, Vec<&Reason>) = change.reasons.iter().partition(|reason| {
        reason.rule.impact() < Impact::Documentation || impact == Impact::Documentation
    });
    let mut said: Vec<String> = main
        .into_iter()
        .map(|reason| sentence(reason, texts))
        .collect();
    let mut aside: Vec<&str> = aside.into_iter().map(|reason| label(reason.rule)).collect();
    aside.dedup();
    if !aside.is_empty() {
        said.push(format!("also {}", aside.join(", ")));
    }
    let dash = if name.is_empty() { "" } else { " — " };
    lines.push(format!("{indent}- {name}{dash}{}", said.join("; ")));
    if !texts {
        return;
    }
    for reason in &change.reasons {
        if let Detail::Text { old, new } = &reason.detail {
            lines.push(format!("{indent}  ```diff"));
            let changed = text_lines(old, new).into_iter();
            lines.extend(changed.map(|line| format!("{indent}  {line}")));
            lines.push(format!("{indent}  ```"));
        }
    }
}

/// What a reason says.
fn sentence(reason: &Reason, texts: bool) -> String {
    let label = label(reason.rule);
    match &reason.detail {
        // Where there is much, the addresses of pages are too much.
        _ if reason.rule == ChangeRule::LinkChanged && !texts => label.to_owned(),
        Detail::Nothing | Detail::Text { .. } => label.to_owned(),
        Detail::Is(what) => format!("{label}, {}", code_span(what)),
        Detail::Type { kind, members } => {
            let noun = match (*kind, members) {
                ("struct", 1) => "field",
                ("struct", _) => "fields",
                (_, 1) => "variant",
                _ => "variants",
            };
            format!("{label}, {kind} of {members} {noun}")
        }
        Detail::Replaced { old, new, follows } => {
            let after = follows
                .as_ref()
                .map(|path| format!(" (follows from the new name of {})", code_span(path)));
            format!(
                "{label}: {} → {}{}",
                code_span(old),
                code_span(new),
                after.unwrap_or_default()
            )
        }
        Detail::Renamed { from, because } => {
            // A member is named in its type.
            let from = match reason.rule {
                ChangeRule::FieldRenamed | ChangeRule::VariantRenamed => {
                    from.rsplit(['.', ':']).next().unwrap_or(from)
                }
                _ => from,
            };
            format!(
                "{label} {} (a guess: {})",
                code_span(from),
                one_line(because)
            )
        }
        Detail::Set {
            what,
            added,
            removed,
        } => set(label, what, added, removed),
    }
}

fn set(label: &str, what: &str, added: &[String], removed: &[String]) -> String {
    let names = |names: &[String]| {
        let names: Vec<String> = names.iter().map(|name| code_span(name)).collect();
        names.join(", ")
    };
    let mut said = Vec::new();
    if !removed.is_empty() {
        said.push(format!("removed {}", names(removed)));
    }
    if !added.is_empty() {
        said.push(format!("added {}", names(added)));
    }
    let what = if what.is_empty() {
        String::new()
    } else {
        format!(" ({what})")
    };
    format!("{label}{what}: {}", said.join("; "))
}

/// What a rule says in a list.
fn label(rule: ChangeRule) -> &'static str {
    match rule {
        ChangeRule::AreaRemoved => "area and feature removed",
        ChangeRule::ModuleRemoved => "module removed",
        ChangeRule::FunctionRemoved
        | ChangeRule::TypeRemoved
        | ChangeRule::FieldRemoved
        | ChangeRule::VariantRemoved => "removed",
        ChangeRule::FunctionRenamed
        | ChangeRule::TypeRenamed
        | ChangeRule::FieldRenamed
        | ChangeRule::VariantRenamed => "renamed from",
        ChangeRule::ArgumentsChanged => "arguments",
        ChangeRule::ResponseChanged => "answer",
        ChangeRule::RequestChanged => "request",
        ChangeRule::RedirectsChanged => "redirections",
        ChangeRule::KindChanged => "kind",
        ChangeRule::TypeNameChanged | ChangeRule::WireNameChanged => "name in JSON",
        ChangeRule::DerivationChanged => "derivation",
        ChangeRule::FieldTypeChanged => "type",
        ChangeRule::VariantAdded | ChangeRule::OpenVariantAdded => "new variant",
        ChangeRule::NonExhaustive => "now `#[non_exhaustive]`",
        ChangeRule::ConstantRenamed => "constant",
        ChangeRule::FeaturesNarrowed | ChangeRule::FeaturesWidened => "features",
        ChangeRule::AreaAdded => "new area and feature",
        ChangeRule::ModuleAdded => "new module",
        ChangeRule::FunctionAdded | ChangeRule::TypeAdded | ChangeRule::FieldAdded => "new",
        ChangeRule::Deprecated => "deprecated",
        ChangeRule::NoLongerDeprecated => "no longer deprecated",
        ChangeRule::ArgumentRenamed => "argument names",
        ChangeRule::PermissionsChanged => "permissions",
        ChangeRule::SuccessCodesChanged => "success codes",
        ChangeRule::LinkChanged => "link",
        ChangeRule::DocumentationChanged => "documentation",
    }
}

/// The lines of a text that differ, as a diff. Each begins with its sign, so that none can end the block around them.
fn text_lines(old: &[String], new: &[String]) -> Vec<String> {
    let [old, new] = [old, new].map(|lines| lines.iter().map(String::as_str).collect::<Vec<_>>());
    let diff = TextDiff::from_slices(&old, &new);
    let mut lines = Vec::new();
    for op in diff.ops() {
        let (was, is) = (&old[op.old_range()], &new[op.new_range()]);
        if matches!(op, DiffOp::Equal { .. }) {
            continue;
        }
        for (at, line) in was.iter().enumerate() {
            lines.push(format!("- {}", clipped(line, is.get(at).copied())));
        }
        for (at, line) in is.iter().enumerate() {
            lines.push(format!("+ {}", clipped(line, was.get(at).copied())));
        }
    }
    lines.retain(|line| line.len() > 2);
    lines
}

/// A line, cut to what is around its first difference from `other`.
fn clipped(line: &str, other: Option<&str>) -> String {
    let line: Vec<char> = one_line(line).chars().collect();
    if line.len() <= WIDTH {
        return line.into_iter().collect();
    }
    let other: Vec<char> = other.map(one_line).unwrap_or_default().chars().collect();
    let same = line.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let start = same.saturating_sub(BEFORE).min(line.len() - WIDTH);
    let end = start + WIDTH;
    let mut text: String = line[start..end].iter().collect();
    if start > 0 {
        text.insert(0, '…');
    }
    if end < line.len() {
        text.push('…');
    }
    text
}

impl Key {
    /// What an item stands with in a list: a member with its type, all else alone.
    pub(super) fn owner(&self) -> &str {
        match self.space {
            Space::Member => self.parent(),
            _ => &self.path,
        }
    }
}
