//! Whether day or month stands first in the numeric dates of a document.

use crate::model::{Choice, Meaning, Timex};

/// Which of the two numbers is the month, and what decided it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Order {
    /// "12/31/2019" rather than "31/12/2019".
    pub month_first: bool,
    /// What decided it.
    pub by: Choice,
}

/// Decides by the document's own dates that can be read one way only, else by its language's country,
/// else by its publisher's; `None` where they contradict each other or nothing decides.
pub fn order(timexes: &[Timex], language: Option<&str>, publisher: Option<&str>) -> Option<Order> {
    let (mut months, mut days) = (0usize, 0usize);
    for timex in timexes {
        match timex.meaning {
            Meaning::Numeric { first: 13.., .. } => days += 1,
            Meaning::Numeric { second: 13.., .. } => months += 1,
            _ => {}
        }
    }
    if months + days > 0 {
        return (months == 0 || days == 0).then_some(Order { month_first: months > 0, by: Choice::OrderOfText });
    }
    let country = language.and_then(country_of_language);
    if let Some(month_first) = country.and_then(month_first) {
        return Some(Order { month_first, by: Choice::OrderOfLanguage });
    }
    let month_first = publisher.and_then(country_of_name).and_then(month_first)?;
    Some(Order { month_first, by: Choice::OrderOfPublisher })
}

/// Gives the country of a tag of BCP 47: `en-US`, `en_GB`, `en-Latn-AU`.
fn country_of_language(tag: &str) -> Option<&str> {
    tag.split(['-', '_']).skip(1).find(|part| part.len() == 2 && part.bytes().all(|b| b.is_ascii_alphabetic()))
}

fn month_first(country: &str) -> Option<bool> {
    const MONTH_FIRST: [&str; 4] = ["us", "fm", "mh", "pw"];
    // Canada and the Philippines write both.
    const BOTH: [&str; 2] = ["ca", "ph"];
    let country = country.to_ascii_lowercase();
    (!BOTH.contains(&country.as_str())).then(|| MONTH_FIRST.contains(&country.as_str()))
}

/// Gives the country that a publisher's name or address says plainly: `example.co.uk`, `The Irish News`.
fn country_of_name(name: &str) -> Option<&'static str> {
    const ENDINGS: [(&str, &str); 5] = [(".uk", "gb"), (".au", "au"), (".nz", "nz"), (".ie", "ie"), (".in", "in")];
    const WORDS: [(&str, &str); 9] = [
        ("british", "gb"),
        ("scottish", "gb"),
        ("irish", "ie"),
        ("australian", "au"),
        ("indian", "in"),
        ("american", "us"),
        ("york", "us"),
        ("washington", "us"),
        ("angeles", "us"),
    ];
    let name = name.to_lowercase();
    let ending = ENDINGS.iter().find(|(end, _)| name.trim_end_matches('/').ends_with(end));
    let words = || {
        let mut found =
            name.split(|c: char| !c.is_alphabetic()).filter_map(|w| WORDS.iter().find(|(word, _)| *word == w));
        let first = found.next()?;
        found.all(|other| other.1 == first.1).then_some(first)
    };
    ending.or_else(words).map(|(_, country)| *country)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{RuleId, TimexClass};

    fn numeric(first: u8, second: u8) -> Timex {
        Timex {
            range: 0..1,
            lead: None,
            class: TimexClass::Date,
            meaning: Meaning::Numeric { first, second, year: None },
            modifier: None,
            outlook: None,
            rule: RuleId(0),
        }
    }

    #[test]
    fn the_text_decides_before_its_language_and_its_publisher() {
        let by =
            |timexes: &[Timex], language, publisher| order(timexes, language, publisher).map(|o| (o.month_first, o.by));
        assert_eq!(by(&[numeric(3, 4), numeric(25, 12)], Some("en-US"), None), Some((false, Choice::OrderOfText)));
        assert_eq!(by(&[numeric(25, 12), numeric(12, 25)], Some("en-US"), None), None);
        assert_eq!(by(&[numeric(3, 4)], Some("en-US"), Some("a.co.uk")), Some((true, Choice::OrderOfLanguage)));
        assert_eq!(by(&[numeric(3, 4)], Some("en-GB"), None), Some((false, Choice::OrderOfLanguage)));
        assert_eq!(
            by(&[numeric(3, 4)], Some("en"), Some("www.example.co.uk")),
            Some((false, Choice::OrderOfPublisher))
        );
        assert_eq!(
            by(&[numeric(3, 4)], Some("en-CA"), Some("The New York Call")),
            Some((true, Choice::OrderOfPublisher))
        );
        assert_eq!(by(&[numeric(3, 4)], Some("en"), Some("Example Daily")), None);
    }
}
