//! What a piece of work costs, as figures that other work on the machine does not change much.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::time::Duration;

use nix::time::{ClockId, clock_gettime};

/// The cost of a piece of work that one thread did.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cost {
    /// The time of the processor, not that of the clock on the wall.
    pub(crate) time: Duration,
    /// The most bytes that were allocated at one moment.
    pub(crate) peak: u64,
    /// All bytes that were allocated, however soon they were given back: a measure of the work that is the same in each
    /// run.
    pub(crate) allocated: u64,
}

/// Does the work, and says what it cost. A panic goes on its way when the figures are closed.
pub(crate) fn measured<T>(work: impl FnOnce() -> T) -> (T, Cost) {
    let mut result = None;
    let before = thread_time();
    let memory = allocation_counter::measure(|| {
        result = Some(catch_unwind(AssertUnwindSafe(work)));
    });
    let cost = Cost {
        time: thread_time().saturating_sub(before),
        peak: memory.bytes_max,
        allocated: memory.bytes_total,
    };
    match result.expect("the work was done") {
        Ok(value) => (value, cost),
        Err(panic) => resume_unwind(panic),
    }
}

/// The time that the processor has given to this thread.
fn thread_time() -> Duration {
    clock_gettime(ClockId::CLOCK_THREAD_CPUTIME_ID)
        .map(Duration::from)
        .expect("the system has a clock for threads")
}
