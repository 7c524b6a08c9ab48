//! Decides what an operation answers: the type, and whether it is one value or a collection.

use serde_json::Value;

use super::Resolver;
use super::body::{is_control, odata_type};
use super::exchanges::Shown;
use super::operations::{is_content, last_word};
use crate::diagnostics::Span;
use crate::facts::{ExampleFacts, OperationFacts, PageFacts, RequestLine, Stated};
use crate::model::matching;
use crate::model::{Body, CoreType, Evidence, Primitive, Response, Segment, TypeRef};

impl Resolver<'_> {
    /// The answer of an operation.
    ///
    /// The type is that of the response's comment, then of the prose, then of the JSON, then of the body sent. Whether
    /// it is a collection says the JSON's shape first, then the comment, then the prose.
    pub(super) fn response(
        &mut self,
        page: &PageFacts,
        facts: &OperationFacts,
        line: &RequestLine,
        path: &[Segment],
        exchanges: &[Shown<'_>],
        body: &Body,
    ) -> (Response, Evidence) {
        let shown = successes(exchanges);
        if path.last().and_then(Segment::literal) == Some("$count") {
            let count = TypeRef {
                core: CoreType::Primitive(Primitive::Int32),
                collection: false,
            };
            return (Response::Value(count), Evidence::Protocol);
        }
        if line.method == "GET" && is_content(path, self.profile) {
            return (Response::Binary, Evidence::Protocol);
        }
        if let Some(stated) = &facts.response.stated {
            let response = match self.stated(stated, page, line) {
                None => Response::None,
                Some(ty) if ty.core == CoreType::Primitive(Primitive::Stream) => Response::Binary,
                Some(ty) => Response::Value(ty),
            };
            return (response, Evidence::Correction);
        }
        let collection = is_collection(facts, path, exchanges);
        if let Some((core, evidence)) = self.response_type(page, facts, path, exchanges) {
            let response = match core {
                CoreType::Primitive(Primitive::Stream) => Response::Binary,
                core => Response::Value(TypeRef { core, collection }),
            };
            return (response, evidence);
        }
        if no_content(facts, line, path, exchanges, &[], Evidence::Nothing) {
            return (
                Response::None,
                evidence_of_nothing(facts, line, path, &shown),
            );
        }
        if redirects(facts, &shown) {
            return (Response::Binary, Evidence::Text);
        }
        if let Body::Value(ty) = body
            && (line.method == "PATCH"
                || line.method == "PUT"
                || facts
                    .response
                    .statuses
                    .iter()
                    .any(|status| status.value == 201))
        {
            return (Response::Value(*ty), Evidence::Sent);
        }
        if let Some(listed) = self.listed_response(page) {
            return (listed, Evidence::Listed);
        }
        if let Some(span) = truth(&shown) {
            let truth = TypeRef {
                core: CoreType::Primitive(Primitive::Boolean),
                collection: false,
            };
            return (Response::Value(truth), Evidence::Example(span));
        }
        self.unknown_links(page, &facts.response.links, line.span);
        (Response::Json, Evidence::Nothing)
    }

    /// What a correction says that a body or an answer holds; `None` for nothing.
    pub(super) fn stated(
        &mut self,
        stated: &Stated,
        page: &PageFacts,
        line: &RequestLine,
    ) -> Option<TypeRef> {
        match stated {
            Stated::Nothing => None,
            Stated::Value(name) => Some(self.type_ref(name, &page.path, line.span)),
        }
    }

    /// The type of the answer.
    fn response_type(
        &self,
        page: &PageFacts,
        facts: &OperationFacts,
        path: &[Segment],
        exchanges: &[Shown<'_>],
    ) -> Option<(CoreType, Evidence)> {
        let shown = telling(path, exchanges);
        let annotated: Vec<(CoreType, Evidence)> = shown
            .iter()
            .filter_map(|response| {
                let core = self.annotated(response.annotated_type.as_deref()?, page)?;
                Some((core, Evidence::Comment(response.span)))
            })
            .filter(|(core, _)| !matches!(core, CoreType::Json))
            .collect();
        let linked = || {
            facts.response.links.iter().find_map(|link| {
                match self.index.lookup(link, &page.path, self.profile)? {
                    CoreType::Enum(_) | CoreType::Json => None,
                    core => Some((core, Evidence::Text)),
                }
            })
        };
        let in_json = || {
            shown.iter().find_map(|response| {
                let body = response.content.json()?;
                let element = match body.get("value") {
                    Some(Value::Array(list)) => list.first(),
                    Some(object @ Value::Object(_)) => Some(object),
                    _ => None,
                };
                let name = element.and_then(odata_type).or_else(|| odata_type(body))?;
                let core = self.index.by_name(name, &page.path, self.profile)?;
                Some((core, Evidence::Example(response.span)))
            })
        };
        match (annotated.first().copied(), linked()) {
            // Examples are of types derived from the one that the text names.
            (Some(_), Some((base, evidence))) if self.is_base(base, &annotated) => {
                Some((base, evidence))
            }
            (annotated, linked) => annotated.or(linked).or_else(in_json),
        }
    }

    /// Whether a type is the base of others, which are of more than one type.
    fn is_base(&self, base: CoreType, others: &[(CoreType, Evidence)]) -> bool {
        let CoreType::Structured(base) = base else {
            return false;
        };
        let is_derived = |core: &CoreType| match core {
            CoreType::Structured(id) => self.api.base_chain(*id).contains(&base),
            _ => false,
        };
        let several = others.iter().any(|(core, _)| *core != others[0].0);
        several && others.iter().all(|(core, _)| is_derived(core))
    }

    /// The answer that the page of a type lists for a page of one operation.
    fn listed_response(&self, page: &PageFacts) -> Option<Response> {
        let [_] = page.operations.as_slice() else {
            return None;
        };
        let (from, name) = *self.listing.get(&page.path.to_lowercase())?;
        match self.index.lookup(name, from, self.profile)? {
            CoreType::Primitive(Primitive::Stream) => Some(Response::Binary),
            CoreType::Json => None,
            core => Some(Response::Value(TypeRef {
                core,
                collection: name.collection,
            })),
        }
    }

    /// The type of a comment: `microsoft.graph.user`, `Collection(microsoft.graph.user)`, `Edm.String`, `stream`.
    fn annotated(&self, name: &str, page: &PageFacts) -> Option<CoreType> {
        let (inner, _) = collection_of(name);
        super::index::primitive(inner, self.profile).or_else(|| {
            self.index
                .by_name(inner.trim_start_matches('#'), &page.path, self.profile)
        })
    }
}

/// The first of the answers, where each is a truth value in the object that stands around a single value (OData JSON
/// Format 4.01, section 11). Texts and numbers in it may be of several types.
fn truth(shown: &[&ExampleFacts]) -> Option<Span> {
    let is_truth = |body: &Value| {
        body.as_object().is_some_and(|object| {
            let mut keys = object.iter().filter(|(key, _)| !is_control(key));
            matches!((keys.next(), keys.next()), (Some((key, Value::Bool(_))), None) if key == "value")
        })
    };
    let mut bodies = shown
        .iter()
        .filter_map(|response| Some((response.content.json()?, response.span)))
        .peekable();
    let (_, first) = *bodies.peek()?;
    bodies.all(|(body, _)| is_truth(body)).then_some(first)
}

/// Whether the answer is a collection. A key addresses one entity, whatever an example shows.
fn is_collection(facts: &OperationFacts, path: &[Segment], exchanges: &[Shown<'_>]) -> bool {
    if path.last().is_some_and(Segment::ends_in_key) {
        return false;
    }
    let shown = telling(path, exchanges);
    let objects: Vec<&Value> = shown
        .iter()
        .filter_map(|response| response.content.json())
        .filter(|body| body.is_object())
        .collect();
    if !objects.is_empty() {
        return objects
            .iter()
            .any(|body| body.get("value").is_some_and(Value::is_array));
    }
    shown.iter().any(|response| {
        response.annotated_collection
            || response
                .annotated_type
                .as_deref()
                .is_some_and(|name| collection_of(name).1)
    }) || facts
        .response
        .links
        .first()
        .is_some_and(|link| link.collection)
}

/// The successful answers to requests of this very path, where one of them says what is answered, and all others: a page
/// can show one entity at one of its paths, and a collection or another type at the next.
fn telling<'f>(path: &[Segment], exchanges: &[Shown<'f>]) -> Vec<&'f ExampleFacts> {
    let of_path = |shown: &&Shown<'_>| {
        let request = shown.request.and_then(|request| request.request.as_ref());
        request.is_some_and(|request| matching::is_of(path, &request.path))
    };
    let tells = |response: &&ExampleFacts| {
        response.annotated_type.is_some() || response.content.json().is_some_and(Value::is_object)
    };
    let own: Vec<&ExampleFacts> = exchanges
        .iter()
        .filter(of_path)
        .flat_map(successes_of)
        .collect();
    match own.iter().any(tells) {
        true => own,
        false => successes(exchanges),
    }
}

/// Whether a page shows, of itself, that an operation answers a collection, or that it answers one value. A key
/// addresses one entity.
pub(super) fn many(
    facts: &OperationFacts,
    path: &[Segment],
    exchanges: &[Shown<'_>],
) -> Option<bool> {
    if let Some(Stated::Value(name)) = &facts.response.stated {
        return Some(name.collection);
    }
    if path.last().is_some_and(Segment::ends_in_key) {
        return Some(false);
    }
    let shows_object = telling(path, exchanges)
        .iter()
        .any(|response| response.content.json().is_some_and(Value::is_object));
    let many = is_collection(facts, path, exchanges);
    (many || shows_object).then_some(many)
}

/// The type inside of `Collection(…)`, and whether there was one.
fn collection_of(name: &str) -> (&str, bool) {
    let lower = name.to_lowercase();
    if lower.starts_with("collection(") {
        let inner = &name["collection(".len()..];
        return (inner.trim_end_matches(')'), true);
    }
    (name, false)
}

/// The responses shown that are no errors.
fn successes<'f>(exchanges: &[Shown<'f>]) -> Vec<&'f ExampleFacts> {
    exchanges.iter().flat_map(successes_of).collect()
}

fn successes_of<'f>(exchange: &Shown<'f>) -> impl Iterator<Item = &'f ExampleFacts> + use<'f> {
    let responses = exchange.responses.clone().into_iter();
    responses.filter(|response| {
        response
            .status
            .is_none_or(|status| (200..400).contains(&status))
    })
}

/// Whether the page says or shows that nothing is answered: by its status codes, its prose, its examples, or because
/// the request removes something or sets a reference. `answered` is what says the type of an
/// answer.
pub(super) fn no_content(
    facts: &OperationFacts,
    line: &RequestLine,
    path: &[Segment],
    exchanges: &[Shown<'_>],
    statuses: &[u16],
    answered: Evidence,
) -> bool {
    if let Some(stated) = &facts.response.stated {
        return *stated == Stated::Nothing;
    }
    if !statuses.is_empty() && statuses.iter().all(|status| *status == 204) {
        return true;
    }
    let shown = successes(exchanges);
    let is_reference = last_word(path) == Some("$ref") && line.method != "GET";
    let has_json = shown
        .iter()
        .any(|response| response.content.json().is_some());
    !has_json
        && (facts.response.none
            || is_reference
            || line.method == "DELETE"
            || all_empty(facts, &shown, answered))
}

/// What it is that says that nothing is answered, in the order of [`no_content`].
fn evidence_of_nothing(
    facts: &OperationFacts,
    line: &RequestLine,
    path: &[Segment],
    shown: &[&ExampleFacts],
) -> Evidence {
    if facts.response.none {
        return Evidence::Text;
    }
    if last_word(path) == Some("$ref") || line.method == "DELETE" {
        return Evidence::Protocol;
    }
    match shown.first() {
        Some(response) if facts.response.statuses.is_empty() => Evidence::Example(response.span),
        _ => Evidence::Text,
    }
}

/// Whether all that is known of the answer is that it is empty.
fn all_empty(facts: &OperationFacts, shown: &[&ExampleFacts], answered: Evidence) -> bool {
    let empty = !shown.is_empty() && shown.iter().all(|response| response.content.is_empty());
    let codes = &facts.response.statuses;
    let no_content =
        !codes.is_empty() && codes.iter().all(|status| matches!(status.value, 202 | 204));
    // Examples leave out what the text says is answered.
    // Examples leave out what the text says; but an operation may answer with a value at one time and without at another.
    let told =
        answered == Evidence::Text && !codes.iter().any(|status| matches!(status.value, 202 | 204));
    no_content || empty && !told && !redirects(facts, shown)
}

/// Whether the answer is a redirection to the content.
fn redirects(facts: &OperationFacts, shown: &[&ExampleFacts]) -> bool {
    let codes = facts.response.statuses.iter().map(|status| status.value);
    let mut shown = shown.iter().filter_map(|response| response.status);
    codes.clone().any(|status| status == 302)
        || shown.any(|status| status == 302)
        || facts.response.binary && codes.count() > 0
}
