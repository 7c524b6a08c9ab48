//! What changes there are, and what each means for programs. The doc comments are the published table,
//! `COMPATIBILITY.md`.
//!
//! Each has two paragraphs: what has changed, and why it has its impact.

use serde::Serialize;

use super::declare::change_rules;

/// What a change means for programs that use the crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Impact {
    /// A program may no longer compile, or does something else than before.
    Breaking,
    /// There is more than before, and a program that compiled does as it did.
    Additive,
    /// What is read by people has changed, and nothing else.
    Documentation,
}

impl Impact {
    /// All of them, the worst first.
    pub const ALL: &'static [Self] = &[Self::Breaking, Self::Additive, Self::Documentation];

    /// The name as it stands in sums.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Breaking => "breaking",
            Self::Additive => "additive",
            Self::Documentation => "documentation",
        }
    }
}

change_rules! {
    Breaking:
    /// No request of an area is documented any more.
    ///
    /// The area is a feature: a manifest that switches it on does not resolve.
    AreaRemoved = "area-removed";
    /// A module is gone, with all that was in it.
    ///
    /// Paths that lead through it do not compile. Its functions are listed on their own.
    ModuleRemoved = "module-removed";
    /// A function is gone, and no other makes its request.
    ///
    /// Calls do not compile, and the service may no longer answer the request.
    FunctionRemoved = "function-removed";
    /// A function is gone, and another that came makes its request or one that is much like it.
    ///
    /// Calls do not compile until they name the other one. Which one that is, is a guess.
    FunctionRenamed = "function-renamed";
    /// The number or the types of a function's arguments are others.
    ///
    /// Calls do not compile.
    ArgumentsChanged = "arguments-changed";
    /// The type of the answer is another.
    ///
    /// What reads the answer does not compile, or reads something else.
    ResponseChanged = "response-changed";
    /// A function has kept its name, and makes another request: another method, path or version.
    ///
    /// Calls compile and do something else than before.
    RequestChanged = "request-changed";
    /// The redirections that count as an answer are others.
    ///
    /// A request that was answered may become an error, or a redirection that was followed may be handed over.
    RedirectsChanged = "redirects-changed";
    /// A struct or an enum is gone, with its members.
    ///
    /// What names the type does not compile.
    TypeRemoved = "type-removed";
    /// A type is gone, and one that came has its name in JSON or has much the same members.
    ///
    /// What names the type does not compile until it has the other name. Which one that is, is a guess.
    TypeRenamed = "type-renamed";
    /// A struct has become an enum, or an enum a struct.
    ///
    /// What makes or reads a value does not compile.
    KindChanged = "kind-changed";
    /// A type has another name in JSON, the one that `Model::NAME` holds and that `@odata.type` has for derived types.
    ///
    /// Programs compile. What they send to the service says another type, and `downcast` looks for another one.
    TypeNameChanged = "type-name-changed";
    /// A type has become a derived one, or is none any more.
    ///
    /// Programs compile. `@odata.type` is sent where it was not, or is not sent where it was.
    DerivationChanged = "derivation-changed";
    /// A field is gone.
    ///
    /// What names it does not compile. Its value is among the undeclared properties, if the service still sends it.
    FieldRemoved = "field-removed";
    /// A field is gone, and one that came has its name in JSON, or its type and nearly its name.
    ///
    /// What names it does not compile until it has the other name. Which one that is, is a guess.
    FieldRenamed = "field-renamed";
    /// The type of a field is another.
    ///
    /// What writes or reads it does not compile, or answers that were read before are an error.
    FieldTypeChanged = "field-type-changed";
    /// A variant is gone.
    ///
    /// What names it does not compile. Its text is kept by the variant for unknown values.
    VariantRemoved = "variant-removed";
    /// A variant is gone, and one that came has its text in JSON, or nearly its name.
    ///
    /// What names it does not compile until it has the other name. Which one that is, is a guess.
    VariantRenamed = "variant-renamed";
    /// A variant came to an enum that is not `#[non_exhaustive]`.
    ///
    /// A `match` that names all variants and has no `_` does not compile (E0004): the variant for unknown values does not
    /// stand for one that is declared. The text of the new variant is no longer an unknown value.
    VariantAdded = "variant-added";
    /// An enum has become `#[non_exhaustive]`.
    ///
    /// A `match` without `_` does not compile. From then on new variants are additive.
    NonExhaustive = "non-exhaustive";
    /// A field or a variant has kept its name in Rust and has another one in JSON.
    ///
    /// Programs compile, and read and write another property or value than before.
    WireNameChanged = "wire-name-changed";
    /// The constant of a field, or the static of a function, has another name.
    ///
    /// What names it does not compile; fields and functions are named as before.
    ConstantRenamed = "constant-renamed";
    /// An item is no longer there with a feature that brought it before, though the crate still has that feature.
    ///
    /// Programs that switch on this feature alone do not compile. A feature that is gone counts as `area-removed`.
    FeaturesNarrowed = "features-narrowed";

    Additive:
    /// There are requests of a new area.
    ///
    /// It is a feature that nobody has switched on.
    AreaAdded = "area-added";
    /// There is a new module.
    ///
    /// Nothing that was there is touched by it.
    ModuleAdded = "module-added";
    /// There is a new function.
    ///
    /// Nothing that was there is touched by it.
    FunctionAdded = "function-added";
    /// There is a new struct or enum, with its members.
    ///
    /// Nothing that was there is touched by it.
    TypeAdded = "type-added";
    /// A struct has a new field.
    ///
    /// Structs of this crate are built with `..Default::default()`, and patterns end in `..`: that is the rule for its
    /// users, since every struct has a field for undeclared properties and grows with the documentation. A literal or a
    /// pattern that names all fields does not compile (E0063, E0027). What was an undeclared property is in the field.
    FieldAdded = "field-added";
    /// A variant came to an enum that was `#[non_exhaustive]`.
    ///
    /// A `match` in another crate has to have a `_` already, which takes the new variant.
    OpenVariantAdded = "open-variant-added";
    /// An item is there with more features than before.
    ///
    /// Wherever it was, it is still.
    FeaturesWidened = "features-widened";
    /// An item is marked as deprecated.
    ///
    /// rustc warns of its use, and all else is as before.
    Deprecated = "deprecated";

    Documentation:
    /// An item is no longer marked as deprecated.
    ///
    /// rustc says no more about its use.
    NoLongerDeprecated = "no-longer-deprecated";
    /// An argument has another name.
    ///
    /// Arguments of functions are given by their place, and each still goes to the same place in the request.
    ArgumentRenamed = "argument-renamed";
    /// The documented permissions of an operation are others.
    ///
    /// The static of the operation says so. What a token has to have is decided by the service, whatever this crate says;
    /// an application that asks for the listed permissions should look at it.
    PermissionsChanged = "permissions-changed";
    /// The documented status codes of success are others; none of them is a redirection.
    ///
    /// The client takes every 2xx for a success, whatever the page lists.
    SuccessCodesChanged = "success-codes-changed";
    /// The link to an operation's documentation, or the page that it was read from, is another.
    ///
    /// The static of the operation says so; nothing is sent there.
    LinkChanged = "link-changed";
    /// The documentation of an item says something else.
    ///
    /// It is read by people. It is worth reading for them: a rule of the service may be what has changed.
    DocumentationChanged = "documentation-changed";
}

impl ChangeRule {
    /// The rule of a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|rule| rule.code() == code)
    }

    /// The two paragraphs of its documentation, each on one line.
    #[must_use]
    pub fn paragraphs(self) -> Vec<String> {
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let paragraphs = self.documentation().split("\n\n").map(words);
        paragraphs.filter(|text| !text.is_empty()).collect()
    }
}
