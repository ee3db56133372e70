//! The keys under which front matter of every kind states what it states.

/// Names of each field, most telling first; compared without case, `-` and `_`.
pub(super) const TITLE: &[&str] = &["title", "headline", "og:title"];
pub(super) const PUBLISHED: &[&str] = &[
    "published",
    "datepublished",
    "publisheddate",
    "publishedat",
    "publishedon",
    "publishedtime",
    "article:publishedtime",
    "og:publishedtime",
    "article:published",
    "publicationdate",
    "publishdate",
    "pubdate",
    "date",
    "dateposted",
    "posted",
    "postedon",
    "issued",
    "dcterms.issued",
    "dc.date",
    "dcterms.date",
    "created",
    "createdat",
    "datecreated",
    "filed",
    "filedat",
    "filedon",
    "printdate",
    "issuedate",
    "coverdate",
    "releasedate",
    "onsale",
];
pub(super) const UPDATED: &[&str] = &[
    "updated",
    "lastmod",
    "lastmodified",
    "lastupdated",
    "modified",
    "datemodified",
    "updatedat",
    "modifiedtime",
    "article:modifiedtime",
    "og:updatedtime",
];
pub(super) const PUBLISHER: &[&str] = &[
    "publisher",
    "publication",
    "source",
    "outlet",
    "sitename",
    "site",
    "newspaper",
    "paper",
    "magazine",
    "og:sitename",
    "pub",
    "mag",
    "journal",
];
pub(super) const URL: &[&str] = &["url", "sourceurl", "originalurl", "canonicalurl", "canonical", "link", "permalink"];
pub(super) const AUTHORS: &[&str] = &["author", "authors", "byline"];
pub(super) const TAGS: &[&str] = &["tags", "tag", "keywords", "categories", "category"];
const SUBJECT: &[&str] = &["subject"];
const SENDER: &[&str] = &["from", "sender"];
pub(super) const LANGUAGE: &[&str] = &["lang", "language", "locale"];

/// What a key states.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Title,
    Published,
    Updated,
    Publisher,
    Author,
    /// Who sent a letter.
    Sender,
}

/// What a key of a `key: value` line states; `None` for one that says nothing about the article.
pub(super) fn field(key: &str) -> Option<Field> {
    let key = key.replace(['_', '-', ' '], "").to_lowercase();
    let known = [
        (PUBLISHED, Field::Published),
        (UPDATED, Field::Updated),
        (TITLE, Field::Title),
        (SUBJECT, Field::Title),
        (PUBLISHER, Field::Publisher),
        (AUTHORS, Field::Author),
        (SENDER, Field::Sender),
    ];
    known.iter().find(|(names, _)| names.contains(&key.as_str())).map(|(_, field)| *field)
}
