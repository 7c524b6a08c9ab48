//! The plan that the tests of `emit` share: every kind of node, and the names that are hard to write.

use super::HOSTILE;
use graph_codegen::plan::ident::RustIdent;
use graph_codegen::plan::nodes::{
    ArgumentPlan, BodyPlan, CratePlan, EnumPlan, FieldPlan, Form, ModelItem, ModelPath, ModelPlan,
    ModulePlan, NamespacePlan, OperationPlan, RustType, StructPlan, VariantPlan,
};

fn id(text: &str) -> RustIdent {
    RustIdent::new(text)
}

fn doc(lines: &[&str]) -> Vec<String> {
    lines.iter().copied().map(str::to_owned).collect()
}

fn model_type(namespace: Option<&str>, ident: &str) -> RustType {
    RustType::Model(ModelPath {
        namespace: namespace.map(id),
        ident: id(ident),
    })
}

fn field(ident: &str, wire: &str, ty: RustType) -> FieldPlan {
    FieldPlan {
        ident: id(ident),
        constant: id(&ident.to_ascii_uppercase()),
        wire: wire.to_owned(),
        ty,
        features: Vec::new(),
        doc: doc(&["What the row of the table says."]),
    }
}

fn behind(features: &[&str], mut field: FieldPlan) -> FieldPlan {
    field.features = features.iter().map(|feature| id(feature)).collect();
    field
}

fn structure(ident: &str, fields: Vec<FieldPlan>) -> StructPlan {
    StructPlan {
        ident: id(ident),
        wire: format!("microsoft.graph.{ident}"),
        derived: false,
        doc: doc(&["A resource.", "", "See [it](https://example.com)."]),
        fields,
        additional: id("additional"),
    }
}

fn model(namespace: Option<&str>, module: &str, item: ModelItem) -> ModelPlan {
    ModelPlan {
        namespace: namespace.map(id),
        module: id(module),
        page: format!("resources/{module}.md"),
        features: Vec::new(),
        item,
    }
}

fn operation(ident: &str, method: &str, path: &str) -> OperationPlan {
    OperationPlan {
        ident: id(ident),
        constant: id(&ident.to_ascii_uppercase()),
        doc: doc(&["What the page says.", "", "Permissions: `A.Read`"]),
        method: method.to_owned(),
        version: "v1.0".to_owned(),
        path: path.to_owned(),
        arguments: Vec::new(),
        body: BodyPlan::None,
        returns: RustType::Unit,
        success: vec![204],
        permissions: [
            doc(&["A.Read", "A.ReadWrite"]),
            vec![],
            doc(&["A.Read.All"]),
        ],
        documentation: "https://example.com/docs".to_owned(),
        page: format!("api/{ident}.md"),
        origins: Vec::new(),
        query_options: Vec::new(),
        exchanges: Vec::new(),
    }
}

fn argument(ident: &str, ty: RustType) -> ArgumentPlan {
    let ident = id(ident);
    ArgumentPlan { ident, ty }
}

fn module(ident: &str, operations: Vec<OperationPlan>, children: Vec<ModulePlan>) -> ModulePlan {
    ModulePlan {
        ident: id(ident),
        doc: doc(&["Requests."]),
        bodies: Vec::new(),
        operations,
        children,
    }
}

fn models() -> Vec<ModelPlan> {
    let status = structure(
        "DeviceStatus",
        vec![
            field("id", "id", RustType::String),
            field("type_", "type", RustType::Bool),
            field("devices_count", "devicesCount", RustType::Number("i32")),
            field(
                "last_reported",
                "lastReportedDateTime",
                RustType::Runtime("DateTimeOffset"),
            ),
            field("payload", "payload", RustType::Runtime("Json")),
            field("status", "status", model_type(None, "ComplianceStatus")),
            field(
                "kinds",
                "kinds",
                RustType::Vec(Box::new(model_type(None, "ComplianceStatus"))),
            ),
            field(
                "parent",
                "parent",
                RustType::Boxed(Box::new(model_type(None, "DeviceStatus"))),
            ),
            field(
                "flags",
                "flags",
                RustType::Generic("Flags", Box::new(model_type(None, "ComplianceStatus"))),
            ),
            behind(
                &["device_management"],
                field(
                    "users",
                    "users",
                    RustType::Generic(
                        "Related",
                        Box::new(RustType::Vec(Box::new(model_type(None, "Option")))),
                    ),
                ),
            ),
            field("field", "field", model_type(None, "Field")),
            field(
                "session",
                "session",
                model_type(Some("call_records"), "DeviceStatus"),
            ),
            field("call", "call", model_type(Some("call_records"), "Session")),
        ],
    );
    let mut derived = structure(
        "Option",
        vec![
            field("result", "result", model_type(None, "Result")),
            field("names", "names", RustType::Vec(Box::new(RustType::String))),
            field("vec", "vec", model_type(None, "Vec")),
        ],
    );
    derived.derived = true;
    let result = structure(
        "Result",
        vec![field("string", "string", model_type(None, "String"))],
    );
    let string = EnumPlan {
        ident: id("String"),
        wire: "microsoft.graph.string".to_owned(),
        doc: Vec::new(),
        variants: vec![VariantPlan {
            ident: id("Error"),
            wire: "error".to_owned(),
            doc: Vec::new(),
        }],
        unknown: id("UnknownValue"),
    };
    let compliance = EnumPlan {
        ident: id("ComplianceStatus"),
        wire: "microsoft.graph.complianceStatus".to_owned(),
        doc: doc(&["Whether a device complies."]),
        variants: vec![
            VariantPlan {
                ident: id("Compliant"),
                wire: "compliant".to_owned(),
                doc: doc(&["All is well."]),
            },
            VariantPlan {
                ident: id("NotApplicable"),
                wire: "notApplicable".to_owned(),
                doc: Vec::new(),
            },
            VariantPlan {
                ident: id("Empty"),
                wire: String::new(),
                doc: Vec::new(),
            },
            VariantPlan {
                ident: id("Hostile"),
                wire: HOSTILE.to_owned(),
                doc: doc(&[HOSTILE]),
            },
        ],
        unknown: id("UnknownValue"),
    };
    let mut hostile = structure("Hostile", vec![field("hostile", HOSTILE, RustType::String)]);
    hostile.doc = doc(&["Begins.", HOSTILE]);
    hostile.fields[0].doc = doc(&[HOSTILE]);
    let empty = EnumPlan {
        ident: id("OpenEnum"),
        wire: "microsoft.graph.openEnum".to_owned(),
        doc: Vec::new(),
        variants: Vec::new(),
        unknown: id("UnknownValue"),
    };
    let vec = structure(
        "Vec",
        vec![field(
            "items",
            "items",
            RustType::Vec(Box::new(RustType::String)),
        )],
    );
    let related = |name| {
        let ty = Box::new(model_type(None, "DeviceStatus"));
        behind(
            &["device_management", "print"],
            field(name, name, RustType::Generic("Related", ty)),
        )
    };
    let mut behind_features = model(
        None,
        "print_job",
        ModelItem::Struct(structure(
            "PrintJob",
            vec![related("parent"), related("child")],
        )),
    );
    behind_features.features = vec![id("print")];
    let long =
        "a_property_whose_name_is_so_long_that_no_line_of_code_that_mentions_it_fits_the_page";
    vec![
        model(None, "device_status", ModelItem::Struct(status)),
        model(None, "option", ModelItem::Struct(derived)),
        model(None, "result", ModelItem::Struct(result)),
        model(None, "string", ModelItem::Enum(string)),
        model(None, "compliance_status", ModelItem::Enum(compliance)),
        model(None, "hostile", ModelItem::Struct(hostile)),
        model(None, "open_enum", ModelItem::Enum(empty)),
        model(None, "vec", ModelItem::Struct(vec)),
        behind_features,
        model(
            None,
            "models",
            ModelItem::Struct(structure(
                "Models",
                vec![field(long, long, RustType::String)],
            )),
        ),
        model(
            None,
            "field",
            ModelItem::Struct(structure(
                "Field",
                vec![field("new", "new", RustType::String)],
            )),
        ),
        model(
            None,
            "request",
            ModelItem::Struct(structure("Request", Vec::new())),
        ),
        model(
            Some("call_records"),
            "session",
            ModelItem::Struct(structure("Session", Vec::new())),
        ),
        model(
            Some("call_records"),
            "device_status",
            ModelItem::Struct(structure(
                "DeviceStatus",
                vec![field("id", "id", RustType::Runtime("Guid"))],
            )),
        ),
    ]
}

fn requests() -> Vec<ModulePlan> {
    let path = "/deviceManagement/deviceConfigurations/{}/userStatuses/{}";
    let mut update = operation("update", "PATCH", path);
    update.arguments = vec![
        argument("device_configuration_id", RustType::String),
        argument("user_status_id", RustType::Runtime("Guid")),
    ];
    update.body = BodyPlan::Json {
        ident: id("body"),
        ty: model_type(None, "DeviceStatus"),
    };
    update.returns = model_type(None, "DeviceStatus");
    update.success = vec![200];
    let mut list = operation(
        "list",
        "GET",
        "/deviceManagement/deviceConfigurations/{}/userStatuses",
    );
    list.arguments = vec![argument("device_configuration_id", RustType::String)];
    list.returns = RustType::Generic("Page", Box::new(model_type(None, "Request")));
    let mut function = operation(
        "get_report",
        "GET",
        "/deviceManagement/getReport(top={},all={},from='{}')",
    );
    function.arguments = vec![
        argument("top", RustType::Number("i32")),
        argument("all", RustType::Bool),
        argument("from", RustType::Runtime("DateTimeOffset")),
    ];
    function.returns = RustType::Runtime("Json");
    let mut add = operation("add_ref", "POST", "/deviceManagement/x/{}/members/$ref");
    add.arguments = vec![argument("x_id", RustType::String)];
    add.body = BodyPlan::Reference {
        ident: id("reference"),
    };
    let mut put = operation("put_content", "PUT", "/deviceManagement/x/content");
    put.body = BodyPlan::Content {
        content_type: id("content_type"),
        ident: id("content"),
    };
    let mut get = operation("get_content", "GET", "/deviceManagement/x/content");
    get.returns = RustType::Runtime("Bytes");
    let mut assign = operation("assign", "POST", "/deviceManagement/assign");
    assign.body = BodyPlan::Json {
        ident: id("body"),
        ty: RustType::Local(id("AssignBody")),
    };
    assign.returns = RustType::Vec(Box::new(RustType::String));
    let mut many = operation("many", "POST", "/{}/{}/{}/{}/{}/{}/{}");
    many.arguments = ["a", "b", "c", "d", "e", "f", "g"]
        .map(|name| argument(name, RustType::String))
        .into();
    many.body = BodyPlan::Json {
        ident: id("body"),
        ty: RustType::Vec(Box::new(RustType::Boxed(Box::new(RustType::String)))),
    };
    let mut text = operation("text", "POST", "/deviceManagement/text");
    text.constant = id("TEXT_2");
    text.body = BodyPlan::Json {
        ident: id("body"),
        ty: RustType::String,
    };
    text.doc = Vec::new();
    let mut hostile = operation("hostile", "GET", HOSTILE);
    hostile.doc = doc(&[HOSTILE]);
    hostile.version = HOSTILE.to_owned();
    hostile.page = HOSTILE.to_owned();
    hostile.documentation = HOSTILE.to_owned();
    hostile.permissions[1] = doc(&[HOSTILE]);

    let mut actions = module(
        "actions",
        vec![assign, many, text],
        vec![module("assign", vec![add, put, get], Vec::new())],
    );
    let mut body = structure(
        "AssignBody",
        vec![field("status", "status", model_type(None, "DeviceStatus"))],
    );
    body.doc = doc(&["The parameters of the action."]);
    actions.bodies = vec![body];
    let statuses = module("user_statuses", vec![update, list, function], Vec::new());
    vec![
        module("device_management", Vec::new(), vec![actions, statuses]),
        module(
            "sites",
            vec![hostile],
            vec![module("sites", Vec::new(), Vec::new())],
        ),
    ]
}

/// The plan.
pub(super) fn plan() -> CratePlan {
    CratePlan {
        package: "graph-fixture".to_owned(),
        runtime: "{ path = \"../runtime\" }".to_owned(),
        form: Form::Package,
        base_url: "https://harbour.example".to_owned(),
        scopes: Vec::new(),
        doc: doc(&["A fixture.", HOSTILE]),
        licence: "MIT".to_owned(),
        notice: doc(&["Written by others.", HOSTILE]),
        areas: requests(),
        models: models(),
        namespaces: vec![NamespacePlan {
            ident: id("call_records"),
            doc: doc(&["Call records."]),
        }],
    }
}
