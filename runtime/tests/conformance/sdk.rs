//! What a generator would write, and what it would have wrong.

use graph_runtime::conformance::Case;
use graph_runtime::http::Method;
use graph_runtime::model::{self, Entries};
use graph_runtime::serde::de::MapAccess;
use graph_runtime::serde::ser::SerializeMap;
use graph_runtime::serde::{Deserialize, Deserializer, Serialize, Serializer};
use graph_runtime::{
    AdditionalProperties, Json, Model, Operation, Page, Permissions, Related, Request,
};

static UPDATE: Operation = Operation {
    method: Method::PATCH,
    version: "v1.0",
    path: "/cranes/{id}/decks/{number}",
    success: &[200],
    permissions: Permissions {
        delegated_work: &[],
        delegated_personal: &[],
        application: &[],
    },
    documentation: "",
    page: "",
};

/// A type with a relationship; others are derived from it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Crane {
    id: Option<String>,
    load: Option<i32>,
    hook: Option<Related<Crane>>,
    additional: AdditionalProperties,
}

/// A derived type.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Winch {
    id: Option<String>,
    rope: Option<f64>,
    additional: AdditionalProperties,
}

/// A type that forgets what it read.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Sieve {
    id: Option<String>,
    additional: AdditionalProperties,
}

/// A model as a generator writes it: texts, numbers, and which of them it writes back.
macro_rules! model {
    ($model:ident, $name:literal, derived $derived:literal,
     values { $($value:literal => $text:ident),* }, numbers { $($number:literal => $count:ident),* },
     writes { $($written:literal => $field:ident),* }) => {
        impl Model for $model {
            const NAME: &'static str = $name;
            const DERIVED: bool = $derived;

            fn read<'de, A: MapAccess<'de>>(&mut self, name: &str, map: &mut A) -> Result<bool, A::Error> {
                match name {
                    $($value => model::value(map, &mut self.$text),)*
                    $($number => model::number(map, &mut self.$count),)*
                    _ => Ok(false),
                }
            }

            fn write<M: SerializeMap>(&self, _entries: &mut Entries<'_, M>) {
                $(_entries.value($written, &self.$field);)*
            }

            fn additional(&self) -> &AdditionalProperties {
                &self.additional
            }

            fn additional_mut(&mut self) -> &mut AdditionalProperties {
                &mut self.additional
            }
        }

        impl Serialize for $model {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                model::serialize(self, serializer)
            }
        }

        impl<'de> Deserialize<'de> for $model {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                model::deserialize(deserializer)
            }
        }
    };
}

model!(Crane, "harbour.crane", derived false,
    values { "id" => id, "hook" => hook }, numbers { "load" => load },
    writes { "id" => id, "load" => load, "hook" => hook });
model!(Winch, "harbour.winch", derived true,
    values { "id" => id }, numbers { "rope" => rope },
    writes { "id" => id, "rope" => rope });
model!(Sieve, "harbour.sieve", derived false,
    values { "id" => id }, numbers {}, writes {});

fn update(id: &str, number: i32, body: &Crane) -> Request<Crane> {
    Request::new(&UPDATE, &[id, &number.to_string()]).json(body)
}

fn list(id: &str, number: i32) -> Request<Page<Crane>> {
    Request::new(&UPDATE, &[id, &number.to_string()])
}

fn unknown(id: &str, number: i32, body: &Json) -> Request<Json> {
    Request::new(&UPDATE, &[id, &number.to_string()]).json(body)
}

fn silent(id: &str, number: i32) -> Request<()> {
    Request::new(&UPDATE, &[id, &number.to_string()])
}

fn refer(id: &str, number: i32, entity: &str) -> Request<()> {
    Request::new(&UPDATE, &[id, &number.to_string()]).reference(entity)
}

fn swapped(id: &str, number: i32) -> Request<Crane> {
    Request::new(&UPDATE, &[&number.to_string(), id])
}

fn sieve(id: &str, number: i32, body: &Sieve) -> Request<Sieve> {
    Request::new(&UPDATE, &[id, &number.to_string()]).json(body)
}

/// The functions, as a generated table has them.
pub(crate) static AREA: &[&[Case]] = &[&[
    Case {
        function: "cranes::update",
        call: |trial| trial.check(update(trial.text(0), trial.value(1), &trial.json())),
    },
    Case {
        function: "cranes::list",
        call: |trial| trial.check(list(trial.text(0), trial.value(1))),
    },
    Case {
        function: "cranes::unknown",
        call: |trial| trial.check(unknown(trial.text(0), trial.value(1), &trial.json())),
    },
    Case {
        function: "cranes::silent",
        call: |trial| trial.check(silent(trial.text(0), trial.value(1))),
    },
    Case {
        function: "cranes::refer",
        call: |trial| trial.check(refer(trial.text(0), trial.value(1), trial.reference())),
    },
    Case {
        function: "cranes::swapped",
        call: |trial| trial.check(swapped(trial.text(0), trial.value(1))),
    },
    Case {
        function: "cranes::sieve",
        call: |trial| trial.check(sieve(trial.text(0), trial.value(1), &trial.json())),
    },
]];
