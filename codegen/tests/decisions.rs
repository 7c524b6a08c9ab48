//! The tables of NAMES.md say what the generator does: pages are made of their rows, and the names compared.

#![expect(
    clippy::unwrap_used,
    reason = "a test may panic, and so may the functions that it calls"
)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use graph_codegen::diagnostics::{Diagnostics, PageId, Span};
use graph_codegen::model::{
    Api, CoreType, EnumType, Member, Property, QualifiedName, StructuredType, TypeRef,
};
use graph_codegen::pipeline::{Generated, Input, Source, generate};
use graph_codegen::plan::nodes::Form;
use graph_codegen::plan::nodes::{CratePlan, ModelItem, ModulePlan, OperationPlan};
use graph_codegen::plan::{Descriptions, PlanOptions, plan};
use graph_codegen::profile::Profile;
use graph_codegen::prose::Prose;
use graph_codegen::select::Selection;

/// The rows of each table, by its heading: cells without code marks.
fn tables() -> BTreeMap<String, Vec<Vec<String>>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../NAMES.md");
    let text = std::fs::read_to_string(path).unwrap();
    let mut tables: BTreeMap<String, Vec<Vec<String>>> = BTreeMap::new();
    let mut heading = String::new();
    for line in text.lines() {
        if let Some(title) = line.strip_prefix("## ") {
            title.clone_into(&mut heading);
        } else if line.starts_with('|') {
            let line = line.replace("\\|", "\u{0}");
            let cells = line.trim_matches('|').split('|');
            let cells = cells.map(|cell| cell.trim().replace('`', "").replace('\u{0}', "|"));
            tables
                .entry(heading.clone())
                .or_default()
                .push(cells.collect());
        }
    }
    for rows in tables.values_mut() {
        rows.drain(..2);
    }
    tables
}

/// The crate of some pages.
fn generated(pages: &[(String, String)]) -> Generated {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in pages {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    let input = Input {
        source: Source::pages(folder.path().to_owned()),
        profile: Profile::embedded().unwrap(),
        selection: Selection::default(),
        denied: Vec::new(),
    };
    generate(&input, &options()).unwrap()
}

fn resource(name: &str, namespace: &str, properties: &[&str]) -> (String, String) {
    let mut text = format!(
        "# {name} resource type\n\nNamespace: {namespace}\n\nA thing.\n\n## Properties\n\n\
         |Property|Type|Description|\n|:---|:---|:---|\n"
    );
    for property in properties {
        writeln!(text, "|{property}|String|A text.|").unwrap();
    }
    (format!("resources/{namespace}-{name}.md"), text)
}

/// The names of a service that has types and enums alone.
fn named(types: &[(&str, Vec<&str>)], enums: &[(&str, Vec<&str>)]) -> CratePlan {
    let nowhere = Span::new(PageId(0), 0..0);
    let qualified = |name: &str| QualifiedName {
        namespace: "microsoft.graph".to_owned(),
        name: name.to_owned(),
    };
    let property = |name: &&str| Property {
        name: (*name).to_owned(),
        ty: TypeRef {
            core: CoreType::Json,
            collection: false,
        },
        navigation: false,
        values: Vec::new(),
        deprecated: false,
        doc: Prose::default(),
        origin: nowhere,
    };
    let member = |name: &&str| Member {
        name: (*name).to_owned(),
        number: None,
        doc: Prose::default(),
    };
    let types = types.iter().map(|(name, properties)| StructuredType {
        name: qualified(name),
        entity: true,
        base: None,
        open: false,
        is_abstract: false,
        left_out: Vec::new(),
        properties: properties.iter().map(property).collect(),
        doc: Prose::default(),
        origins: Vec::new(),
    });
    let enums = enums.iter().map(|(name, members)| EnumType {
        name: qualified(name),
        flags: false,
        members: members.iter().map(member).collect(),
        doc: Prose::default(),
        origins: Vec::new(),
    });
    let api = Api {
        types: types.collect(),
        enums: enums.collect(),
        ..Api::default()
    };
    let profile = Profile::embedded().unwrap();
    plan(&api, &options(), &profile, &mut Diagnostics::default())
}

fn options() -> PlanOptions {
    PlanOptions {
        package: "sdk".to_owned(),
        runtime: "\"0.1\"".to_owned(),
        form: Form::Package,
        descriptions: Descriptions::Full,
    }
}

fn fields(plan: &CratePlan, wire: &str) -> BTreeMap<String, String> {
    let mut models = plan.models.iter();
    let found = models.find_map(|model| match &model.item {
        ModelItem::Struct(item) if item.wire == wire => Some(item),
        _ => None,
    });
    let fields = found.unwrap().fields.iter();
    fields
        .map(|field| (field.wire.clone(), field.ident.to_string()))
        .collect()
}

fn variants(plan: &CratePlan, wire: &str) -> BTreeMap<String, String> {
    let mut models = plan.models.iter();
    let found = models.find_map(|model| match &model.item {
        ModelItem::Enum(item) if item.wire == wire => Some(item),
        _ => None,
    });
    let variants = found.unwrap().variants.iter();
    variants
        .map(|variant| (variant.wire.clone(), variant.ident.to_string()))
        .collect()
}

fn columns(rows: &[Vec<String>], column: usize) -> Vec<(&str, &str)> {
    rows.iter()
        .map(|row| (row[0].as_str(), row[column].as_str()))
        .collect()
}

fn check(found: &BTreeMap<String, String>, expected: &[(&str, &str)]) {
    for (wire, name) in expected {
        let found = found.get(*wire).map(String::as_str);
        assert_eq!(found, Some(*name), "{wire}");
    }
}

#[test]
fn words_fields_and_variants_are_as_the_tables_say() {
    let tables = tables();
    let wires = |heading: &str| -> Vec<&str> {
        let rows = tables[heading].iter();
        rows.map(|row| row[0].as_str()).collect()
    };
    // Control information makes no field.
    let mut words = wires("Words");
    words.retain(|wire| !wire.starts_with('@'));
    let plan = named(
        &[("words", words), ("sample", wires("Fields and constants"))],
        &[
            ("wordState", wires("Words")),
            ("sampleState", wires("Variants")),
        ],
    );
    let mut snake = columns(&tables["Words"], 1);
    snake.retain(|(wire, _)| !wire.starts_with('@'));
    check(&fields(&plan, "microsoft.graph.words"), &snake);
    check(
        &variants(&plan, "microsoft.graph.wordState"),
        &columns(&tables["Words"], 2),
    );
    let found = fields(&plan, "microsoft.graph.sample");
    check(&found, &columns(&tables["Fields and constants"], 1));
    let found = variants(&plan, "microsoft.graph.sampleState");
    check(&found, &columns(&tables["Variants"], 1));
}

#[test]
fn types_are_as_the_table_says() {
    let rows = &tables()["Types and namespaces"];
    let pages: Vec<(String, String)> = rows
        .iter()
        .map(|row| {
            let (namespace, name) = row[0].rsplit_once('.').unwrap();
            resource(name, namespace, &["id"])
        })
        .collect();
    let generated = generated(&pages);
    let found = generated
        .plan
        .models
        .iter()
        .filter_map(|model| match &model.item {
            ModelItem::Struct(item) => {
                let namespace = model.namespace.as_ref();
                let namespace = namespace.map_or(String::new(), |ident| format!("{ident}::"));
                Some((item.wire.clone(), format!("{namespace}{}", item.ident)))
            }
            ModelItem::Enum(_) => None,
        });
    check(&found.collect(), &columns(rows, 1));
}

/// A page with request lines.
fn page(name: &str, title: &str, lines: &[&str]) -> (String, String) {
    let lines = lines.join("\n");
    let text = format!("# {title}\n\nDoes it.\n\n## HTTP request\n\n```http\n{lines}\n```\n");
    (format!("api/{name}.md"), text)
}

/// The functions by page and line.
fn functions(generated: &Generated) -> BTreeMap<(String, u32), (String, &OperationPlan)> {
    fn below<'a>(
        generated: &Generated,
        above: &str,
        module: &'a ModulePlan,
        found: &mut BTreeMap<(String, u32), (String, &'a OperationPlan)>,
    ) {
        let path = format!("{above}{}::", module.ident);
        for function in &module.operations {
            for origin in &function.origins {
                let page = generated.model.api.pages[origin.page.0 as usize].clone();
                let place = (page, origin.start);
                found.insert(place, (format!("{path}{}", function.ident), function));
            }
        }
        for child in &module.children {
            below(generated, &path, child, found);
        }
    }
    let mut found = BTreeMap::new();
    for area in &generated.plan.areas {
        below(generated, "", area, &mut found);
    }
    found
}

#[test]
fn functions_are_as_the_tables_say() {
    let tables = tables();
    for heading in [
        "Modules and verbs",
        "Actions and functions",
        "Several pages on one request",
    ] {
        let rows = &tables[heading];
        let mut pages: Vec<(&str, Vec<&str>, Vec<&str>)> = Vec::new();
        for row in rows {
            if !row[0].is_empty() {
                pages.push((&row[0], Vec::new(), Vec::new()));
            }
            let page = pages.last_mut().unwrap();
            page.1.push(&row[1]);
            page.2.push(&row[2]);
        }
        let numbered = || pages.iter().enumerate();
        let texts: Vec<(String, String)> = numbered()
            .map(|(index, (title, lines, _))| page(&format!("page{index:02}"), title, lines))
            .collect();
        let generated = generated(&texts);
        let found = functions(&generated);
        for (index, (title, lines, expected)) in numbered() {
            let name = format!("api/page{index:02}.md");
            let found: Vec<&str> = found
                .iter()
                .filter(|((page, _), _)| *page == name)
                .map(|(_, (path, _))| path.as_str())
                .collect();
            assert_eq!(found, *expected, "{title}: {lines:?}");
        }
    }
}

#[test]
fn a_function_is_documented_after_the_page_whose_title_is_nearest_to_the_path() {
    for (nearest, other) in [("page0", "page1"), ("page1", "page0")] {
        let line = ["DELETE /deviceAppManagement/mobileApps/{id}"];
        let generated = generated(&[
            page(nearest, "Delete mobileApp", &line),
            page(other, "Delete iosStoreApp", &line),
        ]);
        let found = functions(&generated);
        assert_eq!(found.len(), 2);
        for (_, function) in found.values() {
            assert_eq!(function.page, format!("api/{nearest}.md"));
        }
    }
}

#[test]
fn arguments_are_as_the_table_says() {
    for row in &tables()["Arguments"] {
        let generated = generated(&[page("page", "Get it", &[&row[0]])]);
        let found = functions(&generated);
        let (_, function) = found.values().next().unwrap();
        let names: Vec<String> = function
            .arguments
            .iter()
            .map(|argument| argument.ident.to_string())
            .collect();
        assert_eq!(names.join(", "), row[1], "{}", row[0]);
    }
}
