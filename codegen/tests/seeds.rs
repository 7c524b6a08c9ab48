//! The two operations that the project began with: on the real pages, where they are there, and always on the pages of
//! `docs-input` about the same operations. Each pair is read alone, as if nothing else were documented.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test may panic, and says so where it is skipped"
)]

use std::path::{Path, PathBuf};

use graph_codegen::model::{CoreType, Operation, Part, Property, StructuredType};
use graph_codegen::pipeline::{Generated, Input, Source, generate};
use graph_codegen::plan::nodes::Form;
use graph_codegen::plan::nodes::{
    BodyPlan, EnumPlan, ModelItem, ModulePlan, OperationPlan, RustType, StructPlan,
};
use graph_codegen::plan::{Descriptions, PlanOptions};
use graph_codegen::profile::Profile;
use graph_codegen::select::Selection;

/// The members of `complianceStatus` in both pages' lists.
const STATUSES: [&str; 7] = [
    "unknown",
    "notApplicable",
    "compliant",
    "remediated",
    "nonCompliant",
    "error",
    "conflict",
];

const PERMISSION: &str = "DeviceManagementConfiguration.ReadWrite.All";

fn run(docs: &Path) -> Generated {
    let input = Input {
        source: Source::pages(docs),
        profile: Profile::embedded().unwrap(),
        selection: Selection::default(),
        denied: Vec::new(),
    };
    let options = PlanOptions {
        package: "sdk".to_owned(),
        runtime: "\"0.1\"".to_owned(),
        form: Form::Package,
        descriptions: Descriptions::Full,
    };
    generate(&input, &options).unwrap()
}

/// The real pages; `None`, and a notice, where they are not there.
fn seeds() -> Option<Generated> {
    let folder: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus/seeds");
    if !folder.is_dir() {
        println!("skipped: the real pages are not at {}", folder.display());
        return None;
    }
    Some(run(&folder))
}

/// The pages of `docs-input` about the same operations, and no other.
fn own() -> Generated {
    let docs = tempfile::tempdir().unwrap();
    std::fs::create_dir(docs.path().join("api")).unwrap();
    for stem in [
        "deviceconfigurationuserstatus",
        "devicecomplianceuserstatus",
    ] {
        let page = format!("api/intune_deviceconfig_{stem}_update.md");
        let from = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../docs-input")
            .join(&page);
        std::fs::copy(from, docs.path().join(page)).unwrap();
    }
    run(docs.path())
}

fn structured<'g>(run: &'g Generated, name: &str) -> &'g StructuredType {
    run.model
        .api
        .types
        .iter()
        .find(|ty| ty.name.to_string() == name)
        .unwrap()
}

/// A property with the name of its type.
fn typed(run: &Generated, property: &Property) -> (String, String) {
    let ty = match property.ty.core {
        CoreType::Primitive(primitive) => primitive.edm().to_owned(),
        CoreType::Enum(id) => run.model.api.enumeration(id).name.to_string(),
        CoreType::Structured(id) => run.model.api.structured(id).name.to_string(),
        CoreType::Json => "Json".to_owned(),
    };
    assert!(
        !property.ty.collection && !property.navigation,
        "{}",
        property.name
    );
    (property.name.clone(), ty)
}

fn assert_properties(run: &Generated, name: &str, expected: &[(&str, &str)]) {
    let found: Vec<(String, String)> = structured(run, name)
        .properties
        .iter()
        .map(|property| typed(run, property))
        .collect();
    let found: Vec<(&str, &str)> = found
        .iter()
        .map(|(name, ty)| (name.as_str(), ty.as_str()))
        .collect();
    assert_eq!(found, expected);
}

fn operation<'g>(run: &'g Generated, title: &str) -> &'g Operation {
    run.model
        .api
        .operations
        .iter()
        .find(|operation| operation.title == title)
        .unwrap()
}

/// The placeholders of a path, as the page names them.
fn placeholders(operation: &Operation) -> Vec<&str> {
    let parts = operation.path.iter().flat_map(|segment| &segment.parts);
    parts
        .filter_map(|part| match part {
            Part::Placeholder { name, .. } => Some(name.as_str()),
            _ => None,
        })
        .collect()
}

fn planned_struct<'g>(run: &'g Generated, name: &str) -> &'g StructPlan {
    let items = run.plan.models.iter().map(|model| &model.item);
    items
        .filter_map(|item| match item {
            ModelItem::Struct(plan) if plan.ident.as_str() == name => Some(plan),
            _ => None,
        })
        .next()
        .unwrap()
}

fn planned_enums(run: &Generated) -> Vec<&EnumPlan> {
    let items = run.plan.models.iter().map(|model| &model.item);
    items
        .filter_map(|item| match item {
            ModelItem::Enum(plan) => Some(plan),
            ModelItem::Struct(_) => None,
        })
        .collect()
}

/// The function `name` of a module: `device_management::device_configurations::user_statuses`.
fn function<'g>(run: &'g Generated, path: &str, name: &str) -> &'g OperationPlan {
    let mut modules: &[ModulePlan] = &run.plan.areas;
    let mut found = None;
    for part in path.split("::") {
        found = modules.iter().find(|module| module.ident.as_str() == part);
        modules = &found.unwrap().children;
    }
    let functions: Vec<_> = found
        .unwrap()
        .operations
        .iter()
        .filter(|function| function.ident.as_str() == name)
        .collect();
    assert_eq!(functions.len(), 1, "{path}::{name}");
    functions[0]
}

fn assert_function(
    function: &OperationPlan,
    method: &str,
    version: &str,
    arguments: &[&str],
    model: &str,
) {
    assert_eq!(
        (function.method.as_str(), function.version.as_str()),
        (method, version)
    );
    let names: Vec<&str> = function
        .arguments
        .iter()
        .map(|argument| argument.ident.as_str())
        .collect();
    assert_eq!(names, arguments);
    assert!(
        function
            .arguments
            .iter()
            .all(|argument| argument.ty == RustType::String)
    );
    let is_model = |ty: &RustType| matches!(ty, RustType::Model(path) if path.namespace.is_none() && path.ident.as_str() == model);
    assert!(
        matches!(&function.body, BodyPlan::Json { ty, .. } if is_model(ty)),
        "{:?}",
        function.body
    );
    assert!(is_model(&function.returns), "{:?}", function.returns);
    assert_eq!(function.success, [200]);
    assert_eq!(
        function.permissions,
        [vec![PERMISSION.to_owned()], Vec::new(), Vec::new()]
    );
}

/// The page of 2018: an enum by link, a permission table, distinct placeholders.
fn assert_configuration(run: &Generated) {
    assert_properties(
        run,
        "microsoft.graph.deviceConfigurationUserStatus",
        &[
            ("id", "Edm.String"),
            ("userDisplayName", "Edm.String"),
            ("devicesCount", "Edm.Int32"),
            ("status", "microsoft.graph.complianceStatus"),
            ("lastReportedDateTime", "Edm.DateTimeOffset"),
            ("userPrincipalName", "Edm.String"),
        ],
    );
    let compliance = &run.model.api.enums[0];
    let members: Vec<&str> = compliance
        .members
        .iter()
        .map(|member| member.name.as_str())
        .collect();
    assert_eq!(
        (compliance.name.to_string().as_str(), members.as_slice()),
        ("microsoft.graph.complianceStatus", &STATUSES[..])
    );
    assert!(!compliance.flags);

    let planned = planned_struct(run, "DeviceConfigurationUserStatus");
    let fields: Vec<&str> = planned
        .fields
        .iter()
        .map(|field| field.ident.as_str())
        .collect();
    let expected = [
        "id",
        "user_display_name",
        "devices_count",
        "status",
        "last_reported_date_time",
        "user_principal_name",
    ];
    assert_eq!(fields, expected);
    let types: Vec<&RustType> = planned.fields.iter().map(|field| &field.ty).collect();
    assert!(
        matches!(
            types.as_slice(),
            [
                RustType::String,
                RustType::String,
                RustType::Number("i32"),
                RustType::Model(path),
                RustType::Runtime("DateTimeOffset"),
                RustType::String,
            ] if path.ident.as_str() == "ComplianceStatus"
        ),
        "{types:?}"
    );

    let enums = planned_enums(run);
    assert_eq!(
        enums
            .iter()
            .map(|plan| plan.ident.as_str())
            .collect::<Vec<_>>(),
        ["ComplianceStatus"]
    );
    let variants = &enums[0].variants;
    assert_eq!(
        variants
            .iter()
            .map(|variant| variant.wire.as_str())
            .collect::<Vec<_>>(),
        STATUSES
    );
    // `unknown` is a value of the service; text that is not listed is kept in a variant of another name.
    assert!(
        variants
            .iter()
            .all(|variant| variant.ident != enums[0].unknown)
    );

    assert_function(
        function(
            run,
            "device_management::device_configurations::user_statuses",
            "update",
        ),
        "PATCH",
        "v1.0",
        &[
            "device_configuration_id",
            "device_configuration_user_status_id",
        ],
        "DeviceConfigurationUserStatus",
    );
}

/// The page of 2017: CR line ends, the note glued to the title, `{id}` twice, permissions in prose, beta.
fn assert_compliance(run: &Generated) {
    let operation = operation(run, "Update deviceComplianceUserStatus");
    assert_eq!(placeholders(operation), ["id", "id"]);
    assert!(
        operation.doc.text().ends_with("object."),
        "{:?}",
        operation.doc.text()
    );
    assert_properties(
        run,
        "microsoft.graph.deviceComplianceUserStatus",
        &[
            ("id", "Edm.String"),
            ("status", "Edm.String"),
            ("lastReportedDateTime", "Edm.DateTimeOffset"),
        ],
    );
    let status = &structured(run, "microsoft.graph.deviceComplianceUserStatus").properties[1];
    assert_eq!(status.values, STATUSES);
    let planned = planned_struct(run, "DeviceComplianceUserStatus");
    let doc = planned.fields[1].doc.join("\n");
    assert!(
        STATUSES
            .iter()
            .all(|value| doc.contains(&format!("`{value}`"))),
        "{doc}"
    );
    assert_function(
        function(
            run,
            "device_management::device_compliance_policies::user_statuses",
            "update",
        ),
        "PATCH",
        "beta",
        &["device_compliance_policy_id", "user_status_id"],
        "DeviceComplianceUserStatus",
    );
}

#[test]
fn the_real_page_about_configuration() {
    if let Some(run) = seeds() {
        assert_configuration(&run);
    }
}

#[test]
fn the_real_page_about_compliance() {
    if let Some(run) = seeds() {
        assert_compliance(&run);
    }
}

#[test]
fn the_own_page_about_configuration() {
    assert_configuration(&own());
}

#[test]
fn the_own_page_about_compliance() {
    assert_compliance(&own());
}
