//! The page around the sections.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac_sha256::Hash;
use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::link_base::is_web;
use super::{Context, visible};

/// How it looks.
const STYLE: &str = include_str!("report.css");

/// What searches the rows and changes the colours; all else works without it.
const SCRIPT: &str = include_str!("report.js");

/// The sections: id, title in the list of contents, and heading.
const SECTIONS: [(&str, &str); 7] = [
    ("summary", "What was read"),
    ("coverage", "Coverage by area"),
    ("findings", "What was lost, and why"),
    ("undeclared", "Undeclared keys"),
    ("contradictions", "Contradictions"),
    ("permissions", "Permissions"),
    ("listing", "Functions, types and enums"),
];

/// The document.
pub(super) fn page(context: &Context<'_>) -> Markup {
    let name = &context.profile.name;
    let model = &context.run.model;
    let policy = format!(
        "default-src 'none'; style-src '{}'; script-src '{}'; base-uri 'none'; form-action 'none'",
        hash(STYLE),
        hash(SCRIPT)
    );
    let title = match &model.corpus.version {
        Some(version) => format!("{name} {version}"),
        None => name.clone(),
    };
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="referrer" content="no-referrer";
                title { (title) ": report on the documentation" }
                style { (PreEscaped(STYLE)) }
            }
            body {
                a .skip href="#content" { "Skip to the content" }
                header {
                    p .kind { "Report on the documentation" }
                    h1 { (title) }
                    p { "What " code { "graph-codegen" } " read in " code { (model.corpus.root) } ", and what became of it." }
                    button #theme type="button" hidden { "Dark colours" }
                }
                nav aria-label="Contents" {
                    ol { @for (id, title) in SECTIONS { li { a href={ "#" (id) } { (title) } } } }
                }
                main #content tabindex="-1" {
                    @for (id, title) in SECTIONS {
                        section #(id) aria-labelledby={ (id) "-title" } {
                            h2 #{ (id) "-title" } { (title) }
                            (section(context, id))
                        }
                    }
                }
                (footer(context))
                script { (PreEscaped(SCRIPT)) }
            }
        }
    }
}

fn section(context: &Context<'_>, id: &str) -> Markup {
    match id {
        "summary" => context.summary(),
        "coverage" => context.coverage(),
        "findings" => context.findings(),
        "undeclared" => context.undeclared(),
        "contradictions" => context.contradictions(),
        "permissions" => context.permissions(),
        _ => html! {
            h3 #functions { "Functions" }
            (context.functions())
            h3 #types { "Types" }
            p {
                "Names without a namespace are those of " code { (context.profile.namespace) }
                ". Each stands above its name in Rust; what a type has is without what it inherits."
            }
            (context.types())
            h3 #enums { "Enums" }
            (context.enums())
        },
    }
}

/// Whose words are quoted.
fn footer(context: &Context<'_>) -> Markup {
    let attribution = context.run.model.api.attribution.as_ref();
    html! {
        footer {
            p {
                "Written by " code { "graph-codegen" } ". The same pages give the same report."
                @if let Some(attribution) = attribution {
                    " Names and quotations are from the documentation by " (attribution.author) " ("
                    (link(&attribution.source, "its pages")) "), under the licence "
                    (link(&attribution.licence_url, &attribution.licence)) "."
                }
            }
        }
    }
}

fn link(address: &str, text: &str) -> Markup {
    html! {
        @if is_web(address) { a href=(address) { (text) } } @else { (text) }
    }
}

/// The hash of an element's text, as a Content-Security-Policy has it (CSP Level 3, section 2.3.1).
fn hash(text: &str) -> String {
    format!(
        "sha256-{}",
        STANDARD.encode(Hash::hash(visible(text).as_bytes()))
    )
}
