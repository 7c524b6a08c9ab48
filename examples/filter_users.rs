//! Finds users by the beginning of a name and by a license, whatever characters the name has.
//!
//! `GRAPH_TOKEN=… cargo run --example filter_users -- "O'Ne"`

use std::process::ExitCode;

use graph_sdk::models::{AssignedLicense, User};
use graph_sdk::runtime::Guid;
use graph_sdk::{Client, Error, Filter, StaticToken, users};

/// The license that is looked for.
const PRODUCT: &str = "0a6c2d1e-5f3b-4c8d-9e7f-1a2b3c4d5e6f";

/// Enabled users with the license, and a name or surname that begins so. A quote in `beginning` is
/// part of the name, and a property of something other than a user does not compile here.
pub fn wanted(beginning: &str) -> Filter<User> {
    let product = Guid::from(PRODUCT);
    User::ACCOUNT_ENABLED
        .equals(true)
        .and(
            User::DISPLAY_NAME
                .starts_with(beginning)
                .or(User::SURNAME.starts_with(beginning)),
        )
        .and(
            User::ASSIGNED_LICENSES
                .any(|license| license.property(AssignedLicense::SKU_ID).equals(product)),
        )
}

/// The first of these users.
pub async fn filter_users(client: &Client, beginning: &str) -> Result<Vec<User>, Error> {
    let page = users::list()
        .select([User::ID, User::DISPLAY_NAME])
        .filter(wanted(beginning))
        .top(25)
        .send(client)
        .await?;
    Ok(page.value)
}

async fn run() -> Result<(), Error> {
    let client = Client::new(StaticToken::from_env("GRAPH_TOKEN")?);
    let beginning = std::env::args().nth(1).unwrap_or_else(|| "O'".to_owned());
    println!("{}", wanted(&beginning));
    for user in filter_users(&client, &beginning).await? {
        println!("{}", user.display_name.as_deref().unwrap_or("(no name)"));
    }
    Ok(())
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
