//! The words by which a page is taken apart: its head, what is no text of its article, where sentences end.

use super::Openings;
use super::wordlist::{Runs, Words};
use serde::Deserialize;
use std::sync::OnceLock;

/// Words by which the head of an article is read.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeadWords {
    /// Words that may stand in a line with a date and say nothing.
    pub date_fillers: Words,
    /// Halves of the day.
    pub day_halves: Words,
    /// Names of time zones.
    pub zones: Words,
    /// Labels of a publication date.
    pub published: Vec<String>,
    /// Labels of the date of the last change.
    pub updated: Vec<String>,
    /// What tells at an article's end where else it stood, before the outlet and the day.
    pub appeared: Vec<String>,
    /// What a paper counts its pages and issues by.
    pub page_nouns: Words,
    /// Words that stand beside those.
    pub page_words: Words,
    /// Labels of the outlet; a colon must follow these and the next.
    pub source: Vec<String>,
    /// Labels of the author.
    pub author: Vec<String>,
    /// Labels of the headline.
    pub title: Vec<String>,
    /// Labels of the address.
    pub address: Vec<String>,
    /// Labels that are read over.
    pub other: Vec<String>,
    /// Words of an outlet's name.
    pub outlet: Words,
    /// What a person of a newsroom is called after the name.
    pub roles: Words,
    /// Words of a section or a kicker.
    pub kicker: Words,
    /// Small words that stay lower-cased inside a name.
    pub connectives: Words,
    /// Verbs of headlines.
    pub headline_verbs: Words,
    /// Capitals at the start of a text that are no city, as they stand.
    pub not_a_city: Words,
    /// Spellings of those who write the day before the month.
    pub day_first_signs: Words,
    /// Spellings of those who write the month before the day.
    pub month_first_signs: Words,
    /// Signs of a line of copyright.
    pub copyright: Vec<String>,
    /// Wires that write the month first in their slugs.
    pub month_first_wires: Words,
    /// The zones of those who write the month first.
    pub month_first_zones: Words,
    /// What names a week by the day on which it ends.
    pub weeks_ending: Vec<String>,
    /// What names a week by the day on which it begins.
    pub weeks_beginning: Vec<String>,
    /// Runs of words above posts with times by which they tell again what is long over.
    pub retold: Runs,
}

/// Words of lines that are no text of an article.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoticeWords {
    /// Labels of a promotion, in capitals: before a colon in any case, or in capitals alone.
    pub labels_alone: Openings,
    /// Labels of a promotion that need a colon, in capitals.
    pub labels: Openings,
    /// Words in brackets at the end of a promoted headline, in capitals.
    pub badges: Words,
    /// Openings of short lines that ask the reader for something.
    pub requests: Openings,
    /// Whole lines that are no text.
    pub whole: Vec<String>,
    /// Ends of a line of copyright.
    pub rights: Vec<String>,
    /// Ends of a picture's caption.
    pub credits: Vec<String>,
    /// Labels under or over a picture.
    pub picture: Openings,
    /// Places in a picture.
    pub places: Openings,
    /// Labels of a list of other articles.
    pub lists: Vec<String>,
    /// Labels of a list of what else an issue brings, told in sentences.
    pub issue_lists: Vec<String>,
    /// Agencies that pictures come from.
    pub agencies: Words,
    /// What stands beside such names in a credit, or for one.
    pub credit_words: Words,
    /// Openings of a picture's caption, before a dash or a colon.
    pub file_marks: Openings,
    /// Labels of a picture before a comma: "Image caption, …".
    pub picture_labels: Openings,
    /// Agencies that send pictures only: "Getty Images: A woman …".
    pub picture_agencies: Openings,
    /// What a line says of who helped with the text, behind names.
    pub contributed: Vec<String>,
    /// What opens a caption that names its picture: "In this".
    pub picture_opens: Openings,
    /// What follows the name of the picture in one: "taken".
    pub picture_taken: Words,
    /// What a page says of who made the text, before names.
    pub crew: Vec<String>,
    /// Openings of a line that ends there, or with a day: what the page did then.
    pub closings: Openings,
    /// The rules that a site sets for its readers.
    pub legal: Runs,
    /// Their first words, or what makes them the site's own.
    pub legal_first: Words,
    /// What makes them the site's own: "our".
    pub ours: Words,
    /// Who says so: "we".
    pub ourselves: Words,
    /// Words between that and their name, or between two of them.
    pub legal_between: Words,
    /// What is done to them.
    pub legal_changes: Words,
    /// Verbs by which a box tells of the author.
    pub author_verbs: Words,
    /// What an author is called.
    pub author_callings: Words,
    /// Names by which a paper speaks of itself.
    pub paper_names: Runs,
    /// What opens the name of the next issue.
    pub issue_opens: Runs,
    /// By these it comes out.
    pub issue_verbs: Words,
    /// What opens the notice of an evening or a sale.
    pub ticket_words: Words,
    /// Its verbs, told in the present.
    pub sale_verbs: Words,
}

/// What tells a full stop that ends a sentence from one that does not.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SentenceWords {
    /// Abbreviations that always stand before a name.
    pub titles: Words,
    /// Abbreviations that may end a sentence.
    pub open: Words,
    /// Those of them that stay lower-cased.
    pub small: Words,
    /// Abbreviations that only join a number to them.
    pub before_numbers: Words,
    /// Words that, capitalised after an abbreviation, open a sentence; as they stand.
    pub openers: Words,
}

/// Makes what gives the words of one file; the files are part of the program, so that reading them cannot fail in
/// use, and a test reads each.
macro_rules! read_once {
    ($($(#[$about:meta])* $name:ident: $kind:ty = $file:literal;)*) => {
        $($(#[$about])*
        pub fn $name() -> &'static $kind {
            static WORDS: OnceLock<$kind> = OnceLock::new();
            WORDS.get_or_init(|| serde_yaml::from_str(include_str!($file)).unwrap_or_default())
        })*

        #[cfg(test)]
        #[test]
        fn the_files_read() {
            $({
                let read: Result<$kind, _> = serde_yaml::from_str(include_str!($file));
                assert!(read.is_ok(), "{}: {:?}", $file, read.err());
            })*
        }
    };
}

read_once! {
    /// Gives the words for heads.
    head_words: HeadWords = "en/heads.yaml";
    /// Gives the words for what is no text.
    notice_words: NoticeWords = "en/notices.yaml";
    /// Gives the words for the ends of sentences.
    sentence_words: SentenceWords = "en/sentences.yaml";
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(list: &[String], word: &str) -> bool {
        list.iter().any(|known| known == word)
    }

    #[test]
    fn the_lists_answer() {
        let heads = head_words();
        assert!(heads.outlet.contains("herald") && heads.zones.contains("gmt") && heads.roles.contains("editor"));
        assert!(heads.not_a_city.contains("NATO") && heads.connectives.contains("&"));
        assert!(holds(&heads.published, "first published on") && holds(&heads.updated, "last updated"));
        assert!(heads.month_first_wires.contains("ap") && holds(&heads.weeks_ending, "week ending"));
        assert!(holds(&heads.copyright, "©") && !heads.outlet.contains("quay"));
        let notices = notice_words();
        assert!(holds(&notices.labels_alone, "DON'T MISS") && holds(&notices.labels, "RELATED"));
        assert!(holds(&notices.credits, "/ap)") && holds(&notices.lists, "most read"));
        assert!(notices.agencies.contains("getty images") && holds(&notices.crew, "editing by"));
        assert!(holds(&notices.closings, "comments closed") && notices.ours.contains("our"));
        assert!(notices.author_verbs.contains("joined") && notices.ticket_words.contains("tickets"));
        let first = |i: usize| ["terms", "of", "use", "were"].get(i).copied();
        assert_eq!(notices.legal.lengths(first, 0).max(), Some(3));
        assert!(notices.badges.contains("MUST READ") && holds(&notices.whole, "- advertisement -"));
        let sentences = sentence_words();
        assert!(sentences.titles.contains("maj") && sentences.open.contains("gov't"));
        assert!(sentences.openers.contains("However") && sentences.small.contains("etc"));
    }

    #[test]
    fn lists_that_are_compared_whole_are_in_the_case_they_are_compared_in() {
        let notices = notice_words();
        for label in notices.labels.iter().chain(notices.labels_alone.iter()) {
            assert!(!label.contains(char::is_lowercase), "{label}");
        }
        let lower = [
            [&notices.requests[..], &notices.whole, &notices.credits, &notices.picture],
            [&notices.lists[..], &notices.issue_lists, &notices.crew, &notices.closings],
        ];
        for line in lower.into_iter().flatten().flatten().chain(&head_words().appeared) {
            assert!(!line.contains(char::is_uppercase), "{line}");
        }
    }
}
