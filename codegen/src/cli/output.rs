//! Prints. A reader that is gone, as after `| head`, is no error; colours are for terminals only.

use std::io::{self, IsTerminal, Write};

use super::failure::Failure;

/// Where text goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    /// Results.
    Out,
    /// What is said about the way there.
    Err,
}

/// Escape sequences of a terminal, which anstream takes out where they are not wanted.
pub(super) mod style {
    /// What is added.
    pub(in crate::cli) const ADDED: &str = "\x1b[32m";
    /// What is changed.
    pub(in crate::cli) const CHANGED: &str = "\x1b[33m";
    /// What is removed.
    pub(in crate::cli) const REMOVED: &str = "\x1b[31m";
    /// An error.
    pub(in crate::cli) const ERROR: &str = "\x1b[1;31m";
    /// The end of any of them.
    pub(in crate::cli) const END: &str = "\x1b[0m";
}

/// Writes text to a stream.
pub fn print(stream: Stream, text: &str) -> Result<(), Failure> {
    match stream {
        Stream::Out => {
            let mut out = anstream::stdout().lock();
            let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
            match written {
                Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                    Err(Failure::Stdout(error))
                }
                _ => Ok(()),
            }
        }
        Stream::Err => {
            // Where nobody reads it, there is nobody to tell.
            let _ = anstream::stderr().lock().write_all(text.as_bytes());
            Ok(())
        }
    }
}

/// Says why a command did not do what it was asked.
pub(super) fn error(message: &str) {
    let text = format!("{}error{}: {message}\n", style::ERROR, style::END);
    let _ = anstream::stderr().lock().write_all(text.as_bytes());
}

/// Shows which stage runs, in one line that the next one replaces. Nothing where stderr is no terminal.
pub fn progress(stage: &str) {
    progress_line(&format!("{stage} …"));
}

/// Takes the line of [`progress`] away.
pub fn end_progress() {
    progress_line("");
}

fn progress_line(text: &str) {
    if io::stderr().is_terminal() {
        // Takes away what stood there, however long it was (ECMA-48, erase in line).
        let _ = write!(io::stderr().lock(), "\r\x1b[2K{text}\r");
    }
}
