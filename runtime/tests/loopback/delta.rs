//! Changes since the last time.

use graph_runtime::model::{self, Entries};
use graph_runtime::serde::de::{Deserialize, Deserializer, MapAccess};
use graph_runtime::serde::ser::{Serialize, SerializeMap, Serializer};
use graph_runtime::{AdditionalProperties, Change, Model, Page, Request};

use crate::server::{self, Server, answer};
use crate::{LIST, client, within};

#[derive(Clone, Debug, Default, PartialEq)]
struct Thing {
    id: Option<String>,
    additional: AdditionalProperties,
}

impl Model for Thing {
    const NAME: &'static str = "test.thing";
    const DERIVED: bool = false;

    fn read<'de, A: MapAccess<'de>>(&mut self, name: &str, map: &mut A) -> Result<bool, A::Error> {
        match name {
            "id" => model::value(map, &mut self.id),
            _ => Ok(false),
        }
    }

    fn write<M: SerializeMap>(&self, entries: &mut Entries<'_, M>) {
        entries.value("id", &self.id);
    }

    fn additional(&self) -> &AdditionalProperties {
        &self.additional
    }

    fn additional_mut(&mut self) -> &mut AdditionalProperties {
        &mut self.additional
    }
}

impl Serialize for Thing {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        model::serialize(self, serializer)
    }
}

impl<'de> Deserialize<'de> for Thing {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        model::deserialize(deserializer)
    }
}

fn request() -> Request<Page<Thing>> {
    Request::new(&LIST, &[])
}

/// What was changed, as a letter and an identifier.
fn told(change: &Change<Thing>) -> String {
    let (item, letter) = match change {
        Change::Current(item) => (item, "c".to_owned()),
        Change::Removed { item, reason } => (item, format!("{reason:?}")),
    };
    format!("{letter} {}", item.id.as_deref().unwrap_or_default())
}

#[tokio::test]
async fn items_removed_items_and_the_link_to_store() {
    let server = Server::start([
        server::json(
            r#"{"value":[{"id":"1"},{"id":"2","@removed":{"reason":"deleted"}}],"@odata.nextLink":"{address}/2"}"#,
        ),
        server::json(
            r#"{"value":[
                {"id":"3","@removed":{"reason":"changed"}},
                {"id":"4","reason":"deleted","@odata.context":"https://example.com/$metadata#things/$deletedEntity"},
                {"id":"5","reason":"bored"},
                {"id":"6","@removed":{}}
            ],"@odata.deltaLink":"{address}/delta?$deltatoken=a%2Bb"}"#,
        ),
        server::json(r#"{"value":[],"@odata.deltaLink":"{address}/again"}"#),
    ])
    .await;
    let client = client(&server);
    let mut changes = request().changes(&client);
    let mut found = Vec::new();
    assert_eq!(changes.delta_link(), None);
    while let Some(change) = within(changes.try_next()).await.unwrap() {
        found.push(told(&change));
        assert_eq!(changes.delta_link().is_some(), found.len() == 6);
    }
    assert_eq!(
        found,
        [
            "c 1",
            "Deleted 2",
            "Changed 3",
            "Deleted 4",
            "c 5",
            "Other(\"\") 6"
        ]
    );
    let link = changes.delta_link().unwrap().to_owned();
    let mut later = request().changes_since(&client, &link);
    assert_eq!(within(later.try_next()).await.unwrap(), None);
    assert!(later.delta_link().unwrap().ends_with("/again"));
    let received = server.received().await;
    assert_eq!(received[2].line(), "GET /delta?$deltatoken=a%2Bb HTTP/1.1");
}

#[tokio::test]
async fn no_link_loses_changes_that_were_not_read() {
    let server = Server::start([
        server::json(r#"{"value":[{"id":"1"},{"id":"2"}],"@odata.nextLink":"{address}/2","@odata.deltaLink":"{address}/d"}"#),
        answer("400 Bad Request", &[], ""),
    ])
    .await;
    let mut changes = request().changes(&client(&server));
    within(changes.try_next()).await.unwrap();
    assert_eq!((changes.next_link(), changes.delta_link()), (None, None));
    within(changes.try_next()).await.unwrap();
    assert!(changes.next_link().unwrap().ends_with("/2"));
    assert_eq!(changes.delta_link(), None);
    within(changes.try_next()).await.unwrap_err();
    assert!(changes.next_link().unwrap().ends_with("/2"));
    server.received().await;
}

#[tokio::test]
async fn a_link_that_is_too_old() {
    let code = |code| {
        format!(
            r#"{{"error":{{"code":"{code}","message":"m","innerError":{{"code":"resyncRequired"}}}}}}"#
        )
    };
    for (status, body, required) in [
        ("410 Gone", String::new(), true),
        ("400 Bad Request", code("SyncStateNotFound"), true),
        ("400 Bad Request", code("badRequest"), true),
        (
            "400 Bad Request",
            r#"{"error":{"code":"badRequest","message":"m"}}"#.to_owned(),
            false,
        ),
    ] {
        let server = Server::start([answer(status, &[], &body)]).await;
        let link = format!("{}/delta", server.address());
        let mut changes = request().changes_since(&client(&server), &link);
        let error = within(changes.try_next()).await.unwrap_err();
        assert_eq!(error.is_resync_required(), required, "{error}");
        assert_eq!(changes.delta_link(), None);
        assert_eq!(changes.next_link(), Some(&*link));
        server.received().await;
    }
}
