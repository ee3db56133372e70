//! Why two sentences were taken to tell one event.

use super::{Interface, fill, word};
use crate::model::LinkReason;

impl Interface {
    /// Says why a sentence was put to an event with one of another outlet, or of the same article (`None`).
    pub fn merged(&self, other: Option<&str>, reasons: &[LinkReason]) -> String {
        // Only words are held against them.
        let words = reasons.iter().any(|reason| matches!(reason, LinkReason::SharedWords(_)));
        let named = reasons.iter().filter(|_| words).filter_map(|reason| match reason {
            LinkReason::SharedNames(names) => Some(names),
            _ => None,
        });
        let named: Vec<String> = named.flatten().flat_map(|name| name.split(' ')).map(str::to_lowercase).collect();
        let mut said: Vec<String> = reasons.iter().filter_map(|reason| self.reason(reason, &named)).collect();
        if said.is_empty() {
            said.push(word(&self.links, "none").to_owned());
        }
        let (key, other) = other.map_or(("again", ""), |other| ("other", other));
        fill(word(&self.links, key), &[("other", other), ("reasons", &self.statements(&said))])
    }

    /// Words a reason; words that are part of a name which is told anyway are left out.
    fn reason(&self, reason: &LinkReason, named: &[String]) -> Option<String> {
        Some(match reason {
            LinkReason::SameWords => word(&self.links, "same_words").to_owned(),
            LinkReason::SharedPhrase(phrase) => {
                fill(word(&self.links, "shared_phrase"), &[("phrase", &self.quote(phrase))])
            }
            LinkReason::SharedNames(names) => fill(word(&self.links, "shared_names"), &[("names", &self.list(names))]),
            LinkReason::SharedWords(words) => {
                let other = words.iter().filter(|word| !named.contains(&word.to_lowercase()));
                let quoted: Vec<String> = other.map(|word| self.quote(word)).collect();
                if quoted.is_empty() {
                    return None;
                }
                fill(word(&self.links, "shared_words"), &[("words", &self.list(&quoted))])
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::interface;
    use super::*;

    #[test]
    fn a_name_is_told_once() {
        let list = |items: &[&str]| items.iter().map(|&i| i.to_owned()).collect();
        let reasons =
            [LinkReason::SharedNames(list(&["Ines Holt", "Arl"])), LinkReason::SharedWords(list(&["holt", "bridge"]))];
        let words = interface("en");
        assert_eq!(
            words.merged(Some("The Post"), &reasons),
            "Taken with The Post: both name Ines Holt and Arl; both speak of “bridge”."
        );
        assert_eq!(
            interface("fr").merged(Some("La Voix"), &reasons),
            "Réuni avec La Voix : les deux nomment Ines Holt et Arl ; les deux parlent de « bridge »."
        );
        assert_eq!(words.merged(None, &[]), "Taken with its other sentence: the same date and place in the story.");
    }
}
