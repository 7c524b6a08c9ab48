//! Finds out what a name means.

use super::candidates::{Candidate, most_alike};
use super::paths::Wanted;
use super::places::counted;
use super::subject::{Item, Subject};
use super::{Context, NotExplained};
use crate::corpus::stem;
use crate::diagnostics::PageId;
use crate::model::{QualifiedName, TypeId};

/// What a name means.
pub(super) fn subject(context: &Context<'_>, name: &str) -> Result<Subject, NotExplained> {
    let name = name.trim().trim_start_matches('#');
    if let Some(wanted) = Wanted::read(name, context.profile) {
        return context.of_request(name, &wanted);
    }
    if name.contains("::") {
        return context.of_rust_path(name);
    }
    let items = context.named(name);
    match items.as_slice() {
        [] => {}
        [one] => return Ok(context.of_items(vec![*one])),
        several => return Err(context.ambiguous(name, context.candidates(several))),
    }
    let is_file = name.ends_with(".md") || name.contains(".md:");
    if !is_file && let Some(found) = context.of_property(name) {
        return found;
    }
    let pages = context.pages_named(name);
    match pages.as_slice() {
        [] => {}
        [one] => return Ok(context.of_page(*one)),
        several => {
            let candidates = several.iter().map(|page| Candidate {
                kind: "page",
                name: context.api.pages[page.0 as usize].clone(),
                place: String::new(),
            });
            return Err(context.ambiguous(name, candidates.collect()));
        }
    }
    context.of_last_word(name)
}

/// Those that have the name itself, or, where none has, those that have it in other letters' case.
fn exact_first<T: Copy>(found: &[(bool, T)]) -> Vec<T> {
    let exact: Vec<T> = found.iter().filter(|one| one.0).map(|one| one.1).collect();
    if exact.is_empty() {
        found.iter().map(|one| one.1).collect()
    } else {
        exact
    }
}

impl Context<'_> {
    fn ambiguous(&self, name: &str, candidates: Vec<Candidate>) -> NotExplained {
        NotExplained::Ambiguous {
            name: name.to_owned(),
            candidates,
        }
    }

    fn unknown(&self, name: &str, reason: String, nearest: Vec<String>) -> NotExplained {
        NotExplained::Unknown {
            name: name.to_owned(),
            reason,
            nearest,
        }
    }

    /// A subject of items.
    fn of_items(&self, items: Vec<Item>) -> Subject {
        let title = match items.as_slice() {
            [Item::Type(id)] => {
                let ty = self.api.structured(*id);
                let kind = if ty.entity { "entity" } else { "complex" };
                format!("{}, {kind} type", ty.name)
            }
            [Item::Enum(id)] => {
                let item = self.api.enumeration(*id);
                let kind = if item.flags { "flag enum" } else { "enum" };
                format!("{}, {kind}", item.name)
            }
            [Item::Operation(index)] => self.api.operations[*index].request(),
            all => counted(all.len(), "item"),
        };
        Subject {
            title,
            pages: self.pages_of(&items),
            items,
            property: None,
            whole_pages: false,
        }
    }

    /// The types and enums of a simple or qualified name.
    fn named(&self, name: &str) -> Vec<Item> {
        let has = |known: &QualifiedName| {
            let full = known.to_string();
            let fits = full.eq_ignore_ascii_case(name) || known.name.eq_ignore_ascii_case(name);
            fits.then(|| full == name || known.name == name)
        };
        let found: Vec<(bool, Item)> = self
            .api_items()
            .filter_map(|item| {
                let exact = match item {
                    Item::Type(id) => has(&self.api.structured(id).name),
                    Item::Enum(id) => has(&self.api.enumeration(id).name),
                    Item::Operation(_) => None,
                }?;
                Some((exact, item))
            })
            .collect();
        exact_first(&found)
    }

    /// The pages of a path or of a file name, with or without the folder of the documentation and a line.
    fn pages_named(&self, name: &str) -> Vec<PageId> {
        let corpus = &self.run.model.corpus;
        let name = name.replace('\\', "/");
        let name = name.split(".md:").next().unwrap_or(&name);
        let name = name
            .strip_prefix(corpus.root.trim_end_matches('/'))
            .filter(|below| below.starts_with('/'))
            .unwrap_or(name);
        let name = name.trim_start_matches("./").trim_matches('/');
        let name = name.strip_suffix(".md").unwrap_or(name);
        let found: Vec<(bool, PageId)> = corpus
            .iter()
            .filter_map(|(id, page)| {
                let path = page.path.strip_suffix(".md").unwrap_or(&page.path);
                let known = if name.contains('/') { path } else { stem(path) };
                known
                    .eq_ignore_ascii_case(name)
                    .then_some((known == name, id))
            })
            .collect();
        exact_first(&found)
    }

    /// A page with all that is on it. A page of one type or enum is about that, wherever else it is documented.
    fn of_page(&self, page: PageId) -> Subject {
        let items = self.items_of(page);
        if let [one @ (Item::Type(_) | Item::Enum(_))] = items.as_slice() {
            return self.of_items(vec![*one]);
        }
        Subject {
            title: format!("{}, a page", self.api.pages[page.0 as usize]),
            items,
            property: None,
            pages: vec![page],
            whole_pages: true,
        }
    }

    /// `user.mail` or `user/mail`, where the first part is a type: the type that declares the property.
    fn of_property(&self, name: &str) -> Option<Result<Subject, NotExplained>> {
        let (owner, property) = name.rsplit_once(['.', '/'])?;
        let owners: Vec<TypeId> = self
            .named(owner)
            .into_iter()
            .filter_map(|item| match item {
                Item::Type(id) => Some(id),
                _ => None,
            })
            .collect();
        if owners.is_empty() {
            return None;
        }
        let found: Vec<(TypeId, TypeId, &str)> = owners
            .iter()
            .filter_map(|id| {
                let (declaring, name) = self.declared(*id, property)?;
                Some((*id, declaring, name))
            })
            .collect();
        match found.as_slice() {
            [] => {
                let names = owners.iter().flat_map(|id| self.api.base_chain(*id));
                let names = names.flat_map(|id| &self.api.structured(id).properties);
                let nearest = most_alike(property, names.map(|known| known.name.clone()));
                let nearest = nearest.iter().map(|known| format!("{owner}.{known}"));
                let reason = format!("`{owner}` has no property `{property}`");
                Some(Err(self.unknown(name, reason, nearest.collect())))
            }
            [(asked, declaring, property)] => {
                let mut subject = self.of_items(vec![Item::Type(*declaring)]);
                let ty = &self.api.structured(*asked).name;
                subject.title = if asked == declaring {
                    format!("{ty}/{property}, a property")
                } else {
                    let base = &self.api.structured(*declaring).name;
                    format!("{ty}/{property}, a property inherited from {base}")
                };
                // Only pages that have the row say something about it.
                let rows = self.rows_of(&subject, property);
                let with_row: Vec<PageId> = rows.iter().map(|row| row.name.span.page).collect();
                if !with_row.is_empty() {
                    subject.pages.retain(|page| with_row.contains(page));
                }
                subject.property = Some((*property).to_owned());
                Some(Ok(subject))
            }
            several => {
                let candidates = several.iter().map(|(id, _, property)| {
                    let mut candidate = self.candidate(Item::Type(*id));
                    candidate.kind = "property";
                    candidate.name = format!("{}.{property}", candidate.name);
                    candidate
                });
                Some(Err(self.ambiguous(name, candidates.collect())))
            }
        }
    }

    /// The type that declares a property of another, and the name as it is there.
    fn declared(&self, id: TypeId, property: &str) -> Option<(TypeId, &str)> {
        let chain = self.api.base_chain(id);
        let all = || {
            chain.iter().flat_map(|id| {
                let properties = self.api.structured(*id).properties.iter();
                properties.map(|known| (*id, known.name.as_str()))
            })
        };
        all()
            .find(|(_, known)| *known == property)
            .or_else(|| all().find(|(_, known)| known.eq_ignore_ascii_case(property)))
    }

    /// The operations of a request line or of a path. Several of one request are explained together.
    fn of_request(&self, name: &str, wanted: &Wanted) -> Result<Subject, NotExplained> {
        let meant = |values: bool| -> Vec<Item> {
            let operations = self.api.operations.iter().enumerate();
            operations
                .filter(|(_, operation)| wanted.means(operation, values))
                .map(|(index, _)| Item::Operation(index))
                .collect()
        };
        let mut items = meant(false);
        if items.is_empty() {
            items = meant(true);
        }
        if items.is_empty() {
            let reason = match &wanted.method {
                Some(method) => format!("no page documents such a {method} request"),
                None => "no page documents a request with this path".to_owned(),
            };
            return Err(self.unknown(name, reason, self.nearest(name)));
        }
        if wanted.open && items.len() > 1 {
            return Err(self.ambiguous(name, self.candidates(&items)));
        }
        Ok(self.of_operations(items, name))
    }

    /// Operations that are explained together.
    fn of_operations(&self, items: Vec<Item>, name: &str) -> Subject {
        let mut subject = self.of_items(items);
        if subject.items.len() > 1 {
            let count = counted(subject.items.len(), "request line");
            subject.title = format!("{name}, {count}");
        }
        subject
    }

    /// The item of a Rust path: a model, one of its fields, a function, its static, or a module of functions.
    fn of_rust_path(&self, name: &str) -> Result<Subject, NotExplained> {
        let crate_name = self.run.plan.package.replace('-', "_");
        let parts: Vec<&str> = name
            .split("::")
            .map(|part| part.trim_end_matches("()"))
            .skip_while(|part| *part == crate_name || *part == "crate")
            .collect();
        let path = parts.join("::");
        if let Some(item) = self.item_of_path(&path) {
            return Ok(self.of_items(vec![item]));
        }
        if let Some((owner, member)) = path.rsplit_once("::")
            && let Some(item) = self.item_of_path(owner)
        {
            return match (item, self.wire_of_field(item, member)) {
                (Item::Type(_), Some(wire)) => {
                    let owner = self.candidate(item).name;
                    self.of_property(&format!("{owner}.{wire}"))
                        .unwrap_or_else(|| Ok(self.of_items(vec![item])))
                }
                _ => Ok(self.of_items(vec![item])),
            };
        }
        let functions = self.functions();
        let below = format!("{path}::");
        let items_of = |wanted: &dyn Fn(&str, &str) -> bool| -> Vec<Item> {
            let fitting = functions
                .iter()
                .filter(|function| wanted(&function.path, &function.constant));
            fitting
                .flat_map(|function| &function.plan.origins)
                .filter_map(|span| self.operation_at(*span))
                .collect()
        };
        let items = items_of(&|function, constant| function == path || constant == path);
        if !items.is_empty() {
            return Ok(self.of_operations(items, name));
        }
        let mut inside: Vec<Candidate> = functions
            .iter()
            .filter(|function| function.path.starts_with(&below))
            .map(|function| Candidate {
                kind: "function",
                name: function.path.clone(),
                place: format!("{} {}", function.plan.method, function.plan.path),
            })
            .collect();
        if inside.is_empty() {
            let reason = "the crate has no item of this path".to_owned();
            return Err(self.unknown(name, reason, self.nearest(&path)));
        }
        inside.sort();
        Err(self.ambiguous(name, inside))
    }

    /// The operations whose path ends with a word, such as the name of an action.
    fn of_last_word(&self, name: &str) -> Result<Subject, NotExplained> {
        let functions = self.functions();
        let items: Vec<Item> = functions
            .iter()
            .filter(|function| {
                let last = function.path.rsplit("::").next().unwrap_or_default();
                let plain = |text: &str| text.replace('_', "").to_lowercase();
                plain(last) == plain(name)
            })
            .flat_map(|function| &function.plan.origins)
            .filter_map(|span| self.operation_at(*span))
            .collect();
        let pages = self.pages_of(&items);
        match pages.len() {
            1 => return Ok(self.of_operations(items, name)),
            0 => {}
            _ => return Err(self.ambiguous(name, self.candidates(&items))),
        }
        let named = self.named_in_rows(name);
        let reason = match named.as_slice() {
            [] => "nothing has this name".to_owned(),
            [first, ..] => format!(
                "no page documents such a type; {} it, first {first}",
                match named.len() {
                    1 => "1 row names".to_owned(),
                    count => format!("{count} rows name"),
                }
            ),
        };
        Err(self.unknown(name, reason, self.nearest(name)))
    }

    /// The rows whose type cell has a name.
    fn named_in_rows(&self, name: &str) -> Vec<String> {
        let pages = self.run.model.facts.pages.iter();
        pages
            .flat_map(|page| {
                let rows = page.resources.iter().flat_map(|one| &one.properties);
                rows.chain(page.operations.iter().flat_map(|one| &one.body.properties))
            })
            .filter(|row| {
                row.type_name.as_ref().is_some_and(|ty| {
                    let short = ty.name.rsplit('.').next().unwrap_or(&ty.name);
                    ty.name.eq_ignore_ascii_case(name) || short.eq_ignore_ascii_case(name)
                })
            })
            .map(|row| self.place(row.type_text.span))
            .collect()
    }
}
