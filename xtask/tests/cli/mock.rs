//! The mock service in the foreground, as a program in another language would use it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::running::{docs_input, put, run, small_docs};

/// A process that ends with the test, however that ends.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn requests_are_answered_with_examples_and_printed() {
    let child = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(["mock", "--port", "0", "--docs"])
        .arg(docs_input())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut running = Running(child);
    let mut lines = BufReader::new(running.0.stdout.take().unwrap()).lines();
    let first = lines.next().unwrap().unwrap();
    let host = first.strip_prefix("serving on http://").unwrap().to_owned();

    let mut stream = TcpStream::connect(&host).unwrap();
    let deadline = Some(Duration::from_secs(20));
    stream.set_read_timeout(deadline).unwrap();
    let request = format!("GET /v1.0/users HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    assert!(answer.contains("\"displayName\""), "{answer}");

    let line = lines.next().unwrap().unwrap();
    assert!(
        line.starts_with("GET /v1.0/users 200 users::list api/user-list.md"),
        "{line}"
    );
}

#[test]
fn a_port_that_is_taken_is_named() {
    let folder = small_docs();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    run(
        folder.path(),
        ["mock", "--docs", "docs", "--port", port.as_str()],
    )
    .ends_with(2)
    .says(&format!("cannot listen on port {port}"));
}

#[test]
fn pages_with_an_error_are_not_served() {
    let folder = small_docs();
    put(folder.path(), "docs/api/bad.md", b"# Caf\xe9\n");
    // Should they be, the command ends with 2 and not never.
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    run(
        folder.path(),
        ["mock", "--docs", "docs", "--port", port.as_str()],
    )
    .ends_with(1)
    .says("error[not-utf8]")
    .says("1 finding of error severity; nothing is served");
}
