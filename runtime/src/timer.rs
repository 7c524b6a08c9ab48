//! Waiting, without a runtime of its own.

use std::time::Duration;

use crate::auth::BoxFuture;

/// Waits for a client that sends a request again.
///
/// It is used as `dyn`, so that a client runs on any executor, and tests wait for nothing.
pub trait Timer: Send + Sync {
    /// Waits. Dropping the future ends the wait.
    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()>;
}

impl<T: Timer + ?Sized> Timer for std::sync::Arc<T> {
    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        (**self).sleep(duration)
    }
}

/// Waits with tokio, in whose runtime it has to be used, as reqwest has to.
#[cfg(feature = "tokio")]
#[derive(Clone, Copy, Debug, Default)]
pub struct TokioTimer;

#[cfg(feature = "tokio")]
impl Timer for TokioTimer {
    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(tokio::time::sleep(duration))
    }
}

/// The timer where none is given.
#[cfg(feature = "tokio")]
pub(crate) fn default() -> Option<Box<dyn Timer>> {
    Some(Box::new(TokioTimer))
}

/// The timer where none is given: there is none, and nothing is waited for.
#[cfg(not(feature = "tokio"))]
pub(crate) fn default() -> Option<Box<dyn Timer>> {
    None
}
