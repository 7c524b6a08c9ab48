//! Signs a program in by a client secret, and lists users in its own name.
//!
//! `TENANT_ID=… CLIENT_ID=… CLIENT_SECRET=… cargo run --example client_credentials`

use std::process::ExitCode;

use graph_sdk::models::User;
use graph_sdk::runtime::{ClientCredentials, ErrorKind};
use graph_sdk::{Client, Error, users};

/// The names of the users. The permission is granted to the application by an administrator beforehand.
pub async fn names(client: &Client) -> Result<Vec<String>, Error> {
    let mut users = users::list().select([User::DISPLAY_NAME]).items(client);
    let mut names = Vec::new();
    while let Some(user) = users.try_next().await? {
        names.extend(user.display_name);
    }
    Ok(names)
}

fn variable(name: &str) -> Result<String, Error> {
    std::env::var(name)
        .map_err(|error| Error::with_source(ErrorKind::Request, format!("{name}: {error}"), error))
}

async fn run() -> Result<(), Error> {
    // The token is got with the first request, and replaced before it expires.
    let credentials = ClientCredentials::new(
        variable("TENANT_ID")?,
        variable("CLIENT_ID")?,
        variable("CLIENT_SECRET")?,
    )?;
    for name in names(&Client::new(credentials)).await? {
        println!("{name}");
    }
    Ok(())
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Such as `invalid_client: AADSTS7000215: …`.
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
