//! Words the crate's front page, and the notice that the licence of its descriptions asks for.

use super::doc::{escape, link};
use super::nodes::{ModulePlan, OperationPlan, RustType};
use super::request_doc::paragraph;
use super::{Descriptions, Planner};
use crate::prose::{Attribution, one_line};

/// The licence of the generated code, as SPDX writes it.
const LICENCE: &str = "MIT OR Apache-2.0";

impl Planner<'_> {
    /// Whom the licence of the descriptions wants to be named; nobody where the crate has no descriptions.
    fn attribution(&self) -> Option<&Attribution> {
        let attribution = self.api.attribution.as_ref();
        attribution.filter(|_| self.descriptions == Descriptions::Full)
    }

    /// The licence of the crate: that of its code, and that of its descriptions.
    pub(super) fn licence(&self) -> String {
        match self.attribution() {
            Some(attribution) => {
                let spdx = one_line(&attribution.spdx);
                let is_choice = is_choice(&spdx);
                let (open, close) = if is_choice { ("(", ")") } else { ("", "") };
                format!("({LICENCE}) AND {open}{spdx}{close}")
            }
            None => LICENCE.to_owned(),
        }
    }

    /// The lines of the file `NOTICE`; none where nobody has to be named.
    ///
    /// CC BY 4.0, section 3(a)(1), asks for the author, the licence with its address, the source, what was changed, and
    /// the disclaimer of warranties to be kept in sight; other licences ask for less.
    pub(super) fn notice(&self) -> Vec<String> {
        let Some(attribution) = self.attribution() else {
            return Vec::new();
        };
        let Attribution {
            author,
            licence,
            spdx,
            licence_url,
            source,
        } = attribution;
        let name = &self.profile.name;
        let lines = [
            "The descriptions and the examples in this crate were written by others.".to_owned(),
            String::new(),
            format!("Work:    the reference documentation of {name}"),
            format!("Author:  {author}"),
            format!("Source:  {source}"),
            format!("Licence: {licence} ({spdx})"),
            format!("         {licence_url}"),
            String::new(),
            "The text was changed: a program took descriptions of operations, types, properties and values from the"
                .to_owned(),
            "pages, and in the folder `documented` the examples of requests and answers, in a form of its own; it left out"
                .to_owned(),
            "the rest of the pages, images, and links within the documentation, converted the markup to that"
                .to_owned(),
            "of Rust's documentation, and added sentences of its own. The author has not seen, and does not endorse, the"
                .to_owned(),
            "result. The licence disclaims warranties for the text; it is passed on as it is.".to_owned(),
            String::new(),
            "The code of the crate is under the licences that Cargo.toml names beside this one.".to_owned(),
        ];
        lines
            .iter()
            .map(|line| one_line(line).into_owned())
            .collect()
    }

    /// The front page.
    pub(super) fn crate_doc(&self, package: &str, areas: &[ModulePlan]) -> Vec<String> {
        let name = &self.profile.name;
        let mut doc = vec![format!(
            "A typed SDK for {name}, written from its reference documentation."
        )];
        paragraph(
            &mut doc,
            "The functions of a module build a [`Request`], which a [`Client`] sends; nothing is sent before."
                .to_owned(),
        );
        if let Some(example) = example(areas) {
            paragraph(&mut doc, "```no_run".to_owned());
            doc.extend(example.lines(package));
            doc.push("```".to_owned());
        }
        if !areas.is_empty() {
            let features: Vec<String> = areas
                .iter()
                .map(|area| format!("`{}` ({})", area.ident, count(area)))
                .collect();
            paragraph(
                &mut doc,
                "Each area of the service is a module behind the feature of the same name, and `full` enables all of them. \
                 They are, with the number of their requests:"
                    .to_owned(),
            );
            paragraph(&mut doc, format!("{}.", features.join(", ")));
        }
        if let Some(Attribution {
            author,
            licence,
            licence_url,
            ..
        }) = self.attribution()
        {
            paragraph(
                &mut doc,
                format!(
                    "The descriptions are by {}, under the licence {}, and were shortened and converted by a program. The \
                     file `NOTICE` of this crate says where they are from.",
                    escape(author),
                    link(licence, licence_url),
                ),
            );
        } else if self.descriptions == Descriptions::Link
            && self.profile.documentation_url.is_some()
        {
            paragraph(
                &mut doc,
                "What an item means is said on the page that it links to.".to_owned(),
            );
        }
        doc
    }
}

/// Whether an expression offers a choice of licences: `OR` binds less than `AND` (SPDX 2.3, annex D.4.5), so that it has
/// to stand in parentheses.
fn is_choice(spdx: &str) -> bool {
    let mut depth = 0;
    let spdx = spdx.replace('(', " ( ").replace(')', " ) ");
    spdx.split_whitespace().any(|word| {
        match word {
            "(" => depth += 1,
            ")" => depth -= 1,
            _ => {}
        }
        depth == 0 && word.eq_ignore_ascii_case("OR")
    })
}

/// How many requests there are in a module and below.
fn count(module: &ModulePlan) -> usize {
    module.operations.len() + module.children.iter().map(count).sum::<usize>()
}

/// A request that answers a list, and the modules that lead to it.
struct Example<'a> {
    path: Vec<&'a str>,
    operation: &'a OperationPlan,
}

/// The request for a first example: a list in the largest area that has one, with the fewest arguments and the shortest
/// name and path.
fn example(areas: &[ModulePlan]) -> Option<Example<'_>> {
    let mut largest: Vec<&ModulePlan> = areas.iter().collect();
    largest.sort_by_key(|area| std::cmp::Reverse(count(area)));
    largest.into_iter().find_map(|area| {
        let mut found = Vec::new();
        lists(area, &mut Vec::new(), &mut found);
        found.into_iter().min_by_key(|example| {
            let operation = example.operation;
            let name = operation.ident.as_str();
            (operation.arguments.len(), name.len(), operation.path.len())
        })
    })
}

/// Adds the requests of a module that list models and whose arguments are all text.
fn lists<'a>(module: &'a ModulePlan, above: &mut Vec<&'a str>, found: &mut Vec<Example<'a>>) {
    above.push(module.ident.as_str());
    for operation in &module.operations {
        let lists_models = matches!(
            &operation.returns,
            RustType::Generic("Page", element) if matches!(**element, RustType::Model(_))
        );
        let mut arguments = operation.arguments.iter();
        let is_plain = matches!(operation.body, super::nodes::BodyPlan::None)
            && arguments.all(|argument| argument.ty == RustType::String);
        if operation.method == "GET" && lists_models && is_plain {
            found.push(Example {
                path: above.clone(),
                operation,
            });
        }
    }
    for child in &module.children {
        lists(child, above, found);
    }
    above.pop();
}

impl Example<'_> {
    /// The example as a function of which the body is shown.
    fn lines(&self, package: &str) -> Vec<String> {
        let package = package.replace('-', "_");
        let area = self.path.first().copied().unwrap_or_default();
        let module = self.path.last().copied().unwrap_or_default();
        let arguments: Vec<String> = self
            .operation
            .arguments
            .iter()
            .map(|argument| format!("\"{}\"", argument.ident.as_str().replace('_', "-")))
            .collect();
        vec![
            format!("# #[cfg(feature = \"{area}\")]"),
            format!(
                "# async fn example(client: &{package}::Client) -> Result<(), {package}::Error> {{"
            ),
            format!("use {package}::{};", self.path.join("::")),
            String::new(),
            format!(
                "let mut items = {module}::{}({}).items(client);",
                self.operation.ident,
                arguments.join(", ")
            ),
            "while let Some(item) = items.try_next().await? {".to_owned(),
            "    println!(\"{item:?}\");".to_owned(),
            "}".to_owned(),
            "# Ok(())".to_owned(),
            "# }".to_owned(),
        ]
    }
}
