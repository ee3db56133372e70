//! The theme: built-in templates and static files, and what a site puts in their place.

use super::{RenderError, escape};
use crate::model::{OutputFile, RawFile};
use include_dir::{Dir, include_dir};
use std::collections::{BTreeMap, BTreeSet};
use tera::Tera;

static TEMPLATES: Dir = include_dir!("$CARGO_MANIFEST_DIR/templates");
static STATIC: Dir = include_dir!("$CARGO_MANIFEST_DIR/static");

/// Before the names of built-in templates, so that `extends "builtin/base.html"` reaches them from a site's own.
const BUILTIN: &str = "builtin/";

/// Templates ready to fill and static files ready to write.
#[derive(Debug)]
pub struct Theme {
    pub(super) tera: Tera,
    /// The theme's own static files, by name: where each is written, with the hash of its bytes in its name.
    pub(super) assets: BTreeMap<String, String>,
    /// Every static file.
    pub(super) files: Vec<OutputFile>,
    /// Templates of which the site changed nothing, with all that they build on.
    pub(super) plain: BTreeSet<&'static str>,
}

impl Theme {
    /// Makes the theme: built-in files, and those of a site (`templates/…`, `static/…`) over them.
    ///
    /// # Errors
    /// When a template is not UTF-8 or cannot be read as a template; the message says where.
    pub fn new(templates: &[RawFile], static_files: &[RawFile]) -> Result<Theme, RenderError> {
        let mut tera = Tera::default();
        tera.set_escape_fn(escape::tera);
        tera.set_fallback_prefixes([BUILTIN])?;
        let mut all: Vec<(String, &str)> = Vec::new();
        for file in TEMPLATES.files() {
            let name = file.path().to_string_lossy();
            let text = file.contents_utf8().ok_or_else(|| RenderError::Encoding(name.to_string()))?;
            all.push((format!("{BUILTIN}{name}"), text));
        }
        for file in templates {
            let text = std::str::from_utf8(&file.bytes).map_err(|_| RenderError::Encoding(file.path.clone()))?;
            let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
            all.push((below(&file.path, "templates/").to_owned(), text));
        }
        tera.add_raw_templates(all)?;
        let (assets, files) = statics(static_files);
        Ok(Theme { tera, assets, files, plain: plain(templates) })
    }
}

impl Theme {
    /// Gives the text of a built-in template by its name (`builtin/base.html`).
    pub fn built_in(name: &str) -> Option<&'static str> {
        TEMPLATES.get_file(name.strip_prefix(BUILTIN)?)?.contents_utf8()
    }

    /// Gives the names of all built-in templates.
    pub(super) fn template_names() -> Vec<&'static str> {
        TEMPLATES.files().filter_map(|file| file.path().to_str()).collect()
    }

    /// Gives the names of all built-in static files.
    pub(super) fn static_names() -> Vec<&'static str> {
        STATIC.files().filter_map(|file| file.path().to_str()).collect()
    }

    /// Makes a theme without templates, for formats that need none.
    pub(super) fn bare() -> Theme {
        Theme { tera: Tera::default(), assets: BTreeMap::new(), files: Vec::new(), plain: BTreeSet::new() }
    }
}

/// Gives the built-in templates that neither a site's own ones replace nor any part that they build on.
fn plain(own: &[RawFile]) -> BTreeSet<&'static str> {
    let texts: BTreeMap<&str, &str> =
        TEMPLATES.files().filter_map(|file| Some((file.path().to_str()?, file.contents_utf8()?))).collect();
    // A site that brings the built-in file as it is changes nothing.
    let changed = |name: &str| {
        let own = own.iter().find(|own| below(&own.path, "templates/") == name);
        own.is_some_and(|own| texts.get(name).is_none_or(|text| text.as_bytes() != own.bytes))
    };
    let mut plain: BTreeSet<&str> = texts.keys().copied().filter(|name| !changed(name)).collect();
    loop {
        let count = plain.len();
        let before = plain.clone();
        plain.retain(|name| texts.get(name).is_some_and(|text| builds_on(text).all(|part| before.contains(part))));
        if plain.len() == count {
            return plain;
        }
    }
}

/// Gives the templates that a built-in one extends or includes.
fn builds_on(text: &str) -> impl Iterator<Item = &str> {
    let tags = text.split("{% ").skip(1);
    let named = tags.filter_map(|tag| tag.strip_prefix("include \"").or_else(|| tag.strip_prefix("extends \"")));
    named.filter_map(|rest| rest.split_once('"').map(|(name, _)| name))
}

/// Gives where the theme's own files are written, and all static files.
fn statics(own: &[RawFile]) -> (BTreeMap<String, String>, Vec<OutputFile>) {
    let (mut assets, mut files) = (BTreeMap::new(), Vec::new());
    for file in STATIC.files() {
        let name = file.path().to_string_lossy().into_owned();
        // A site that brings the built-in file as it is gets what every site gets: this repository is one.
        let differs = |own: &&RawFile| own.bytes != file.contents();
        let replaced = own.iter().find(|own| below(&own.path, "static/") == name).filter(differs);
        let bytes = replaced.map_or_else(|| tightened(&name, file.contents()), |own| own.bytes.clone());
        let path = hashed(&name, &bytes);
        files.push(OutputFile { path: path.clone(), bytes });
        assets.insert(name, path);
    }
    for file in own {
        let path = below(&file.path, "static/");
        if !assets.contains_key(path) {
            files.push(OutputFile { path: path.to_owned(), bytes: file.bytes.clone() });
        }
    }
    (assets, files)
}

/// Gives a built-in file as it is served, without what only its writers read. Sums stand in `calc()` there: of
/// others, as `clamp()` may hold them, the white space that they need would be lost.
fn tightened(name: &str, bytes: &[u8]) -> Vec<u8> {
    match (name.rsplit_once('.').map(|(_, ending)| ending), std::str::from_utf8(bytes)) {
        (Some("css"), Ok(text)) => match minifier::css::minify(text) {
            Ok(tight) => tight.to_string().replace(";}", "}").into_bytes(),
            Err(_) => bytes.to_vec(),
        },
        (Some("js"), Ok(text)) => minifier::js::minify(text).to_string().into_bytes(),
        _ => bytes.to_vec(),
    }
}

fn below<'a>(path: &'a str, folder: &str) -> &'a str {
    path.strip_prefix(folder).unwrap_or(path)
}

/// Gives `assets/NAME.HASH.ENDING`, which a browser may keep for ever.
pub(super) fn hashed(name: &str, bytes: &[u8]) -> String {
    let hash = blake3::hash(bytes).to_hex();
    let hash = hash.get(..8).unwrap_or_default();
    match name.rsplit_once('.') {
        Some((stem, ending)) => format!("assets/{stem}.{hash}.{ending}"),
        None => format!("assets/{name}.{hash}"),
    }
}
