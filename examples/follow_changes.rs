//! Prints who was added, changed or removed since the last time, and keeps the link for the next time in a file.
//!
//! `GRAPH_TOKEN=… cargo run --example follow_changes`

use std::process::ExitCode;

use graph_sdk::models::User;
use graph_sdk::{Change, Client, Error, StaticToken, users};

/// Where the link is kept between two runs.
const STORED: &str = "users.deltalink";

/// What was told, and the link to ask from the next time.
pub struct Told {
    pub current: Vec<User>,
    pub removed: Vec<User>,
    pub delta_link: Option<String>,
}

/// All changes since a link, or all users where there is none.
pub async fn follow(client: &Client, since: Option<&str>) -> Result<Told, Error> {
    let request = users::delta().select([User::ID, User::DISPLAY_NAME]);
    let mut changes = match since {
        Some(link) => request.changes_since(client, link),
        None => request.changes(client),
    };
    let (mut current, mut removed) = (Vec::new(), Vec::new());
    loop {
        match changes.try_next().await {
            Ok(Some(Change::Current(user))) => current.push(user),
            Ok(Some(Change::Removed { item, .. })) => removed.push(item),
            Ok(None) => break,
            // The link is too old: everything is read anew.
            Err(error) if since.is_some() && error.is_resync_required() => {
                changes = request.changes(client);
                (current, removed) = (Vec::new(), Vec::new());
            }
            Err(error) => return Err(error),
        }
    }
    Ok(Told {
        current,
        removed,
        delta_link: changes.delta_link().map(str::to_owned),
    })
}

async fn run() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::new(StaticToken::from_env("GRAPH_TOKEN")?);
    let stored = std::fs::read_to_string(STORED).ok();
    let told = follow(&client, stored.as_deref()).await?;
    for user in told.current {
        println!("+ {}", user.display_name.as_deref().unwrap_or("(no name)"));
    }
    for user in told.removed {
        println!("- {}", user.id.as_deref().unwrap_or_default());
    }
    if let Some(link) = told.delta_link {
        std::fs::write(STORED, link)?;
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
