//! Plans the structs and enums of `models`.

use super::Planner;
use super::features::Features;
use super::ident::RustIdent;
use super::naming::{Scope, pascal, snake};
use super::nodes::{EnumPlan, FieldPlan, ModelItem, ModelPlan, StructPlan, VariantPlan};
use super::request_doc::{links, paragraph, shortened};
use crate::diagnostics::{Diagnostic, Rule, Span};
use crate::model::{EnumId, EnumType, Property, StructuredType, TypeId};
use crate::prose::code_span;

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
        for span in origins {
            let Some(page) = self.api.pages.get(span.page.0 as usize) else {
                continue;
            };
            if let Some(address) = self.documentation(page, None)
                && !pages.iter().any(|(_, known)| *known == address)
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
        let mut left: Vec<&str> = Vec::new();
        for owner in chain {
            left.extend(api.structured(owner).left_out.iter().map(String::as_str));
            for property in &api.structured(owner).properties {
                if !properties.iter().any(|known| known.name == property.name) {
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
        let mut scope = Scope::default();
        let mut constants = Scope::default();
        let mut fields = Vec::new();
        for property in properties {
            // Control information is the runtime's: it is kept with the properties that are not declared
            // (OData JSON 4.01, section 4.5).
            if property.name.starts_with("@odata.") {
                continue;
            }
            let name = snake(&property.name, self.known());
            let (field, collided) = scope.claim(&name, &[]);
            if collided {
                self.diagnostics.push(Diagnostic::at(
                    Rule::NameCollision,
                    property.origin,
                    format!("the field is `{field}`, because another property of `{wire}` is `{name}` in Rust"),
                ));
            }
            let (constant, _) = constants.claim(&name.to_uppercase(), &[]);
            fields.push(FieldPlan {
                ident: field,
                constant,
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
        let (additional, _) = scope.claim("additional", &["additional_properties".to_owned()]);
        StructPlan {
            ident,
            wire,
            derived,
            doc,
            fields,
            additional,
        }
    }

    fn enumeration(&self, item: &EnumType, ident: RustIdent) -> EnumPlan {
        let mut scope = Scope::default();
        let mut variants = Vec::new();
        for member in &item.members {
            let name = pascal(&member.name, self.known());
            // Members that differ only by letter case are told apart by the case that they have.
            let others = [
                format!("{name}{}", case_of(&member.name)),
                format!("{name}Value"),
            ];
            let (ident, _) = scope.claim(&name, &others);
            let mut doc = self.described(&member.doc);
            if doc.is_empty() {
                doc.push(code_span(&member.name));
            }
            variants.push(VariantPlan {
                ident,
                wire: member.name.clone(),
                doc,
            });
        }
        let (unknown, _) = scope.claim("UnknownValue", &["UnlistedValue".to_owned()]);
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
            unknown,
        }
    }

    /// The documentation of a field.
    fn field_doc(&self, property: &Property) -> Vec<String> {
        let mut doc = self.described(&property.doc);
        let text = property.doc.text();
        // The values are mostly taken from the description, which then says them.
        let said = !doc.is_empty() && property.values.iter().all(|value| text.contains(value));
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
        let version = version.unwrap_or(&self.profile.default_version);
        let version = self
            .profile
            .version_aliases
            .get(version)
            .map_or(version, String::as_str);
        let is_resource = page.split('/').any(|part| {
            self.profile
                .folders
                .resources
                .iter()
                .any(|folder| folder.eq_ignore_ascii_case(part))
        });
        let stem: String = crate::corpus::stem(page)
            .chars()
            .filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
            .collect();
        let template = self.profile.documentation_url.as_ref()?;
        let address = template
            .replace("{folder}", if is_resource { "resources/" } else { "" })
            .replace("{page}", &stem)
            .replace("{version}", version);
        Some(address)
    }
}

/// A word for the letter case of a name.
fn case_of(name: &str) -> &'static str {
    if name.chars().all(|c| !c.is_lowercase()) {
        "Uppercase"
    } else if name.starts_with(char::is_uppercase) {
        "Capitalized"
    } else {
        "Lowercase"
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
