//! Prints the permissions that an application needs.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::args::{Source, Wanted};
use super::failure::{End, Failure};
use super::file;
use super::output::{self, Stream, print};
use super::program::{Program, finished};
use crate::model::PermissionKind;
use crate::pipeline;
use crate::scopes::{self, Aim, PermissionIds, WORK};

/// What is said about the set that is printed.
pub(super) const RULE: &str = "\
Each kind of permission has a set of its own, in which each operation finds one of the alternatives that its page has
for the kind. The set is a smallest one of permissions that are the least privileged for at least one of the operations:
what another permission allows, which is needed anyway, is left out, and nothing more privileged is taken to save two.
With --fewest all permissions are candidates. Of several sets of one size the one with the lowest places in the pages' orders
is taken, then the one with the fewest permissions that allow more than to read. Operations for which a kind is not
supported, or whose page names no permission of it, are listed apart.

A manifest has identifiers of permissions, which the pages do not have. They are read with --ids from what the directory
says of the service itself: `GET /servicePrincipals?$filter=appId eq '…'`, with `appRoles` and `oauth2PermissionScopes`. A
permission without one has its name there instead, and a message says so: fill in the identifier before you use it.
An application in its own name needs --kind application alone, one for users of organisations --kind delegated-work.

Exit codes: 0 done; 1 findings of error severity, such as a pattern that matches nothing; 2 wrong usage, such as a
folder without pages.";

/// `scopes`.
#[derive(Debug, Args)]
pub struct Scopes {
    #[command(flatten)]
    source: Source,
    #[command(flatten)]
    wanted: Wanted,
    /// Only these kinds; repeatable [default: all three]
    #[arg(long, value_enum, value_name = "KIND")]
    kind: Vec<Kind>,
    /// The smallest set of all, even where it takes more privileged permissions
    #[arg(long)]
    fewest: bool,
    /// How they are printed: for people, for programs, or as `requiredResourceAccess` of an application's manifest
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// The identifiers of permissions for a manifest: the service principal of the service, as JSON
    #[arg(long, value_name = "FILE")]
    ids: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Kind {
    DelegatedWork,
    DelegatedPersonal,
    Application,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
    Manifest,
}

/// Prints the permissions with which the wanted operations may be sent.
pub(super) fn run(args: &Scopes, program: &Program) -> Result<End, Failure> {
    let input = program.input(&args.source, &args.wanted, &[])?;
    let profile = &input.profile;
    let ids = match &args.ids {
        Some(_) if args.format != Format::Manifest => {
            let reason = "`--ids` is for `--format manifest` alone".to_owned();
            return Err(Failure::Usage(reason));
        }
        Some(path) => {
            let text = file::read(path, "read the identifiers in")?;
            let ids = PermissionIds::parse(&text, profile.resource_app_id.as_deref());
            ids.map_err(|reason| Failure::Malformed {
                path: path.clone(),
                reason: reason.to_string(),
            })?
        }
        None => PermissionIds::default(),
    };
    let run = pipeline::model_with(&input, &mut output::progress);
    let Some(model) = finished(run, program, |model| model, "nothing was looked for")? else {
        return Ok(End::Findings);
    };
    let mut kinds: Vec<PermissionKind> = args.kind.iter().map(|kind| kind.meant()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    if kinds.is_empty() {
        kinds.extend(PermissionKind::ALL);
    }
    let aim = match args.fewest {
        true => Aim::Fewest,
        false => Aim::LeastPrivileged,
    };
    let found = scopes::scopes(&model.api, &kinds, aim, WORK, profile);
    let text = match args.format {
        Format::Text => scopes::text(&found, &model.api, &model.corpus, profile),
        Format::Json => format!("{:#}\n", scopes::json(&found, &model.api, &model.corpus)),
        Format::Manifest => {
            let manifest = scopes::manifest(&found, &ids, profile);
            if !manifest.unidentified.is_empty() {
                // The standard output is the manifest.
                print(Stream::Err, &missing_ids(&manifest.unidentified))?;
            }
            format!("{:#}\n", manifest.json)
        }
    };
    print(Stream::Out, &text)?;
    Ok(End::Success)
}

fn missing_ids(names: &[String]) -> String {
    let plural = if names.len() == 1 { "" } else { "s" };
    format!(
        "{} permission{plural} without an identifier, which no directory takes; name a file with --ids: {}\n",
        names.len(),
        names.join(", ")
    )
}

impl Kind {
    fn meant(self) -> PermissionKind {
        match self {
            Self::DelegatedWork => PermissionKind::DelegatedWork,
            Self::DelegatedPersonal => PermissionKind::DelegatedPersonal,
            Self::Application => PermissionKind::Application,
        }
    }
}
