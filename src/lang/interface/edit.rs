//! What people decided about an event, in words.

use super::{Interface, fill, word};
use crate::model::{Change, Corrected};

impl Interface {
    /// Says that an event, its text and its date were written by hand.
    pub fn written(&self) -> &str {
        word(&self.edits, "written")
    }

    /// Says what a correction did, and why.
    pub fn corrected(&self, corrected: &Corrected) -> String {
        let key = match corrected.what {
            Change::Split => "split",
            Change::Merge => "merge",
            Change::Hide if corrected.id.is_none() => "hide_event",
            Change::Hide => "hide",
            Change::Date => "date",
            Change::Title => "title",
            Change::Note => "note",
            Change::Pin => "pin",
        };
        let was = corrected.was.as_deref().unwrap_or_default();
        let was = match corrected.what {
            // EDTF is for programs; the date in words stands for it.
            Change::Date => was.parse().map_or_else(|_| was.to_owned(), |date| self.date(&date)),
            _ => self.quote(was),
        };
        let said = fill(word(&self.edits, key), &[("was", &was)]);
        match &corrected.reason {
            Some(reason) => fill(word(&self.edits, "because"), &[("said", &said), ("reason", reason)]),
            None => said,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::interface;
    use super::*;

    #[test]
    fn a_correction_says_what_stood_there_and_why() {
        let corrected = |what, was: Option<&str>, id: Option<&str>| Corrected {
            what,
            reason: Some("The council's minutes say so.".to_owned()),
            was: was.map(str::to_owned),
            id: id.map(str::to_owned),
        };
        let words = interface("en");
        assert_eq!(
            words.corrected(&corrected(Change::Date, Some("2021-03-08~"), None)),
            "The date was set by hand; the articles gave about 8 March 2021. The council's minutes say so."
        );
        let hidden = words.corrected(&corrected(Change::Hide, Some("It {was} shut"), Some("abc")));
        assert_eq!(hidden, "A sentence is not shown: “It {was} shut”. The council's minutes say so.");
    }
}
