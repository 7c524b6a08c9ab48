//! Reads a mailbox from the newest message on, page after page, with the files that came with each message.
//!
//! `GRAPH_TOKEN=… cargo run --example page_through_messages`

use std::process::ExitCode;

use graph_sdk::models::{FileAttachment, Importance, Message};
use graph_sdk::{Client, Error, Model, StaticToken, me};

/// One line for each of the newest messages, at most `wanted` of them.
pub async fn subjects(client: &Client, wanted: usize) -> Result<Vec<String>, Error> {
    let mut messages = me::messages::list()
        .select([Message::SUBJECT, Message::IMPORTANCE])
        .expand([Message::ATTACHMENTS])
        .order_by([Message::RECEIVED_DATE_TIME.descending()])
        .top(50)
        .items(client);
    let mut lines = Vec::new();
    // The next page is requested when its first message is asked for.
    while lines.len() < wanted
        && let Some(message) = messages.try_next().await?
    {
        let subject = message.subject.as_deref().unwrap_or("(no subject)");
        let mark = match &message.importance {
            Some(Importance::High) => "! ".to_owned(),
            // A value that the documentation does not know yet is no error: its text is kept.
            Some(Importance::UnknownValue(text)) => format!("{text}: "),
            _ => String::new(),
        };
        lines.push(format!("{mark}{subject}{}", files(&message)?));
    }
    Ok(lines)
}

/// The names of the attached files. What is related is decoded when it is asked for.
fn files(message: &Message) -> Result<String, Error> {
    let mut names = String::new();
    let Some(attachments) = &message.attachments else {
        return Ok(names);
    };
    for attachment in attachments.get()? {
        // An attachment may be of several types; a file is one of them.
        if let Ok(file) = attachment.downcast::<FileAttachment>() {
            names += &format!(" [{}]", file.name.as_deref().unwrap_or("?"));
        }
    }
    Ok(names)
}

async fn run() -> Result<(), Error> {
    let client = Client::new(StaticToken::from_env("GRAPH_TOKEN")?);
    for line in subjects(&client, 100).await? {
        println!("{line}");
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
