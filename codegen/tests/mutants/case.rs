//! A mutant as data: which pages, and what is done to them. Its `Debug` form says all that makes it again.

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use crate::mutation::{KINDS, Kind};
use crate::pages::Pool;
use crate::run::File;

/// A part of something as a fraction of it, in 65,535ths.
pub(crate) type Part = u16;

/// One mutation.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    /// Which of the pages.
    pub(crate) page: usize,
    /// What is done.
    pub(crate) kind: Kind,
    /// Where it begins and ends, or which line, cell or table it is.
    pub(crate) at: Part,
    pub(crate) to: Part,
    /// How often, or how deep.
    pub(crate) times: usize,
    /// Which text is put in, or which page something is taken from.
    pub(crate) which: usize,
}

/// A mutant.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    /// The pages, by their places in the pool.
    pub(crate) pages: Vec<usize>,
    /// What is done to them, one after the other.
    pub(crate) steps: Vec<Step>,
}

/// Any mutant of a pool with so many pages.
fn cases(pages: usize) -> impl Strategy<Value = Case> {
    let step = (
        0..3_usize,
        prop::sample::select(KINDS),
        any::<Part>(),
        any::<Part>(),
        1..40_usize,
        any::<u16>(),
    );
    let step = step.prop_map(|(page, kind, at, to, times, which)| Step {
        page,
        kind,
        at,
        to,
        times,
        which: which.into(),
    });
    // Most have one page: what several make of each other needs few of these.
    let pages = prop_oneof![
        6 => prop::collection::vec(0..pages, 1),
        1 => prop::collection::vec(0..pages, 2..4),
    ];
    (pages, prop::collection::vec(step, 1..5)).prop_map(|(pages, steps)| Case { pages, steps })
}

/// Makes the mutant of a seed and calls `check` with it, and with whether it is the first one: where `check` panics, it is
/// called with smaller ones. The error is the smallest that fails, and what the check says of it.
pub(crate) fn with_case(
    seed: u64,
    pages: usize,
    mut check: impl FnMut(&Case, bool),
) -> Result<(), (Case, String)> {
    let config = Config {
        failure_persistence: None,
        ..Config::default()
    };
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    let mut runner = TestRunner::new_with_rng(config, rng);
    let mut tree = cases(pages).new_tree(&mut runner).unwrap();
    let mut failure = |case: &Case, first| {
        LAST.set(Some(String::new()));
        let checked = catch_unwind(AssertUnwindSafe(|| check(case, first)));
        let said = LAST.take();
        checked.err().and(said)
    };
    let case = tree.current();
    let Some(why) = failure(&case, true) else {
        return Ok(());
    };
    let mut smallest = (case, why);
    for _ in 0..SIMPLER {
        let case = tree.current();
        let goes_on = match failure(&case, false) {
            Some(why) => {
                smallest = (case, why);
                tree.simplify()
            }
            None => tree.complicate(),
        };
        if !goes_on {
            break;
        }
    }
    Err(smallest)
}

/// How many smaller mutants are tried.
const SIMPLER: usize = 500;

thread_local! {
    /// What the last panic of a check said, and where; there is one where a thread is at a check.
    static LAST: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Has the panics of checks remembered instead of printed: each smaller mutant that fails is one.
pub(crate) fn remember_panics() {
    let print = take_hook();
    set_hook(Box::new(move |panic| {
        let of_check = LAST.with_borrow_mut(|last| match last {
            Some(last) => {
                *last = panic.to_string();
                true
            }
            None => false,
        });
        if !of_check {
            print(panic);
        }
    }));
}

impl Case {
    /// The files of the mutant.
    pub(crate) fn files(&self, pool: &Pool) -> Vec<File> {
        let mut files: Vec<File> = self
            .pages
            .iter()
            .map(|page| pool.pages[*page].clone())
            .collect();
        for step in &self.steps {
            let index = step.page % files.len();
            let donor = &pool.pages[step.which % pool.pages.len()].1;
            let page = &mut files[index].1;
            *page = step.applied(page, donor);
        }
        for (index, (path, _)) in files.iter_mut().enumerate() {
            // Two may have had one name.
            *path = path.replacen('/', &format!("/{index}-"), 1);
        }
        files.extend(pool.includes.iter().cloned());
        files
    }

    /// Its files by the names of the pages that they are made of, to be shown.
    pub(crate) fn named(&self, pool: &Pool) -> String {
        let names = self.pages.iter().map(|page| pool.pages[*page].0.as_str());
        format!("{}: {:?}", names.collect::<Vec<_>>().join(", "), self.steps)
    }
}
