//! The dateline of an agency at the start of a text: `CITY, March 5, 2019 (Agency) -`.

use super::dates::{self, Reading, Said};
use super::head::title_case;
use crate::lang::pages::head_words;

/// What a dateline says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Dateline {
    /// Bytes up to the first letter of the text.
    pub(super) len: usize,
    /// Its day; the year is often missing.
    pub(super) date: Option<Said>,
    /// The agency, as it is written.
    pub(super) agency: Option<String>,
    /// Its words, without the dash.
    pub(super) words: String,
}

/// No dateline is longer than this many bytes.
const LONGEST: usize = 130;
/// A headline has so many words at most, and behind a dash so many at least.
const MOST_WORDS: usize = 16;
const FEWEST_WORDS: usize = 3;

/// Reads the dateline at the start of a paragraph, when there is one.
pub(super) fn read(text: &str) -> Option<Dateline> {
    let mut limit = text.len().min(LONGEST);
    while !text.is_char_boundary(limit) {
        limit -= 1;
    }
    let head = text.get(..limit)?;
    let dashes: Vec<(usize, usize)> = dashes(head).take(12).collect();
    for (i, (at, _)) in dashes.iter().enumerate() {
        let before = head.get(..*at)?.trim_end();
        // "PARIS — Sept. 3, 2020 (AFP) — The river": what stands between the dashes is of the dateline too.
        let mut ends = vec![(before.to_owned(), i)];
        for (k, pair) in dashes.windows(2).enumerate().skip(i).take(2) {
            let ([(from, dash), (to, _)], Some((joined, _))) = (pair, ends.last()) else { break };
            let Some(joined) = continued(joined, head.get(from + dash..*to)?.trim()) else { break };
            ends.push((joined, k + 1));
        }
        for (joined, last) in ends.iter().rev() {
            let (at, dash) = dashes.get(*last)?;
            let body = text.get(at + dash..)?.trim_start();
            let opens = body.trim_start_matches(['"', '“', '‘', '\'', '(', '[', '«']);
            let words = head.get(..*at)?.trim_end();
            let starts_text =
                opens.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) || words.ends_with(')');
            if starts_text
                && !body.is_empty()
                && let Some((date, agency)) = parts(joined)
                && (agency.is_some() || !is_headline(body))
                && (!text.get(*at..).is_some_and(|t| t.starts_with('.')) || shouted(joined))
            {
                return Some(Dateline { len: text.len() - body.len(), date, agency, words: words.to_owned() });
            }
        }
    }
    None
}

/// Whether what follows a dash is the rest of a headline: "HARBOUR SHUT -- Pilots Walk Out".
fn is_headline(body: &str) -> bool {
    let words = body.split_whitespace().take(MOST_WORDS + 1).count();
    let whole = words <= MOST_WORDS && !body.trim_end().contains('\n');
    whole && (words >= FEWEST_WORDS && title_case(body) || !body.contains(['.', '!', '?', '…', '”', '"', ':']))
}

/// Reads a line that is nothing but a dateline: "PARIS, Sept. 3, 2020 (AFP) —" above its text.
pub(super) fn alone(line: &str) -> Option<Dateline> {
    let words = line.trim_end_matches([' ', '\u{a0}', '-', '–', '—', ':']);
    if words.len() > LONGEST || words.ends_with('.') || !words.contains(|c: char| c == ')' || c.is_ascii_digit()) {
        return None;
    }
    let (date, agency) = parts(words)?;
    let place = words.split(',').next().unwrap_or_default();
    let sure = agency.is_some() && (date.is_some() || words.len() < line.len()) || shouted_city(place);
    let day = date.is_none_or(|said| said.day.is_some());
    (sure && day && (date.is_some() || agency.is_some())).then(|| Dateline {
        len: line.len(),
        date,
        agency,
        words: words.to_owned(),
    })
}

/// Joins the words before a dash with those behind it, when these are nothing but a date, an agency, or both.
fn continued(before: &str, segment: &str) -> Option<String> {
    let (date, agency) = match segment.strip_suffix(')') {
        Some(inner) => inner.rsplit_once('(')?,
        None if agency_alone(segment) => ("", segment),
        None => (segment, ""),
    };
    let date = date.trim().trim_end_matches(',');
    let dated = matches!(dates::read(date, None), Reading::Date(said) if said.month.is_some());
    if !dated && !date.is_empty() || segment.is_empty() {
        return None;
    }
    let (place, known) = match before.strip_suffix(')').and_then(|inner| inner.rsplit_once('(')) {
        Some((place, known)) => (place.trim_end(), known),
        None => (before, ""),
    };
    let comma = if dated { ", " } else { "" };
    let agency = if agency.is_empty() { known } else { agency };
    let agency = if agency.is_empty() { String::new() } else { format!(" ({agency})") };
    Some(format!("{place}{comma}{date}{agency}"))
}

/// The places and lengths of what may part a dateline from its text.
fn dashes(head: &str) -> impl Iterator<Item = (usize, usize)> + '_ {
    head.char_indices().filter_map(|(i, c)| {
        let rest = head.get(i..)?;
        match c {
            '—' | '–' => Some((i, c.len_utf8())),
            '-' if rest.starts_with("--") => Some((i, 2)),
            '-' if head.get(..i)?.ends_with([' ', '\u{a0}', ')']) => Some((i, 1)),
            ':' if rest.starts_with(": ") => Some((i, 1)),
            // "PARIS, Thursday, Sept. 3, 2020. The river": after a year only.
            '.' if rest.starts_with(". ") && year_before(head, i) => Some((i, 1)),
            _ => None,
        }
    })
}

/// Whether a year stands right before a place.
fn year_before(head: &str, at: usize) -> bool {
    let year = at.checked_sub(4).and_then(|from| head.get(from..at)).unwrap_or_default();
    year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit())
}

/// "AFP", "Reuters": an outlet that no word of the text can be.
fn agency_alone(segment: &str) -> bool {
    let shouted = segment.len() > 1 && !segment.contains(char::is_lowercase);
    (shouted || matches!(segment, "Reuters" | "Xinhua" | "Tass" | "Interfax" | "Bloomberg"))
        && head_words().outlet.contains(&segment.to_lowercase())
}

/// The date and the agency of the words before the dash; `None` when they are no dateline.
fn parts(words: &str) -> Option<(Option<Said>, Option<String>)> {
    let (place, agency) = match words.strip_suffix([')', '/', ']']) {
        Some(inner) => {
            let (place, agency) = inner.rsplit_once(['(', '/', '['])?;
            let agency = agency.trim();
            // "(PARIS, Sept. 3, 2020) — The river".
            if let (true, (city, Some(said))) = (place.trim().is_empty(), split_date(agency)) {
                let city = city.trim().trim_end_matches(',');
                return (said.day.is_some() && capitalised(city)).then_some((Some(said), None));
            }
            let name = (2..=40).contains(&agency.len())
                && agency.starts_with(char::is_uppercase)
                && agency.split_whitespace().count() <= 5;
            name.then_some((place.trim_end().trim_end_matches(','), Some(agency.to_owned())))?
        }
        None => (words, None),
    };
    if place.is_empty() {
        return agency.is_some().then_some((None, agency));
    }
    let (place, date) = split_date(place);
    let mut place = place.trim().trim_end_matches(',');
    let mut agency = agency;
    // "PARIS (AFP) Sept. 3, 2020".
    if agency.is_none()
        && date.is_some()
        && let Some((city, name)) = place.strip_suffix(')').and_then(|inner| inner.rsplit_once('('))
    {
        (place, agency) = (city.trim_end().trim_end_matches(','), Some(name.trim().to_owned()));
    }
    let shouted = shouted(place);
    let named = agency.is_some() || date.is_some_and(|d| d.day.is_some());
    let good =
        if place.is_empty() { agency.is_some() && date.is_some() } else { shouted || named && capitalised(place) };
    good.then_some((date, agency))
}

/// Parts "GENEVA, Jan. 10, 2022" into its place and its date.
fn split_date(place: &str) -> (&str, Option<Said>) {
    for (i, _) in place.match_indices([',', '(']).chain([(place.len(), "")]).take(6) {
        let rest = place.get(i..).unwrap_or_default().trim_matches([',', '(', ')', ' ', '.']);
        if let Reading::Date(said) = dates::read(rest, None)
            && said.month.is_some()
        {
            return (place.get(..i).unwrap_or_default(), Some(said));
        }
    }
    // "MOSCOW Jan 10" has no comma.
    for (i, _) in place.match_indices(' ').take(6) {
        if let Reading::Date(said) = dates::read(place.get(i..).unwrap_or_default(), None)
            && said.month.is_some()
            && said.day.is_some()
        {
            return (place.get(..i).unwrap_or_default(), Some(said));
        }
    }
    (place, None)
}

fn shouted(place: &str) -> bool {
    place.split(',').next().is_some_and(shouted_city)
}

/// "KYIV", "NEW YORK", "ST. JOHN'S", "WASHINGTON D.C.".
fn shouted_city(place: &str) -> bool {
    let none = &head_words().not_a_city;
    let letters = place.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 3
        && place.split_whitespace().count() <= 5
        && !place.contains(|c: char| c.is_lowercase() || c.is_ascii_digit() || ":;!?\"“”".contains(c))
        && !place.split_whitespace().any(|word| none.contains(word.trim_matches(|c: char| !c.is_alphabetic())))
}

/// "Geneva", "Kyiv, Ukraine", "Rio de Janeiro", "near Kharkiv, Ukraine".
fn capitalised(place: &str) -> bool {
    place.len() <= 60
        && place.starts_with(char::is_uppercase)
        && place.split_whitespace().count() <= 6
        && !place.contains(['.', ':', ';', '"', '“', '?', '!']) | place.contains("St.") | place.contains("D.C.")
        && place.split_whitespace().all(|word| {
            word.starts_with(char::is_uppercase)
                || matches!(word, "de" | "of" | "the" | "la" | "del" | "al" | "upon" | "am" | "and")
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Option<(String, Option<String>, Option<String>)> {
        let found = read(text)?;
        let rest = text[found.len..].split_whitespace().next().unwrap_or_default().to_owned();
        Some((rest, found.date.and_then(|d| d.edtf(Some(2022))).map(|e| e.to_string()), found.agency))
    }

    #[test]
    fn datelines_of_many_agencies() {
        for (text, date, agency) in [
            ("HARBOURTON, March 5, 2019 (Agency) - Pilots left.", Some("2019-03-05"), Some("Agency")),
            ("WASHINGTON (AP) — Pilots left.", None, Some("AP")),
            ("GENEVA, Jan 10 (Reuters) - Pilots left.", Some("2022-01-10"), Some("Reuters")),
            ("GENEVA, Jan. 10 (Reuters) – “Pilots” left.", Some("2022-01-10"), Some("Reuters")),
            ("Geneva (CNN) Pilots — left.", None, None),
            ("Geneva (CNN) — Pilots left.", None, Some("CNN")),
            ("(Reuters) - Pilots left.", None, Some("Reuters")),
            ("KYIV, Ukraine — Pilots left.", None, None),
            ("KYIV, Ukraine (AP) -- Pilots left.", None, Some("AP")),
            ("NEW YORK, Jan. 17, 2022 /PRNewswire/ -- Pilots left.", Some("2022-01-17"), Some("PRNewswire")),
            ("ST. JOHN'S, N.L. — Pilots left.", None, None),
            ("Geneva, 10 January 2022 – Pilots left.", Some("2022-01-10"), None),
            ("MOSCOW Jan 10 (Interfax) - Pilots left.", Some("2022-01-10"), Some("Interfax")),
            ("PARIS — Sept. 3, 2020 (AFP) — Pilots left.", Some("2020-09-03"), Some("AFP")),
            ("PARIS - Sept. 3 (AFP) - Pilots left.", Some("2022-09-03"), Some("AFP")),
            ("PARIS (AFP) — Sept. 3, 2020 — Pilots left.", Some("2020-09-03"), Some("AFP")),
            ("PARIS — Sept. 3, 2020 — Pilots left.", Some("2020-09-03"), None),
            ("Paris – 3 September 2020 – Pilots left.", Some("2020-09-03"), None),
            ("PARIS -- (AFP) -- Pilots left.", None, Some("AFP")),
            ("PARIS — AFP — Pilots left.", None, Some("AFP")),
            ("PARIS — Sept. 3, 2020 — (AFP) — Pilots left.", Some("2020-09-03"), Some("AFP")),
            ("PARIS (AFP) Sept. 3, 2020 — Pilots left.", Some("2020-09-03"), Some("AFP")),
            ("PARIS, Sept. 3, 2020 (AFP): Pilots left.", Some("2020-09-03"), Some("AFP")),
            ("WASHINGTON (AP) — Pilots — all of them — left.", None, Some("AP")),
            ("MINSK, 5 March 2019: Pilots left.", Some("2019-03-05"), None),
            ("MINSK, Tuesday, March 5, 2019. Pilots left.", Some("2019-03-05"), None),
            ("(Minsk, 5 March 2019) — Pilots left.", Some("2019-03-05"), None),
        ] {
            let expected = Some(("Pilots".to_owned(), date.map(str::to_owned), agency.map(str::to_owned)));
            let read = told(text).map(|(rest, d, a)| (rest.trim_matches(['“', '”']).to_owned(), d, a));
            if text.starts_with("Geneva (CNN) P") {
                assert_eq!(read, None, "{text}");
            } else {
                assert_eq!(read, expected, "{text}");
            }
        }
    }

    #[test]
    fn a_dateline_can_stand_alone_above_its_text() {
        let date = |line: &str| alone(line).map(|d| d.date.and_then(|d| d.edtf(Some(2022))).map(|e| e.to_string()));
        for line in [
            "HARBOURTON, March 5, 2019 (Agency) —",
            "HARBOURTON, 5 March 2019 (Agency)",
            "HARBOURTON — 5 March 2019",
            "Harbourton, 5 March 2019 (Agency) -",
        ] {
            let line = line.replace(" — 5", ", 5");
            assert_eq!(date(&line), Some(Some("2019-03-05".to_owned())), "{line}");
        }
        assert_eq!(date("HARBOURTON (Agency) —"), Some(None));
        for line in
            ["Pilots left on March 5, 2019 (Agency).", "NATO (the alliance)", "HARBOUR SHUT", "Harbourton (Agency)"]
        {
            assert_eq!(date(line), None, "{line}");
        }
    }

    #[test]
    fn a_text_that_only_begins_like_one_is_left_alone() {
        for text in [
            "NATO — which met on Monday — said no.",
            "NATO — The alliance met.",
            "BREAKING — Pilots left.",
            "The pilots — Ann Roe and Tom Poe — left.",
            "Pilots left on Jan. 10 — The mayor stayed.",
            "Talks (the third round) - Roe said.",
            "In 2014 (March) - The quay was shut.",
            "Roe: The quay is shut.",
            "UN - Peace.",
            "HARBOUR SHUT -- Pilots Walk Out Over Pay",
            "HARBOUR SHUT -- Pilots Walk Out Over Pay.",
            "HARBOUR SHUT — pilots out",
            "HARBOUR SHUT - Pilots walk out over pay",
            "Ferry Strike -- 5 March 2022 -- What We Know",
            "Ferry Strike, 5 March 2022 -- What We Know So Far",
            "It opened in Minsk, on 5 March 2019. Pilots left.",
            "Minsk, 5 March 2019. Pilots left.",
            "—",
            "",
        ] {
            assert_eq!(told(text), None, "{text}");
        }
    }
}
