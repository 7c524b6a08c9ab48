//! The documentation of a written crate, read as rustdoc reads it: it has the markup that the generator writes and no
//! other, and its text is the text of the page.

use std::collections::BTreeSet;

use graph_codegen::model::{Api, Property, TypeId};
use graph_codegen::plan::nodes::{CratePlan, FieldPlan, ModelItem};
use graph_codegen::profile::Profile;
use graph_codegen::prose::{Prose, one_line};
use graph_codegen::tree::OutputTree;
use pulldown_cmark::{BrokenLink, CowStr, Event, HeadingLevel, Options, Parser, Tag};
use quote::ToTokens;

use super::code::modules;

/// As rustdoc reads documentation.
const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_SMART_PUNCTUATION);

/// Reads a documentation comment: its text without blanks. `is_front` is for the crate's own page, which has an example.
fn shown(doc: &str, is_front: bool) -> String {
    // Any `[x]` may be the name of an item: it is taken for a link, so that it is noticed.
    let names = |link: BrokenLink<'_>| {
        Some((
            CowStr::from(format!("item:{}", link.reference)),
            CowStr::from(""),
        ))
    };
    let mut text = String::new();
    let (mut heading, mut permissions) = (None, false);
    for event in Parser::new_with_broken_link_callback(doc, OPTIONS, Some(names)) {
        match event {
            Event::Text(part) | Event::Code(part) => {
                if heading.is_some() {
                    assert_eq!(&*part, "Permissions", "{doc}");
                    permissions = true;
                }
                text.push_str(&part);
            }
            Event::Start(Tag::Heading { level, .. }) => {
                assert_eq!(level, HeadingLevel::H1, "{doc}");
                heading = Some(level);
            }
            Event::Start(Tag::List(first)) => {
                assert!(first.is_none() && permissions, "a list in {doc}");
            }
            Event::Start(Tag::Link { dest_url, .. }) => {
                let is_own = dest_url.strip_prefix("item:").is_some_and(is_own_item);
                let is_page = dest_url.starts_with("https://") || dest_url.starts_with("http://");
                assert!(is_own || is_page, "a link to {dest_url} in {doc}");
            }
            Event::Start(Tag::CodeBlock(_)) => assert!(is_front, "a block of code in {doc}"),
            Event::Start(Tag::Paragraph | Tag::Strong | Tag::Emphasis | Tag::Item) => {}
            Event::End(_) => heading = None,
            Event::SoftBreak => text.push(' '),
            other => panic!("{other:?} in {doc}"),
        }
    }
    plain(&text)
}

/// Items that the generator links to itself: those of the runtime, and the functions of statics.
fn is_own_item(name: &str) -> bool {
    let name = name.trim_matches('`');
    let function = name.strip_suffix("()");
    ["Request", "Client", "Client::builder"].contains(&name)
        || function.is_some_and(|name| name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'))
}

/// A text as it is compared: without blanks, and with plain quotes and dots, of which rustdoc makes others.
fn plain(text: &str) -> String {
    one_line(&text.replace('…', "..."))
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| match c {
            '“' | '”' => '"',
            '‘' | '’' => '\'',
            c => c,
        })
        .collect()
}

/// The documentation of all items of a file, and of the file.
fn documents(file: &syn::File) -> Vec<String> {
    let mut found = vec![document(&file.attrs)];
    for item in &file.items {
        match item {
            syn::Item::Struct(item) => {
                found.push(document(&item.attrs));
                found.extend(item.fields.iter().map(|field| document(&field.attrs)));
            }
            syn::Item::Enum(item) => {
                found.push(document(&item.attrs));
                found.extend(item.variants.iter().map(|variant| document(&variant.attrs)));
            }
            syn::Item::Impl(item) => {
                found.extend(item.items.iter().filter_map(|item| match item {
                    syn::ImplItem::Const(item) => Some(document(&item.attrs)),
                    _ => None,
                }));
            }
            syn::Item::Fn(item) => found.push(document(&item.attrs)),
            syn::Item::Static(item) => found.push(document(&item.attrs)),
            syn::Item::Const(item) => found.push(document(&item.attrs)),
            _ => {}
        }
    }
    found
}

/// The lines of a documentation comment, without the blank before each.
fn document(attributes: &[syn::Attribute]) -> String {
    let lines = attributes.iter().filter_map(|attribute| {
        let syn::Meta::NameValue(value) = &attribute.meta else {
            return None;
        };
        let text: syn::LitStr = syn::parse2(value.value.to_token_stream()).ok()?;
        let text = text.value();
        Some(text.strip_prefix(' ').unwrap_or(&text).to_owned())
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Asserts that the documentation of a tree is that of its plan, and shows the text of the service's pages as text.
pub(super) fn assert_shown_as_text(plan: &CratePlan, tree: &OutputTree, api: &Api) {
    let mut written: BTreeSet<String> = BTreeSet::new();
    for (path, text) in tree.files.iter().filter(|(path, _)| path.ends_with(".rs")) {
        for doc in documents(&syn::parse_file(text).unwrap()) {
            shown(&doc, path == "src/lib.rs");
            written.insert(doc);
        }
    }
    let profile = Profile::embedded().unwrap();
    let check = |doc: &[String], said: &Prose| {
        let doc = doc.join("\n");
        assert!(written.contains(&doc), "not as planned: {doc:?}");
        let (found, expected) = (shown(&doc, false), plain(&said.text()));
        // A text of line ends and marks of direction alone has nothing to show.
        if !expected.is_empty() && !profile.is_undocumented(&said.text()) {
            assert!(
                found.starts_with(&expected),
                "{said:#?}\n{doc}\n{found}\n{expected}"
            );
        }
    };
    let fields = |fields: &[FieldPlan], rows: &[&Property]| {
        for field in fields {
            let row = rows.iter().find(|row| row.name == field.wire).unwrap();
            check(&field.doc, &row.doc);
        }
    };
    for (index, model) in plan.models.iter().enumerate() {
        match &model.item {
            ModelItem::Struct(item) => {
                let id = TypeId::at(index);
                check(&item.doc, &api.structured(id).doc);
                // Of a property that several types of the chain have, that of the root is planned.
                let mut chain = api.base_chain(id);
                chain.reverse();
                let owners = chain.into_iter().map(|owner| api.structured(owner));
                let rows: Vec<&Property> = owners.flat_map(|owner| &owner.properties).collect();
                fields(&item.fields, &rows);
            }
            ModelItem::Enum(item) => {
                let documented = &api.enums[index - api.types.len()];
                check(&item.doc, &documented.doc);
                for (variant, member) in item.variants.iter().zip(&documented.members) {
                    check(&variant.doc, &member.doc);
                }
            }
        }
    }
    for function in modules(plan).iter().flat_map(|module| &module.operations) {
        let mut operations = api.operations.iter();
        let operation = operations
            .find(|operation| operation.origin == function.origins[0])
            .unwrap();
        if profile.is_undocumented(&operation.doc.text()) {
            check(&function.doc, &Prose::plain(operation.title.clone()));
        } else {
            check(&function.doc, &operation.doc);
        }
    }
}
