//! Says what has changed about an item that is in both surfaces, part by part of its line and its documentation.

use std::collections::{BTreeMap, BTreeSet};

use super::change::{Detail, Reason};
use super::pairs::Pair;
use super::rule::ChangeRule;
use super::similarity::shape;
use super::surface::{Description, Function, Item, Key, Kind, Space, Surface};

/// What has to be known beside the two items.
pub(super) struct Context<'a> {
    /// The older surface.
    pub(super) old: &'a Surface,
    /// The newer surface.
    pub(super) new: &'a Surface,
    /// The features that the newer crate has.
    pub(super) areas: BTreeSet<&'a str>,
    /// Whether the documentation of both was read.
    pub(super) documented: bool,
    /// The types that are guessed to have a new name: old path and new.
    pub(super) renamed: BTreeMap<&'a str, &'a str>,
}

/// The reasons, in no order; none where the two are the same but for their path.
pub(super) fn reasons(pair: &Pair<'_>, context: &Context<'_>) -> Vec<Reason> {
    let mut reasons = Reasons {
        found: Vec::new(),
        context,
    };
    let (old, new) = (pair.old.1, pair.new.1);
    if let Some(because) = &pair.because {
        let rule = match &new.kind {
            Kind::Function(_) => ChangeRule::FunctionRenamed,
            Kind::Field(_) => ChangeRule::FieldRenamed,
            Kind::Variant(_) => ChangeRule::VariantRenamed,
            Kind::Struct { .. } | Kind::Enum { .. } | Kind::Module => ChangeRule::TypeRenamed,
        };
        reasons.add(
            rule,
            Detail::Renamed {
                from: pair.old.0.path.clone(),
                because: because.clone(),
            },
        );
    }
    reasons.kinds(old, new, pair.because.is_some());
    reasons.features(pair);
    if pair.old.0.name() == pair.new.0.name() {
        let usual = pair.new.0.name().trim_end_matches('_').to_uppercase();
        let name = |item: &Item| item.constant.clone().unwrap_or_else(|| usual.clone());
        reasons.replaced(ChangeRule::ConstantRenamed, &name(old), &name(new));
    }
    if new.non_exhaustive && !old.non_exhaustive && context.documented {
        reasons.add(ChangeRule::NonExhaustive, Detail::Nothing);
    }
    if context.documented {
        reasons.documentation(old, new);
    }
    reasons.found
}

struct Reasons<'a> {
    found: Vec<Reason>,
    context: &'a Context<'a>,
}

impl Reasons<'_> {
    fn add(&mut self, rule: ChangeRule, detail: Detail) {
        self.found.push(Reason { rule, detail });
    }

    /// Adds the rule where two texts differ.
    fn replaced(&mut self, rule: ChangeRule, old: &str, new: &str) {
        if old != new {
            let detail = Detail::Replaced {
                old: old.to_owned(),
                new: new.to_owned(),
                follows: self.follows(old, new),
            };
            self.add(rule, detail);
        }
    }

    /// The type whose new name makes the one text of the other.
    fn follows(&self, old: &str, new: &str) -> Option<String> {
        let is_path = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
        let mut used = None;
        let mut text = String::new();
        for part in old.split_inclusive(|c| !is_path(c)) {
            let path = part.trim_end_matches(|c| !is_path(c));
            match self.context.renamed.get(path) {
                Some(name) => {
                    used = Some(path.to_owned());
                    text.push_str(name);
                    text.push_str(&part[path.len()..]);
                }
                None => text.push_str(part),
            }
        }
        used.filter(|_| text == new)
    }

    fn kinds(&mut self, old: &Item, new: &Item, guessed: bool) {
        match (&old.kind, &new.kind) {
            (
                Kind::Struct { wire, derived },
                Kind::Struct {
                    wire: new_wire,
                    derived: new_derived,
                },
            ) => {
                self.replaced(ChangeRule::TypeNameChanged, wire, new_wire);
                let word = |derived: bool| if derived { "derived" } else { "not derived" };
                self.replaced(
                    ChangeRule::DerivationChanged,
                    word(*derived),
                    word(*new_derived),
                );
            }
            (Kind::Enum { wire }, Kind::Enum { wire: new_wire }) => {
                self.replaced(ChangeRule::TypeNameChanged, wire, new_wire);
            }
            (Kind::Struct { wire, .. }, Kind::Enum { wire: new_wire })
            | (Kind::Enum { wire }, Kind::Struct { wire: new_wire, .. }) => {
                let is_struct = matches!(old.kind, Kind::Struct { .. });
                let (was, is) = if is_struct {
                    ("struct", "enum")
                } else {
                    ("enum", "struct")
                };
                self.replaced(ChangeRule::KindChanged, was, is);
                self.replaced(ChangeRule::TypeNameChanged, wire, new_wire);
            }
            (Kind::Field(old), Kind::Field(new)) => {
                self.replaced(ChangeRule::FieldTypeChanged, &old.ty, &new.ty);
                self.wire(old.wire.as_deref(), new.wire.as_deref(), guessed);
            }
            (Kind::Variant(old), Kind::Variant(new)) => {
                self.wire(old.as_deref(), new.as_deref(), guessed);
            }
            (Kind::Function(old), Kind::Function(new)) => self.functions(old, new),
            _ => {}
        }
    }

    /// The name in JSON of a member; that of one with a new name in Rust is expected to be another as well.
    fn wire(&mut self, old: Option<&str>, new: Option<&str>, guessed: bool) {
        if !guessed {
            let text = |wire: Option<&str>| wire.unwrap_or("any other").to_owned();
            self.replaced(ChangeRule::WireNameChanged, &text(old), &text(new));
        }
    }

    fn functions(&mut self, old: &Function, new: &Function) {
        let request =
            |function: &Function| format!("{} {}", function.method, shape(&function.path));
        if request(old) != request(new) {
            let line = |function: &Function| format!("{} {}", function.method, function.path);
            self.replaced(ChangeRule::RequestChanged, &line(old), &line(new));
        }
        let types = |function: &Function| -> Vec<String> {
            let types = function.parameters.iter();
            types.map(|parameter| parameter.ty.clone()).collect()
        };
        let list = |texts: Vec<String>| format!("({})", texts.join(", "));
        let names = |function: &Function| -> Vec<String> {
            let names = function.parameters.iter();
            names.map(|parameter| parameter.name.clone()).collect()
        };
        if types(old) != types(new) {
            let whole = |function: &Function| {
                let parameters = function.parameters.iter();
                list(
                    parameters
                        .map(|parameter| format!("{}: {}", parameter.name, parameter.ty))
                        .collect(),
                )
            };
            let [was, is] = [list(types(old)), list(types(new))];
            let detail = Detail::Replaced {
                old: whole(old),
                new: whole(new),
                follows: self.follows(&was, &is),
            };
            self.add(ChangeRule::ArgumentsChanged, detail);
        } else if names(old) != names(new) || placeholders(&old.path) != placeholders(&new.path) {
            let [was, is] = [list(names(old)), list(names(new))];
            let detail = Detail::Replaced {
                old: was,
                new: is,
                follows: None,
            };
            self.add(ChangeRule::ArgumentRenamed, detail);
        }
        self.replaced(ChangeRule::ResponseChanged, &old.returns, &new.returns);
        if let (Some(old), Some(new)) = (&old.description, &new.description)
            && self.context.documented
        {
            self.descriptions(old, new);
        }
    }

    fn descriptions(&mut self, old: &Description, new: &Description) {
        self.replaced(ChangeRule::RequestChanged, &old.version, &new.version);
        let codes = |codes: &[u16], redirect: bool| -> BTreeSet<String> {
            let codes = codes
                .iter()
                .filter(|code| (300..400).contains(*code) == redirect);
            codes.map(u16::to_string).collect()
        };
        for (rule, redirect) in [
            (ChangeRule::RedirectsChanged, true),
            (ChangeRule::SuccessCodesChanged, false),
        ] {
            let [was, is] = [codes(&old.success, redirect), codes(&new.success, redirect)];
            self.set(rule, "", &was, &is);
        }
        let kinds: BTreeSet<&String> = old
            .permissions
            .keys()
            .chain(new.permissions.keys())
            .collect();
        for kind in kinds {
            let none = Vec::new();
            let was = old.permissions.get(kind).unwrap_or(&none);
            let is = new.permissions.get(kind).unwrap_or(&none);
            let set = |names: &[String]| names.iter().cloned().collect::<BTreeSet<_>>();
            if set(was) == set(is) {
                // The first one has the least privileges.
                self.replaced(
                    ChangeRule::PermissionsChanged,
                    &was.join(", "),
                    &is.join(", "),
                );
            } else {
                let rule = ChangeRule::PermissionsChanged;
                self.set(rule, &kind.replace('_', " "), &set(was), &set(is));
            }
        }
        self.replaced(
            ChangeRule::LinkChanged,
            &old.documentation,
            &new.documentation,
        );
        if old.documentation == new.documentation {
            self.replaced(ChangeRule::LinkChanged, &old.page, &new.page);
        }
    }

    /// Adds the rule where two sets differ.
    fn set(
        &mut self,
        rule: ChangeRule,
        what: &str,
        old: &BTreeSet<String>,
        new: &BTreeSet<String>,
    ) {
        if old != new {
            let detail = Detail::Set {
                what: what.to_owned(),
                added: new.difference(old).cloned().collect(),
                removed: old.difference(new).cloned().collect(),
            };
            self.add(rule, detail);
        }
    }

    fn features(&mut self, pair: &Pair<'_>) {
        let [old, new] = [&pair.old.1.features, &pair.new.1.features];
        if old == new {
            return;
        }
        let always = BTreeSet::new();
        let [old_type, new_type] = [
            (self.context.old, pair.old.0),
            (self.context.new, pair.new.0),
        ]
        .map(|(surface, member)| surface.type_features(member).unwrap_or(&always));
        let rule = if narrowed((old_type, old), (new_type, new), &self.context.areas) {
            ChangeRule::FeaturesNarrowed
        } else {
            ChangeRule::FeaturesWidened
        };
        if old.is_empty() || new.is_empty() {
            let words = |features: &BTreeSet<String>| {
                let names: Vec<&str> = features.iter().map(String::as_str).collect();
                if names.is_empty() {
                    "always".to_owned()
                } else {
                    names.join(" or ")
                }
            };
            self.replaced(rule, &words(old), &words(new));
        } else {
            self.set(rule, "", old, new);
        }
    }

    fn documentation(&mut self, old: &Item, new: &Item) {
        match (old.deprecated, new.deprecated) {
            (false, true) => self.add(ChangeRule::Deprecated, Detail::Nothing),
            (true, false) => self.add(ChangeRule::NoLongerDeprecated, Detail::Nothing),
            _ => {}
        }
        if old.doc != new.doc {
            let detail = Detail::Text {
                old: old.doc.clone(),
                new: new.doc.clone(),
            };
            self.add(ChangeRule::DocumentationChanged, detail);
        }
    }
}

/// The names in the braces of a path.
fn placeholders(path: &str) -> Vec<&str> {
    let parts = path.split('{').skip(1);
    parts.filter_map(|part| part.split('}').next()).collect()
}

/// The features of an item and of the type that it is in; of a set that is not empty, one has to be on.
type Conditions<'a> = (&'a BTreeSet<String>, &'a BTreeSet<String>);

/// Whether there are features of the newer crate with which an item was there and is not any more.
fn narrowed(old: Conditions<'_>, new: Conditions<'_>, areas: &BTreeSet<&str>) -> bool {
    // With one feature of each condition on, and no other, what was there is there for the least that it takes.
    let choices = |features: &BTreeSet<String>| -> Vec<Option<String>> {
        if features.is_empty() {
            return vec![None];
        }
        let features = features
            .iter()
            .filter(|feature| areas.contains(feature.as_str()));
        features.cloned().map(Some).collect()
    };
    let own = choices(old.1);
    choices(old.0).into_iter().any(|outer| {
        own.iter().any(|inner| {
            let is_met = |condition: &BTreeSet<String>| {
                condition.is_empty()
                    || [&outer, inner]
                        .into_iter()
                        .flatten()
                        .any(|on| condition.contains(on))
            };
            !is_met(new.0) || !is_met(new.1)
        })
    })
}

impl Surface {
    /// The features of the type of a member.
    fn type_features(&self, member: &Key) -> Option<&BTreeSet<String>> {
        if member.space != Space::Member {
            return None;
        }
        let owner = Key::new(member.parent(), Space::Type);
        self.items.get(&owner).map(|owner| &owner.features)
    }
}
