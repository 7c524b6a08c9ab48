//! The body of an answer, as it comes.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;

use crate::error::Error;

/// The body of an answer: a [`Stream`] of pieces, from [`Request::send_stream`](crate::Request::send_stream) and from
/// a [`Transport`](crate::Transport).
///
/// Dropping it gives the rest of the answer up. An error is the last item.
pub struct Body(Pieces);

type Boxed = Pin<Box<dyn Stream<Item = Result<Bytes, Error>> + Send>>;

enum Pieces {
    Whole(Bytes),
    Streamed(Boxed),
    Ended,
}

impl Body {
    /// A body whose pieces come one by one. Its errors should be of the kind
    /// [`Transport`](crate::ErrorKind::Transport): after one, a client may send the request again.
    #[must_use]
    pub fn from_stream(pieces: impl Stream<Item = Result<Bytes, Error>> + Send + 'static) -> Self {
        Self(Pieces::Streamed(Box::pin(pieces)))
    }

    /// The next piece, or `None` after the last one. Dropping the future loses nothing.
    ///
    /// # Errors
    ///
    /// One of the kind [`Transport`](crate::ErrorKind::Transport) if the answer broke off. Nothing comes after it.
    pub async fn try_next(&mut self) -> Result<Option<Bytes>, Error> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context))
            .await
            .transpose()
    }

    /// All that is left of the body.
    ///
    /// # Errors
    ///
    /// As [`try_next`](Body::try_next).
    pub async fn collect(mut self) -> Result<Bytes, Error> {
        let Some(first) = self.try_next().await? else {
            return Ok(Bytes::new());
        };
        // A short body comes in one piece, which need not be copied.
        let Some(second) = self.try_next().await? else {
            return Ok(first);
        };
        let mut whole = BytesMut::from(first);
        whole.extend_from_slice(&second);
        while let Some(piece) = self.try_next().await? {
            whole.extend_from_slice(&piece);
        }
        Ok(whole.freeze())
    }
}

impl From<Bytes> for Body {
    fn from(whole: Bytes) -> Self {
        Self(Pieces::Whole(whole))
    }
}

impl Stream for Body {
    type Item = Result<Bytes, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let pieces = &mut self.get_mut().0;
        let next = match pieces {
            Pieces::Streamed(stream) => std::task::ready!(stream.as_mut().poll_next(context)),
            Pieces::Whole(whole) => {
                let whole = std::mem::take(whole);
                *pieces = Pieces::Ended;
                (!whole.is_empty()).then_some(Ok(whole))
            }
            Pieces::Ended => None,
        };
        if !matches!(next, Some(Ok(_))) {
            *pieces = Pieces::Ended;
        }
        Poll::Ready(next)
    }
}

/// Shows how much there is, not what.
impl fmt::Debug for Body {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Pieces::Whole(whole) => write!(formatter, "Body({} bytes)", whole.len()),
            Pieces::Streamed(_) => formatter.write_str("Body(…)"),
            Pieces::Ended => formatter.write_str("Body(ended)"),
        }
    }
}
