//! The events in the words of schema.org, as one JSON-LD graph.

use super::{address, articles, one_line, page};
use crate::model::{Status, Timeline};
use crate::render::Site;
use crate::render::data::Data;

/// Writes an `Event` for each event, with the articles that tell it.
pub(super) fn graph(timeline: &Timeline, site: &Site) -> Vec<u8> {
    let events = timeline.events.iter().map(|event| {
        let mut data = Data::new("Event");
        data.text("identifier", Some(&event.id));
        data.text("name", Some(one_line(&event.title)));
        data.text("temporalCoverage", Some(event.date.to_string()));
        data.text("startDate", event.date.first_day().map(|day| day.to_string()));
        data.text("endDate", event.date.last_day().map(|day| day.to_string()));
        data.text("url", page(site, event));
        let planned = event.status == Status::Planned;
        data.text("eventStatus", planned.then_some("https://schema.org/EventScheduled"));
        data.all(
            "subjectOf",
            articles(timeline, event).into_iter().map(|article| {
                let mut news = Data::new("NewsArticle");
                news.text("headline", Some(one_line(&article.title.value)));
                news.text("url", address(article));
                news.text("datePublished", article.published.as_ref().and_then(|p| p.date.datetime_attr()));
                news.one(
                    "publisher",
                    article.publisher.as_ref().map(|publisher| {
                        let mut outlet = Data::new("Organization");
                        outlet.text("name", Some(&publisher.value));
                        outlet
                    }),
                );
                news
            }),
        );
        data
    });
    let mut graph = Data::page("ItemList");
    graph.text("name", Some(one_line(&site.config.title)));
    graph.all(
        "itemListElement",
        events.map(|event| {
            let mut item = Data::new("ListItem");
            item.one("item", Some(event));
            item
        }),
    );
    let mut bytes = graph.finish().into_bytes();
    bytes.push(b'\n');
    bytes
}
