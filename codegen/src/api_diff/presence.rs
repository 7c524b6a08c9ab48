//! Says what it means that an item came or went.

use super::change::{Detail, Reason};
use super::pairs::{Members, Named};
use super::rule::ChangeRule;
use super::surface::{Kind, Space};

/// An item that is no longer there.
pub(super) fn went(item: Named<'_>, members: &Members<'_>) -> Reason {
    let rule = match &item.1.kind {
        Kind::Module if is_area(item) => ChangeRule::AreaRemoved,
        Kind::Module => ChangeRule::ModuleRemoved,
        Kind::Struct { .. } | Kind::Enum { .. } => ChangeRule::TypeRemoved,
        Kind::Field(_) => ChangeRule::FieldRemoved,
        Kind::Variant(_) => ChangeRule::VariantRemoved,
        Kind::Function(_) => ChangeRule::FunctionRemoved,
    };
    Reason {
        rule,
        detail: detail(item, members),
    }
}

/// An item that was not there before; `open` says whether the enum of a variant was one that no `match` can list in full.
pub(super) fn came(item: Named<'_>, members: &Members<'_>, open: bool) -> Reason {
    let rule = match &item.1.kind {
        Kind::Module if is_area(item) => ChangeRule::AreaAdded,
        Kind::Module => ChangeRule::ModuleAdded,
        Kind::Struct { .. } | Kind::Enum { .. } => ChangeRule::TypeAdded,
        Kind::Field(_) => ChangeRule::FieldAdded,
        Kind::Variant(_) if open => ChangeRule::OpenVariantAdded,
        Kind::Variant(_) => ChangeRule::VariantAdded,
        Kind::Function(_) => ChangeRule::FunctionAdded,
    };
    Reason {
        rule,
        detail: detail(item, members),
    }
}

fn is_area(item: Named<'_>) -> bool {
    item.0.space == Space::Module && !item.0.path.contains("::")
}

fn detail(item: Named<'_>, members: &Members<'_>) -> Detail {
    let count = || members.get(item.0.path.as_str()).map_or(0, Vec::len);
    match &item.1.kind {
        Kind::Module => Detail::Nothing,
        Kind::Struct { .. } => Detail::Type {
            kind: "struct",
            members: count(),
        },
        Kind::Enum { .. } => Detail::Type {
            kind: "enum",
            members: count(),
        },
        Kind::Field(field) => Detail::Is(field.ty.clone()),
        Kind::Variant(wire) => wire.clone().map_or(Detail::Nothing, Detail::Is),
        Kind::Function(function) => Detail::Is(format!("{} {}", function.method, function.path)),
    }
}
