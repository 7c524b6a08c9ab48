//! What child processes cost.

use std::process::Command;

use crate::failure::Failure;

/// What was spent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Cost {
    /// User CPU of the process and those that it started and waited for, in seconds.
    pub(crate) user: f64,
    /// What the system took for them, such as for pages of memory, in seconds. The sum of the two is exact; how a kernel
    /// splits it is a guess from the ticks of its clock, with four to ten milliseconds between two of them.
    pub(crate) system: f64,
    /// The most memory that any process started so far has had, in MiB; 0 where that is unknown. It never falls, so
    /// that it is the process's own only where that is the largest yet.
    pub(crate) peak: u64,
}

/// Runs a program to its end, and says what it cost and what it printed.
///
/// # Errors
///
/// The program cannot be started or fails.
pub(crate) fn run(command: &mut Command) -> Result<(Cost, String), Failure> {
    let before = usage()?;
    let said = format!("{command:?}");
    let output = command.output().map_err(|reason| Failure::Program {
        command: said.clone(),
        reason: reason.to_string(),
    })?;
    let after = usage()?;
    if !output.status.success() {
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        let lines: Vec<&str> = text.lines().collect();
        return Err(Failure::Program {
            command: said,
            reason: lines[lines.len().saturating_sub(40)..].join("\n"),
        });
    }
    let cost = Cost {
        user: after.user - before.user,
        system: after.system - before.system,
        peak: after.peak,
    };
    Ok((cost, String::from_utf8_lossy(&output.stdout).into_owned()))
}

/// The middle one, or the mean of the two in the middle; 0 of none.
pub(crate) fn median(values: &[f64]) -> f64 {
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    match values.len() {
        0 => 0.0,
        odd if odd % 2 == 1 => values[middle],
        _ => f64::midpoint(values[middle - 1], values[middle]),
    }
}

#[cfg(unix)]
fn usage() -> Result<Cost, Failure> {
    use nix::sys::resource::{UsageWho, getrusage};
    use nix::sys::time::TimeVal;

    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).map_err(|error| Failure::Program {
        command: "getrusage".to_owned(),
        reason: error.to_string(),
    })?;
    #[expect(
        clippy::cast_precision_loss,
        reason = "seconds and microseconds of a run are far below 2^52"
    )]
    let seconds = |time: TimeVal| time.tv_sec() as f64 + time.tv_usec() as f64 / 1e6;
    // Linux counts in KiB, macOS in bytes.
    let unit = if cfg!(target_os = "macos") { 1 } else { 1024 };
    let bytes = u64::try_from(usage.max_rss()).unwrap_or(0) * unit;
    Ok(Cost {
        user: seconds(usage.user_time()),
        system: seconds(usage.system_time()),
        peak: bytes / (1024 * 1024),
    })
}

#[cfg(not(unix))]
fn usage() -> Result<Cost, Failure> {
    Err(Failure::Program {
        command: "getrusage".to_owned(),
        reason: "the CPU time of child processes can be read on Unix only".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::{median, run};

    #[test]
    fn medians() {
        assert_eq!(median(&[3.0, 1.0, 2.0]), 2.0);
        assert_eq!(median(&[4.0, 1.0]), 2.5);
        assert_eq!(median(&[]), 0.0);
    }

    #[test]
    fn a_program_that_fails_is_named() {
        let failure = run(Command::new("cargo").arg("no-such-command")).unwrap_err();
        assert!(failure.to_string().contains("no-such-command"), "{failure}");
    }
}
