//! An HTTP server on loopback that gives prepared answers, one for each connection, and then stops.

use std::net::SocketAddr;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use super::within;

pub(crate) struct Server {
    address: SocketAddr,
    task: JoinHandle<Vec<Received>>,
}

/// A request as it came.
#[derive(Debug)]
pub(crate) struct Received {
    /// The request line and the headers.
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

impl Received {
    pub(crate) fn line(&self) -> &str {
        self.head.lines().next().unwrap()
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let headers = self
            .head
            .lines()
            .skip(1)
            .filter_map(|line| line.split_once(": "));
        headers
            .into_iter()
            .find(|(present, _)| present.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
    }
}

impl Server {
    /// Listens on a free port. The answers may hold `{address}`, which becomes the address of the
    /// server.
    pub(crate) async fn start<A: Into<Vec<u8>>>(answers: impl IntoIterator<Item = A>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let own = format!("http://{address}");
        let answers: Vec<Vec<u8>> = answers
            .into_iter()
            .map(|answer| replace(answer.into(), b"{address}", own.as_bytes()))
            .collect();
        let task = tokio::spawn(async move {
            let mut received = Vec::new();
            for answer in answers {
                let (mut connection, _) = listener.accept().await.unwrap();
                let request = read(&mut connection).await;
                received.push(request.expect("the request broke off"));
                // The client may have gone, if it was dropped.
                let _ = connection.write_all(&answer).await;
                let _ = connection.shutdown().await;
            }
            received
        });
        Self { address, task }
    }

    pub(crate) fn address(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The requests that came, after all answers were given.
    pub(crate) async fn received(self) -> Vec<Received> {
        within(self.task).await.unwrap()
    }

    /// Stops a server whose answers were not all asked for.
    pub(crate) fn stop(self) {
        self.task.abort();
    }
}

/// A request; `None` if it broke off.
pub(crate) async fn read(connection: &mut TcpStream) -> Option<Received> {
    let mut bytes = Vec::new();
    let end = loop {
        if let Some(position) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break position;
        }
        more(connection, &mut bytes).await?;
    };
    let mut body = bytes.split_off(end + 4);
    let mut received = Received {
        head: String::from_utf8(bytes).unwrap(),
        body: Vec::new(),
    };
    let length = received
        .header("content-length")
        .map_or(0, |length| length.parse().unwrap());
    while body.len() < length {
        more(connection, &mut body).await?;
    }
    received.body = body;
    Some(received)
}

async fn more(connection: &mut TcpStream, bytes: &mut Vec<u8>) -> Option<()> {
    match connection.read_buf(bytes).await {
        Ok(0) | Err(_) => None,
        Ok(_) => Some(()),
    }
}

pub(crate) fn replace(mut bytes: Vec<u8>, from: &[u8], to: &[u8]) -> Vec<u8> {
    while let Some(position) = bytes.windows(from.len()).position(|window| window == from) {
        bytes.splice(position..position + from.len(), to.iter().copied());
    }
    bytes
}

/// An answer with a length and any further headers.
pub(crate) fn answer(status: &str, headers: &[&str], body: &str) -> String {
    let mut text = format!("HTTP/1.1 {status}\r\nConnection: close\r\n");
    for header in headers {
        text.push_str(header);
        text.push_str("\r\n");
    }
    // The body may still grow by the address: its end is the end of the connection.
    format!("{text}\r\n{body}")
}

/// A successful answer of JSON.
pub(crate) fn json(body: &str) -> String {
    answer("200 OK", &["Content-Type: application/json"], body)
}
