//! What stands at the foot of an article beside its story: boxes about the author, sales of tickets.

use super::reading::Reading;
use crate::lang::pages::notice_words;
use crate::lang::tokens::{each, fold, tokens};
use crate::model::{Article, BlockKind, Edtf, Precision};

/// Such lines stand among so many blocks at an article's end …
const LAST: usize = 4;
/// … of an article that has at least so many.
const FEWEST: usize = 5;
/// A box about the author has so many words at most.
const LONGEST_BOX: usize = 90;
/// A name has so many words at most.
const NAME: usize = 4;
/// "is a senior political correspondent": the calling stands so near.
const CALLED_NEAR: usize = 7;

/// Tells whether a sentence at the end of an article is of a box about its author or of a sale; `dates` are those
/// of the sentence.
pub(super) fn is<'d>(
    article: &Article,
    block: usize,
    reading: &Reading<'_>,
    mut dates: impl Iterator<Item = &'d Edtf>,
) -> bool {
    let paragraph = article.blocks.get(block).is_some_and(|b| b.kind == BlockKind::Paragraph);
    if !paragraph || article.blocks.len() < FEWEST || block + LAST < article.blocks.len() {
        return false;
    }
    // A box tells of years; what the author did on a day is news.
    sale(reading)
        || own(reading)
        || fixture(reading)
        || dates.all(|date| date.precision() != Precision::Day) && of_author(article, block)
}

/// "Tickets go on sale on May 3", "Doors open at 7pm on Friday": what is sold, in the present.
fn sale(reading: &Reading<'_>) -> bool {
    let known = notice_words();
    let count = reading.tokens.len();
    let Some(verb) = (1..count).find(|&i| known.sale_verbs.contains(reading.word(i))) else { return false };
    let past = (0..count).any(|i| reading.is_past(i) && !reading.is_auxiliary(i));
    let quoted = (0..count).any(|i| reading.is_aside(i));
    let early = (0..verb).any(|i| reading.is_verb(i));
    !past && !quoted && !early && known.ticket_words.contains(reading.word(0))
}

/// "Our autumn appeal ends on May 3", "The next Lantern appears on May 3": the paper of itself, in the present.
fn own(reading: &Reading<'_>) -> bool {
    let known = notice_words();
    let count = reading.tokens.len();
    let past = (0..count).any(|i| reading.is_past(i));
    let quoted = (0..count).any(|i| reading.is_aside(i));
    let ours = known.ours.contains(reading.word(0));
    // "The next witness appears" is none of its issues: they have names.
    let word = |i: usize| Some(reading.word(i)).filter(|w| !w.is_empty());
    let next = known.issue_opens.lengths(word, 0).any(|length| reading.is_capital(length));
    let appears = next && (1..count).any(|i| known.issue_verbs.contains(reading.word(i)));
    !past && !quoted && (ours || appears) && reading.text.trim_end().ends_with('.')
}

/// "Annual dinner, Friday 3 May, black tie.": no verb, and a day behind a comma.
fn fixture(reading: &Reading<'_>) -> bool {
    let count = reading.tokens.len();
    let behind =
        |date: &std::ops::Range<usize>| reading.text.get(..date.start).is_some_and(|t| t.trim_end().ends_with(','));
    let quoted = (0..count).any(|i| reading.is_aside(i));
    reading.finite(0..count).is_none() && !quoted && reading.dates.iter().any(behind)
}

/// "Ann Roe has covered the harbour since 2014. She joined the paper in 2011."
fn of_author(article: &Article, block: usize) -> bool {
    let known = notice_words();
    let text = article.blocks.get(block).and_then(|b| article.text.get(b.range.clone())).unwrap_or_default();
    let name: Vec<&str> = each(text).take(NAME).take_while(|t| t.is_capitalised()).map(|t| t.text).collect();
    let verb = each(text).nth(name.len());
    if name.is_empty() || !verb.is_some_and(|verb| known.author_verbs.contains(&fold(verb.text))) {
        return false;
    }
    let words = tokens(text);
    if words.len() > LONGEST_BOX {
        return false;
    }
    let folded: Vec<String> = words.iter().map(|t| fold(t.text)).collect();
    let is = |at: usize, list: &crate::lang::Words| folded.get(at).is_some_and(|word| list.contains(word));
    let own = name.join(" ");
    let wrote = |author: &String| *author == own || author.rsplit(' ').next() == Some(own.as_str());
    if article.authors.iter().any(wrote) {
        return true;
    }
    let called = (name.len()..name.len() + CALLED_NEAR).any(|at| is(at, &known.author_callings));
    let publisher = article.publisher.as_ref().map(|p| p.value.trim_start_matches("The "));
    let word = |i: usize| folded.get(i).map(String::as_str);
    let paper = publisher.is_some_and(|name| !name.is_empty() && text.contains(name))
        || (0..folded.len()).any(|at| known.paper_names.lengths(word, at).next().is_some());
    // One word may name a town or a team; a person has two.
    name.len() >= 2 && paper && (called || folded.iter().any(|word| word == "joined" || word == "covers"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dated(text: &'static str, date: &str) -> Reading<'static> {
        let at = text.find(date).expect("the date stands in the text");
        Reading::with_dates(text, std::slice::from_ref(&(at..at + date.len())))
    }

    #[test]
    fn the_paper_speaks_of_itself_and_of_fixtures() {
        assert!(own(&dated("Our coal appeal ends on May 3.", "May 3")));
        assert!(own(&dated("The next Lantern appears on May 3.", "May 3")));
        assert!(fixture(&dated("Annual dinner, Friday 3 May, black tie.", "Friday 3 May")));
        assert!(!own(&dated("Our ferry sank on May 3.", "May 3")));
        assert!(!own(&dated("“Our ferry leaves on May 3,” she said.", "May 3")));
        assert!(!own(&dated("The next witness appears on May 3.", "May 3")));
        assert!(!own(&dated("Ida Holm appears in court on May 3.", "May 3")));
        assert!(!own(&dated("The trial ends on May 3.", "May 3")));
        assert!(!fixture(&dated("On the quay, on 3 May, the crews walked out.", "3 May")));
        assert!(!fixture(&dated("3 May: crews on the quay.", "3 May")));
    }

    #[test]
    fn sales_are_told_from_news_of_them() {
        for text in
            ["Tickets for the fair go on sale on March 12.", "Doors open at 7pm on Friday.", "Entry costs £3 on May 3."]
        {
            assert!(sale(&Reading::new(text)), "{text}");
        }
        for text in [
            "Tickets for the fair were sold out on March 12.",
            "Tickets go on sale on March 12, the mayor said.",
            "The trial opens on Friday at 9am.",
            "Doors burned on Friday.",
        ] {
            assert!(!sale(&Reading::new(text)), "{text}");
        }
    }
}
