//! The part about plan: names, modules, features.

use super::places::counted;
use super::subject::{Item, MOST_ITEMS, Subject};
use super::{Context, Line, Part};
use crate::diagnostics::{Rule, Span};
use crate::plan::ident::RustIdent;
use crate::plan::nodes::{ModelItem, ModelPlan, ModulePlan, OperationPlan, RustType, StructPlan};

/// A request function and where it stands.
pub(super) struct FunctionPlace<'a> {
    /// Its path below the crate.
    pub(super) path: String,
    /// The path of its static.
    pub(super) constant: String,
    /// Its file.
    pub(super) file: String,
    /// Its area, which is its feature.
    area: &'a RustIdent,
    /// The function.
    pub(super) plan: &'a OperationPlan,
}

impl Context<'_> {
    /// The functions of the crate.
    pub(super) fn functions(&self) -> Vec<FunctionPlace<'_>> {
        let mut functions = Vec::new();
        for area in &self.run.plan.areas {
            below(&[], area, &area.ident, &mut functions);
        }
        functions
    }

    /// The operation before the selection whose request line is at a place.
    pub(super) fn operation_at(&self, span: Span) -> Option<Item> {
        let mut operations = self.api.operations.iter();
        let at = operations.position(|operation| operation.origin == span)?;
        Some(Item::Operation(at))
    }

    /// The functions for operations, each once.
    pub(super) fn functions_of(&self, subject: &Subject) -> Vec<FunctionPlace<'_>> {
        let origins: Vec<Span> = subject
            .items
            .iter()
            .filter(|item| matches!(item, Item::Operation(_)))
            .flat_map(|item| self.origins(*item))
            .collect();
        let mut functions = self.functions();
        functions.retain(|function| {
            function
                .plan
                .origins
                .iter()
                .any(|span| origins.contains(span))
        });
        functions
    }

    /// The planned model of a type or enum.
    pub(super) fn model(&self, item: Item) -> Option<&ModelPlan> {
        let name = match item {
            Item::Type(id) => self.api.structured(id).name.to_string(),
            Item::Enum(id) => self.api.enumeration(id).name.to_string(),
            Item::Operation(_) => return None,
        };
        self.run
            .plan
            .models
            .iter()
            .find(|model| match (&model.item, item) {
                (ModelItem::Struct(plan), Item::Type(_)) => plan.wire == name,
                (ModelItem::Enum(plan), Item::Enum(_)) => plan.wire == name,
                _ => false,
            })
    }

    /// The Rust path of a type or enum below the crate.
    pub(super) fn model_path(&self, item: Item) -> Option<String> {
        let model = self.model(item)?;
        let namespace = model.namespace.as_ref();
        let namespace = namespace.map_or_else(String::new, |name| format!("{name}::"));
        Some(format!("models::{namespace}{}", ident_of(model)))
    }

    /// The type or enum of a Rust path below the crate.
    pub(super) fn item_of_path(&self, path: &str) -> Option<Item> {
        self.api_items()
            .find(|item| self.model_path(*item).as_deref() == Some(path))
    }

    /// The wire name of a field, by its name or that of its constant.
    pub(super) fn wire_of_field(&self, item: Item, name: &str) -> Option<String> {
        let ModelItem::Struct(plan) = &self.model(item)?.item else {
            return None;
        };
        let field = plan
            .fields
            .iter()
            .find(|field| field.ident.as_str() == name || field.constant.as_str() == name)?;
        Some(field.wire.clone())
    }

    /// What was planned.
    pub(super) fn plan(&self, subject: &Subject) -> Part {
        let mut part = Part::new("plan");
        let crate_name = self.run.plan.package.replace('-', "_");
        if subject.items.len() <= MOST_ITEMS {
            for item in &subject.items {
                let (Some(model), Some(path)) = (self.model(*item), self.model_path(*item)) else {
                    continue;
                };
                self.planned_model(subject, model, &format!("{crate_name}::{path}"), &mut part);
            }
        } else {
            let models = subject
                .items
                .iter()
                .filter_map(|item| self.model_path(*item));
            let lines = models.map(|path| Line::new("", 0, format!("{crate_name}::{path}")));
            part.list(lines.collect(), 200, "models");
        }
        for function in self.functions_of(subject) {
            self.planned_function(&function, &crate_name, &mut part);
        }
        for finding in self.findings(subject) {
            if finding.rule == Rule::NameCollision {
                let place = finding.labels.first().map(|label| self.place(label.span));
                part.at(place.unwrap_or_default(), 0, finding.message.clone());
            }
        }
        if part.lines.is_empty() {
            part.say(0, "nothing is planned for it");
        }
        part
    }

    fn planned_model(&self, subject: &Subject, model: &ModelPlan, path: &str, part: &mut Part) {
        match &model.item {
            ModelItem::Struct(plan) => {
                if let Some(property) = &subject.property {
                    planned_field(plan, property, path, part);
                    return;
                }
                part.heading("", format!("struct {path}"));
                let derived = if plan.derived {
                    ", writes `@odata.type`"
                } else {
                    ""
                };
                part.say(
                    1,
                    format!("{}{derived}", counted(plan.fields.len(), "field")),
                );
                let renamed = plan
                    .fields
                    .iter()
                    .filter(|field| !is_usual(&field.ident, &field.wire))
                    .map(|field| {
                        Line::new(
                            "",
                            1,
                            format!("`{}` is the field `{}`", field.wire, field.ident),
                        )
                    });
                part.list(renamed.collect(), 20, "fields of another name");
                let boxed = plan
                    .fields
                    .iter()
                    .filter(|field| matches!(field.ty, RustType::Boxed(_)));
                for field in boxed {
                    part.say(
                        1,
                        format!("`{}` is boxed: the type would hold itself", field.ident),
                    );
                }
            }
            ModelItem::Enum(plan) => {
                part.heading("", format!("enum {path}"));
                let variants = counted(plan.variants.len(), "variant");
                part.say(
                    1,
                    format!("{variants}, and `{}` for other text", plan.unknown),
                );
                let renamed = plan
                    .variants
                    .iter()
                    .filter(|variant| !is_usual(&variant.ident, &variant.wire))
                    .map(|variant| {
                        let text = format!("`{}` is the variant `{}`", variant.wire, variant.ident);
                        Line::new("", 1, text)
                    });
                part.list(renamed.collect(), 20, "variants of another name");
            }
        }
        part.say(1, format!("file {}, behind no feature", model_file(model)));
    }

    fn planned_function(&self, function: &FunctionPlace<'_>, crate_name: &str, part: &mut Part) {
        // The listing has the signature as reviewers see it.
        let listing = self
            .run
            .tree
            .files
            .get(&format!("api/{}.txt", function.area));
        let start = format!("{}(", function.path);
        let signature = listing
            .and_then(|text| text.lines().find(|line| line.starts_with(&start)))
            .map_or(function.path.as_str(), |line| {
                line.split("  ").next().unwrap_or(line)
            });
        part.heading("", format!("fn {crate_name}::{signature}"));
        let text = format!(
            "feature `{}`, file {}, static {crate_name}::{}",
            function.area, function.file, function.constant
        );
        part.say(1, text);
        for span in &function.plan.origins {
            part.at(self.place(*span), 1, "stands for this request line");
        }
        let same: Vec<FunctionPlace<'_>> = self
            .functions()
            .into_iter()
            .filter(|other| {
                other.path != function.path
                    && other.plan.method == function.plan.method
                    && unnamed(&other.plan.path) == unnamed(&function.plan.path)
            })
            .collect();
        for other in same {
            part.say(
                1,
                format!(
                    "another body or answer of this request: {crate_name}::{}",
                    other.path
                ),
            );
        }
    }
}

fn planned_field(plan: &StructPlan, property: &str, path: &str, part: &mut Part) {
    let Some(field) = plan.fields.iter().find(|field| field.wire == property) else {
        part.say(
            0,
            "no field: control information is kept with what is not declared",
        );
        return;
    };
    part.heading("", format!("field {path}::{}", field.ident));
    part.say(1, format!("named in queries by {path}::{}", field.constant));
    if matches!(field.ty, RustType::Boxed(_)) {
        part.say(1, "boxed: the type would hold itself");
    }
}

/// Collects the functions of a module and of those in it.
fn below<'a>(
    above: &[&'a RustIdent],
    module: &'a ModulePlan,
    area: &'a RustIdent,
    functions: &mut Vec<FunctionPlace<'a>>,
) {
    let mut path = above.to_vec();
    path.push(&module.ident);
    let names: Vec<&str> = path.iter().map(|ident| ident.as_str()).collect();
    for plan in &module.operations {
        functions.push(FunctionPlace {
            path: format!("{}::{}", names.join("::"), plan.ident),
            constant: format!("{}::{}", names.join("::"), plan.constant),
            file: format!("src/{}.rs", names.join("/")),
            area,
            plan,
        });
    }
    for child in &module.children {
        below(&path, child, area, functions);
    }
}

pub(super) fn ident_of(model: &ModelPlan) -> &RustIdent {
    match &model.item {
        ModelItem::Struct(plan) => &plan.ident,
        ModelItem::Enum(plan) => &plan.ident,
    }
}

/// The file of a model.
pub(super) fn model_file(model: &ModelPlan) -> String {
    match &model.namespace {
        Some(namespace) => format!("src/models/{namespace}/{}.rs", model.module),
        None => format!("src/models/{}.rs", model.module),
    }
}

/// Whether an identifier has the letters of the name on the wire.
fn is_usual(ident: &RustIdent, wire: &str) -> bool {
    let letters = |text: &str| -> String {
        let kept = text.chars().filter(char::is_ascii_alphanumeric);
        kept.map(|c| c.to_ascii_lowercase()).collect()
    };
    letters(ident.as_str()) == letters(wire) && !ident.as_str().ends_with('_')
}

/// A path template without the names of its placeholders.
fn unnamed(path: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for c in path.chars() {
        match c {
            '{' => inside = true,
            '}' => {
                inside = false;
                text.push_str("{}");
            }
            c if !inside => text.extend(c.to_lowercase()),
            _ => {}
        }
    }
    text
}
