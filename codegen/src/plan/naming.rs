//! Turns names of the wire into names of Rust: words, then `snake_case`, `PascalCase` or `SCREAMING_CASE`
//! (RFC 430: an acronym is one word).

use std::collections::BTreeSet;

use super::ident::RustIdent;
use super::settle::mark;

/// The words of a name, in lower case: `windows10GeneralConfiguration` is `windows10 general configuration`.
///
/// A capital begins a word; of several capitals in a row the last begins one if a small letter follows; digits go on
/// with the word before them. `known` words are kept whole wherever they stand between two words. Only ASCII counts, so
/// that no look-alike from another script passes.
pub(super) fn words(name: &str, known: &[String]) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    let mut before = None;
    let mut rest = name;
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        let starts = starts_word(before, c, after.chars().next());
        if (word.is_empty() || starts)
            && let Some(length) = known_word(rest, known)
        {
            end(&mut word, &mut words);
            words.push(rest[..length].to_lowercase());
            before = rest[..length].chars().next_back();
            rest = &rest[length..];
            continue;
        }
        if !c.is_ascii_alphanumeric() {
            end(&mut word, &mut words);
        } else {
            if starts {
                end(&mut word, &mut words);
            }
            word.push(c.to_ascii_lowercase());
        }
        before = Some(c);
        rest = after;
    }
    end(&mut word, &mut words);
    words
}

/// Ends the open word.
fn end(word: &mut String, words: &mut Vec<String>) {
    if !word.is_empty() {
        words.push(std::mem::take(word));
    }
}

/// Whether a capital between two characters begins a word.
fn starts_word(before: Option<char>, c: char, after: Option<char>) -> bool {
    c.is_uppercase()
        && match before {
            Some(before) if before.is_uppercase() => after.is_some_and(char::is_lowercase),
            Some(before) => before.is_alphanumeric(),
            None => false,
        }
}

/// The length of the known word that a text begins with and that ends where a word ends.
fn known_word(text: &str, known: &[String]) -> Option<usize> {
    let first = text.as_bytes().first();
    let mut known = known.iter();
    known.find_map(|word| {
        // Most begin with another letter.
        let rest =
            (word.as_bytes().first() == first).then(|| text.strip_prefix(word.as_str()))??;
        let ends = !rest.starts_with(|after: char| after.is_lowercase() || after.is_ascii_digit());
        ends.then_some(word.len())
    })
}

/// How far the spelling of a name is from what names of the wire usually have, `lowerCamelCase`: of two names that differ
/// by letter case or punctuation only, the nearer one keeps the plain name.
pub(super) fn oddity(name: &str) -> usize {
    let is_plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric());
    match name.starts_with(|c: char| c.is_ascii_lowercase()) {
        true if is_plain => 0,
        false if is_plain => 1,
        _ => 2,
    }
}

/// A word for the letter case of a name.
pub(super) fn case_of(name: &str) -> &'static str {
    if name.chars().all(|c| !c.is_lowercase()) {
        "uppercase"
    } else if name.starts_with(char::is_uppercase) {
        "capitalized"
    } else {
        "lowercase"
    }
}

/// What a name without a letter or digit is called.
const UNNAMED: &str = "unnamed";

/// The words of a name, or the word for none.
fn some_words(name: &str, known: &[String]) -> Vec<String> {
    let words = words(name, known);
    if words.is_empty() {
        vec![UNNAMED.to_owned()]
    } else {
        words
    }
}

/// `snake_case`.
pub(super) fn snake(name: &str, known: &[String]) -> String {
    some_words(name, known).join("_")
}

/// The longest name of a module. File systems have 255 bytes for the name of a file; the longest of Microsoft's has 62.
const LONGEST_MODULE: usize = 160;

/// The name of a module, and so of a file: `snake_case`, with an underscore after names that a file cannot have on
/// Windows, and after those that paths in generated code begin with. One that is too long for a file is cut, and marked
/// by what it was.
pub(super) fn module(name: &str, known: &[String]) -> String {
    const TAKEN: &[&str] = &["aux", "con", "core", "graph_runtime", "nul", "prn", "std"];
    let name = snake(name, known);
    let is_port = name
        .strip_prefix("com")
        .or_else(|| name.strip_prefix("lpt"))
        .is_some_and(|port| port.len() == 1 && port.bytes().all(|byte| byte.is_ascii_digit()));
    if name.len() > LONGEST_MODULE {
        // All of it is ASCII.
        format!("{}_x{}", &name[..LONGEST_MODULE], mark(&name, 0))
    } else if is_port || TAKEN.contains(&name.as_str()) {
        format!("{name}_")
    } else {
        name
    }
}

/// `PascalCase`. Two words that meet in digits keep a `_` between them, so that `1.1` is not `11`.
pub(super) fn pascal(name: &str, known: &[String]) -> String {
    let mut text = String::new();
    for word in some_words(name, known) {
        let digits = text.ends_with(|c: char| c.is_ascii_digit())
            && word.starts_with(|c: char| c.is_ascii_digit());
        if digits {
            text.push('_');
        }
        let mut chars = word.chars();
        if let Some(first) = chars.next() {
            text.extend(first.to_uppercase());
            text.push_str(chars.as_str());
        }
    }
    text
}

/// One thing of several: `policies` is `policy`, `statuses` is `status`. For names of arguments, and to compare words.
pub(super) fn singular(word: &str) -> String {
    if let Some(stem) = word.strip_suffix("ies") {
        return format!("{stem}y");
    }
    for ending in ["sses", "uses", "xes", "ches", "shes"] {
        if word.ends_with(ending) {
            return word[..word.len() - 2].to_owned();
        }
    }
    match word.strip_suffix('s') {
        Some(stem) if !stem.ends_with(['s', 'u', 'i']) && !stem.is_empty() => stem.to_owned(),
        _ => word.to_owned(),
    }
}

/// The names taken in a list of arguments, whose order is part of what they are.
#[derive(Clone, Debug, Default)]
pub(super) struct Scope {
    taken: BTreeSet<RustIdent>,
}

impl Scope {
    /// Takes a name that nothing else may have.
    pub(super) fn reserve(&mut self, name: &str) {
        self.taken.insert(RustIdent::new(name));
    }

    /// Whether a name is free.
    pub(super) fn is_free(&self, name: &str) -> bool {
        !self.taken.contains(&RustIdent::new(name))
    }

    /// Takes the first free name: `preferred`, then the others, then `preferred` with the place that it has in its list.
    pub(super) fn claim(&mut self, preferred: &str, others: &[String], place: usize) -> RustIdent {
        let free = std::iter::once(preferred)
            .chain(others.iter().map(String::as_str))
            .find(|name| self.is_free(name))
            .map(str::to_owned);
        let name = free.unwrap_or_else(|| {
            let placed = (place..).map(|place| format!("{preferred}_{place}"));
            let mut free = placed.filter(|name| self.is_free(name));
            free.next().unwrap_or_default()
        });
        let ident = RustIdent::new(&name);
        self.taken.insert(ident.clone());
        ident
    }
}

#[cfg(test)]
mod tests {
    use super::{LONGEST_MODULE, Scope, module, pascal, singular, snake};
    use crate::profile::Profile;

    #[test]
    fn names_of_the_service_become_names_of_rust() {
        let known = Profile::embedded().unwrap().names.words;
        for (name, snaked, pascaled) in [
            (
                "deviceConfigurationUserStatus",
                "device_configuration_user_status",
                "DeviceConfigurationUserStatus",
            ),
            (
                "iosUpdateConfiguration",
                "ios_update_configuration",
                "IosUpdateConfiguration",
            ),
            ("iOSCompanyPortal", "ios_company_portal", "IosCompanyPortal"),
            ("macOSDmgApp", "macos_dmg_app", "MacosDmgApp"),
            ("x509Certificate", "x509_certificate", "X509Certificate"),
            (
                "oAuth2PermissionGrant",
                "oauth2_permission_grant",
                "Oauth2PermissionGrant",
            ),
            (
                "b2xIdentityUserFlow",
                "b2x_identity_user_flow",
                "B2xIdentityUserFlow",
            ),
            ("win32LobApp", "win32_lob_app", "Win32LobApp"),
            (
                "windows10GeneralConfiguration",
                "windows10_general_configuration",
                "Windows10GeneralConfiguration",
            ),
            ("@odata.type", "odata_type", "OdataType"),
            ("SHA256Hash", "sha256_hash", "Sha256Hash"),
            ("1.1", "1_1", "1_1"),
            ("😀", "unnamed", "Unnamed"),
            ("стaтус", "a", "A"),
            (
                "North America 5x7in",
                "north_america_5x7in",
                "NorthAmerica5x7in",
            ),
        ] {
            assert_eq!(snake(name, &known), snaked);
            assert_eq!(pascal(name, &known), pascaled);
        }
    }

    #[test]
    fn plurals_of_paths_have_singulars() {
        for (plural, one) in [
            ("policies", "policy"),
            ("statuses", "status"),
            ("users", "user"),
            ("mailboxes", "mailbox"),
            ("address", "address"),
            ("status", "status"),
            ("me", "me"),
        ] {
            assert_eq!(singular(plural), one);
        }
    }

    #[test]
    fn a_module_has_a_name_that_a_file_can_have() {
        let longest = "a".repeat(LONGEST_MODULE);
        assert_eq!(module(&longest, &[]), longest);
        let [first, second] = ["a", "b"].map(|end| module(&format!("{longest}{end}"), &[]));
        assert_ne!(first, second);
        for cut in [first, second] {
            assert_eq!(cut.len(), LONGEST_MODULE + "_x0123".len());
            assert!(cut.starts_with(&longest), "{cut}");
        }
        for (name, is_device) in [
            ("aux", true),
            ("nul", true),
            ("com1", true),
            ("lpt9", true),
            ("com", false),
            ("com10", false),
            ("coma", false),
            ("lpts", false),
        ] {
            let marked = if is_device { "_" } else { "" };
            assert_eq!(module(name, &[]), format!("{name}{marked}"));
        }
    }

    #[test]
    fn a_name_is_claimed_once() {
        let mut scope = Scope::default();
        scope.reserve("id");
        assert!(!scope.is_free("id") && scope.is_free("user_id"));
        let others = ["user_id".to_owned()];
        for expected in ["user_id", "id_7", "id_8"] {
            assert_eq!(scope.claim("id", &others, 7).as_str(), expected);
            assert!(!scope.is_free(expected), "{expected}");
        }
    }
}
