//! Events whose mentions people changed: date, headline and weight follow from what is left.

use crate::model::{Claim, Disagreement, Edtf, Event, Mention, Timeline};
use std::collections::BTreeSet;

/// Gives what an event is when only some of its mentions are left; they come in its order, at least one.
pub(super) fn shrunk(timeline: &Timeline, before: &Event, left: Vec<usize>) -> Event {
    let kept: BTreeSet<usize> = left.iter().copied().collect();
    let of = |i: &usize| timeline.mentions.get(*i);
    let own = || left.iter().filter_map(of);
    let mut event = before.clone();
    if !own().any(|m| m.title == before.title)
        && let Some(first) = own().next()
    {
        event.title.clone_from(&first.title);
    }
    event.status = own().map(|m| m.status).min().unwrap_or(before.status);
    event.copies.retain(|m| kept.contains(m));
    event.links.retain(|link| kept.contains(&link.a) && kept.contains(&link.b));
    let claims = before.disagreement.iter().flat_map(|d| &d.claims).filter_map(|claim| {
        let mentions: Vec<usize> = claim.mentions.iter().copied().filter(|m| kept.contains(m)).collect();
        (!mentions.is_empty()).then(|| Claim { date: claim.date.clone(), mentions })
    });
    let claims: Vec<Claim> = claims.collect();
    if claims.len() > 1 {
        event.date = Edtf::one_of(claims.iter().map(|c| c.date.clone()).collect());
        event.disagreement = Some(Disagreement { claims });
    } else {
        event.disagreement = None;
        if !own().any(|m| m.date == before.date)
            && let Some(date) = finest(own())
        {
            event.date = date;
        }
    }
    event.mentions = left;
    weigh(timeline, &mut event, before);
    event
}

/// Puts other events to one; it keeps its id and headline, and dates that exclude each other stand side by side.
pub(super) fn joined(timeline: &Timeline, first: &Event, others: &[Event]) -> Event {
    let mut event = first.clone();
    let mut heaviest = first;
    for other in others {
        event.mentions.extend(&other.mentions);
        event.copies.extend(&other.copies);
        event.links.extend(other.links.iter().cloned());
        event.status = event.status.min(other.status);
        if other.importance > heaviest.importance {
            heaviest = other;
        }
    }
    event.copies.sort_unstable();
    let sides = || std::iter::once(first).chain(others);
    if sides().all(|a| a.date.overlaps(&first.date) && a.disagreement.is_none()) {
        if let Some(side) = sides().min_by_key(|side| days(&side.date)) {
            event.date = side.date.clone();
        }
    } else {
        let mut claims: Vec<Claim> = Vec::new();
        for side in sides() {
            let own = vec![Claim { date: side.date.clone(), mentions: side.mentions.clone() }];
            for claim in side.disagreement.as_ref().map_or(own, |d| d.claims.clone()) {
                match claims.iter_mut().find(|known| known.date == claim.date) {
                    Some(known) => known.mentions.extend(claim.mentions),
                    None => claims.push(claim),
                }
            }
        }
        claims.sort_by_key(|c| (c.date.first_day(), c.date.to_string()));
        event.date = Edtf::one_of(claims.iter().map(|c| c.date.clone()).collect());
        event.disagreement = (claims.len() > 1).then_some(Disagreement { claims });
    }
    weigh(timeline, &mut event, heaviest);
    event
}

/// Gives the date that says most among those of some mentions.
fn finest<'a>(mentions: impl Iterator<Item = &'a Mention>) -> Option<Edtf> {
    mentions.map(|m| &m.date).min_by_key(|date| (days(date), date.to_string())).cloned()
}

fn days(date: &Edtf) -> i64 {
    match (date.first_day(), date.last_day()) {
        (Some(first), Some(last)) => (last - first).num_days(),
        _ => i64::MAX,
    }
}

/// Weighs an event by how many more or fewer voices tell it than the one whose weight is known.
pub(super) fn weigh(timeline: &Timeline, event: &mut Event, known: &Event) {
    let voices = |e: &Event| (1.0 + timeline.voices(e) as f64).ln();
    let weight = known.importance * voices(event) / voices(known);
    event.importance = (weight * 10_000.0).round() / 10_000.0;
}
