//! Creates a device configuration of a derived type, and reads it back as one of the base type.
//!
//! `GRAPH_TOKEN=… cargo run --example create_configuration`

use std::process::ExitCode;

use graph_sdk::device_management::device_configurations;
use graph_sdk::models::{OmaSettingString, Windows10CustomConfiguration};
use graph_sdk::{Client, Error, Model, StaticToken};

/// Creates a configuration with one setting, and reads it as the service has stored it.
pub async fn create(client: &Client) -> Result<Windows10CustomConfiguration, Error> {
    let setting = OmaSettingString {
        display_name: Some("Time zone".to_owned()),
        oma_uri: Some(
            "./Device/Vendor/MSFT/Policy/Config/TimeLanguageSettings/ConfigureTimeZone".to_owned(),
        ),
        value: Some("Europe/Oslo".to_owned()),
        ..Default::default()
    };
    let configuration = Windows10CustomConfiguration {
        display_name: Some("Clocks of the pilots' office".to_owned()),
        // A list of the base type takes objects of all types derived from it.
        oma_settings: Some(vec![setting.upcast()?]),
        ..Default::default()
    };
    // `@odata.type` is written by itself, so that the service knows which type it gets.
    let created = device_configurations::create_windows10_custom_configuration(&configuration)
        .send(client)
        .await?;

    // Other types of configuration have the same address, so that the answer is of the base type.
    let id = created.id.unwrap_or_default();
    let stored = device_configurations::get(&id).send(client).await?;
    stored.downcast()
}

async fn run() -> Result<(), Error> {
    let client = Client::new(StaticToken::from_env("GRAPH_TOKEN")?);
    let stored = create(&client).await?;
    println!("{}", stored.id.unwrap_or_default());
    for setting in stored.oma_settings.unwrap_or_default() {
        println!(
            "  {} ({:?})",
            setting.oma_uri.as_deref().unwrap_or("?"),
            setting.odata_type()
        );
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
