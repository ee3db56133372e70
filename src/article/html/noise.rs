//! What of a page is no part of its article: navigation, asides, comments, related links, share bars, forms.

use super::page::{Element, Page, Piece};

/// An element that only its class calls noise holds at most this part of the page's text, in per cent.
const MOST: usize = 40;

/// A list of links has at least so many, and this part of its text stands in them, in per cent.
const LINKS: usize = 4;
const LINKED: usize = 70;

/// Elements that never hold an article.
const NAMES: &[&str] = &[
    "amp-",
    "aside",
    "audio",
    "button",
    "canvas",
    "dialog",
    "figcaption",
    "footer",
    "form",
    "label",
    "map",
    "menu",
    "nav",
    "object",
    "option",
    "select",
    "video",
];

const ROLES: &[&str] = &[
    "alert",
    "alertdialog",
    "banner",
    "complementary",
    "contentinfo",
    "dialog",
    "menu",
    "menubar",
    "navigation",
    "search",
    "tablist",
    "toolbar",
];

/// Words with which classes and ids of what surrounds an article begin or end, in order.
#[rustfmt::skip]
const WORDS: &[&str] = &[
    "ad", "ads", "advert", "advertisement", "adverts", "alsoread", "authorbio", "authorbox", "bio", "breadcrumb",
    "breadcrumbs", "comment", "commentlist", "comments", "consent", "cookie", "cookies", "disqus", "donate",
    "donation", "dropdown", "footer", "gdpr", "jumplink", "jumplinks", "login", "masthead", "menu", "modal",
    "mostpopular", "mostread", "nav", "navbar", "navigation", "newsletter", "outbrain", "pager", "pagination",
    "popular", "popup", "print", "promo", "promos", "promotion", "readalso", "readmore", "readnext", "recirc",
    "recirculation", "recommendations", "recommended", "register", "related", "relatedposts", "replies", "respond",
    "rss", "share", "sharebar", "sharedaddy", "sharing", "shoutbox", "sidebar", "signup", "skiplink", "skiplinks",
    "skipto", "social", "sponsor", "sponsored", "subscribe", "subscription", "taboola", "tagcloud", "taglist", "tags",
    "toc", "toolbar", "topbar", "trending", "tweetbutton", "upnext",
];

/// Words that turn a class into a remark on what else stands on the page.
const REMARKS: &[&str] =
    &["has", "is", "js", "no", "not", "single", "status", "tag", "tags", "category", "type", "with", "without", "wp"];

/// Tells of each piece of a page whether it is noise.
pub(super) fn noise(page: &Page) -> Vec<bool> {
    let sums = Sums::of(page);
    let mut noise = vec![false; page.pieces.len()];
    let mut at = 0;
    while let Some(piece) = page.pieces.get(at) {
        match piece {
            Piece::Open(element) if is_noise(element, &sums, at) => {
                if let Some(within) = noise.get_mut(at..=element.close) {
                    within.fill(true);
                }
                at = element.close + 1;
            }
            _ => at += 1,
        }
    }
    noise
}

fn is_noise(element: &Element, sums: &Sums, at: usize) -> bool {
    let heads = sums.heads(at, element.close);
    if element.hidden {
        return !heads;
    }
    if NAMES.contains(&element.name) {
        // A saved page may lie in one form, as those of some systems do.
        return !heads || sums.part(at, element.close) < MOST;
    }
    if heads {
        return false;
    }
    ROLES.contains(&element.role.as_str())
        // A page's own head is noise where the headline stands elsewhere.
        || element.name == "header" && sums.headed && !sums.within_article(at)
        || sums.is_list_of_links(element, at)
        || element.class.split_whitespace().any(names_noise) && sums.part(at, element.close) < MOST
        || element.itemprop.split_whitespace().any(|name| name.eq_ignore_ascii_case("comment"))
}

/// Whether a class or an id names what surrounds an article: `related-posts`, `post__share`, `tagList`.
fn names_noise(class: &str) -> bool {
    let mut words: Vec<String> = Vec::new();
    let mut lower = true;
    for c in class.chars().take(60) {
        if !c.is_ascii_alphanumeric() {
            lower = true;
            words.push(String::new());
        } else {
            if words.is_empty() || c.is_ascii_uppercase() && lower && words.last().is_some_and(|w| !w.is_empty()) {
                words.push(String::new());
            }
            lower = !c.is_ascii_uppercase();
            if let Some(word) = words.last_mut() {
                word.push(c.to_ascii_lowercase());
            }
        }
    }
    words.retain(|word| !word.is_empty() && !word.bytes().all(|b| b.is_ascii_digit()));
    let known = |word: &String| WORDS.binary_search(&word.as_str()).is_ok();
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return false };
    // `most-read` and `mostread` are one.
    let joined = || words.windows(2).any(|pair| known(&pair.concat()));
    let remark = words.len() > 1 && REMARKS.contains(&first.as_str());
    !remark && (known(first) || known(last)) || joined()
}

/// Sums over the pieces of a page, so that what an element holds is known at once.
struct Sums {
    /// Bytes of text before each piece.
    text: Vec<usize>,
    /// Bytes of text within links, and links, before each piece.
    linked: Vec<(usize, usize)>,
    /// Headlines and bodies of articles that begin before each piece.
    marks: Vec<usize>,
    /// Whether the page has a headline outside of its own head.
    headed: bool,
    /// For each piece, whether it stands within an article.
    articles: Vec<bool>,
}

impl Sums {
    fn of(page: &Page) -> Sums {
        let (mut text, mut marks, mut articles) = (Vec::new(), Vec::new(), Vec::new());
        let (mut length, mut count, mut within, mut headed) = (0, 0, 0, false);
        let (mut linked, mut in_links, mut links) = (Vec::new(), 0, 0);
        let mut link = false;
        let mut kinds: Vec<(bool, bool)> = Vec::new();
        for piece in &page.pieces {
            text.push(length);
            marks.push(count);
            articles.push(within > 0);
            linked.push((in_links, links));
            match piece {
                Piece::Text(range) => {
                    length += range.len();
                    in_links += if link { range.len() } else { 0 };
                }
                Piece::Open(element) => {
                    let article = matches!(element.name, "article" | "main");
                    kinds.push((article, link));
                    within += usize::from(article);
                    if element.name == "a" && element.href.is_some() {
                        link = true;
                        links += 1;
                    }
                    if element.name == "h1" || marks_body(element) {
                        count += 1;
                        headed |= element.name == "h1";
                    }
                }
                Piece::Close => {
                    let (article, outside) = kinds.pop().unwrap_or_default();
                    within -= usize::from(article);
                    link = outside;
                }
            }
        }
        text.push(length);
        marks.push(count);
        linked.push((in_links, links));
        Sums { text, linked, marks, headed, articles }
    }

    /// Whether the headline or the marked body of an article stands between two pieces.
    fn heads(&self, from: usize, to: usize) -> bool {
        self.marks.get(to) > self.marks.get(from)
    }

    /// The part of the page's text that stands between two pieces, in per cent.
    fn part(&self, from: usize, to: usize) -> usize {
        let at = |i: usize| self.text.get(i).copied().unwrap_or_default();
        let whole = self.text.last().copied().unwrap_or_default().max(1);
        at(to).saturating_sub(at(from)) * 100 / whole
    }

    /// Whether an element is a list of links and hardly anything else.
    fn is_list_of_links(&self, element: &Element, at: usize) -> bool {
        if !matches!(element.name, "div" | "dl" | "ol" | "p" | "section" | "table" | "td" | "ul") {
            return false;
        }
        let of = |i: usize| self.linked.get(i).copied().unwrap_or_default();
        let (from, to) = (of(at), of(element.close));
        let text = |i: usize| self.text.get(i).copied().unwrap_or_default();
        let length = text(element.close).saturating_sub(text(at));
        to.1 - from.1 >= LINKS && (to.0 - from.0) * 100 >= length * LINKED
    }

    fn within_article(&self, at: usize) -> bool {
        self.articles.get(at).copied().unwrap_or(false)
    }
}

/// Whether a page says of an element that it is the body of its article.
pub(super) fn marks_body(element: &Element) -> bool {
    const BODIES: &[&str] = &[
        "article-body",
        "article-content",
        "article-text",
        "article__body",
        "article__content",
        "articlebody",
        "body-content",
        "entry-content",
        "field--name-body",
        "gh-content",
        "liveblog-posts",
        "post-body",
        "post-content",
        "post-full-content",
        "story-body",
        "story-content",
        "storybody",
        "wp-block-post-content",
    ];
    element.itemprop.eq_ignore_ascii_case("articleBody")
        || element.class.split_whitespace().any(|class| BODIES.iter().any(|body| class.eq_ignore_ascii_case(body)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_of_what_surrounds_an_article_are_known() {
        assert!(WORDS.is_sorted());
        for class in
            ["comments", "related-posts", "post__share", "tagList", "SocialBar", "most-read", "ad-300", "td-sidebar"]
        {
            assert!(names_noise(class), "{class}");
        }
        for class in [
            "has-sidebar",
            "no-comments",
            "tag-social",
            "wp-block-button",
            "shadow",
            "heads",
            "readability",
            "",
            "--",
            "12",
            "tag-share",
        ] {
            assert!(!names_noise(class), "{class}");
        }
    }
}
