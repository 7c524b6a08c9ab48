//! The documentation of a rule in its parts.

use super::Rule;
use crate::prose::spaced;

impl Rule {
    /// What is found, in one sentence that fits beside the code in a table.
    #[must_use]
    pub fn summary(self) -> String {
        let found = self.paragraphs().into_iter().next().unwrap_or_default();
        match found.find(". ") {
            Some(at) => found[..=at].to_owned(),
            None => found,
        }
    }

    /// The paragraphs of the documentation, each in one line: what is found, what is made of it, what an author can do.
    #[must_use]
    pub fn paragraphs(self) -> Vec<String> {
        self.documentation()
            .split("\n\n")
            .map(|paragraph| spaced(paragraph).into_owned())
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Rule;

    #[test]
    fn every_rule_says_what_is_found_what_is_made_of_it_and_what_to_do() {
        for rule in Rule::ALL {
            let paragraphs = rule.paragraphs();
            let whole = |text: &String| text.ends_with('.') && text.len() > 10;
            let summary = rule.summary();
            assert!(summary.chars().count() <= 80, "{summary}");
            assert!(
                paragraphs.len() == 3 && paragraphs.iter().all(whole),
                "{}: {paragraphs:#?}",
                rule.code()
            );
        }
    }
}
