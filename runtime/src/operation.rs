//! What the documentation says about one operation, as data.

use http::{Method, StatusCode};

/// One documented operation: where it is, what it needs, and where that is written.
///
/// Every field is public and the type can be built in a constant, so that generated code holds one
/// `static` for each operation and an application can read it without sending anything, for example
/// to list the permissions it needs.
///
/// # Path templates
///
/// [`path`](Operation::path) is literal text with placeholders, filled in order by the arguments of
/// a [`Request`](crate::Request). Names only serve messages and may repeat.
///
/// | placeholder | argument |
/// |---|---|
/// | `{name}` | one path segment or key: everything but the unreserved characters of RFC 3986, section 2.3, and `@ : $ , ! *` is percent-encoded |
/// | `{+name}` | a drive path: the same, but `/` stays and `:` is encoded, because `:` ends the path in `/root:/{+path}:/content` |
/// | `'{name}'` | an OData string literal: `'` is doubled (OData URL Conventions 4.01, section 5.1.1.6.1), then encoded as above |
///
/// After the first `?` the template is query text: there an argument is encoded as a query value (a
/// blank is `%20`, and `&`, `=`, `#`, `+` and `%` are encoded). Blanks in the literal text become
/// `%20`.
///
/// ```
/// use graph_runtime::{Operation, Permissions, http::Method};
///
/// static GET: Operation = Operation {
///     method: Method::GET,
///     version: "v1.0",
///     path: "/users/{id}",
///     success: &[200],
///     permissions: Permissions {
///         delegated_work: &["User.Read", "User.Read.All"],
///         delegated_personal: &["User.Read"],
///         application: &["User.Read.All"],
///     },
///     documentation: "https://learn.microsoft.com/graph/api/user-get",
///     page: "api/user-get.md",
/// };
/// assert_eq!(GET.permissions.application.first(), Some(&"User.Read.All"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operation {
    /// The method of the HTTP request.
    pub method: Method,
    /// The version of the service, the first segment of the path: `v1.0` or `beta`.
    pub version: &'static str,
    /// The path template below the version, starting with `/`; see [the
    /// type](Operation#path-templates).
    pub path: &'static str,
    /// The documented status codes of success. Any other 2xx is a success as well; a 3xx is one
    /// only if it is listed.
    pub success: &'static [u16],
    /// The permissions of which one is needed to call the operation.
    pub permissions: Permissions,
    /// The address of the published page; empty where there is none.
    pub documentation: &'static str,
    /// The source page, relative to the root of the documentation.
    pub page: &'static str,
}

impl Operation {
    /// Whether an answer of this status is a success.
    pub(crate) fn succeeds(&self, status: StatusCode) -> bool {
        status.is_success() || (status.is_redirection() && self.success.contains(&status.as_u16()))
    }
}

/// The permissions of an operation for each kind of caller, from least to most privileged.
///
/// An empty list means that the page names none for the kind of caller: mostly, that it is not supported.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Permissions {
    /// For a signed-in user with a work or school account.
    pub delegated_work: &'static [&'static str],
    /// For a signed-in user with a personal Microsoft account.
    pub delegated_personal: &'static [&'static str],
    /// For an application without a signed-in user.
    pub application: &'static [&'static str],
}
