//! Where the content of an upload comes from.

use std::io::{self, Read, Seek, SeekFrom};

use bytes::Bytes;

use crate::auth::BoxFuture;
use crate::error::{Error, ErrorKind};

/// Content that can be read in slices.
///
/// It is used as `dyn`. Implemented for [`Bytes`], and by [`seekable`] and [`sequential`] for blocking readers; implement
/// it for an asynchronous one.
pub trait UploadSource: Send {
    /// How many bytes there are. It does not change.
    fn length(&self) -> u64;

    /// Reads `length` bytes, or fewer if the content ends before, from `offset`: mostly where the last slice
    /// ended, after a failure anywhere before.
    ///
    /// # Errors
    ///
    /// One of the kind [`Request`](ErrorKind::Request) if the content cannot be read.
    fn read(&mut self, offset: u64, length: usize) -> BoxFuture<'_, Result<Bytes, Error>>;
}

impl UploadSource for Bytes {
    fn length(&self) -> u64 {
        self.len() as u64
    }

    fn read(&mut self, offset: u64, length: usize) -> BoxFuture<'_, Result<Bytes, Error>> {
        let start = usize::try_from(offset).map_or(self.len(), |offset| offset.min(self.len()));
        let end = self.len().min(start.saturating_add(length));
        let slice = self.slice(start..end);
        Box::pin(async move { Ok(slice) })
    }
}

impl<S: UploadSource + ?Sized> UploadSource for Box<S> {
    fn length(&self) -> u64 {
        (**self).length()
    }

    fn read(&mut self, offset: u64, length: usize) -> BoxFuture<'_, Result<Bytes, Error>> {
        (**self).read(offset, length)
    }
}

/// Content of a file, or of another reader that can go back. It begins where the reader stands.
///
/// One slice is held at a time. Reading blocks, which for a slice of a file takes milliseconds.
///
/// # Errors
///
/// One of the kind [`Request`](ErrorKind::Request) if the length cannot be found.
pub fn seekable<R: Read + Seek + Send + 'static>(
    mut reader: R,
) -> Result<impl UploadSource + 'static, Error> {
    let mut bounds = || -> io::Result<(u64, u64)> {
        let start = reader.stream_position()?;
        let end = reader.seek(SeekFrom::End(0))?;
        Ok((start, end.saturating_sub(start)))
    };
    let (start, length) = bounds().map_err(unreadable)?;
    Ok(Seekable {
        reader,
        start,
        length,
    })
}

struct Seekable<R> {
    reader: R,
    start: u64,
    length: u64,
}

impl<R: Read + Seek + Send> UploadSource for Seekable<R> {
    fn length(&self) -> u64 {
        self.length
    }

    fn read(&mut self, offset: u64, length: usize) -> BoxFuture<'_, Result<Bytes, Error>> {
        let from = SeekFrom::Start(self.start.saturating_add(offset));
        let read = match self.reader.seek(from) {
            Ok(_) => slice(&mut self.reader, length),
            Err(error) => Err(unreadable(error)),
        };
        Box::pin(async move { read })
    }
}

/// Content of a reader that cannot go back, such as a pipe, whose length is known.
///
/// The last slice is kept until the next one is asked for, so that it can be sent again; a session that wants
/// something from before it cannot be gone on with. What a session has [from an earlier upload](super::Upload::resumed) is
/// read and left out. Reading blocks.
pub fn sequential<R: Read + Send + 'static>(reader: R, length: u64) -> impl UploadSource + 'static {
    Sequential {
        reader,
        length,
        held: Bytes::new(),
        held_from: 0,
    }
}

struct Sequential<R> {
    reader: R,
    length: u64,
    held: Bytes,
    /// The offset of what is held.
    held_from: u64,
}

impl<R: Read + Send> Sequential<R> {
    fn next(&mut self, offset: u64, length: usize) -> Result<Bytes, Error> {
        let end = self.held_from + self.held.len() as u64;
        if offset > end {
            // What an earlier upload to the session sent.
            let gap = offset - end;
            let skipped = io::copy(&mut (&mut self.reader).take(gap), &mut io::sink());
            self.held = Bytes::new();
            self.held_from = end + skipped.map_err(unreadable)?;
        }
        let behind = offset.checked_sub(self.held_from);
        let kept = behind
            .and_then(|behind| usize::try_from(behind).ok())
            .filter(|kept| *kept <= self.held.len())
            .ok_or_else(|| {
                Error::new(
                    ErrorKind::Request,
                    format!("the reader cannot go to byte {offset} of the content"),
                )
            })?;
        let mut content = self.held.slice(kept..).to_vec();
        let read = match length.checked_sub(content.len()) {
            Some(missing) => (&mut self.reader)
                .take(missing as u64)
                .read_to_end(&mut content),
            None => Ok(0),
        };
        // Kept even if reading failed: the reader is past it.
        self.held = content.into();
        self.held_from = offset;
        read.map_err(unreadable)?;
        Ok(self.held.slice(..length.min(self.held.len())))
    }
}

impl<R: Read + Send> UploadSource for Sequential<R> {
    fn length(&self) -> u64 {
        self.length
    }

    fn read(&mut self, offset: u64, length: usize) -> BoxFuture<'_, Result<Bytes, Error>> {
        let read = self.next(offset, length);
        Box::pin(async move { read })
    }
}

fn slice(reader: &mut impl Read, length: usize) -> Result<Bytes, Error> {
    let mut content = Vec::with_capacity(length);
    let limited = reader.take(length as u64).read_to_end(&mut content);
    limited.map_err(unreadable)?;
    Ok(content.into())
}

fn unreadable(error: io::Error) -> Error {
    Error::with_source(
        ErrorKind::Request,
        format!("the content to upload cannot be read: {error}"),
        error,
    )
}
