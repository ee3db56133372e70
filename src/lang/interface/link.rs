//! Why two sentences were taken to tell one event.

use super::{Interface, fill, word};
use crate::model::LinkReason;

impl Interface {
    /// Says why a sentence was put to an event with one of another outlet, or of the same article (`None`).
    pub fn merged(&self, other: Option<&str>, reasons: &[LinkReason]) -> String {
        let mut said: Vec<String> = reasons.iter().map(|reason| self.reason(reason)).collect();
        if said.is_empty() {
            said.push(word(&self.links, "none").to_owned());
        }
        let (key, other) = other.map_or(("again", ""), |other| ("other", other));
        fill(word(&self.links, key), &[("other", other), ("reasons", &said.join("; "))])
    }

    fn reason(&self, reason: &LinkReason) -> String {
        let quoted = |words: &[String]| -> Vec<String> { words.iter().map(|w| self.quote(w)).collect() };
        match reason {
            LinkReason::SameWords => word(&self.links, "same_words").to_owned(),
            LinkReason::SharedPhrase(phrase) => {
                fill(word(&self.links, "shared_phrase"), &[("phrase", &self.quote(phrase))])
            }
            LinkReason::SharedNames(names) => fill(word(&self.links, "shared_names"), &[("names", &self.list(names))]),
            LinkReason::SharedWords(words) => {
                fill(word(&self.links, "shared_words"), &[("words", &self.list(&quoted(words)))])
            }
        }
    }
}
