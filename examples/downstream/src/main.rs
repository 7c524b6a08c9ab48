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
    for name in names(&client).await? {
        println!("{name}");
    }
    Ok(())
}

/// The names of all device configurations.
async fn names(client: &Client) -> Result<Vec<String>, Error> {
    let mut names = Vec::new();
    let mut configurations = device_configurations::list().items(client);
    while let Some(configuration) = configurations.try_next().await? {
        names.extend(configuration.display_name);
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::{graph, names};

    /// The mock service answers with the examples of the pages that the build script has read.
    #[tokio::test]
    async fn lists_what_the_pages_show() -> Result<(), graph::Error> {
        let service = graph::runtime::mock::Mock::new(graph::EXAMPLES.iter().copied())?
            .start()
            .await?;
        let client = service.client()?;
        assert!(!names(&client).await?.is_empty());
        assert_eq!(service.requests().len(), 1);
        Ok(())
    }
}
