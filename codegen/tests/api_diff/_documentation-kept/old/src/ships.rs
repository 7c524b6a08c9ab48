//! A fixture, in the form of written files.

//! Requests to `/ships`.

use graph_runtime::{Operation, Permissions, Request};

/// Reads a ship.
pub fn get(ship_id: &str) -> Request<Ship> {
    Request::new(&GET, &[ship_id])
}

/// `GET /ships/{ship_id}`, requested by [`get()`].
pub static GET: Operation = Operation {
    method: Method::GET,
    version: "v1.0",
    path: "/ships/{ship_id}",
    success: &[200],
    permissions: Permissions {
        delegated_work: &["Ship.Read", "Ship.Read.All"],
        delegated_personal: &[],
        application: &["Ship.Read.All"],
    },
    documentation: "https://docs.example/ship-get",
    page: "api/ship-get.md",
};
