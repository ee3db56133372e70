//! What a site's owner should know of its own theme files and language before looking at the pages.

use super::Theme;
use crate::config::{Config, crop, nearest};
use crate::diagnostic::{Diagnostic, Location};
use crate::lang::interface::{languages, speaks};
use crate::model::RawFile;

/// Remarks on what has no effect: a language without words, and files that are named like none of the theme.
pub fn remarks(config: &Config, templates: &[RawFile], statics: &[RawFile]) -> Vec<Diagnostic> {
    let mut all: Vec<Diagnostic> = unspoken(config).into_iter().collect();
    let texts: Vec<String> = templates.iter().map(|file| String::from_utf8_lossy(&file.bytes).into_owned()).collect();
    let (mut pages, mut assets) = (Theme::template_names(), Theme::static_names());
    pages.sort_unstable();
    assets.sort_unstable();
    for file in templates {
        let name = file.path.strip_prefix("templates/").unwrap_or(&file.path);
        // What another template includes may be called anything.
        if pages.contains(&name) || is_named(name, &texts) {
            continue;
        }
        let message = format!("no page uses a template of the name `{}`", crop(name));
        let diagnostic = Diagnostic::warning("unused-file", Location::file(&file.path), message);
        all.push(diagnostic.help(match meant(name, &pages) {
            Some(near) => format!("did you mean `templates/{near}`? Otherwise include it in a template"),
            None => format!("name it like one of the theme, or include it in one: {}", pages.join(", ")),
        }));
    }
    let configured = [&config.look.logo, &config.look.picture];
    for file in statics {
        let name = file.path.strip_prefix("static/").unwrap_or(&file.path);
        let is_configured = configured.iter().any(|own| own.as_ref().is_some_and(|(own, _)| own == name));
        if assets.contains(&name) || is_configured || is_named(name, &texts) {
            continue;
        }
        // A site may bring files of its own; only one that is nearly named like the theme's is a slip.
        if let Some(near) = meant(name, &assets) {
            let message = format!("this file takes the place of none of the theme: it has no `{}`", crop(name));
            let diagnostic = Diagnostic::warning("unused-file", Location::file(&file.path), message);
            all.push(diagnostic.help(format!("did you mean `static/{near}`?")));
        }
    }
    all
}

/// Says that the interface has no words of the site's language.
fn unspoken(config: &Config) -> Option<Diagnostic> {
    let place = config.language_at.clone().filter(|_| !speaks(&config.language))?;
    let message = format!("the interface is not written in `{}` yet: it stays English", crop(&config.language));
    let known = languages().map(|tag| format!("`{tag}`")).collect::<Vec<_>>().join(", ");
    let help = format!("its languages are {known}; the pages still state yours, and are read from its side");
    Some(Diagnostic::warning("unknown-language", place, message).help(help))
}

/// Tells whether a template names a file.
fn is_named(name: &str, templates: &[String]) -> bool {
    templates.iter().any(|text| text.contains(name))
}

/// Gives the file of the theme that a name was probably meant to be: one of its name in another folder, or nearly of it.
fn meant<'k>(name: &str, known: &[&'k str]) -> Option<&'k str> {
    let last = name.rsplit('/').next().unwrap_or(name);
    let same = known.iter().find(|known| known.eq_ignore_ascii_case(last));
    let near = || {
        let (stem, ending) = last.rsplit_once('.')?;
        let stems: Vec<&str> = known.iter().filter_map(|known| known.rsplit_once('.')).map(|(stem, _)| stem).collect();
        let found = nearest(stem, &stems)?;
        let of = |known: &&&str| known.rsplit_once('.').is_some_and(|(stem, _)| stem == found);
        let all = || known.iter().filter(of);
        all().find(|known| known.ends_with(ending)).or_else(|| all().next())
    };
    same.or_else(near).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(templates: &[(&str, &str)], statics: &[&str], language: &str) -> Vec<String> {
        let raw = |path: &str, text: &str| RawFile { path: path.to_owned(), bytes: text.as_bytes().to_vec() };
        let templates: Vec<RawFile> = templates.iter().map(|(path, text)| raw(path, text)).collect();
        let statics: Vec<RawFile> = statics.iter().map(|path| raw(path, "")).collect();
        let (config, _) = Config::read(Some(&raw("dateline.yaml", &format!("language: {language}\n"))));
        let said = |d: Diagnostic| {
            let place = d.location.unwrap();
            format!("{} {:?} [{}] {}", place.path, place.line, d.kind, d.help.unwrap())
        };
        remarks(&config, &templates, &statics).into_iter().map(said).collect()
    }

    #[test]
    fn a_template_that_no_page_uses_is_told_with_the_name_that_was_meant() {
        let said = told(&[("templates/evnt.html", ""), ("templates/pages/item.html", "")], &[], "en");
        assert_eq!(said.len(), 2, "{said:?}");
        assert!(said[0].starts_with("templates/evnt.html None [unused-file] did you mean `templates/event.html`?"));
        assert!(said[1].contains("did you mean `templates/item.html`?"), "{said:?}");
        let said = told(&[("templates/zebra.html", "")], &[], "en");
        assert!(said[0].contains("name it like one of the theme") && said[0].contains("year.html"), "{said:?}");
        let good = [("templates/event.html", "{% include \"mine/box.html\" %}"), ("templates/mine/box.html", "")];
        assert_eq!(told(&good, &[], "en"), Vec::<String>::new());
    }

    #[test]
    fn a_static_file_is_told_where_it_is_nearly_one_of_the_theme() {
        let said =
            told(&[], &["static/sytle.css", "static/css/style.css", "static/photo.jpg", "static/text.css"], "en");
        assert_eq!(
            said,
            [
                "static/sytle.css None [unused-file] did you mean `static/style.css`?",
                "static/css/style.css None [unused-file] did you mean `static/style.css`?"
            ]
        );
        let linked = [("templates/head.html", "<link rel=\"stylesheet\" href=\"{{ root }}styles.css\">")];
        assert_eq!(told(&linked, &["static/styles.css"], "en"), Vec::<String>::new());
    }

    #[test]
    fn a_language_without_words_is_told_at_its_place() {
        let said = told(&[], &[], "ar");
        assert!(
            said[0].starts_with("dateline.yaml Some(1) [unknown-language] its languages are `en`, `fr`"),
            "{said:?}"
        );
        assert_eq!(told(&[], &[], "fr-CA"), Vec::<String>::new());
    }
}
