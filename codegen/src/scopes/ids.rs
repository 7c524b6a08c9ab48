//! The identifiers of permissions, which no documentation page has: as the directory of a tenant tells them.

use std::collections::BTreeMap;

use serde_json::Value;

/// The identifiers of the permissions of a service, by their names.
///
/// They are read from the JSON of the service's own service principal, `GET /servicePrincipals?$filter=appId eq '…'`, or what
/// a command line prints of it: `appId`, `appRoles`, and `oauth2PermissionScopes`, which was called `oauth2Permissions`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PermissionIds {
    /// The identifier of the service as an application.
    pub app_id: Option<String>,
    /// Those of delegated permissions.
    pub delegated: BTreeMap<String, String>,
    /// Those of application permissions.
    pub application: BTreeMap<String, String>,
}

/// A file that holds no identifiers of permissions.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{line}:{column}: {message}")]
pub struct MalformedIds {
    /// The line, counted from 1.
    pub line: usize,
    /// The column, counted from 1.
    pub column: usize,
    /// What is wrong, and what was expected.
    pub message: String,
}

impl PermissionIds {
    /// Reads the JSON of a service principal, or of a list in `value` that has that of `app_id`.
    ///
    /// # Errors
    ///
    /// It is not JSON, has no such service principal, or that names no permission.
    pub fn parse(text: &str, app_id: Option<&str>) -> Result<Self, MalformedIds> {
        let fail = |line, column, message| MalformedIds {
            line,
            column,
            message,
        };
        let text = text.trim_start_matches('\u{feff}');
        let json: Value = serde_json::from_str(text).map_err(|error| {
            let message = format!("not JSON: {error}; expected a service principal");
            fail(error.line(), error.column(), message)
        })?;
        let list = json.get("value").unwrap_or(&json);
        let candidates = list
            .as_array()
            .map_or(std::slice::from_ref(list), Vec::as_slice);
        let own = |one: &&Value| text_of(one, "appId");
        let found = match candidates {
            [one] => Some(one),
            several => several.iter().find(|one| own(one).as_deref() == app_id),
        };
        let Some(principal) = found else {
            let wanted = app_id.unwrap_or_default();
            return Err(fail(
                1,
                1,
                format!(
                    "none of {} service principals has the `appId` `{wanted}`",
                    candidates.len()
                ),
            ));
        };
        if let (Some(own), Some(wanted)) = (own(&principal), app_id)
            && !own.eq_ignore_ascii_case(wanted)
        {
            let message = format!("the `appId` is `{own}`; expected `{wanted}`");
            return Err(fail(1, 1, message));
        }
        let mut delegated = ids(principal, "oauth2PermissionScopes");
        delegated.extend(ids(principal, "oauth2Permissions"));
        let ids = Self {
            app_id: own(&principal),
            delegated,
            application: ids(principal, "appRoles"),
        };
        if ids.delegated.is_empty() && ids.application.is_empty() {
            return Err(fail(
                1,
                1,
                "no permissions with `id` and `value`; expected `oauth2PermissionScopes` and `appRoles` of a service principal"
                    .to_owned(),
            ));
        }
        Ok(ids)
    }
}

fn text_of(object: &Value, key: &str) -> Option<String> {
    Some(object.get(key)?.as_str()?.to_owned())
}

/// The identifiers in a list of objects with `id` and `value`.
fn ids(principal: &Value, key: &str) -> BTreeMap<String, String> {
    let list = principal.get(key).and_then(Value::as_array);
    let pair = |item: &Value| Some((text_of(item, "value")?, text_of(item, "id")?));
    list.into_iter().flatten().filter_map(pair).collect()
}
