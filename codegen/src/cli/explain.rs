//! Explains one name.

use clap::Args;

use super::args::{Source, Wanted};
use super::failure::{End, Failure};
use super::output::{self, Stream, print};
use super::program::Program;
use crate::{explain, pipeline};

/// What can be explained.
pub(super) const NAMES: &str = "\
NAME is one of:
  a type or enum       user, with or without its namespace
  a property           user.mail, user/mail
  a page               user-get, user-get.md, api/user-get.md
  a request or a path  'GET /users/{id}', '/users/{id}'; names of placeholders do not count
  a Rust path          users::get, models::User, models::User::mail

Letter case does not count where only one thing has the name.

Exit codes: 0 explained; 2 wrong usage, such as a name that nothing has, or that several things have.";

/// `explain`.
#[derive(Debug, Args)]
pub struct Explain {
    /// What to explain
    #[arg(value_name = "NAME")]
    pub(super) name: String,
    #[command(flatten)]
    pub(super) source: Source,
    #[command(flatten)]
    pub(super) wanted: Wanted,
    /// Show long lists and long lines in full
    #[arg(long)]
    pub(super) full: bool,
}

/// Prints what each stage makes of one name.
pub(super) fn run(args: &Explain, program: &Program) -> Result<End, Failure> {
    let input = program.input(&args.source, &args.wanted, &[])?;
    let options = program.plan_options(&program.out, None, &input.profile);
    let generated = pipeline::generate_with(&input, &options, &mut output::progress);
    output::end_progress();
    let explanation = explain::explain(&generated?, &input, &args.name)?;
    print(Stream::Out, &explain::render(&explanation, args.full, true))?;
    Ok(End::Success)
}
