//! Reads the names and photos of several people with as few requests as the service takes them in.
//!
//! `GRAPH_TOKEN=… cargo run --example batch -- USER USER …`

use std::process::ExitCode;

use graph_sdk::models::User;
use graph_sdk::runtime::Batch;
use graph_sdk::runtime::bytes::Bytes;
use graph_sdk::runtime::http::StatusCode;
use graph_sdk::{Client, Error, StaticToken, users};

/// Somebody, with a photo if there is one.
pub struct Person {
    /// The name that is shown.
    pub name: String,
    /// The photo, in the format that was uploaded.
    pub photo: Option<Bytes>,
}

/// The people with these identifiers or user principal names.
pub async fn people(client: &Client, ids: &[&str]) -> Result<Vec<Person>, Error> {
    let mut batch = Batch::new();
    let mut parts = Vec::new();
    for id in ids {
        let user = batch.add(users::get(id).select([User::DISPLAY_NAME]));
        // Whoever is not found is not asked for a photo.
        let photo = batch.add_after(users::photo::get_content(id), [user]);
        parts.push((user, photo));
    }

    // Two for each, twenty at a time; what is throttled is sent again by itself.
    let answers = batch.send(client).await?;

    let mut people = Vec::new();
    for (user, photo) in parts {
        // Each part has a value of its own type, or the error that its request would have had.
        let name = answers.get(user)?.display_name.unwrap_or_default();
        let photo = match answers.get(photo) {
            Ok(photo) => Some(photo),
            Err(error) if error.status() == Some(StatusCode::NOT_FOUND) => None,
            Err(error) => return Err(error),
        };
        people.push(Person { name, photo });
    }
    Ok(people)
}

async fn run(ids: &[&str]) -> Result<(), Error> {
    let client = Client::new(StaticToken::from_env("GRAPH_TOKEN")?);
    for person in people(&client, ids).await? {
        let size = person.photo.map_or(0, |photo| photo.len());
        println!("{}: {size} bytes", person.name);
    }
    Ok(())
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let ids: Vec<String> = std::env::args().skip(1).collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    match run(&ids).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
