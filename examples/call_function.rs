//! Calls a function with arguments: the reminders of a user that go off within a time range.
//!
//! `GRAPH_TOKEN=… cargo run --example call_function -- USER 2026-01-05T00:00:00 2026-01-12T00:00:00`

use std::process::ExitCode;

use graph_sdk::models::Reminder;
use graph_sdk::{Client, Error, StaticToken, users};

/// The reminders from `start` to `end`, in the time zone of Oslo.
pub async fn reminders(
    client: &Client,
    user: &str,
    start: &str,
    end: &str,
) -> Result<Vec<Reminder>, Error> {
    // Arguments become part of the path, quoted and encoded as the function wants them.
    let page = users::reminder_view(user, start, end)
        .header("Prefer", "outlook.timezone=\"W. Europe Standard Time\"")
        .send(client)
        .await?;
    Ok(page.value)
}

async fn run(user: &str, start: &str, end: &str) -> Result<(), Error> {
    let client = Client::new(StaticToken::from_env("GRAPH_TOKEN")?);
    for reminder in reminders(&client, user, start, end).await? {
        let subject = reminder.event_subject.as_deref().unwrap_or("(no subject)");
        let at = reminder.reminder_fire_time.and_then(|time| time.date_time);
        println!("{} {subject}", at.as_deref().unwrap_or("(no time)"));
    }
    Ok(())
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [user, start, end] = arguments.as_slice() else {
        eprintln!("expected a user, and the beginning and the end of a time range");
        return ExitCode::from(2);
    };
    match run(user, start, end).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
