//! What a browser gets: the file with its type, what it may keep, and pages with the reload script in them.

use super::files::Found;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

/// Stands in for the site's own page where it has none.
const MISSING: &str = "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>404</title></head>\n\
    <body><p>404: nothing stands at this address.</p></body></html>\n";

/// Answers with what was found; `known` are the tags of what the browser has already.
pub(super) fn reply(found: Found, build: &str, known: Option<&str>) -> Response {
    match found {
        Found::Elsewhere(place) => {
            (StatusCode::FOUND, [(header::LOCATION, place), (header::CACHE_CONTROL, "no-cache".to_owned())])
                .into_response()
        }
        Found::Nothing(page) => {
            let page = injected(page.unwrap_or_else(|| MISSING.as_bytes().to_vec()), build);
            let head = [(header::CONTENT_TYPE, kind("404.html", &page)), (header::CACHE_CONTROL, "no-cache")];
            (StatusCode::NOT_FOUND, head, page).into_response()
        }
        Found::File(name, bytes) => {
            let keep = if is_hashed(&name) { "public, max-age=31536000, immutable" } else { "no-cache" };
            let page = matches!(ending(&name).as_str(), "html" | "htm");
            let bytes = if page { injected(bytes, build) } else { bytes };
            send(&name, bytes, keep, known)
        }
    }
}

/// Answers with a file of the server's own.
pub(super) fn own(name: &str, bytes: &[u8], known: Option<&str>) -> Response {
    send(name, bytes.to_vec(), "no-cache", known)
}

fn send(name: &str, bytes: Vec<u8>, keep: &'static str, known: Option<&str>) -> Response {
    let hash = blake3::hash(&bytes).to_hex();
    let tag = format!("\"{}\"", hash.get(..32).unwrap_or_default());
    let kept = [(header::ETAG, tag.clone()), (header::CACHE_CONTROL, keep.to_owned())];
    if known.is_some_and(|known| is_known(known, &tag)) {
        return (StatusCode::NOT_MODIFIED, kept).into_response();
    }
    let head = [(header::CONTENT_TYPE, kind(name, &bytes)), (header::X_CONTENT_TYPE_OPTIONS, "nosniff")];
    (StatusCode::OK, kept, head, bytes).into_response()
}

/// Says whether a list of tags (`"a", W/"b"`, or `*`) holds one.
fn is_known(list: &str, tag: &str) -> bool {
    list.split(',').map(str::trim).any(|one| one == "*" || one.strip_prefix("W/").unwrap_or(one) == tag)
}

/// Puts the reload script at the end of a page's body, or of the page.
fn injected(mut page: Vec<u8>, build: &str) -> Vec<u8> {
    let script = format!("<script src=\"/_dateline/reload.js\" data-build=\"{build}\" defer></script>\n");
    let end = b"</body";
    let place = page.windows(end.len()).rposition(|part| part.eq_ignore_ascii_case(end)).unwrap_or(page.len());
    page.splice(place..place, script.into_bytes());
    page
}

/// Says whether a name holds the hash of its bytes (`assets/style.0a1b2c3d.css`), so that it never changes.
fn is_hashed(name: &str) -> bool {
    let hash = |part: &str| part.len() >= 8 && part.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    name.strip_prefix("assets/").is_some_and(|file| file.split('.').skip(1).any(hash))
}

fn ending(name: &str) -> String {
    let file = name.rsplit('/').next().unwrap_or(name);
    file.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default()
}

/// Gives the type of a file by its name, and of XML by what it begins with.
fn kind(name: &str, bytes: &[u8]) -> &'static str {
    let begins = |word: &[u8]| {
        bytes.get(..bytes.len().min(512)).unwrap_or_default().windows(word.len()).any(|part| part == word)
    };
    match ending(name).as_str() {
        "html" | "htm" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" | "map" => "application/json",
        "jsonl" => "application/jsonl; charset=utf-8",
        "jsonld" => "application/ld+json",
        "webmanifest" => "application/manifest+json",
        "atom" => "application/atom+xml; charset=utf-8",
        "xml" if begins(b"<feed") => "application/atom+xml; charset=utf-8",
        "xml" if begins(b"<rss") => "application/rss+xml; charset=utf-8",
        "xml" | "xsl" => "application/xml; charset=utf-8",
        "ics" => "text/calendar; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "txt" | "bib" | "mw" => "text/plain; charset=utf-8",
        "md" => "text/markdown; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "woff" => "font/woff",
        "ttf" => "font/ttf",
        "otf" => "font/otf",
        "pdf" => "application/pdf",
        "mp4" => "video/mp4",
        "webm" => "video/webm",
        "mp3" => "audio/mpeg",
        "wasm" => "application/wasm",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_stands_at_the_end_of_the_body_of_any_page() {
        let put = |page: &str| String::from_utf8(injected(page.as_bytes().to_vec(), "7")).unwrap();
        let script = "<script src=\"/_dateline/reload.js\" data-build=\"7\" defer></script>\n";
        assert_eq!(
            put("<p>in a </body> said</p></BODY></html>"),
            format!("<p>in a </body> said</p>{script}</BODY></html>")
        );
        assert_eq!(put("<p>no end"), format!("<p>no end{script}"));
        assert_eq!(put(""), script);
    }

    #[test]
    fn only_a_name_with_a_hash_is_kept_for_ever() {
        assert!(is_hashed("assets/style.0a1b2c3d.css"));
        for name in ["assets/style.css", "style.0a1b2c3d.css", "assets/a.css", "assets/0a1b2c3d.css", "events.json"] {
            assert!(!is_hashed(name), "{name}");
        }
    }

    #[test]
    fn tags_are_compared_one_by_one() {
        assert!(is_known("\"a\", W/\"b\"", "\"b\"") && is_known("*", "\"b\""));
        assert!(!is_known("\"ab\"", "\"b\"") && !is_known("", "\"b\""));
    }
}
