//! Bytes → [`Article`]: encoding, front matter, header lines, Markdown, plain text or HTML, blocks, sentences.
//!
//! ```
//! use dateline::{article, config::Config, model::{RawArticle, RawFile}};
//!
//! let file = RawFile {
//!     path: "content/quay.txt".to_owned(),
//!     bytes: b"Published: Janaury 17, 2022\n\n-Harbour News\n\nThe quay was shut on Friday.\n".to_vec(),
//! };
//! let (read, messages) = article::read(&Config::default(), &RawArticle { file, sidecar: None });
//! let article = read.unwrap();
//! assert!(messages.is_empty());
//! assert_eq!(article.publisher.unwrap().value, "Harbour News");
//! assert_eq!(article.published.unwrap().date.to_string(), "2022-01-17");
//! assert_eq!(article.text, "The quay was shut on Friday.");
//! ```

pub mod adding;
mod assemble;
mod boilerplate;
mod conflicts;
mod credits;
mod dateline;
mod dates;
mod decode;
mod drop;
mod foot;
mod forms;
mod front;
mod furniture;
mod head;
mod html;
mod keys;
mod markdown;
mod markup;
mod metadata;
mod order;
mod paragraph;
mod plain;
mod sentences;
mod settle;
mod unquoted;
mod written;

pub use decode::decode;
pub use settle::settle;
pub use written::{Written, with_sources};

use crate::config::Config;
use crate::diagnostic::{Diagnostic, Location};
use crate::model::{Article, BlockKind, DateBasis, Edtf, Published, RawArticle, Stated, TextBasis};
use crate::yaml::{self, Node, Value};
use adding::Origin;
use assemble::Body;
use conflicts::Claim;
use dates::Said;
use front::Front;
use head::Head;
use metadata::{Metadata, Place};
use paragraph::Para;

/// A title taken from the first sentence has at most this many characters.
const LONGEST_TITLE: usize = 90;

/// Reads one article; `None` with a message when it has no text, without one when it is a draft.
pub fn read(config: &Config, raw: &RawArticle) -> (Option<Article>, Vec<Diagnostic>) {
    let (read, messages) = read_whole(config, raw);
    (read.map(|(article, _)| article), messages)
}

/// Reads one article as [`read`] does, and what an event written by hand states besides.
pub fn read_whole(config: &Config, raw: &RawArticle) -> (Option<(Article, Option<Written>)>, Vec<Diagnostic>) {
    read_from(config, raw, &Origin::default())
}

/// Reads one article of which more is known than its file.
pub fn read_from(
    config: &Config,
    raw: &RawArticle,
    origin: &Origin,
) -> (Option<(Article, Option<Written>)>, Vec<Diagnostic>) {
    let mut messages = Vec::new();
    let path = raw.file.path.as_str();
    let page = html::is_page(&ending(path));
    let file = if page { html::decode(&raw.file.bytes) } else { decode(&raw.file.bytes) };
    let Some(file) = file else {
        messages.push(binary(path));
        return (None, messages);
    };
    let beside = raw.sidecar.as_ref().is_some_and(|sidecar| order::asked(&sidecar.bytes));
    let order = if beside || !page && order::asked(file.as_bytes()) { order::told(&file) } else { None };
    let sidecar = sidecar(config, raw, order, &mut messages);
    let markdown = matches!(ending(path).as_str(), "md" | "markdown" | "mdown" | "mkd");
    let (mut front, base) =
        if markdown { front_matter(config, path, &file, order, &mut messages) } else { Default::default() };
    let mut read = page.then(|| html::read(path, &file, origin.url.as_deref()));
    if let Some(read) = &mut read {
        front = std::mem::take(&mut read.metadata);
    }
    origin.complete(&mut front);
    if sidecar.draft || front.draft {
        return (None, Vec::new());
    }
    let (mut paras, above) = match read {
        Some(read) => (read.paras, read.above),
        None if markdown => (markdown::paragraphs(&file, base), Vec::new()),
        None => (plain::paragraphs(&file), Vec::new()),
    };
    let language = sidecar.language.clone().or(front.language.clone()).unwrap_or_else(|| config.language.clone());
    let stated = sidecar.title.as_ref().or(front.title.as_ref());
    let heading = if markdown || page { take_heading(&mut paras, stated.map(String::as_str), order) } else { None };
    let known = if markdown || page { stated.or(heading.as_ref()).map(String::as_str) } else { None };
    // What people wrote for the timeline is taken as it is.
    let by_hand = sidecar.event_at.is_some() || front.event_at.is_some();
    let day_first = dates::day_first(&language).or(order);
    let mut head = if by_hand { Head::default() } else { head::take(&mut paras, known, day_first) };
    if page {
        head.complete(head::take(&mut { above }, known, day_first));
    }
    for place in &head.ambiguous {
        let at = Location::in_text(path, &file, place.start, place.len());
        messages.push(
            Diagnostic::warning("metadata-value", at, "day and month of this date can be told apart two ways")
                .help("write the date as in `2022-01-17`"),
        );
    }
    for place in &head.impossible {
        let at = Location::in_text(path, &file, place.start, place.len());
        messages.push(
            Diagnostic::warning("metadata-value", at, "the day that this line states does not exist")
                .help("correct it; until then the article is read without it"),
        );
    }
    if !by_hand {
        drop::boilerplate(&mut paras);
    }
    if paras.is_empty() && !(by_hand && known.is_some()) {
        messages.push(
            Diagnostic::error("empty-article", Location::file(path), "the article has no text; it is left out")
                .help("write its text, or remove the file"),
        );
        return (None, messages);
    }
    let body = match known.filter(|_| paras.is_empty()) {
        Some(title) => Body { line_starts: assemble::body(&file, paras).line_starts, ..written::line(&file, 0, title) },
        None => assemble::body(&file, paras),
    };
    let event_at = sidecar.event_at.clone().or(front.event_at.clone());
    let note = sidecar.note.clone().or(front.note.clone());
    let cited = [&sidecar.cited, &front.cited].into_iter().find(|c| !c.is_empty()).cloned().unwrap_or_default();
    let sources = Sources { sidecar, front, head, heading, page };
    messages.extend(conflicts(path, &file, &sources));
    let article = article(path, language, sources, body);
    match event_at {
        None => (Some((article, None)), messages),
        Some(_) if article.event.is_some() => {
            let cited = written::articles(&article, &file, cited);
            (Some((article, Some(Written { note, cited }))), messages)
        }
        Some(at) => {
            if !messages.iter().any(|m| m.kind == "event-date") {
                let help = format!("{}; until then the event is left out", yaml::EDTF_HELP);
                messages.push(Diagnostic::error("event-date", at, "this event has no date").help(help));
            }
            (None, messages)
        }
    }
}

/// All that states something about the article.
struct Sources {
    sidecar: Metadata,
    front: Metadata,
    head: Head,
    /// The title of a Markdown file or a page that is its heading.
    heading: Option<String>,
    /// Whether the front matter is what a page says of itself.
    page: bool,
}

impl Sources {
    /// What the dates and names of the front matter stand on.
    fn basis(&self) -> (DateBasis, TextBasis) {
        match self.page {
            true => (DateBasis::PageMetadata, TextBasis::PageMetadata),
            false => (DateBasis::FrontMatter, TextBasis::FrontMatter),
        }
    }
}

/// Tells of publication dates that cannot all be right.
fn conflicts(path: &str, file: &str, sources: &Sources) -> Vec<Diagnostic> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let named = dates::of_file_name(name);
    let mut claims: Vec<Claim> = Vec::new();
    for (data, basis) in [(&sources.sidecar, DateBasis::Sidecar), (&sources.front, sources.basis().0)] {
        if let (Some((date, _)), Some(at)) = (&data.published, &data.published_at) {
            claims.push(Claim { date: date.clone(), basis, at: at.clone() });
        }
    }
    let later = sources.head.updated.filter(|said| said.year.is_some()).or(named);
    for (said, place) in &sources.head.claims {
        if let Some(date) = said.edtf(later.and_then(|later| year_before(*said, later))) {
            let at = Location::in_text(path, file, place.start, place.len());
            claims.push(Claim { date, basis: DateBasis::Header, at });
        }
    }
    // A date without a label, and the day of a dateline, stand for the header where nothing else does:
    // an agency's text is often printed days later.
    let head = &sources.head;
    for (stated, basis) in [(&head.published, DateBasis::Header), (&head.dateline, DateBasis::Dateline)] {
        if claims.is_empty()
            && let Some(date) = stated.as_ref().and_then(|(said, _)| said.edtf(head.year))
        {
            claims.push(Claim { date, basis, at: Location::file(path) });
        }
    }
    if let Some(date) = named.and_then(|said| said.edtf(None)) {
        claims.push(Claim { date, basis: DateBasis::FileName, at: Location::file(path) });
    }
    conflicts::told(&claims, path.rsplit_once('.').map_or(path, |(stem, _)| stem))
}

/// Puts the article together: sidecar before front matter before header before dateline before file name.
fn article(path: &str, language: String, sources: Sources, body: Body) -> Article {
    let (by_day, by_name) = sources.basis();
    let Sources { sidecar, front, head, heading, .. } = sources;
    let by_day = front.published_basis.unwrap_or(by_day);
    let stated = |basis| move |value| Stated { value, basis };
    let url = sidecar.url.or(front.url).or(head.url);
    let title = (sidecar.title.map(stated(TextBasis::Sidecar)))
        .or(front.title.map(stated(by_name)))
        .or(heading.or(head.title).map(stated(TextBasis::Header)))
        .unwrap_or_else(|| Stated { value: first_sentence(&body), basis: TextBasis::FirstSentence });
    let publisher = (sidecar.publisher.map(stated(TextBasis::Sidecar)))
        .or(front.publisher.map(stated(by_name)))
        .or(head.publisher.or(head.byline).map(stated(TextBasis::Header)))
        .or(head.agency.map(stated(TextBasis::Dateline)))
        .or(url.as_deref().and_then(metadata::host).map(stated(TextBasis::Url)));
    let name = path.rsplit('/').next().unwrap_or(path);
    let named = dates::of_file_name(name);
    let updated = sidecar.updated.or(front.updated);
    // A date without a year borrows it from the date of the last change, or from the file's name.
    let later = head.updated.filter(|said| said.year.is_some()).or(named);
    let copyright = head.year;
    let date = |stated: Option<(Said, String)>, basis| {
        let (said, evidence) = stated?;
        let date = said.edtf(later.and_then(|later| year_before(said, later)).or(copyright))?;
        Some(Published { date, basis, evidence })
    };
    let given =
        |stated: Option<(Edtf, String)>, basis| stated.map(|(date, evidence)| Published { date, basis, evidence });
    let published = given(sidecar.published, DateBasis::Sidecar)
        .or(given(front.published, by_day))
        .or_else(|| date(head.published, DateBasis::Header))
        .or_else(|| date(head.dateline, DateBasis::Dateline))
        .or_else(|| date(named.map(|said| (said, name.to_owned())), DateBasis::FileName))
        .or_else(|| date(url.as_deref().and_then(|u| Some((dates::of_address(u)?, u.to_owned()))), DateBasis::Address));
    let event = sidecar.event.or(front.event);
    let domain = sidecar.domain.or(front.domain);
    let is_event = sidecar.is_event || front.is_event;
    Article {
        id: settle::natural_id(path),
        path: path.to_owned(),
        title,
        publisher,
        updated: updated.or_else(|| head.updated.and_then(|said| said.edtf(None))),
        url,
        authors: [sidecar.authors, front.authors, head.authors].into_iter().find(|a| !a.is_empty()).unwrap_or_default(),
        tags: if sidecar.tags.is_empty() { front.tags } else { sidecar.tags },
        language,
        domain,
        event: event.or_else(|| published.as_ref().filter(|_| is_event).map(|p| p.date.clone())),
        published,
        text: body.text,
        blocks: body.blocks,
        sentences: body.sentences,
        source_map: body.source_map,
        line_starts: body.line_starts,
    }
}

/// The year of a date that states none, when it is not after a date that states one.
fn year_before(said: Said, later: Said) -> Option<i32> {
    let year = later.year?;
    let after = (said.month, said.day) > (later.month.or(said.month), later.day.or(said.day));
    Some(if after { year - 1 } else { year })
}

fn binary(path: &str) -> Diagnostic {
    Diagnostic::error("binary-file", Location::file(path), "the file holds bytes that are no text; it is left out")
        .help("save it as UTF-8 text, or move it out of `content/`")
}

fn ending(path: &str) -> String {
    path.rsplit('/')
        .next()
        .and_then(|name| name.rsplit_once('.'))
        .map_or(String::new(), |(_, e)| e.to_ascii_lowercase())
}

fn sidecar(config: &Config, raw: &RawArticle, order: Option<bool>, messages: &mut Vec<Diagnostic>) -> Metadata {
    let Some(sidecar) = &raw.sidecar else {
        return Metadata::default();
    };
    let Some(file) = decode(&sidecar.bytes) else {
        messages.push(binary(&sidecar.path));
        return Metadata::default();
    };
    let place = Place { path: &sidecar.path, file: &file, start: 0, end: file.len() };
    metadata::read(place, dates::day_first(&config.language).or(order), messages)
}

/// Reads the front matter of a Markdown file and says where its text begins.
fn front_matter(
    config: &Config,
    path: &str,
    file: &str,
    order: Option<bool>,
    messages: &mut Vec<Diagnostic>,
) -> (Metadata, usize) {
    let day_first = dates::day_first(&config.language).or(order);
    match front::split(file) {
        Front::None => (Metadata::default(), 0),
        Front::Yaml { start, end, body } => {
            (metadata::read(Place { path, file, start, end }, day_first, messages), body)
        }
        Front::Toml { start, end, body } => {
            let document = forms::toml(file.get(start..end).unwrap_or_default());
            (metadata::of_document(Place { path, file, start, end }, document, day_first, messages), body)
        }
        Front::Json { start, body } => {
            let document = Ok(forms::json(file.get(start..body).unwrap_or_default()));
            (metadata::of_document(Place { path, file, start, end: body }, document, day_first, messages), body)
        }
        Front::BadJson { start, body } => {
            let error = forms::json_end(file.get(start..).unwrap_or_default()).and_then(Result::err);
            let place = Place { path, file, start, end: body };
            let read = error.map(|error| metadata::of_document(place, Err(error), day_first, messages));
            (read.unwrap_or_default(), body)
        }
        Front::Tags { body } => {
            let pairs = Value::Map(forms::tags(file).0);
            let document = Ok(Node { value: pairs, at: 0, len: body });
            (metadata::of_document(Place { path, file, start: 0, end: body }, document, day_first, messages), body)
        }
        Front::Unclosed { end } => {
            messages.push(
                Diagnostic::error("front-matter", Location::in_text(path, file, 0, 3), "the front matter has no end")
                    .help("close it with a line of `---`"),
            );
            (Metadata::default(), end)
        }
    }
}

/// Takes the `# heading` that is the title off a Markdown text, and gives it when no title is stated.
fn take_heading(paras: &mut Vec<Para<'_>>, stated: Option<&str>, order: Option<bool>) -> Option<String> {
    let near = paras.iter().take(6).position(|p| p.kind == BlockKind::Heading(1));
    let first = paras.first().is_some_and(|p| matches!(p.kind, BlockKind::Heading(_))).then_some(0);
    let i = near.or(first)?;
    // Lines of a page above a rule of `===` are a heading to Markdown.
    if let Some(para) = paras.get_mut(i)
        && head::is_page_head(para, order)
    {
        para.kind = BlockKind::Paragraph;
        return None;
    }
    let text = paras.get(i)?.text.split_whitespace().collect::<Vec<_>>().join(" ");
    match stated {
        Some(title) if !head::same(title, &text) => None,
        stated => {
            paras.remove(i);
            stated.is_none().then_some(text)
        }
    }
}

/// The first sentence, cut at a word where it is long.
fn first_sentence(body: &Body) -> String {
    let range = body.sentences.first().map_or(0..body.text.len(), |s| s.range.clone());
    let mut title = String::new();
    let mut length = 0;
    for word in body.text.get(range).unwrap_or_default().split_whitespace() {
        let more = word.chars().count() + usize::from(length > 0);
        if length + more > LONGEST_TITLE - 1 && length > 0 {
            return title.trim_end_matches([',', ';', ':', '—', '–', '-', ' ']).to_owned() + "…";
        }
        if length > 0 {
            title.push(' ');
        }
        title.push_str(word);
        length += more;
        if length > LONGEST_TITLE {
            return title.chars().take(LONGEST_TITLE - 1).collect::<String>() + "…";
        }
    }
    title
}
