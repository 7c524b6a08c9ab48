//! Finds the operations of a page: request lines and what belongs to them, task by task.

use std::collections::BTreeSet;

use super::annotation::annotation;
use super::distinct::Distinct;
use super::ledger::lines;
use super::outline::task_of;
use super::request_line::{self, method_of};
use super::{Reader, shown};
use crate::corpus::Folder;
use crate::diagnostics::{Diagnostic, Rule, Span};
use crate::document::{Block, Fence, Text};
use crate::facts::{OperationFacts, RequestLine};
use crate::profile::Section;

impl Reader<'_> {
    /// The operations of the page, one for each section of request lines.
    pub(super) fn operations(&mut self) -> Vec<OperationFacts> {
        let mut found: Vec<(usize, Vec<RequestLine>)> = Vec::new();
        for section in self.sections(Section::Request) {
            let lines = self.request_lines(section);
            if !lines.is_empty() {
                found.push((section, lines));
            }
        }
        // On a page of tasks, some may have the heading and others not.
        let tasks_alone = !found.is_empty()
            && found
                .iter()
                .all(|(section, _)| task_of(self.document, self.profile, *section).is_some());
        if self.document.folder != Folder::Resources && (found.is_empty() || tasks_alone) {
            let without = self.requests_without_heading(&found);
            found.extend(without);
            found.sort_by_key(|(section, _)| *section);
        }
        if found.is_empty() {
            if self.document.folder == Folder::Api {
                let span = self.document.sections[0].span;
                self.diagnostics.push(Diagnostic::at(
                    Rule::NoRequestLine,
                    span,
                    "a page of operations without a request line",
                ));
            }
            return Vec::new();
        }
        let mut all: Vec<usize> = self
            .sections(Section::Request)
            .into_iter()
            .filter_map(|section| task_of(self.document, self.profile, section))
            .collect();
        let tasks: Vec<Option<usize>> = found
            .iter()
            .map(|(section, _)| self.task_at(*section, found.len() > 1))
            .collect();
        all.extend(tasks.iter().flatten());
        all.sort_unstable();
        all.dedup();
        // What stands under no task belongs to all of them, and is read once.
        let shared = self.operation(None, &all, None);
        found
            .into_iter()
            .zip(&tasks)
            .map(|((section, requests), task)| {
                let mut operation = match task {
                    Some(task) => self.operation(Some(*task), &all, Some(&shared)),
                    None => shared.clone(),
                };
                operation.task = task
                    .map(|task| self.document.sections[task].heading.clone())
                    .or_else(|| self.clause_of(section));
                operation.task_section = *task;
                operation.requests = requests;
                operation
            })
            .collect()
    }

    /// The task of the request lines in a section. Where several sections hold some, one whose heading says nothing about
    /// its role is a task itself.
    fn task_at(&self, section: usize, several: bool) -> Option<usize> {
        let heading = &self.document.sections[section].heading;
        let is_task = several && section > 0 && self.outline[section].role.is_none();
        if is_task && self.profile.section(heading).is_none() {
            return Some(section);
        }
        task_of(self.document, self.profile, section)
    }

    /// What a heading such as `HTTP request to get the photo` says beside its name.
    fn clause_of(&self, section: usize) -> Option<String> {
        self.profile
            .purpose(&self.document.sections[section].heading)
            .map(str::to_owned)
    }

    /// What the sections of a task say, or those outside of all tasks, which `tasks` lists in their order.
    fn operation(
        &mut self,
        task: Option<usize>,
        tasks: &[usize],
        shared: Option<&OperationFacts>,
    ) -> OperationFacts {
        let document = self.document;
        let mine: Vec<usize> = match task {
            Some(task) => document.within(task).collect(),
            None => document.outside(tasks).collect(),
        };
        let of = |role: Section, reader: &Self| -> Vec<usize> {
            let mine = mine.iter().copied();
            mine.filter(|section| reader.holds(*section, role))
                .collect()
        };
        let permissions = of(Section::Permissions, self);
        let mut operation = OperationFacts {
            task: None,
            task_section: None,
            requests: Vec::new(),
            permissions: self.permissions(&permissions),
            parameters: Vec::new(),
            headers: Vec::new(),
            query_options: Vec::new(),
            body: self.body(&of(Section::Body, self)),
            response: self.response(&of(Section::Response, self)),
        };
        let mut options = Distinct::default();
        for (role, what) in [
            (Section::Query, "query parameters"),
            (Section::Parameters, "parameters"),
        ] {
            for section in of(role, self) {
                for table in document.sections[section].tables() {
                    let rows = self.parameter_rows(table, what);
                    operation.parameters.extend(rows);
                }
                if role == Section::Query {
                    self.query_options(section, &mut options);
                }
            }
        }
        for parameter in &operation.parameters {
            let name = parameter.name.value.split_whitespace().next();
            add_option(name.unwrap_or_default(), &mut options);
        }
        operation.query_options = options.into_list();
        // Tables right below the request lines are about the URL.
        for section in of(Section::Request, self) {
            for table in document.sections[section].tables() {
                let rows = self.parameter_rows(table, "parameters");
                operation.parameters.extend(rows);
            }
        }
        for section in of(Section::Headers, self) {
            for table in document.sections[section].tables() {
                let rows = self.parameter_rows(table, "headers");
                operation.headers.extend(rows);
            }
        }
        if let Some(shared) = shared {
            inherit(&mut operation, shared);
        }
        operation
    }

    /// The OData query options in code in a section's text, such as `$select`.
    fn query_options(&self, section: usize, options: &mut Distinct<String>) {
        for text in self.document.sections[section].text_blocks() {
            for piece in &text.prose.pieces {
                add_option(piece.text.trim(), options);
            }
        }
    }

    /// The request lines of a section: those of its fences, and those that stand alone in a paragraph.
    fn request_lines(&mut self, section: usize) -> Vec<RequestLine> {
        let document = self.document;
        let mut lines = Vec::new();
        for block in &document.sections[section].blocks {
            match block {
                Block::Fence(fence) => self.fence_lines(fence, &mut lines),
                Block::Text(text) => self.text_line(text, &mut lines),
                _ => {}
            }
        }
        lines
    }

    /// The request lines of a fence.
    fn fence_lines(&mut self, fence: &Fence, found: &mut Vec<RequestLine>) {
        // A line may have slipped into the info string: ```` ```http GET /education/schools ````.
        if let Some((_, line)) = fence.info.split_once(char::is_whitespace)
            && method_of(line).is_some()
        {
            self.ledger.loose_line();
            self.line(line, fence.span, found);
        }
        self.ledger.request_block(fence);
        let any = fence.text.lines().any(|line| method_of(line).is_some());
        let rows = lines(&fence.text);
        if !any {
            if rows > 0 {
                self.ledger.lines_reported(rows);
                self.diagnostics.push(Diagnostic::at(
                    Rule::NotARequestLine,
                    fence.span,
                    format!("{rows} lines of a request block without a request line"),
                ));
            }
            return;
        }
        let mut at = 0;
        for line in fence.text.split_inclusive('\n') {
            let content = line.trim();
            if !content.is_empty() {
                let start = at + (line.len() - line.trim_start().len());
                let span = fence.place(start..start + content.len());
                self.line(content, span, found);
            }
            at += line.len();
        }
    }

    /// A request line that is a paragraph or an item of its own.
    fn text_line(&mut self, text: &Text, found: &mut Vec<RequestLine>) {
        let line = text.prose.text();
        let is_line = method_of(&line).is_some_and(|(_, rest)| {
            let rest = rest.trim();
            rest.starts_with('/') || rest.starts_with("http")
        });
        if is_line && !line.trim_end().ends_with('.') {
            self.ledger.loose_line();
            self.line(&line, text.span, found);
        }
    }

    /// Reads one line.
    fn line(&mut self, line: &str, span: Span, found: &mut Vec<RequestLine>) {
        let read = request_line::read(line, self.profile);
        let read = match read.and_then(|read| self.ledger.one_more_line(read)) {
            Ok(read) => read,
            Err(why) => {
                self.ledger.lines_reported(1);
                self.diagnostics.push(Diagnostic::at(
                    Rule::NotARequestLine,
                    span,
                    format!("`{}` is not a request line; {why}", shown(line)),
                ));
                return;
            }
        };
        self.ledger.line_read();
        let another = read.rest.as_deref().and_then(request_line::another);
        if let Some(another) = another {
            self.diagnostics.push(Diagnostic::at(
                Rule::RepairedRequestLine,
                span,
                format!("`{}` was read as another request line", shown(another)),
            ));
        } else if let Some(rest) = &read.rest {
            self.diagnostics.push(Diagnostic::at(
                Rule::NotARequestLine,
                span,
                format!(
                    "`{}` after the path was left aside; it may hold another request line",
                    shown(rest)
                ),
            ));
        }
        if !read.repairs.is_empty() {
            self.diagnostics.push(Diagnostic::at(
                Rule::RepairedRequestLine,
                span,
                format!(
                    "read as `{} {}`: {}",
                    read.method,
                    read.path,
                    read.repairs.join("; ")
                ),
            ));
        }
        if read
            .path
            .split('/')
            .any(|segment| segment.chars().all(|c| c == '.') && !segment.is_empty())
        {
            self.diagnostics.push(Diagnostic::at(
                Rule::ElidedPath,
                span,
                "`...` stands for segments that the page leaves out; the path cannot be called as it is written",
            ));
        }
        found.push(RequestLine {
            method: read.method,
            path: read.path,
            query: read.query,
            version: read.version,
            span,
        });
        if let Some(another) = another {
            self.ledger.loose_line();
            self.line(another, span, found);
        }
    }

    /// Request lines of pages or tasks that lack the heading: fences of nothing but lines without a host.
    fn requests_without_heading(
        &mut self,
        known: &[(usize, Vec<RequestLine>)],
    ) -> Vec<(usize, Vec<RequestLine>)> {
        let document = self.document;
        let known_around = known.iter().flat_map(|(known, _)| document.around(*known));
        let known_around: BTreeSet<usize> = known_around.collect();
        let mut found = Vec::new();
        for (index, section) in document.sections.iter().enumerate() {
            let role = self.outline[index].role;
            // Lines under a heading of requests have been read.
            if self.outline[index].example
                || matches!(
                    role,
                    Some(Section::Request | Section::Ignored | Section::Errors)
                )
            {
                continue;
            }
            // Beside tasks that have the heading, another one is a section that has none of these roles itself.
            let is_task = index > 0 && role.is_none() && !known_around.contains(&index);
            if !known.is_empty() && !is_task {
                continue;
            }
            let mut lines = Vec::new();
            let mut sample = false;
            for block in &section.blocks {
                if let Block::Comment(comment) = block {
                    sample = annotation(comment).is_some_and(|read| read.block_type == "request");
                }
                let Block::Fence(fence) = block else { continue };
                // Beside request lines under their heading, a request with a comment that says so is an example.
                if std::mem::take(&mut sample) && !known.is_empty() {
                    continue;
                }
                let mut content = fence
                    .text
                    .lines()
                    .filter(|line| !line.trim().is_empty())
                    .peekable();
                let bare = content.peek().is_some()
                    && content.all(|line| {
                        method_of(line).is_some_and(|(_, rest)| !rest.trim().starts_with("http"))
                    });
                if bare {
                    self.fence_lines(fence, &mut lines);
                }
            }
            if !lines.is_empty() {
                found.push((index, lines));
            }
        }
        found
    }
}

/// Adds a system query option (OData URL conventions 4.01, section 5.1), such as `$select`, where `name` is one.
fn add_option(name: &str, options: &mut Distinct<String>) {
    let is_option = name.len() > 1
        && name.starts_with('$')
        && name[1..].chars().all(|c| c.is_ascii_alphabetic());
    if is_option {
        options.push(name.to_owned());
    }
}

/// Takes from what all tasks share what a task does not say itself.
fn inherit(operation: &mut OperationFacts, shared: &OperationFacts) {
    if operation.permissions == crate::facts::PermissionFacts::default() {
        operation.permissions = shared.permissions.clone();
    }
    if operation.headers.is_empty() {
        operation.headers.clone_from(&shared.headers);
    }
    if operation.parameters.is_empty() {
        operation.parameters.clone_from(&shared.parameters);
    }
    if operation.query_options.is_empty() {
        operation.query_options.clone_from(&shared.query_options);
    }
    let body = &operation.body;
    if !body.none && body.links.is_empty() && body.properties.is_empty() && !body.binary {
        operation.body = shared.body.clone();
    }
    if operation.response.statuses.is_empty() && operation.response.links.is_empty() {
        operation.response = shared.response.clone();
    }
}
