//! A fixture, in the form of written files.

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
        delegated_work: &[],
        delegated_personal: &[],
        application: &["Ship.Read.All"],
    },
    documentation: "https://docs.example/a",
    page: "api/a.md",
};
