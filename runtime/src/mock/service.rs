//! The mock on the network: listening, connections, and the thread that does both.

use std::convert::Infallible;
use std::fmt;
use std::net::{Ipv4Addr, TcpListener};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::sync::oneshot;
use tokio::task::JoinSet;

use super::answer::answer;
use super::{Mock, ReceivedRequest, batch};
use crate::error::{Error, ErrorKind};

/// How long the mock waits before it listens again when a connection could not be accepted: most
/// likely there are too many open files, and some will be closed.
const PAUSE: Duration = Duration::from_millis(20);

/// A mock that is running, from [`Mock::start`]. Dropping it stops it: open connections break off, and
/// the port is free again when the drop is over.
#[must_use = "the mock stops when it is dropped"]
pub struct Service {
    address: String,
    requests: Arc<Mutex<Vec<ReceivedRequest>>>,
    // Taken by the drop. The thread ends when its sender is gone.
    stop: Option<oneshot::Sender<Infallible>>,
    thread: Option<JoinHandle<()>>,
}

impl Service {
    /// The base address, such as `http://127.0.0.1:49152`: what a client's
    /// [`base_url`](crate::ClientBuilder::base_url) is set to.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }

    /// A client of this service, with a token that means nothing. It takes no notice of proxies, and sends again what
    /// is [throttled](super::Mock::throttle), without waits of its own.
    ///
    /// # Errors
    ///
    /// An error of the kind [`Transport`](ErrorKind::Transport) if the HTTP client cannot be set up.
    #[cfg(feature = "reqwest")]
    pub fn client(&self) -> Result<crate::Client, Error> {
        self.client_builder()?.build()
    }

    /// The settings of [`client`](Service::client), for a client with others beside them.
    ///
    /// # Errors
    ///
    /// Those of [`client`](Service::client).
    #[cfg(feature = "reqwest")]
    pub fn client_builder(&self) -> Result<crate::ClientBuilder, Error> {
        Ok(crate::Client::builder()
            .token_provider(crate::StaticToken::new("mock"))
            .transport(crate::ReqwestTransport::direct()?)
            .base_url(&self.address)
            .retry(crate::Retry::default().delay(Duration::ZERO)))
    }

    /// The requests received so far, in their order. A request is among them before it is answered.
    #[must_use]
    pub fn requests(&self) -> Vec<ReceivedRequest> {
        lock(&self.requests).clone()
    }

    pub(super) async fn start(mock: Mock) -> Result<Self, Error> {
        let failed = |error| setup("listen on a port of this machine", error);
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, mock.port)).map_err(failed)?;
        let address = own_address(&listener)?;
        let requests = Arc::new(Mutex::new(Vec::new()));
        let record = Arc::clone(&requests);
        let serving = mock.serve(listener, move |request| {
            lock(&record).push(request.clone());
        });
        let (stop, stopped) = oneshot::channel();
        let (ready, is_ready) = oneshot::channel();
        // A runtime of its own: one mock can serve the tests of several runtimes, and a caller may
        // be without one.
        let thread = std::thread::Builder::new()
            .name("mock-service".to_owned())
            .spawn(move || {
                let runtime = tokio::runtime::Builder::new_current_thread()
                    .enable_all()
                    .build();
                match runtime {
                    Ok(runtime) => {
                        runtime.spawn(serving);
                        let _ = ready.send(Ok(()));
                        // An error, because nothing is ever sent. What was spawned is dropped with
                        // the runtime.
                        let _ = runtime.block_on(stopped);
                    }
                    Err(error) => {
                        let _ = ready.send(Err(setup("start a runtime", error)));
                    }
                }
            })
            .map_err(|error| setup("start a thread", error))?;
        let service = Self {
            address,
            requests,
            stop: Some(stop),
            thread: Some(thread),
        };
        match is_ready.await {
            Ok(Ok(())) => Ok(service),
            Ok(Err(error)) => Err(error),
            Err(error) => Err(Error::with_source(
                ErrorKind::Transport,
                "the mock service ended before it began",
                error,
            )),
        }
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        self.stop = None;
        if let Some(thread) = self.thread.take() {
            // A panic of that thread has been shown; a drop adds none.
            let _ = thread.join();
        }
    }
}

impl fmt::Debug for Service {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Service")
            .field("address", &self.address)
            .finish_non_exhaustive()
    }
}

/// What the connections share.
struct Serving<F> {
    mock: Mock,
    own: String,
    // Together, so that requests are counted in the order in which they are shown.
    observed: Mutex<(u64, F)>,
}

/// Serves a listener, until the future is dropped.
pub(super) async fn serve<F>(
    mock: Mock,
    listener: TcpListener,
    observe: F,
) -> Result<Infallible, Error>
where
    F: FnMut(&ReceivedRequest) + Send + 'static,
{
    let own = own_address(&listener)?;
    let listener = listener
        .set_nonblocking(true)
        .and_then(|()| tokio::net::TcpListener::from_std(listener))
        .map_err(|error| setup("wait for connections", error))?;
    let serving = Arc::new(Serving {
        mock,
        own,
        observed: Mutex::new((0, observe)),
    });
    // Connections end with the set that they are in.
    let mut connections = JoinSet::new();
    loop {
        while connections.try_join_next().is_some() {}
        let Ok((stream, _)) = listener.accept().await else {
            tokio::time::sleep(PAUSE).await;
            continue;
        };
        let serving = Arc::clone(&serving);
        connections.spawn(async move {
            let service = service_fn(|request| serving.respond(request));
            let mut server = http1::Builder::new();
            let connection = server
                .timer(TokioTimer::new())
                .serve_connection(TokioIo::new(stream), service);
            // A client that goes away is no error of the mock.
            let _ = connection.await;
        });
    }
}

impl<F: FnMut(&ReceivedRequest)> Serving<F> {
    async fn respond(
        &self,
        request: http::Request<Incoming>,
    ) -> Result<http::Response<Full<Bytes>>, hyper::Error> {
        let (parts, body) = request.into_parts();
        let body = body.collect().await?.to_bytes();
        let request = http::Request::from_parts(parts, body);
        let response = self.observed(request);
        tokio::time::sleep(self.mock.latency).await;
        Ok(response.map(Full::new))
    }

    fn observed(&self, request: http::Request<Bytes>) -> http::Response<Bytes> {
        let mut observed = lock(&self.observed);
        let (number, observe) = &mut *observed;
        let mut single = |request| {
            *number += 1;
            let answer = answer(&self.mock, *number, &self.own, &request);
            observe(&ReceivedRequest::new(request, &answer));
            answer.response
        };
        match batch::answer(&request, &mut single) {
            Some(Ok(response)) => response,
            Some(Err(fault)) => fault.into_response(""),
            None => single(request),
        }
    }
}

/// A panic while it was locked, which is one of the caller's function, does no harm here.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn own_address(listener: &TcpListener) -> Result<String, Error> {
    let address = listener
        .local_addr()
        .map_err(|error| setup("tell its own address", error))?;
    Ok(format!("http://{address}"))
}

fn setup(what: &str, error: std::io::Error) -> Error {
    Error::with_source(
        ErrorKind::Transport,
        format!("the mock service cannot {what}: {error}"),
        error,
    )
}
