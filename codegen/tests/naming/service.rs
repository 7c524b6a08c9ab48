//! Services with arbitrary names, for property tests.

use std::collections::BTreeSet;

use graph_codegen::diagnostics::{PageId, Span};
use graph_codegen::model::{
    Api, Body, CoreType, Decided, EnumType, Evidence, Member, Operation, Part, Permissions,
    Primitive, Property, QualifiedName, Response, Segment, StructuredType, TypeRef,
};
use graph_codegen::prose::Prose;
use proptest::prelude::*;

/// What a service has: types and enums by namespace and name with their members, and pages with request lines.
#[derive(Clone, Debug)]
pub(crate) struct Service {
    types: Vec<((String, String), Vec<String>)>,
    enums: Vec<((String, String), Vec<String>)>,
    pages: Vec<(String, Vec<Line>)>,
}

/// A request line.
#[derive(Clone, Debug)]
struct Line {
    /// Where it stands.
    span: Span,
    title: String,
    method: &'static str,
    segments: Vec<(String, u8)>,
    query: Vec<String>,
    rows: Vec<String>,
}

/// Names that are likely to meet.
const WORDS: &[&str] = &[
    "status",
    "Status",
    "STATUS",
    "sTatus",
    "sta_tus",
    "sta-tus",
    "sta tus",
    "status1",
    "status 1",
    "status_1",
    "1",
    "1.1",
    "11",
    "1_1",
    "10x",
    "type",
    "Type",
    "self",
    "Self",
    "crate",
    "async",
    "gen",
    "unnamed",
    "con",
    "std",
    "models",
    "full",
    "root",
    "unknownValue",
    "additional",
    "Option",
    "String",
    "Vec",
    "x509Certificate",
    "@odata.type",
    "@odata.id",
    "user@odata.bind",
    "iOS",
    "ios",
    "macOSDmgApp",
    "oAuth2",
    "",
    "_",
    "__",
    "$ref",
    "$value",
    "статус",
    "стaтус",
    "日本",
    "é",
    "e",
    "statusProperty",
    "status_property",
    "statusLowercase",
    "statusUppercase",
    "StatusType",
    "StatusBody",
    "status_x1",
    "call",
    "value",
    "id",
    "ID",
    "Id",
];

/// Names that are likely to meet: few words in many forms, keywords, digits, punctuation, control information, and
/// letters of other scripts.
fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => prop::sample::select(WORDS).prop_map(str::to_owned),
        2 => "[a-cA-C0-1_.@-]{1,4}",
        1 => "\\PC{1,5}",
    ]
}

fn named() -> impl Strategy<Value = Vec<((String, String), Vec<String>)>> {
    let namespace = prop::sample::select(
        [
            "microsoft.graph",
            "microsoft.graph.status",
            "microsoft.graph.Status",
            "other",
            "1",
        ]
        .as_slice(),
    );
    let id = (namespace.prop_map(str::to_owned), name());
    let members = prop::collection::btree_set(name(), 0..8);
    prop::collection::btree_map(id, members, 0..6).prop_map(|items| {
        let items = items.into_iter();
        items
            .map(|(id, members)| (id, members.into_iter().collect()))
            .collect()
    })
}

/// Title, method, segments with the form of each, names of the query, and rows of a body.
type RequestLine = (
    String,
    &'static str,
    Vec<(String, u8)>,
    Vec<String>,
    Vec<String>,
);

fn lines() -> impl Strategy<Value = Vec<RequestLine>> {
    let methods = prop::sample::select(["GET", "POST", "PATCH", "PUT", "DELETE"].as_slice());
    let titles = prop_oneof![
        name().prop_map(|name| format!("Create {name}")),
        name().prop_map(|name| format!("{name} action")),
        Just("List things".to_owned()),
        name(),
    ];
    let segments = prop::collection::vec((name(), 0u8..5), 1..4);
    let names =
        || prop::collection::btree_set(name(), 0..3).prop_map(|names| names.into_iter().collect());
    prop::collection::vec((titles, methods, segments, names(), names()), 1..5)
}

/// Any service.
pub(crate) fn service() -> impl Strategy<Value = Service> {
    let pages = prop::collection::vec(lines(), 0..5);
    (named(), named(), pages).prop_map(|(types, enums, pages)| {
        let known: BTreeSet<(String, String)> = types.iter().map(|(id, _)| id.clone()).collect();
        let enums = enums
            .into_iter()
            .filter(|(id, _)| !known.contains(id))
            .collect();
        let pages = pages.into_iter().enumerate().map(|(page, lines)| {
            let lines = lines.into_iter().enumerate().map(|(at, line)| {
                let (title, method, segments, query, rows) = line;
                let id = PageId(u32::try_from(page).unwrap());
                let span = Span::new(id, at..at + 1);
                Line {
                    span,
                    title,
                    method,
                    segments,
                    query,
                    rows,
                }
            });
            (format!("api/page{page}.md"), lines.collect())
        });
        Service {
            types,
            enums,
            pages: pages.collect(),
        }
    })
}

/// The same service in another order. The lines of a page keep theirs.
pub(crate) fn shuffled(service: &Service, seed: u32) -> Service {
    fn shuffle<T>(items: &mut [T], seed: u32) {
        let mut state = seed;
        for at in 0..items.len() {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let other = (state >> 16) as usize % items.len();
            items.swap(at, other);
        }
    }
    let mut service = service.clone();
    shuffle(&mut service.types, seed);
    shuffle(&mut service.enums, seed);
    shuffle(&mut service.pages, seed);
    for (_, members) in service.types.iter_mut().chain(&mut service.enums) {
        shuffle(members, seed);
    }
    service
}

/// The model of a service.
pub(crate) fn api(service: &Service) -> Api {
    let nowhere = Span::new(PageId(0), 0..0);
    let qualified = |(namespace, name): &(String, String)| QualifiedName {
        namespace: namespace.clone(),
        name: name.clone(),
    };
    let types = service.types.iter().map(|(id, members)| StructuredType {
        name: qualified(id),
        entity: true,
        base: None,
        open: false,
        is_abstract: false,
        left_out: Vec::new(),
        properties: members.iter().map(|name| property(name)).collect(),
        doc: Prose::default(),
        origins: vec![nowhere],
    });
    let enums = service.enums.iter().map(|(id, members)| EnumType {
        name: qualified(id),
        flags: false,
        members: members
            .iter()
            .map(|name| Member {
                name: name.clone(),
                number: None,
                doc: Prose::default(),
            })
            .collect(),
        doc: Prose::default(),
        origins: vec![nowhere],
    });
    let operations = service
        .pages
        .iter()
        .flat_map(|(page, lines)| lines.iter().map(move |line| operation(page, line)));
    Api {
        attribution: None,
        types: types.collect(),
        enums: enums.collect(),
        operations: operations.collect(),
        exchanges: Vec::new(),
        undeclared: Vec::new(),
        pages: (0..8).map(|page| format!("api/page{page}.md")).collect(),
    }
}

fn property(name: &str) -> Property {
    Property {
        name: name.to_owned(),
        ty: TypeRef {
            core: CoreType::Primitive(Primitive::String),
            collection: false,
        },
        navigation: false,
        values: Vec::new(),
        deprecated: false,
        doc: Prose::default(),
        origin: Span::new(PageId(0), 0..0),
    }
}

fn operation(page: &str, line: &Line) -> Operation {
    let body = match line.method {
        "POST" if !line.rows.is_empty() => {
            Body::Parameters(line.rows.iter().map(|name| property(name)).collect())
        }
        _ => Body::None,
    };
    Operation {
        page: page.to_owned(),
        title: line.title.clone(),
        method: line.method.to_owned(),
        version: "v1.0".to_owned(),
        path: line
            .segments
            .iter()
            .map(|(name, form)| segment(name, *form))
            .collect(),
        query: line
            .query
            .iter()
            .map(|name| (name.clone(), format!("{{{name}}}")))
            .collect(),
        parameters: Vec::new(),
        call: Vec::new(),
        body,
        response: Response::Json,
        many: None,
        decided: Decided {
            body: Evidence::Nothing,
            response: Evidence::Nothing,
        },
        no_content: false,
        statuses: Vec::new(),
        permissions: Permissions::default(),
        query_options: Vec::new(),
        headers: Vec::new(),
        doc: Prose::default(),
        origin: line.span,
    }
}

/// A name as a segment of a path: literal, key, key in parentheses, argument of a function, alternate key.
fn segment(name: &str, form: u8) -> Segment {
    let value = Part::Placeholder {
        name: name.to_owned(),
        quoted: false,
        path: false,
    };
    let parts = match form {
        0 | 1 => vec![Part::Literal(name.to_owned())],
        2 => vec![value],
        3 => vec![
            Part::Literal(format!("{name}(")),
            value,
            Part::Literal(")".to_owned()),
        ],
        _ => vec![
            Part::Literal(format!("at({name}=")),
            value,
            Part::Literal(")".to_owned()),
        ],
    };
    Segment { parts }
}
