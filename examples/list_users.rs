//! Lists users with the properties that are asked for, and no others.
//!
//! `GRAPH_TOKEN=… cargo run --example list_users`

use std::process::ExitCode;

use graph_sdk::models::User;
use graph_sdk::{Client, Error, StaticToken, users};

/// The first users by name. `select` takes the names of properties of a user, and nothing else.
pub async fn list_users(client: &Client) -> Result<Vec<User>, Error> {
    let page = users::list()
        .select([User::ID, User::DISPLAY_NAME, User::MAIL])
        .filter("accountEnabled eq true")
        .order_by([User::DISPLAY_NAME])
        .top(25)
        .send(client)
        .await?;
    Ok(page.value)
}

async fn run() -> Result<(), Error> {
    let client = Client::new(StaticToken::from_env("GRAPH_TOKEN")?);
    for user in list_users(&client).await? {
        let name = user.display_name.as_deref().unwrap_or("(no name)");
        let mail = user.mail.as_deref().unwrap_or("(no mail)");
        println!("{name:<30} {mail}");
    }
    Ok(())
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Such as `403 Forbidden: Authorization_RequestDenied: …`, with the identifier of the request.
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
