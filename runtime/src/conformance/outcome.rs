//! What became of an example.

use serde::{Deserialize, Serialize};

/// What became of a request or of a body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// As it has to be.
    Passed,
    /// Read and written as JSON, because the pages do not say what it holds.
    Untyped,
    /// A body where the function has none, or one of another kind than the function's.
    Untaken,
    /// Not as it has to be; where and how.
    Differs(Vec<String>),
    /// Not read or not built; the error.
    Refused(String),
}

/// What became of a request or of a body, and whether the page is to blame.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judged {
    /// What became of it.
    pub verdict: Verdict,
    /// Whether the example contradicts the tables of its page, which explains what is not as it has to be.
    pub contradicts: bool,
}

/// What became of an exchange.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// Of method, path, query and headers; absent where the page shows another request than those that it documents, or
    /// none.
    pub request: Option<Judged>,
    /// Of the body that is sent; absent where there is no JSON.
    pub sent: Option<Judged>,
    /// Of the body of each answer; absent for one without JSON, and for that of an error.
    pub answers: Vec<Option<Judged>>,
}

impl Verdict {
    /// Whether something is not as it has to be.
    #[must_use]
    pub const fn is_failure(&self) -> bool {
        !matches!(self, Self::Passed | Self::Untyped)
    }
}

impl Judged {
    /// Whether it is not as it has to be, and the example is not to blame.
    #[must_use]
    pub const fn is_unexplained(&self) -> bool {
        self.verdict.is_failure() && !self.contradicts
    }
}

impl Outcome {
    /// The request and all bodies.
    pub fn parts(&self) -> impl Iterator<Item = &Judged> {
        let answers = self.answers.iter().flatten();
        self.request.iter().chain(&self.sent).chain(answers)
    }
}
