//! Plans the structs and enums of `models`.

use std::collections::BTreeSet;

use super::Planner;
use super::address::address;
use super::features::Features;
use super::ident::RustIdent;
use super::naming::{case_of, oddity, pascal, snake};
use super::nodes::{EnumPlan, FieldPlan, ModelItem, ModelPlan, StructPlan, VariantPlan};
use super::request_doc::{links, paragraph, shortened};
use super::settle::{Case, Holder, Wish, settle};
use crate::diagnostics::{Diagnostic, Rule, Span};
use crate::model::{EnumId, EnumType, Property, StructuredType, TypeId};
use crate::prose::code_span;

/// The field that keeps what is not declared. No property takes its name, whatever a page adds.
const ADDITIONAL: &str = "additional";

/// The variant that keeps unknown text.
const UNKNOWN: &str = "UnknownValue";

impl Planner<'_> {
    /// The models, in the order of their names.
    pub(super) fn models(&mut self, features: &Features) -> Vec<ModelPlan> {
        let api = self.api;
        let mut models = Vec::new();
        for (index, ty) in api.types.iter().enumerate() {
            let id = TypeId::at(index);
            let path = self.types.structured(id).clone();
            models.push(ModelPlan {
                namespace: path.namespace.clone(),
                module: self.types.file(&path),
                page: self.page(&ty.origins),
                features: features.of_type(id).to_vec(),
                item: ModelItem::Struct(self.structured(id, ty, path.ident, features)),
            });
        }
        for (index, item) in api.enums.iter().enumerate() {
            let id = EnumId::at(index);
            let path = self.types.enumeration(id).clone();
            models.push(ModelPlan {
                namespace: path.namespace.clone(),
                module: self.types.file(&path),
                page: self.page(&item.origins),
                features: features.of_enum(id).to_vec(),
                item: ModelItem::Enum(self.enumeration(item, path.ident)),
            });
        }
        models
    }

    /// The path of the first page that documents something.
    fn page(&self, origins: &[Span]) -> String {
        origins
            .first()
            .and_then(|span| self.api.pages.get(span.page.0 as usize))
            .cloned()
            .unwrap_or_default()
    }

    /// The pages that document something, with their public addresses: the page of its own name first.
    fn pages(&self, name: &str, origins: &[Span]) -> Vec<(String, String)> {
        let mut pages: Vec<(String, String)> = Vec::new();
        let mut known: BTreeSet<String> = BTreeSet::new();
        for span in origins {
            let Some(page) = self.api.pages.get(span.page.0 as usize) else {
                continue;
            };
            if let Some(address) = self.documentation(page, None)
                && known.insert(address.clone())
            {
                pages.push((page.clone(), address));
            }
        }
        pages.sort_by_key(|(page, _)| !crate::corpus::stem(page).eq_ignore_ascii_case(name));
        pages
    }

    /// The struct of a type: inherited fields first, from the root on.
    fn structured(
        &mut self,
        id: TypeId,
        ty: &StructuredType,
        ident: RustIdent,
        features: &Features,
    ) -> StructPlan {
        let api = self.api;
        let mut chain = api.base_chain(id);
        chain.reverse();
        let mut properties: Vec<&Property> = Vec::new();
        let mut known: BTreeSet<&str> = BTreeSet::new();
        let mut left: Vec<&str> = Vec::new();
        for owner in chain {
            left.extend(api.structured(owner).left_out.iter().map(String::as_str));
            for property in &api.structured(owner).properties {
                if known.insert(&property.name) {
                    properties.push(property);
                }
            }
        }
        let wire = ty.name.to_string();
        let mut doc = self.summarized(&ty.doc);
        if doc.is_empty() {
            doc.push(format!("The type {}.", code_span(&wire)));
        }
        let base = ty.base.map(|base| self.types.structured(base).clone());
        if let Some(base) = base {
            doc.push(String::new());
            doc.push(format!(
                "Derived from `{}`; its fields are here as well.",
                base.ident
            ));
        }
        doc.extend(left_out(&left));
        if let Some(links) = links(&self.pages(&ty.name.name, &ty.origins)) {
            paragraph(&mut doc, links);
        }
        let owner = Some((id, features));
        self.struct_of(owner, &properties, ident, wire, ty.base.is_some(), doc)
    }

    /// A struct with a field for each property. `owner` is the type that it stands for, unless it is the parameters of
    /// an action.
    pub(super) fn struct_of(
        &mut self,
        owner: Option<(TypeId, &Features)>,
        properties: &[&Property],
        ident: RustIdent,
        wire: String,
        derived: bool,
        doc: Vec<String>,
    ) -> StructPlan {
        // Control information is the runtime's: it is kept with the properties that are not declared
        // (OData JSON 4.01, section 4.5).
        let properties: Vec<&Property> = properties
            .iter()
            .copied()
            .filter(|property| !property.name.starts_with("@odata."))
            .collect();
        let wishes: Vec<Wish> = properties
            .iter()
            .map(|property| self.field_wish(&property.name))
            .collect();
        let names = settle(&wishes, &[ADDITIONAL]);
        let upper: Vec<Wish> = wishes.iter().map(uppercase).collect();
        let constants = settle(&upper, &[]);
        let mut fields = Vec::new();
        for ((property, name), constant) in properties.iter().zip(names).zip(constants) {
            if let Some(holder) = name.instead {
                let other = match holder {
                    Holder::Item(index) => {
                        format!(
                            "the property {} has the name",
                            code_span(&properties[index].name)
                        )
                    }
                    Holder::Scope => "that name is for what is not declared".to_owned(),
                };
                let message = format!(
                    "the field of {} is `{}`, because {other}, in `{wire}`",
                    code_span(&property.name),
                    name.ident
                );
                self.diagnostics.push(Diagnostic::at(
                    Rule::NameCollision,
                    property.origin,
                    message,
                ));
            }
            fields.push(FieldPlan {
                ident: name.ident,
                constant: constant.ident,
                wire: property.name.clone(),
                ty: self
                    .types
                    .field(owner.map(|(id, _)| id), property.ty, property.navigation),
                features: owner
                    .filter(|_| property.navigation)
                    .map(|(id, features)| features.of_relationship(id, property.ty.core))
                    .unwrap_or_default(),
                doc: self.field_doc(property),
            });
        }
        StructPlan {
            ident,
            wire,
            derived,
            doc,
            fields,
            additional: RustIdent::new(ADDITIONAL),
        }
    }

    /// What the field of a property would like to be called.
    fn field_wish(&self, wire: &str) -> Wish {
        let plain = snake(wire, self.known());
        Wish {
            wire: wire.to_owned(),
            rank: (oddity(wire), 0, 0),
            longer: match plain.as_str() {
                ADDITIONAL => vec![format!("{plain}_property")],
                _ => vec![
                    format!("{plain}_{}", case_of(wire)),
                    format!("{plain}_property"),
                ],
            },
            case: Case::Snake,
            plain,
        }
    }

    fn enumeration(&mut self, item: &EnumType, ident: RustIdent) -> EnumPlan {
        let wishes: Vec<Wish> = item
            .members
            .iter()
            .map(|member| self.variant_wish(&member.name))
            .collect();
        let names = settle(&wishes, &[UNKNOWN]);
        let mut variants = Vec::new();
        for (member, name) in item.members.iter().zip(names) {
            if let Some(holder) = name.instead
                && let Some(span) = item.origins.first()
            {
                let other = match holder {
                    Holder::Item(index) => {
                        format!("{} has the name", code_span(&item.members[index].name))
                    }
                    Holder::Scope => "that name is for unknown values".to_owned(),
                };
                let message = format!(
                    "the variant of {} is `{}`, because {other}, in `{}`",
                    code_span(&member.name),
                    name.ident,
                    item.name
                );
                self.diagnostics
                    .push(Diagnostic::at(Rule::NameCollision, *span, message));
            }
            let mut doc = self.described(&member.doc);
            if doc.is_empty() {
                doc.push(code_span(&member.name));
            }
            variants.push(VariantPlan {
                ident: name.ident,
                wire: member.name.clone(),
                doc,
            });
        }
        let wire = item.name.to_string();
        let mut doc = self.summarized(&item.doc);
        if doc.is_empty() {
            doc.push(format!("The values of {}.", code_span(&wire)));
        }
        if item.flags {
            paragraph(&mut doc, "Several of them may be combined.".to_owned());
        }
        if let Some(links) = links(&self.pages(&item.name.name, &item.origins)) {
            paragraph(&mut doc, links);
        }
        EnumPlan {
            ident,
            wire,
            doc,
            variants,
            unknown: RustIdent::new(UNKNOWN),
        }
    }

    /// What the variant of a member would like to be called.
    fn variant_wish(&self, wire: &str) -> Wish {
        let plain = pascal(wire, self.known());
        Wish {
            wire: wire.to_owned(),
            rank: (oddity(wire), 0, 0),
            longer: match plain.as_str() {
                UNKNOWN => vec![format!("{plain}Member")],
                _ => vec![
                    format!("{plain}{}", pascal(case_of(wire), &[])),
                    format!("{plain}Member"),
                ],
            },
            case: Case::Pascal,
            plain,
        }
    }

    /// The documentation of a field.
    fn field_doc(&self, property: &Property) -> Vec<String> {
        let mut doc = self.described(&property.doc);
        let text = property.doc.text();
        // The values are mostly taken from the description, which then says them, in their order: each is searched for
        // from the last one on.
        let mut at = 0;
        let mut is_said = |value: &String| match text[at..].find(value) {
            Some(found) => {
                at += found;
                true
            }
            None => text.contains(value),
        };
        let said = !doc.is_empty() && property.values.iter().all(&mut is_said);
        if doc.is_empty() {
            doc.push(format!("The property {}.", code_span(&property.name)));
        }
        if property.deprecated {
            paragraph(&mut doc, "Deprecated by the service.".to_owned());
        }
        let values = property.values.iter().map(|value| code_span(value));
        if !said && let Some(values) = shortened(values.collect()) {
            paragraph(&mut doc, format!("Documented values: {values}."));
        }
        doc
    }

    /// The public address of a page, where pages have one.
    pub(super) fn documentation(&self, page: &str, version: Option<&str>) -> Option<String> {
        address(self.profile, page, version)
    }
}

/// The same wish in capitals, for a constant.
fn uppercase(wish: &Wish) -> Wish {
    Wish {
        plain: wish.plain.to_uppercase(),
        longer: wish.longer.iter().map(|name| name.to_uppercase()).collect(),
        case: Case::Screaming,
        ..wish.clone()
    }
}

/// Says which relationships have no field.
fn left_out(names: &[&str]) -> Vec<String> {
    let names: Vec<String> = names.iter().map(|name| code_span(name)).collect();
    if names.is_empty() {
        return Vec::new();
    }
    let text = format!(
        "Not selected with it, so without fields; what is read of them is in `additional`: {}.",
        names.join(", ")
    );
    vec![String::new(), text]
}
