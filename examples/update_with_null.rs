//! Changes one property of a user, empties another, and leaves all others as they are.
//!
//! `GRAPH_TOKEN=… cargo run --example update_with_null -- USER`

use std::process::ExitCode;

use graph_sdk::models::User;
use graph_sdk::{Client, Error, Model, StaticToken, users};

/// Gives a user a new position, and no office.
pub async fn promote(client: &Client, user: &str, title: &str) -> Result<(), Error> {
    // A field that is `None` is not sent: the service keeps what it has.
    let mut change = User {
        job_title: Some(title.to_owned()),
        ..Default::default()
    };
    // Null is sent, and empties the property.
    change.set_null(User::OFFICE_LOCATION);
    users::update(user, &change).send(client).await
}

async fn run(user: &str) -> Result<(), Error> {
    // What an application has to be granted before it may do this, least privileged first.
    println!(
        "needs one of {}",
        users::UPDATE.permissions.delegated_work.join(", ")
    );
    let client = Client::new(StaticToken::from_env("GRAPH_TOKEN")?);
    promote(&client, user, "Harbour master").await
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let Some(user) = std::env::args().nth(1) else {
        eprintln!("expected the identifier or the sign-in name of a user");
        return ExitCode::from(2);
    };
    match run(&user).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
