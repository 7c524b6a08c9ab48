//! Reads the code of a rule as a person wrote it.

use std::str::FromStr;

use super::rule::Rule;

/// A code that no rule has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no such rule; {}", match .nearest {
    Some(nearest) => format!("did you mean `{}`?", nearest.code()),
    None => "`cargo xtask rules` lists them".to_owned(),
})]
pub struct UnknownRule {
    /// The rule whose code is near.
    pub nearest: Option<Rule>,
}

impl FromStr for Rule {
    type Err = UnknownRule;

    fn from_str(code: &str) -> Result<Self, Self::Err> {
        Self::from_code(code).ok_or_else(|| UnknownRule {
            nearest: Self::ALL
                .iter()
                .map(|rule| (strsim::jaro_winkler(code, rule.code()), *rule))
                .filter(|(likeness, _)| *likeness > 0.75)
                .max_by(|a, b| a.0.total_cmp(&b.0))
                .map(|(_, rule)| rule),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Rule;

    #[test]
    fn a_misspelt_rule_is_guessed() {
        assert_eq!("unknown-type".parse(), Ok(Rule::UnknownType));
        let said = |code: &str| code.parse::<Rule>().unwrap_err().to_string();
        assert!(said("unkown-typ").contains("`unknown-type`"));
        assert!(said("xyz").contains("cargo xtask rules"));
    }
}
