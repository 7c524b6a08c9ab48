//! Lowers the words of a profile, so that comparisons ignore letter case.

use super::Profile;

impl Profile {
    /// Lowers all words that pages are compared with.
    pub(super) fn lower(&mut self) {
        let (paths, examples) = (&mut self.paths, &mut self.examples);
        let (enums, titles) = (&mut self.enums, &mut self.titles);
        let (permissions, phrases) = (&mut self.permissions, &mut self.phrases);
        self.tabs.link = self.tabs.link.to_lowercase();
        let named = [
            &mut self.root_types,
            &mut self.key_properties,
            &mut self.tabs.wire,
            &mut self.folders.api,
            &mut self.folders.resources,
            &mut self.folders.includes,
            &mut paths.hosts,
            &mut paths.bases,
            &mut paths.functions,
            &mut paths.content,
            &mut examples.titles,
            &mut examples.requests,
            &mut examples.responses,
            &mut enums.heading_suffixes,
            &mut enums.title_suffixes,
            &mut enums.flags,
            &mut titles.resource_suffixes,
            &mut titles.action_suffixes,
            &mut titles.function_suffixes,
            &mut permissions.delegated_work,
            &mut permissions.delegated_personal,
            &mut permissions.application,
            &mut permissions.header,
            &mut permissions.most_privileged_first,
            &mut permissions.none,
            &mut permissions.dotless,
            &mut permissions.joining,
            &mut permissions.together,
            &mut permissions.besides,
            &mut permissions.reading,
            &mut permissions.writing,
            &mut phrases.type_noise,
            &mut phrases.collection_words,
            &mut phrases.alternatives,
            &mut phrases.no_body,
            &mut phrases.action_parameters,
            &mut phrases.binary,
            &mut phrases.no_content,
            &mut phrases.collection,
            &mut phrases.instance,
            &mut phrases.products,
            &mut phrases.status_words,
            &mut phrases.values,
            &mut phrases.value_separators,
            &mut phrases.values_end,
            &mut phrases.inherits,
            &mut phrases.inherited,
            &mut phrases.articles,
            &mut phrases.open_type,
            &mut phrases.abstract_type,
            &mut phrases.deprecated,
            &mut phrases.undocumented,
            &mut phrases.required,
            &mut phrases.namespace,
            &mut phrases.create,
            &mut phrases.list,
            &mut phrases.purpose,
        ];
        let lists = named
            .into_iter()
            .chain(self.sections.values_mut())
            .chain(self.columns.values_mut())
            .chain(self.types.values_mut())
            .chain(self.placeholders.values_mut());
        for word in lists.flatten() {
            *word = word.to_lowercase();
        }
    }
}
