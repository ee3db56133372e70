//! What a page says of its article: title, outlet, address, dates, authors, language.

use super::jsonld;
use super::page::{Element, Page, Piece};
use crate::article::dates::{self, Reading};
use crate::article::metadata::{Metadata, host, one_line, web_address};
use crate::config;
use crate::diagnostic::Location;
use crate::model::Edtf;
use std::ops::Range;
use url::Url;

/// A date is looked for in this many elements that give one to machines.
const MOST_TIMES: usize = 200;
/// Names in the metadata of a page are at most so many.
const MOST_NAMES: usize = 40;

/// Names of `<meta>`, most telling first.
const TITLES: &[&str] =
    &["og:title", "headline", "dc.title", "dcterms.title", "parsely-title", "sailthru.title", "twitter:title"];
const OUTLETS: &[&str] = &[
    "og:site_name",
    "dc.publisher",
    "dcterms.publisher",
    "publisher",
    "application-name",
    "apple-mobile-web-app-title",
];
const PUBLISHED: &[&str] = &[
    "article:published_time",
    "article:published",
    "og:published_time",
    "datepublished",
    "date_published",
    "dc.date.issued",
    "dcterms.issued",
    "parsely-pub-date",
    "sailthru.date",
    "publish-date",
    "publish_date",
    "publishdate",
    "published",
    "publication_date",
    "pubdate",
    "dcterms.created",
    "dc.date",
    "dcterms.date",
    "article.published",
    "article:create_at",
    "citation_publication_date",
    "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime",
    "date",
    "dcterms.available",
];
const UPDATED: &[&str] =
    &["article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "last-modified", "lastmod"];
const AUTHORS: &[&str] = &[
    "author",
    "article:author",
    "citation_author",
    "dc.creator",
    "dcterms.creator",
    "parsely-author",
    "sailthru.author",
    "byl",
];
const TAGS: &[&str] = &["article:tag", "news_keywords"];
const LANGUAGES: &[&str] = &["og:locale", "dc.language", "content-language", "inlanguage"];

/// The file at hand.
pub(super) struct File<'a> {
    pub(super) path: &'a str,
    pub(super) html: &'a str,
    pub(super) page: &'a Page,
    pub(super) noise: &'a [bool],
    /// The address at which the page was found.
    pub(super) found: Option<&'a str>,
}

impl File<'_> {
    /// The page's own address: what it calls canonical.
    pub(super) fn address(&self) -> Option<String> {
        let base = self.page.base.as_deref().and_then(web_address).or_else(|| self.found.and_then(web_address));
        let base = base.as_deref().and_then(|base| Url::parse(base).ok());
        let link = |rel: &str| self.page.links.iter().find(|(names, _, _)| names.split_whitespace().any(|n| n == rel));
        let canonical = link("canonical").map(|(_, href, _)| href.as_str());
        let metas =
            ["og:url", "twitter:url", "dc.identifier", "parsely-link"].into_iter().flat_map(|name| self.metas(name));
        let whole = |href: &str| match Url::parse(href) {
            Ok(url) => web_address(url.as_str()),
            Err(_) => web_address(base.as_ref()?.join(href).ok()?.as_str()),
        };
        let mut found: Vec<String> =
            canonical.into_iter().chain(metas.map(|(value, _)| value)).filter_map(whole).collect();
        // Some systems name their front page as the address of every page.
        let deep =
            found.iter().position(|url| Url::parse(url).is_ok_and(|url| url.path().len() > 1 || url.query().is_some()));
        if found.is_empty() { None } else { Some(found.swap_remove(deep.unwrap_or(0))) }
    }

    /// Gathers what the page says; `text` are the pieces of its article.
    pub(super) fn metadata(&self, kept: &[bool], address: Option<String>) -> Metadata {
        let scripts: Vec<&str> = self.page.json.iter().filter_map(|range| self.html.get(range.clone())).collect();
        let json = jsonld::read(&scripts, address.as_deref()).unwrap_or_default();
        let json_at = self.page.json.first().map_or(0, |range| range.start);
        let said_language = json.language.as_deref().or(self.meta(LANGUAGES)).or(self.page.language.as_deref());
        let language = said_language.into_iter().chain(self.page.language.as_deref()).find_map(language);
        let day_first = language.as_deref().and_then(dates::day_first);
        let url = address.or_else(|| json.url.as_deref().and_then(web_address));
        let publisher = json.publisher.or_else(|| self.meta(OUTLETS).map(str::to_owned));
        let publisher =
            publisher.map(|name| one_line(&name)).filter(|name| !name.is_empty() && web_address(name).is_none());
        let mut dates: Vec<(String, usize)> = json.published.into_iter().map(|date| (date, json_at)).collect();
        dates.extend(PUBLISHED.iter().flat_map(|name| self.metas(name)).map(|(value, at)| (value.to_owned(), at)));
        dates.extend(self.times(kept));
        let published =
            dates.into_iter().find_map(|(text, at)| Some((read_date(&text, day_first)?, one_line(&text), at)));
        let updated =
            json.updated.as_deref().into_iter().chain(UPDATED.iter().flat_map(|n| self.metas(n)).map(|(v, _)| v));
        let titles = json
            .headline
            .into_iter()
            .chain(self.meta(TITLES).map(str::to_owned))
            .chain(self.headline())
            .chain(self.title());
        let mut titles =
            titles.map(|title| self.without_outlet(&one_line(&title), publisher.as_deref(), url.as_deref()));
        let title = titles.find(|(title, _)| !title.is_empty());
        let (title, outlet) = title.map_or((None, None), |(title, outlet)| (Some(title), outlet));
        let publisher = publisher.or(outlet);
        let (title, publisher) = match title.as_deref().filter(|_| publisher.is_none()).and_then(|t| self.masthead(t)) {
            Some((title, outlet)) => (Some(title), Some(outlet)),
            None => (title, publisher),
        };
        Metadata {
            title,
            updated: updated.into_iter().find_map(|text| read_date(text, day_first)),
            authors: self.authors(json.authors),
            tags: if json.tags.is_empty() { self.tags() } else { names(json.tags) },
            published_at: published.as_ref().map(|(_, _, at)| Location::in_text(self.path, self.html, *at, 1)),
            published: published.map(|(date, text, _)| (date, text)),
            publisher,
            url,
            language,
            ..Metadata::default()
        }
    }

    /// The values of `<meta>` of a name.
    fn metas<'a>(&'a self, name: &str) -> impl Iterator<Item = (&'a str, usize)> + use<'a> {
        let name = name.to_owned();
        self.page.metas.iter().filter(move |(key, _, _)| *key == name).map(|(_, value, at)| (value.as_str(), *at))
    }

    fn meta(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| self.metas(name).next()).map(|(value, _)| value)
    }

    /// The elements outside of noise, with the pieces within them.
    fn elements(&self) -> impl Iterator<Item = (&Element, Range<usize>)> {
        self.page.pieces.iter().enumerate().filter_map(|(at, piece)| match piece {
            Piece::Open(element) if self.noise.get(at) == Some(&false) => Some((element, at..element.close)),
            _ => None,
        })
    }

    fn words(&self, within: Range<usize>) -> String {
        let mut words = String::new();
        for i in within {
            if let Some(Piece::Text(range)) = self.page.pieces.get(i) {
                words.push_str(&super::entities::decoded(self.html.get(range.clone()).unwrap_or_default()));
            }
        }
        one_line(&words)
    }

    /// The headline on the page, where there is one alone.
    fn headline(&self) -> Option<String> {
        let marked = self.elements().find(|(element, _)| element.itemprop.eq_ignore_ascii_case("headline"));
        if let Some((element, within)) = marked {
            let words = element.value.clone().unwrap_or_else(|| self.words(within));
            return Some(words);
        }
        let mut found =
            self.elements().filter(|(element, _)| element.name == "h1").map(|(_, within)| self.words(within));
        let first = found.find(|words| !words.is_empty())?;
        found.all(|words| words.is_empty() || words == first).then_some(first)
    }

    fn title(&self) -> Option<String> {
        self.page.title.as_ref().map(|(title, _)| title.clone())
    }

    /// A title without the outlet's name behind it, or before it, and that name.
    fn without_outlet(&self, title: &str, publisher: Option<&str>, url: Option<&str>) -> (String, Option<String>) {
        let fold =
            |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
        let host = url.and_then(host).map(|host| fold(host.split('.').next().unwrap_or_default()));
        let sites: Vec<String> = publisher.into_iter().chain(self.meta(OUTLETS)).map(fold).chain(host).collect();
        let is_outlet = |part: &str| {
            let part = fold(part);
            !part.is_empty()
                && sites.iter().any(|site| {
                    *site == part || site.strip_prefix("the") == Some(&part) || part.strip_prefix("the") == Some(site)
                })
        };
        let parts = |rest: &str, outlet: &str| (rest.trim().to_owned(), Some(outlet.trim().to_owned()));
        for mark in [" | ", " - ", " – ", " — ", " :: ", " » ", " · ", " • ", ": "] {
            match (title.rsplit_once(mark), title.split_once(mark)) {
                (Some((rest, last)), _) if is_outlet(last) => return parts(rest, last),
                (_, Some((first, rest))) if is_outlet(first) => return parts(rest, first),
                _ => {}
            }
        }
        (title.to_owned(), None)
    }

    /// A title of outlet and headline, in its parts: each of both stands on the page by itself too, and is no link.
    fn masthead(&self, title: &str) -> Option<(String, String)> {
        let (first, second) = [" | ", " - ", " – ", " — ", ": "].iter().find_map(|mark| title.split_once(mark))?;
        let (mut at_first, mut at_second, mut links) = (None, None, 0);
        for (i, piece) in self.page.pieces.iter().enumerate() {
            match piece {
                Piece::Open(element) if element.name == "a" && element.href.is_some() => links = element.close,
                Piece::Text(range) if i > links && range.len() < 2 * title.len() + 40 => {
                    let words = one_line(&super::entities::decoded(self.html.get(range.clone()).unwrap_or_default()));
                    if words == first {
                        at_first = at_first.or(Some(i));
                    } else if words == second {
                        at_second = at_second.or(Some(i));
                    }
                }
                _ => {}
            }
        }
        // The outlet stands above its headline, and has a short name.
        let (outlet, headline) = if at_first? < at_second? { (first, second) } else { (second, first) };
        (outlet.split(' ').count() <= 5).then(|| (headline.to_owned(), outlet.to_owned()))
    }

    /// Dates that elements give to machines: those marked as the publication, then those above the text.
    fn times(&self, kept: &[bool]) -> Vec<(String, usize)> {
        let long = |(i, piece): (usize, &Piece)| match piece {
            Piece::Text(range) => kept.get(i) == Some(&true) && range.len() > 80,
            _ => false,
        };
        let text_begins = self.page.pieces.iter().enumerate().position(long).unwrap_or(self.page.pieces.len());
        let mut ranked: Vec<(usize, String, usize)> = Vec::new();
        for (element, within) in self.elements() {
            let of_date =
                |name: &str| name.eq_ignore_ascii_case("datePublished") || name.eq_ignore_ascii_case("dateCreated");
            let marked = element.itemprop.split_whitespace().any(of_date);
            if !(marked || element.name == "time") || ranked.len() >= MOST_TIMES {
                continue;
            }
            let class = element.class.to_ascii_lowercase();
            let changed = element.itemprop.eq_ignore_ascii_case("dateModified")
                || ["updated", "modified"].iter().any(|word| class.contains(word));
            let told = ["publish", "posted", "entry-date", "pubdate"].iter().any(|word| class.contains(word));
            let above = within.start < text_begins;
            let rank = match (marked, told, changed && !told, above) {
                (true, _, _, _) => 0,
                (_, true, _, _) => 1,
                (_, _, false, true) => 2,
                _ => continue,
            };
            let value = element.value.clone().filter(|value| !value.trim().is_empty());
            ranked.push((rank, value.unwrap_or_else(|| self.words(within)), element.at));
        }
        ranked.sort_by_key(|(rank, _, _)| *rank);
        ranked.into_iter().map(|(_, text, at)| (text, at)).collect()
    }

    fn authors(&self, json: Vec<String>) -> Vec<String> {
        let metas = || AUTHORS.iter().map(|name| self.metas(name).map(|(v, _)| v.to_owned()).collect::<Vec<_>>());
        let marked = |element: &Element| element.itemprop.eq_ignore_ascii_case("author");
        let on_page = || {
            let found = self.elements().filter(|(element, _)| marked(element)).take(MOST_NAMES);
            found.map(|(element, within)| element.value.clone().unwrap_or_else(|| self.words(within))).collect()
        };
        let all = std::iter::once(json).chain(metas()).chain(std::iter::once_with(on_page));
        let people = |list: Vec<String>| {
            let list: Vec<String> = list.iter().flat_map(|name| name.split([';', '|'])).map(str::to_owned).collect();
            names(list.into_iter().filter(|name| !name.contains("://") && !name.contains('@')).collect())
        };
        all.map(people).find(|list| !list.is_empty()).unwrap_or_default()
    }

    fn tags(&self) -> Vec<String> {
        let listed = TAGS
            .iter()
            .map(|name| self.metas(name).flat_map(|(value, _)| value.split(',')).map(str::to_owned).collect());
        listed.map(names).find(|list: &Vec<String>| !list.is_empty()).unwrap_or_default()
    }
}

/// Names without doubles and without what is none.
fn names(list: Vec<String>) -> Vec<String> {
    let mut seen = std::collections::BTreeSet::new();
    let clean =
        list.iter().take(MOST_NAMES).map(|name| one_line(name)).filter(|name| !name.is_empty() && name.len() <= 120);
    clean.filter(|name| seen.insert(name.to_lowercase())).collect()
}

/// A language tag, of which `en_US` is one too.
fn language(said: &str) -> Option<String> {
    config::language_tag(said.split([',', ';']).next().unwrap_or_default())
}

/// The civil day that a machine's date names, in the zone in which it is written.
fn read_date(text: &str, day_first: Option<bool>) -> Option<Edtf> {
    let text = text.trim();
    match dates::read(text, day_first) {
        Reading::Date(said) => said.edtf(None),
        Reading::Ambiguous | Reading::Impossible => None,
        // "2022-01-17T10:00:00.000+01:00[Europe/Paris]", "20220117T1000Z", seconds since 1970.
        Reading::Not => {
            let day = text.get(..10).filter(|day| day.as_bytes().get(4) == Some(&b'-'));
            let numbers = text.len() >= 8 && text.bytes().take(8).all(|b| b.is_ascii_digit());
            let bare = |at: usize| text.as_bytes().get(at).is_none_or(|b| !b.is_ascii_digit());
            let packed = || Some([text.get(..4)?, text.get(4..6)?, text.get(6..8)?].join("-"));
            match day {
                Some(day) if bare(10) => Edtf::parse(day).ok(),
                _ if numbers && bare(8) => Edtf::parse(&packed()?).ok(),
                _ => seconds(text),
            }
        }
    }
}

/// The day of a number of seconds, or thousandths, since 1970.
fn seconds(text: &str) -> Option<Edtf> {
    let number: i64 = text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok())??;
    let seconds = match text.len() {
        9 | 10 => number,
        12 | 13 => number / 1000,
        _ => return None,
    };
    Edtf::parse(&chrono::DateTime::from_timestamp(seconds, 0)?.format("%Y-%m-%d").to_string()).ok()
}
