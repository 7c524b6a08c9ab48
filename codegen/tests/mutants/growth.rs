//! Cost grows with the size of a page and no faster, whatever the page's shape; and the largest pages are read.
//!
//! `GRAPH_SHAPES` says how many bytes the smallest page of a shape has.

use std::time::Duration;

use graph_codegen::diagnostics::Format;

use crate::cost::{Cost, measured};
use crate::run::{self, File, Generator};
use crate::shapes::{SHAPES, Shape};
use crate::{assert_in_proportion, number};

/// The size of the smallest page of a shape where nobody says another.
const SIZE: u64 = 64 * 1024;

/// How much larger the largest page of a shape is. What grows with the square costs sixteen times as much there.
const LARGER: usize = 4;

/// How much more the larger page may cost: halfway between what grows with the size and what grows with its square.
const DEARER: u32 = 8;

/// What is so little that nothing follows from it.
const LITTLE: u64 = 512 * 1024;
const MOMENT: Duration = Duration::from_millis(30);

/// How often the larger page is read until its time is believed to be too long: other work on the machine takes from the
/// caches of the processor.
const TRIES: usize = 5;

fn cost(generator: &Generator, files: Vec<File>) -> Cost {
    let (run, cost) = measured(|| {
        let run = generator.run(files);
        run::shown(&run, Format::Human);
        run
    });
    run::assert_accounted(&run);
    cost
}

/// Why the cost of a shape grows too fast.
fn too_dear(generator: &Generator, shape: &Shape, size: usize) -> Option<String> {
    let small = cost(generator, (shape.files)(size));
    let mut large = cost(generator, (shape.files)(size * LARGER));
    let most = small.time * DEARER + MOMENT;
    for _ in 1..TRIES {
        if large.time <= most {
            break;
        }
        let again = cost(generator, (shape.files)(size * LARGER));
        large.time = large.time.min(again.time);
    }
    let grows = |small: u64, large: u64| large > small * u64::from(DEARER) + LITTLE;
    let too_dear = large.time > most
        || grows(small.allocated, large.allocated)
        || grows(small.peak, large.peak);
    println!("{}: {small:?}, {large:?}", shape.name);
    too_dear.then(|| {
        format!(
            "{}: {small:?}, {LARGER} times the size {large:?}",
            shape.name
        )
    })
}

#[test]
fn cost_grows_no_faster_than_pages() {
    let generator = Generator::embedded();
    let size = usize::try_from(number("GRAPH_SHAPES", SIZE)).unwrap();
    let found: Vec<String> = (SHAPES.iter())
        .filter_map(|shape| too_dear(&generator, shape, size))
        .collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// The messages about pages that hold some text.
fn said(files: Vec<File>, text: &str) -> usize {
    let run = Generator::embedded().run(files);
    run::assert_accounted(&run);
    let found = run.model.diagnostics.iter();
    found.filter(|found| found.message.contains(text)).count()
}

#[test]
fn a_page_has_up_to_500_request_lines() {
    for (lines, reported) in [(500, 0), (501, 1), (503, 3)] {
        let lines: String = (0..lines).map(|at| format!("GET /a{at}/b\n")).collect();
        let text = format!("# Get b\n\n## HTTP request\n\n```http\n{lines}```\n");
        let files = vec![("api/b-get.md".to_owned(), text.into_bytes())];
        assert_eq!(said(files, "of them already"), reported);
    }
}

#[test]
fn a_type_has_up_to_32_base_types() {
    for (types, reported) in [(33, 0), (34, 1)] {
        let files = (0..types).map(|at| {
            let base = match at + 1 {
                next if next < types => format!("Inherits from [t{next}](t{next}.md).\n\n"),
                _ => String::new(),
            };
            let text = format!(
                "# t{at} resource type\n\n{base}## Properties\n\n|Property|Type|Description|\n|-|-|-|\n|p{at}|String|A.|\n"
            );
            (format!("resources/t{at}.md"), text.into_bytes())
        });
        assert_eq!(said(files.collect(), "base types itself"), reported);
    }
}

/// The shapes that are read with a megabyte, or with so many parts that it comes to one.
const LARGEST: &[&str] = &[
    "columns",
    "many columns and short rows",
    "few columns and long rows",
    "rows of a type",
    "a cell of words",
    "members",
    "request lines",
    "nested quotes",
    "opened brackets",
    "fences that are not closed",
];

#[test]
fn the_largest_pages_are_read() {
    let generator = Generator::embedded();
    for name in LARGEST {
        let shape = SHAPES.iter().find(|shape| shape.name == *name).unwrap();
        let files = (shape.files)(1024 * 1024);
        let bytes: usize = files.iter().map(|(_, bytes)| bytes.len()).sum();
        let cost = cost(&generator, files);
        println!("{name}: {bytes} bytes, {cost:?}");
        assert_in_proportion(bytes as u64, cost);
    }
}
