//! Two dates with "to", a dash, or "between … and" between them are one range.

use crate::lang::Language;
use crate::model::{Lead, LeadKind, Timex, TimexClass};

/// Marks the second of two expressions that make a range with the lead [`LeadKind::To`].
pub fn ranges(_lang: &Language, text: &str, found: &mut [Timex]) {
    for i in 1..found.len() {
        let (Some(a), Some(b)) = (found.get(i - 1), found.get(i)) else {
            continue;
        };
        let dates = a.class == TimexClass::Date && b.class == TimexClass::Date;
        if !dates || b.lead.as_ref().is_some_and(|l| l.kind == LeadKind::To) || b.range.start < a.range.end {
            continue;
        }
        let Some(between) = text.get(a.range.end..b.range.start) else {
            continue;
        };
        let link = between.trim();
        let opened = a.lead.as_ref().map(|l| l.kind);
        let range = match link {
            "to" | "until" | "till" | "through" => true,
            "-" | "\u{2010}" | "\u{2011}" | "\u{2012}" | "\u{2013}" | "\u{2014}" => between.len() <= link.len() + 2,
            "and" => opened == Some(LeadKind::Between),
            _ => false,
        };
        if range && let Some(b) = found.get_mut(i) {
            let start = a_end(between, link, b.range.start);
            b.lead = Some(Lead { range: start..start + link.len(), kind: LeadKind::To });
        }
    }
}

// Where the link itself stands.
fn a_end(between: &str, link: &str, next: usize) -> usize {
    next - between.len() + between.find(link).unwrap_or(0)
}
