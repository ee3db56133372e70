//! The page that other sites show in a frame: the events that matter most, each with its date and a link to its sources.

use super::head::Head;
use super::html::{Desk, put};
use super::lists::Page;
use super::parts::Link;
use tera::Context;

/// Events that it shows.
const MOST: usize = 30;

impl Desk<'_> {
    /// Fills the page for frames.
    pub(super) fn embed(&self, context: &mut Context) -> Page {
        let mut most: Vec<usize> = (0..self.timeline.events.len()).collect();
        let weight = |&i: &usize| self.timeline.events.get(i).map_or(0.0, |event| event.importance);
        // The sort keeps the order of time among those that weigh the same.
        most.sort_by(|a, b| weight(b).total_cmp(&weight(a)));
        most.truncate(MOST);
        most.sort_unstable();
        let links: Vec<Link> = most.into_iter().filter_map(|i| self.event_link(i)).collect();
        put(context, "links", &links)?;
        let description = &self.site.config.description;
        let description = if description.is_empty() { self.site.words.label("kicker") } else { description };
        Ok(("embed.html", Head { description: description.to_owned(), hidden: true, ..Head::default() }))
    }
}
