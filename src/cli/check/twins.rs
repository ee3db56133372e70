//! Articles that a site has twice: at one address, or with nearly the same text.

use super::places::Places;
use crate::diagnostic::{Diagnostic, Location};
use crate::model::{Article, Timeline};
use crate::pipeline::adding::{Known, Likeness};
use std::collections::BTreeMap;

/// Tells of every article that is nearly the same as an earlier one, in order of path.
pub(super) fn twins(timeline: &Timeline, places: &Places) -> Vec<Diagnostic> {
    let mut known = Known::default();
    let mut earlier: BTreeMap<&str, &Article> = BTreeMap::new();
    let mut found = Vec::new();
    for article in timeline.articles.iter().filter(|article| article.event.is_none()) {
        if let Some(twin) = known.twin(article)
            && let Some(other) = earlier.get(twin.name.as_str())
        {
            found.push(message(article, other, twin.likeness, places));
        }
        known.add(&article.path, article);
        earlier.insert(&article.path, article);
    }
    found
}

fn message(article: &Article, other: &Article, likeness: Likeness, places: &Places) -> Diagnostic {
    let outlet = |article: &Article| article.publisher.as_ref().map(|p| p.value.to_lowercase());
    match likeness {
        Likeness::Address => {
            let place = places.text(article).find(article.url.as_deref().unwrap_or_default());
            let message = format!("{} stands at the same address", other.path);
            Diagnostic::warning("duplicate-article", place, message).help("remove one of the two, or correct its `url`")
        }
        // An agency's report in two papers is no mistake; the events count it as one voice.
        Likeness::Text if outlet(article) != outlet(other) && outlet(article).is_some() && outlet(other).is_some() => {
            let message = format!("the text is nearly that of {}, from another outlet", other.path);
            Diagnostic::note("duplicate-article", Location::file(&article.path), message)
                .help("both are shown as sources, and count as one voice")
        }
        Likeness::Text => {
            let message = format!("the text is nearly that of {}", other.path);
            Diagnostic::warning("duplicate-article", Location::file(&article.path), message)
                .help("remove one of the two; if two outlets printed it, state each one's `publisher`")
        }
    }
}
