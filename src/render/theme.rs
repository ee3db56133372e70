//! The theme: the built-in templates and style sheet, with the site's own over them.

use super::{RenderError, escape};
use crate::lang::interface::Interface;
use crate::model::RawFile;
use serde::Serialize;
use std::collections::BTreeMap;
use tera::{Context, Tera};

macro_rules! built_in {
    ($($name:literal),* $(,)?) => { [$((concat!("builtin/", $name), include_str!(concat!("../../templates/", $name)))),*] };
}

/// Templates ready to be filled, and the files that are served as they are.
#[derive(Debug)]
pub struct Theme {
    tera: Tera,
    assets: BTreeMap<String, Vec<u8>>,
}

impl Theme {
    /// Reads the site's own templates and static files over the built-in ones.
    ///
    /// A template `x.html` of the site takes the place of the built-in `x.html`, which it can still
    /// include or extend as `builtin/x.html`. A static file `style.css` takes the place of the style sheet.
    ///
    /// # Errors
    /// When a template cannot be read.
    pub fn new(templates: &[RawFile], static_files: &[RawFile]) -> Result<Theme, RenderError> {
        let mut tera = Tera::new();
        tera.set_escape_fn(escape::write);
        tera.set_fallback_prefixes(["builtin/"])?;
        let mut sources: Vec<(String, String)> = built_in![
            "base.html", "index.html", "event.html", "evidence.html", "item.html", "article.html",
            "articles.html", "source.html", "year.html", "404.html",
        ]
        .map(|(name, text)| (name.to_owned(), text.to_owned()))
        .into();
        for file in templates {
            let text = String::from_utf8(file.bytes.clone())
                .map_err(|_| RenderError(format!("{}: the template is not UTF-8", file.path)))?;
            let name = file.path.strip_prefix("templates/").unwrap_or(&file.path);
            sources.push((name.to_owned(), text));
        }
        tera.add_raw_templates(sources)?;
        let mut assets = BTreeMap::new();
        let mut style = include_bytes!("../../static/style.css").to_vec();
        for file in static_files {
            let name = file.path.strip_prefix("static/").unwrap_or(&file.path);
            if name == "style.css" {
                style.clone_from(&file.bytes);
            } else {
                assets.insert(name.to_owned(), file.bytes.clone());
            }
        }
        let hash = blake3::hash(&style).to_hex();
        let path = format!("assets/style.{}.css", hash.get(..8).unwrap_or_default());
        let words = Interface::english();
        tera.global_context().insert("style", &path);
        tera.global_context().insert("t", &words.page);
        assets.insert(path, style);
        Ok(Theme { tera, assets })
    }

    /// Fills a template.
    ///
    /// # Errors
    /// When the template asks for what is not there.
    pub fn fill(&self, template: &str, page: &impl Serialize) -> Result<Vec<u8>, RenderError> {
        Ok(self.tera.render(template, &Context::from_serialize(page)?)?.into_bytes())
    }

    /// The files that are served as they are, by path.
    pub fn assets(&self) -> &BTreeMap<String, Vec<u8>> {
        &self.assets
    }
}
