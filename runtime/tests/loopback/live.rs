//! An HTTP server on loopback that answers as a function says, for as long as it is there.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use tokio::io::AsyncWriteExt;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::server::{Received, answer, read, replace};

/// How many requests a server answers at most, so that it ends by itself.
const MOST: usize = 20_000;

/// What is sent on a connection, and how that ends.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    bytes: Vec<u8>,
    reset: bool,
}

impl Answer {
    /// These bytes, and the end of the connection.
    pub(crate) fn bytes(bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            bytes: bytes.into(),
            reset: false,
        }
    }

    /// A status, headers and a body without a length.
    pub(crate) fn status(status: &str, headers: &[&str], body: &str) -> Self {
        Self::bytes(answer(status, headers, body))
    }

    /// A success with JSON.
    pub(crate) fn json(body: &str) -> Self {
        Self::status("200 OK", &["Content-Type: application/json"], body)
    }

    /// The same with a text in place of another.
    pub(crate) fn with(&self, from: &str, to: &str) -> Self {
        Self {
            bytes: replace(self.bytes.clone(), from.as_bytes(), to.as_bytes()),
            reset: self.reset,
        }
    }

    /// The same, but the connection is reset at the end.
    pub(crate) fn reset(self) -> Self {
        Self {
            reset: true,
            ..self
        }
    }
}

pub(crate) struct Live {
    address: SocketAddr,
    received: Arc<Mutex<Vec<Received>>>,
    task: JoinHandle<()>,
}

impl Live {
    /// Listens on a free port. The function gets the number of the request, from 0, and the request.
    pub(crate) async fn start(
        mut respond: impl FnMut(usize, &Received) -> Answer + Send + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let received: Arc<Mutex<Vec<Received>>> = Arc::default();
        let kept = received.clone();
        let task = tokio::spawn(async move {
            for number in 0..MOST {
                let (mut connection, _) = listener.accept().await.unwrap();
                // Of a client that was dropped.
                let Some(request) = read(&mut connection).await else {
                    continue;
                };
                let answer = respond(number, &request);
                kept.lock().unwrap().push(request);
                if answer.reset {
                    connection.set_zero_linger().unwrap();
                }
                // The client may have gone, if it was dropped.
                let _ = connection.write_all(&answer.bytes).await;
                if !answer.reset {
                    let _ = connection.shutdown().await;
                }
            }
        });
        Self {
            address,
            received,
            task,
        }
    }

    pub(crate) fn address(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The requests so far.
    pub(crate) fn received(&self) -> Vec<Received> {
        std::mem::take(&mut *self.received.lock().unwrap())
    }
}

impl Drop for Live {
    fn drop(&mut self) {
        self.task.abort();
    }
}
