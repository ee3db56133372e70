//! The events in the words of schema.org, as one JSON-LD graph.

use super::{one_line, page};
use crate::model::Timeline;
use crate::render::Site;
use crate::render::data::Data;
use crate::render::head::event_thing;

/// Writes a list of the events as their pages describe them; what is denied or only possible is no `Event`.
pub(super) fn graph(timeline: &Timeline, site: &Site) -> Vec<u8> {
    let mut graph = Data::page("ItemList");
    graph.text("name", Some(one_line(&site.config.title)));
    let items = timeline.events.iter().filter_map(|event| {
        let mut thing = event_thing(timeline, event)?;
        thing.text("identifier", Some(&event.id));
        thing.text("url", page(site, event));
        let mut item = Data::new("ListItem");
        item.one("item", Some(thing));
        Some(item)
    });
    graph.all("itemListElement", items);
    let mut bytes = graph.finish().into_bytes();
    bytes.push(b'\n');
    bytes
}
