//! Sends requests of the SDK to the mock service, which answers with the examples of the pages.

#![expect(clippy::unwrap_used, reason = "a test that fails there says where")]

use graph_sdk::device_management::device_configurations;
use graph_sdk::models::{IosUpdateConfiguration, User, Windows10GeneralConfiguration};
use graph_sdk::runtime::mock::Service;
use graph_sdk::{Client, ErrorKind, Model, me, users};

async fn service() -> (Service, Client) {
    let service = graph_sdk::mock().unwrap().start().await.unwrap();
    let client = service.client().unwrap();
    (service, client)
}

#[tokio::test]
async fn a_page_of_users_is_that_of_the_documentation() {
    let (service, client) = service().await;
    let page = users::list()
        .select([User::ID, User::DISPLAY_NAME])
        .send(&client)
        .await
        .unwrap();
    assert!(page.value.iter().all(|user| user.display_name.is_some()));
    assert!(!page.value.is_empty());
    let received = service.requests();
    assert_eq!(received[0].function.as_deref(), Some("users::list"));
}

#[tokio::test]
async fn paging_ends() {
    let (_service, client) = service().await;
    let mut messages = me::messages::list().items(&client);
    let mut count = 0;
    while let Some(message) = messages.try_next().await.unwrap() {
        assert!(message.subject.is_some());
        count += 1;
    }
    assert!(count > 0);
}

#[tokio::test]
async fn a_derived_type_is_created_and_read_as_its_base() {
    let (_service, client) = service().await;
    let created = device_configurations::create_windows10_general_configuration(
        &Windows10GeneralConfiguration::default(),
    )
    .send(&client)
    .await
    .unwrap();
    assert!(created.id.is_some());
    let all = device_configurations::list().send(&client).await.unwrap();
    let ios = all
        .value
        .iter()
        .find(|one| one.odata_type() == Some(IosUpdateConfiguration::NAME));
    let ios: IosUpdateConfiguration = ios.unwrap().downcast().unwrap();
    assert!(ios.id.is_some());
}

#[tokio::test]
async fn what_the_pages_do_not_allow_is_an_error_with_a_code() {
    let (_service, client) = service().await;
    let error = users::list()
        .query("$compute", "1 add 1")
        .send(&client)
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Service);
    assert_eq!(error.code(), Some("BadRequest"));
}
