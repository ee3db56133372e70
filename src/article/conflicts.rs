//! Publication dates that cannot all be right: which counts, and that the others were read.

use crate::diagnostic::{Diagnostic, Location};
use crate::model::{DateBasis, Edtf};

/// One publication date that something states.
pub(super) struct Claim {
    pub(super) date: Edtf,
    pub(super) basis: DateBasis,
    pub(super) at: Location,
}

/// Warns of every date that differs by more than a day from the first, which counts.
///
/// A day apart is the width of the time zones.
pub(super) fn told(claims: &[Claim], stem: &str) -> Vec<Diagnostic> {
    let Some((first, others)) = claims.split_first() else { return Vec::new() };
    let differ = others.iter().filter(|claim| apart(&first.date, &claim.date));
    differ
        .map(|claim| {
            let why = if claim.basis == first.basis {
                "of the header lines the first one counts".to_owned()
            } else {
                format!("{} goes before {}", name(first.basis), name(claim.basis))
            };
            let message = format!(
                "{} states the publication date {}, but {} counts: {why}",
                name(claim.basis),
                claim.date,
                first.date
            );
            let help = match first.basis {
                DateBasis::Sidecar | DateBasis::FrontMatter => {
                    "make them agree; where the other is something else than the publication date, all is well"
                        .to_owned()
                }
                _ => format!("state the right one as `published:` in the front matter or in `{stem}.yaml`"),
            };
            Diagnostic::warning("conflicting-dates", claim.at.clone(), message).help(help)
        })
        .collect()
}

fn name(basis: DateBasis) -> &'static str {
    match basis {
        DateBasis::Sidecar => "the `.yaml` file",
        DateBasis::FrontMatter => "the front matter",
        DateBasis::PageMetadata => "the page's metadata",
        DateBasis::FileName => "the file's name",
        DateBasis::Address => "the web address",
        DateBasis::Dateline => "the dateline",
        _ => "the header line",
    }
}

/// Whether more than a day lies between two dates.
fn apart(a: &Edtf, b: &Edtf) -> bool {
    let gap = |early: &Edtf, late: &Edtf| match (early.last_day(), late.first_day()) {
        (Some(end), Some(start)) => (start - end).num_days() > 1,
        _ => false,
    };
    gap(a, b) || gap(b, a)
}
