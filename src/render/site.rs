//! What every exporter needs to know of a site: its configuration, words and addresses.

use super::cast::Casts;
use super::cuts::cuts;
use super::folders::folders;
use super::memo::Memo;
use super::stretch::part_folder;
use super::theme::hashed;
use super::voices::Voices;
use super::{RenderError, Theme, escape};
use crate::config::Config;
use crate::config::Direction;
use crate::lang::interface::{Interface, Reading, interface, is_from_right};
use crate::model::{Article, Event, Mention, OutputFile, Resolved, Timeline};
use foldhash::fast::RandomState;
use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;
use tera::Tera;

/// A site being rendered.
pub struct Site<'a> {
    /// Its configuration.
    pub config: &'a Config,
    /// The words of its language.
    pub words: &'static Interface,
    /// The theme's templates, with what every page shows.
    pub(super) tera: Tera,
    /// What they make of values of each shape.
    pub(super) casts: Casts,
    /// For each mention, the index of its event.
    pub(super) event_of: Vec<Option<usize>>,
    /// For each outlet, the folder of its page under `sources/`.
    pub(super) outlets: BTreeMap<&'a str, String>,
    /// For each outlet, its page, from the root of the site.
    outlet_pages: HashMap<&'a str, String, RandomState>,
    /// For each event, who tells it.
    pub(super) voices: Vec<OnceLock<Voices>>,
    /// For each article, where in its text its second and later pages begin.
    pub(super) cuts: Vec<Vec<usize>>,
    /// The logo, under a name with the hash of its bytes.
    pub(super) logo: Option<OutputFile>,
    /// What was worded already.
    pub(super) memo: Memo,
    /// The pages that every page links to, as templates get them.
    pub(super) nav: OnceLock<tera::Value>,
    /// For each article, the day on which it was published, as data gives it.
    pub(super) days: OnceLock<Vec<Option<String>>>,
    /// The colours and fonts of the configuration, as a style sheet, and where it is written.
    pub(super) style: Option<(String, String)>,
    /// Whether pages are written from the right.
    pub(super) from_right: bool,
    /// The importance from which on an event is set larger than the others.
    pub(super) leading: f64,
}

impl<'a> Site<'a> {
    /// Looks up what is needed to render a timeline.
    ///
    /// # Errors
    /// When what all pages share cannot be handed to the templates.
    pub fn new(config: &'a Config, timeline: &'a Timeline, theme: &Theme) -> Result<Site<'a>, RenderError> {
        let words = interface(&config.language);
        let mut event_of = vec![None; timeline.mentions.len()];
        for (i, event) in timeline.events.iter().enumerate() {
            for &mention in &event.mentions {
                if let Some(slot) = event_of.get_mut(mention) {
                    *slot = Some(i);
                }
            }
        }
        let mut tera = theme.tera.clone();
        let shared = tera.global_context();
        let value = tera::Value::try_from_serializable(&words.labels)?;
        shared.insert_value("t", value);
        shared.insert_value("lang", tera::Value::normal_string(&config.language));
        let dir = match config.direction {
            Some(Direction::Ltr) => Some("ltr"),
            Some(Direction::Rtl) => Some("rtl"),
            None => is_from_right(&config.language).then_some("rtl"),
        };
        shared.insert_value("dir", dir.map_or_else(tera::Value::none, tera::Value::normal_string));
        shared.insert_value("site_title", tera::Value::normal_string(&config.title));
        shared.insert_value("site_description", tera::Value::normal_string(&config.description));
        let style = config.look.css().map(|css| (hashed("theme.css", css.as_bytes()), css));
        let mut assets = assets(theme);
        assets.extend(style.as_ref().map(|(path, _)| ("theme_css".to_owned(), path.as_str())));
        shared.insert_value("assets", tera::Value::try_from_serializable(&assets)?);
        let text = |text: Option<String>| text.map_or_else(tera::Value::none, |text| tera::Value::normal_string(&text));
        let logo = config.look.logo.as_ref().and_then(|(file, _)| {
            let own = theme.files.iter().find(|own| own.path == *file)?;
            Some(OutputFile { path: hashed(file, &own.bytes), bytes: own.bytes.clone() })
        });
        shared.insert_value("logo", text(logo.as_ref().map(|logo| address(&logo.path))));
        let own = config.look.picture.as_ref().map(|(file, _)| file.as_str());
        let picture = match own {
            Some(address) if escape::web(address).is_some() => escape::web(address),
            own => static_path(theme, own.unwrap_or("share.png"))
                .and_then(|file| Some(format!("{}/{file}", config.base_url.as_deref()?.trim_end_matches('/')))),
        };
        let alt = own.is_none().then(|| words.label("picture").to_owned());
        shared.insert_value("picture_alt", text(alt.filter(|_| picture.is_some())));
        shared.insert_value("picture", text(picture));
        let publishers = timeline.articles.iter().filter_map(|a| a.publisher.as_ref());
        let outlets = folders(publishers.map(|p| p.value.as_str()), "outlet");
        Ok(Site {
            config,
            words,
            tera,
            casts: Casts::new(theme.plain.clone()),
            event_of,
            outlet_pages: outlets.iter().map(|(name, folder)| (*name, page("sources/", folder))).collect(),
            outlets,
            nav: OnceLock::new(),
            days: OnceLock::new(),
            voices: std::iter::repeat_with(OnceLock::new).take(timeline.events.len()).collect(),
            cuts: timeline.articles.iter().zip(&timeline.resolved).map(|(text, dates)| cuts(text, dates)).collect(),
            logo,
            memo: Memo::new(timeline),
            from_right: dir == Some("rtl"),
            leading: super::marks::leading(timeline),
            style,
        })
    }

    /// Gives the name under which an article's outlet is shown.
    pub(super) fn outlet<'t>(&self, article: &'t Article) -> &'t str
    where
        'a: 't,
    {
        let unknown = if article.event.is_some() { "by_hand" } else { "unknown_outlet" };
        article.publisher.as_ref().map_or(self.words.label(unknown), |p| &p.value)
    }

    /// Gives the page of an article's outlet, from the root of the site.
    pub(super) fn outlet_page(&self, article: &Article) -> Option<&str> {
        self.outlet_pages.get(article.publisher.as_ref()?.value.as_str()).map(String::as_str)
    }

    /// Gives the page of an article on which a place of its text stands, from the root of the site.
    pub(super) fn text_page(&self, index: usize, article: &Article, at: usize) -> String {
        match self.cuts.get(index).map_or(0, |cuts| cuts.partition_point(|cut| *cut <= at)) {
            0 => article_page(article),
            part => format!("articles/{}/{}/index.html", escape::part(&article.id), part_folder(part)),
        }
    }

    /// Gives the page of an article on which the sentence of a mention stands, from the root of the site.
    pub(super) fn sentence_page(&self, mention: &Mention, article: &Article) -> String {
        let start = article.sentences.get(mention.sentence).map_or(mention.quote.start, |s| s.range.start);
        self.text_page(mention.article, article, start)
    }

    /// Gives the place of an event in the timeline.
    pub(super) fn index_of(&self, event: &Event) -> Option<usize> {
        self.event_of.get(*event.mentions.first()?).copied().flatten()
    }

    /// Gives the absolute address of a page, where it is known where the site will stand.
    pub(super) fn canonical(&self, path: &str) -> Option<String> {
        let base = self.config.base_url.as_deref()?;
        let folder = path.strip_suffix("index.html").unwrap_or(path);
        let base = base.trim_end_matches('/');
        let mut out = String::with_capacity(base.len() + folder.len() + 1);
        out.push_str(base);
        for part in folder.split('/') {
            out.push('/');
            escape::push_part(&mut out, part);
        }
        Some(out)
    }

    /// Says why a mention has its date.
    pub(super) fn why(&self, timeline: &Timeline, mention: &Mention) -> &str {
        let Some(article) = timeline.articles.get(mention.article) else { return "" };
        if article.event.is_some() {
            return self.words.written();
        }
        // The date that the event has; a range can have given it more than the expression says.
        match resolved(timeline, mention) {
            Some((n, _)) => self.why_of(timeline, mention.article, n),
            None => "",
        }
    }

    /// Says why an expression of an article has its date.
    pub(super) fn why_of(&self, timeline: &Timeline, article: usize, n: usize) -> &str {
        let (Some(text), Some(all)) = (timeline.articles.get(article), timeline.resolved.get(article)) else {
            return "";
        };
        let basis = text.published.as_ref().map(|p| p.basis);
        let Some(this) = all.get(n) else { return "" };
        self.memo.why(article, n, || self.words.why(Reading { text: &text.text, basis, all, this }))
    }
}

/// Gives the resolved expression of a mention and its place in the article.
pub(super) fn resolved<'t>(timeline: &'t Timeline, mention: &Mention) -> Option<(usize, &'t Resolved)> {
    let all = timeline.resolved.get(mention.article)?;
    let at = all.partition_point(|r| r.timex.range.end <= mention.expression.start);
    let overlaps = |r: &(usize, &Resolved)| r.1.timex.marked().start < mention.expression.end;
    let mut near = all.iter().enumerate().skip(at).take(4).filter(overlaps);
    let first = near.clone().next();
    near.find(|(_, r)| r.date.as_ref() == Some(&mention.date)).or(first)
}

/// Gives the page of an event, from the root of the site.
pub(super) fn event_page(event: &Event) -> String {
    page("events/", &event.id)
}

/// Gives the page of an article, from the root of the site.
pub(super) fn article_page(article: &Article) -> String {
    page("articles/", &article.id)
}

fn page(folder: &str, name: &str) -> String {
    const INDEX: &str = "/index.html";
    let mut out = String::with_capacity(folder.len() + name.len() + INDEX.len());
    out.push_str(folder);
    escape::push_part(&mut out, name);
    out.push_str(INDEX);
    out
}

/// Gives where a file of `static/` is written, as an address writes it; nothing for one that is not there.
fn static_path(theme: &Theme, name: &str) -> Option<String> {
    let known = || theme.files.iter().find(|file| file.path == name).map(|file| file.path.as_str());
    let path = theme.assets.get(name).map(String::as_str).or_else(known)?;
    Some(address(path))
}

/// Writes a path as an address does.
fn address(path: &str) -> String {
    path.split('/').map(escape::part).collect::<Vec<_>>().join("/")
}

/// Gives the theme's files by names that a template can write: `style_css`.
fn assets(theme: &Theme) -> BTreeMap<String, &str> {
    let key = |name: &str| name.replace(|c: char| !c.is_ascii_alphanumeric(), "_");
    theme.assets.iter().map(|(name, path)| (key(name), path.as_str())).collect()
}
