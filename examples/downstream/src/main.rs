//! Prints the names of device configurations.
//!
//! `GRAPH_TOKEN=… cargo run -p downstream`

#![expect(clippy::print_stdout, reason = "it is a program")]

/// The part of Microsoft Graph that this program needs.
mod graph {
    include!(concat!(env!("OUT_DIR"), "/include.rs"));
}

use graph::device_management::device_configurations;
use graph::{Client, Error, StaticToken};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let client = Client::new(StaticToken::from_env("GRAPH_TOKEN")?);
    let mut configurations = device_configurations::list().items(&client);
    while let Some(configuration) = configurations.try_next().await? {
        println!("{}", configuration.display_name.unwrap_or_default());
    }
    Ok(())
}
