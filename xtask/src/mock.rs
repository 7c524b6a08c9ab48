//! The mock service in the foreground.

use std::net::{Ipv4Addr, TcpListener};
use std::time::Duration;

use graph_codegen::tree::OutputTree;
use graph_runtime::mock::Mock;

use crate::args;
use crate::failure::Failure;
use graph_codegen::cli::{Stream, print};

/// Answers requests with the examples of an emitted crate, and prints each request.
///
/// # Errors
///
/// The port is taken, or the examples cannot be read. There is no other end.
pub(crate) fn serve(tree: &OutputTree, args: &args::Mock) -> Result<(), Failure> {
    let documented = tree
        .files
        .iter()
        .filter(|(path, _)| path.starts_with("documented/"))
        .map(|(_, text)| text);
    let mock = Mock::new(documented)?
        .latency(Duration::from_millis(args.latency))
        .throttle(args.throttle);
    let failed = |reason| Failure::Port {
        port: args.port,
        reason,
    };
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, args.port)).map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    print(Stream::Out, &format!("serving on http://{address}\n"))?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(failed)?;
    let never = runtime.block_on(mock.serve(listener, |request| {
        // Where nobody reads the lines any more, the answers may still be wanted.
        let _ = print(Stream::Out, &format!("{request}\n"));
    }))?;
    match never {}
}
