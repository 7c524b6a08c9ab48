//! Marks a device configuration as compliant for a user.
//!
//! `GRAPH_TOKEN=… cargo run --bin update_user_status -- CONFIGURATION-ID STATUS-ID`

use std::error::Error;
use std::io::Write;

use graph_sdk::device_management::device_configurations::user_statuses;
use graph_sdk::models::{ComplianceStatus, DeviceConfigurationUserStatus};
use graph_sdk::runtime::StaticToken;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(configuration), Some(status)) = (arguments.next(), arguments.next()) else {
        return Err("expected a configuration's id and a status's id".into());
    };
    let token = std::env::var("GRAPH_TOKEN").map_err(|_| "expected a token in GRAPH_TOKEN")?;

    let client = graph_sdk::Client::new(StaticToken::new(token));
    let change = DeviceConfigurationUserStatus {
        status: Some(ComplianceStatus::Compliant),
        ..Default::default()
    };
    let request = user_statuses::update(&configuration, &status, &change);
    writeln!(
        std::io::stderr(),
        "needs one of {:?}",
        request.operation().permissions.delegated_work
    )?;
    let updated = request.send(&client).await?;
    writeln!(std::io::stdout(), "{updated:#?}")?;
    Ok(())
}
