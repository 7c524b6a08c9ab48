//! Makes up a page of objects, as a service would list them: always the same for the same crate.
//!
//! Lists of users on real pages have a dozen fields, nearly all of them text, some of them a list of text, a date or a
//! truth value; licences and plans, which are lists of objects, come where they are asked for.

use graph_codegen::plan::nodes::{CratePlan, ModelItem, ModelPath, RustType, StructPlan};
use serde_json::{Map, Value, json};

/// How many declared properties of each kind an object has, in the order of their declaration.
const FILLED: &[(Kind, usize)] = &[
    (Kind::Text, 10),
    (Kind::List, 1),
    (Kind::Truth, 1),
    (Kind::Scalar, 2),
    (Kind::Object, 1),
];

/// How deep objects lie in objects.
const DEEPEST: usize = 2;

/// What a property holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Text.
    Text,
    /// A list of text or other scalars.
    List,
    /// True or false.
    Truth,
    /// A date, a key, a number or a value of an enum.
    Scalar,
    /// An object, or a list of objects.
    Object,
}

/// A page of `item` of at least `size` bytes.
pub(super) fn page(plan: &CratePlan, item: &StructPlan, size: usize) -> String {
    let mut maker = Maker { plan, state: 1 };
    let mut items = Vec::new();
    let mut length = 0;
    while length < size {
        let item = maker.item(item);
        length += item.to_string().len() + 1;
        items.push(item);
    }
    json!({
        "@odata.context": "https://service.example/v1.0/$metadata#items",
        "@odata.count": items.len(),
        "@odata.nextLink": "https://service.example/v1.0/items?$skiptoken=X%2744537074090001%27",
        "value": items,
    })
    .to_string()
}

struct Maker<'a> {
    plan: &'a CratePlan,
    state: u64,
}

impl Maker<'_> {
    /// An object of the list: declared properties, properties that no page declares, and now and then control
    /// information.
    fn item(&mut self, plan: &StructPlan) -> Value {
        let mut object = Map::new();
        let mut left: Vec<(Kind, usize)> = FILLED.to_vec();
        for field in &plan.fields {
            let Some(kind) = self.kind(&field.ty) else {
                continue;
            };
            let Some(budget) = left.iter_mut().find(|(filled, _)| *filled == kind) else {
                continue;
            };
            if budget.1 > 0
                && let Some(value) = self.value(&field.ty, 0)
            {
                budget.1 -= 1;
                object.insert(field.wire.clone(), value);
            }
        }
        object.insert(
            "extension_4a7d1ed414474e4033ac29ccb8653d9b_costCenter".to_owned(),
            self.text().into(),
        );
        object.insert("undeclared_rank".to_owned(), self.below(100).into());
        // Some have more, with what is lost most easily.
        if self.below(10) == 0 {
            let etag = format!("W/\"{:016x}\"", self.next());
            object.insert("@odata.etag".to_owned(), etag.into());
            object.insert(
                "undeclared_object".to_owned(),
                json!({ "labels": [self.text(), null], "weight": 0.1, "none": null }),
            );
        }
        Value::Object(object)
    }

    /// What a property holds; `None` for what a list does not have: relationships, streams, JSON.
    fn kind(&self, ty: &RustType) -> Option<Kind> {
        Some(match ty {
            RustType::String => Kind::Text,
            RustType::Bool => Kind::Truth,
            RustType::Runtime("Json" | "Stream" | "Bytes") => return None,
            RustType::Number(_) | RustType::Runtime(_) | RustType::Generic("Flags", _) => {
                Kind::Scalar
            }
            RustType::Model(path) => match self.model(path)? {
                ModelItem::Struct(_) => Kind::Object,
                ModelItem::Enum(_) => Kind::Scalar,
            },
            RustType::Boxed(item) => self.kind(item)?,
            RustType::Vec(item) => match self.kind(item)? {
                Kind::Object => Kind::Object,
                _ => Kind::List,
            },
            RustType::Unit | RustType::Local(_) | RustType::Generic(..) => return None,
        })
    }

    fn value(&mut self, ty: &RustType, depth: usize) -> Option<Value> {
        Some(match ty {
            RustType::String => self.text().into(),
            RustType::Bool => (self.below(2) == 0).into(),
            // A whole number would come back as a fraction, `5` as `5.0`, which is not the same JSON.
            RustType::Number("f32" | "f64") => (f64::from(self.small()) + 0.5).into(),
            RustType::Number(_) => self.below(100).into(),
            RustType::Runtime(name) => self.runtime(name)?.into(),
            RustType::Generic("Flags", item) | RustType::Boxed(item) => self.value(item, depth)?,
            RustType::Vec(item) => {
                let count = 1 + self.below(2);
                let items = (0..count).filter_map(|_| self.value(item, depth));
                Value::Array(items.collect())
            }
            RustType::Model(path) => match self.model(path)?.clone() {
                ModelItem::Enum(plan) => plan.variants.first()?.wire.clone().into(),
                ModelItem::Struct(plan) if depth < DEEPEST => {
                    let fields = plan.fields.iter().filter_map(|field| {
                        let value = self.value(&field.ty, depth + 1)?;
                        Some((field.wire.clone(), value))
                    });
                    Value::Object(fields.take(4).collect())
                }
                ModelItem::Struct(_) => return None,
            },
            RustType::Unit | RustType::Local(_) | RustType::Generic(..) => return None,
        })
    }

    /// The text of a value type.
    fn runtime(&mut self, name: &str) -> Option<String> {
        let (day, minute) = (1 + self.below(28), self.below(60));
        Some(match name {
            "DateTimeOffset" => format!("2021-07-{day:02}T08:{minute:02}:00Z"),
            "Date" => format!("2021-07-{day:02}"),
            "TimeOfDay" => format!("08:{minute:02}:00.0000000"),
            "Duration" => format!("PT{minute}M"),
            "Guid" => {
                let (high, low) = (self.next(), self.next());
                format!(
                    "{:08x}-{:04x}-4{:03x}-8{:03x}-{:012x}",
                    high >> 32,
                    high & 0xffff,
                    (high >> 16) & 0xfff,
                    low >> 52,
                    low & 0xffff_ffff_ffff
                )
            }
            "Binary" => "c29tZSBieXRlcw==".to_owned(),
            _ => return None,
        })
    }

    /// Some words.
    fn text(&mut self) -> String {
        const WORDS: &[&str] = &[
            "Adele",
            "Vance",
            "office",
            "+1 425 555 0109",
            "Zürich",
            "36",
            "lead",
        ];
        let count = 1 + self.below(3);
        let words: Vec<&str> = (0..count)
            .map(|_| {
                let at = usize::try_from(self.below(WORDS.len() as u64)).unwrap_or(0);
                WORDS[at]
            })
            .collect();
        words.join(" ")
    }

    fn model(&self, path: &ModelPath) -> Option<&ModelItem> {
        let models = &mut self.plan.models.iter();
        models
            .filter(|model| model.namespace == path.namespace)
            .map(|model| &model.item)
            .find(|item| match item {
                ModelItem::Struct(plan) => plan.ident == path.ident,
                ModelItem::Enum(plan) => plan.ident == path.ident,
            })
    }

    /// A number below 100.
    fn small(&mut self) -> u8 {
        u8::try_from(self.below(100)).unwrap_or(0)
    }

    fn below(&mut self, bound: u64) -> u64 {
        (self.next() >> 33) % bound
    }

    /// Numbers that look like chance and never change (Knuth, The Art of Computer Programming 3.3.4, MMIX).
    fn next(&mut self) -> u64 {
        self.state = self
            .state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        self.state
    }
}
