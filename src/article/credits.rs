//! Credits of pictures by their agencies, and captions that name their picture.

use super::paragraph::split_spaced;
use crate::lang::events::event_words;
use crate::lang::pages::notice_words;
use memchr::memchr2;
use memchr::memmem::Finder;
use std::sync::OnceLock;

/// A credit is at most this long, in bytes.
const LONGEST: usize = 90;
/// A line that opens with "Photo by" is at most this long, in bytes.
const LONGEST_LINE: usize = 160;
/// "In this Friday, Jan. 5, 2021, file photo": the picture is named within so many words.
const NEAR: usize = 9;
/// The words of a name in a credit.
const NAME: std::ops::RangeInclusive<usize> = 2..=4;

/// Whether a line ends with the credit of an agency: "… (AP Photo/Ann Roe, File)", "… at dusk. REUTERS/Ann Roe".
pub(super) fn by_agency(line: &str) -> bool {
    if line.len() > LONGEST && memchr2(b'/', b')', line.as_bytes()).is_none() && !line.contains(" via ") {
        return false;
    }
    let from = (line.len().saturating_sub(LONGEST)..line.len()).find(|&at| line.is_char_boundary(at)).unwrap_or(0);
    let tail = line.get(from..).unwrap_or_default();
    let inner = line.trim_end_matches(['.', '*', '_']).strip_suffix([')', ']']).and_then(|l| l.rsplit_once(['(', '[']));
    // The first bytes of the marks behind which a credit can begin.
    let begins = |b: u8| matches!(b, b'.' | b')' | b'|' | 0xE2);
    let starts = tail.bytes().enumerate().filter(|(_, b)| begins(*b)).filter_map(|(at, _)| {
        let rest = tail.get(at..)?;
        rest.strip_prefix(['.', ')', '—', '|', '”'])
    });
    inner.is_some_and(|(_, inner)| is_credit(inner))
        || line.len() <= LONGEST && is_credit(line)
        || starts.into_iter().any(|rest| rest.starts_with([' ', '\u{a0}']) && is_credit(rest))
}

/// "AP Photo/Ann Roe, File", "Ann Roe/Harbour Press via AP", "REUTERS/Ann Roe/File Photo".
fn is_credit(text: &str) -> bool {
    let known = notice_words();
    let text = text.trim().trim_end_matches(['.', ')', ']', '*', '_']);
    if text.len() > LONGEST || !text.starts_with(|c: char| c.is_uppercase() || c == '©') {
        return false;
    }
    let (mut agencies, mut others, mut pictured) = (0, 0, false);
    for part in text.split(['/', '|']).flat_map(|part| part.split(" via ")).flat_map(|part| part.split(", ")) {
        let part = part.trim_matches([' ', '©', '\u{a0}']);
        let lower = part.to_lowercase();
        let (name, last) = lower.rsplit_once(' ').unwrap_or(("", &lower));
        let picture = known.picture.iter().any(|label| label == last) && known.agencies.contains(name);
        if picture || known.agencies.contains(&lower) {
            (agencies, pictured) = (agencies + 1, pictured || picture);
        } else if known.credit_words.contains(&lower) || is_name(part) {
            others += 1;
        } else {
            return false;
        }
    }
    let parted = text.contains('/') || text.contains(" via ");
    agencies > 0 && (pictured || parted && (others > 0 || agencies > 1))
}

/// Two to four capitalised words, and no figure.
fn is_name(part: &str) -> bool {
    NAME.contains(&part.split(' ').filter(|w| !w.is_empty()).count())
        && part.split(' ').filter(|w| !w.is_empty()).all(|word| word.starts_with(char::is_uppercase))
        && !part.contains(|c: char| c.is_ascii_digit())
}

/// Whether a line names its picture where it opens: "FILE - …", "In this Jan. 5, 2021, photo, …", "Photo by Ann Roe".
pub(super) fn opens_caption(line: &str) -> bool {
    filed(line) || named(line) || taken_by(line) || labelled(line) || helped(line)
}

/// "Image caption, Waves hit the quay", "Getty Images: A woman walks by the quay".
fn labelled(line: &str) -> bool {
    let known = notice_words();
    let rest = |opening: &str, mark: char| behind(line, opening).and_then(|r| r.strip_prefix(mark));
    let spaced = |rest: &str| rest.starts_with([' ', '\u{a0}']);
    known.picture_labels.may_open(line) && known.picture_labels.iter().filter_map(|label| rest(label, ',')).any(spaced)
        || line.starts_with(char::is_uppercase)
            && known.picture_agencies.may_open(line)
            && known.picture_agencies.iter().filter_map(|agency| rest(agency, ':')).any(spaced)
}

/// "Ann Roe and Tom Poe contributed to this report from Oslo on Friday."
fn helped(line: &str) -> bool {
    if line.len() > LONGEST_LINE {
        return false;
    }
    let before = |run: &Finder<'_>| line.get(..run.find(line.as_bytes())?);
    let Some(names) = contributed().iter().find_map(before) else { return false };
    if line.trim_end_matches(['.', '*', '_', ')']).contains(". ") {
        return false;
    }
    let first = names.trim_start_matches(['*', '_', '(', '[']).split(' ').next().unwrap_or_default();
    first.starts_with(char::is_uppercase) && names.contains(' ')
}

/// What looks for each of the runs by which a line tells who helped: every short line is asked for all of them.
fn contributed() -> &'static [Finder<'static>] {
    static FINDERS: OnceLock<Vec<Finder<'static>>> = OnceLock::new();
    FINDERS.get_or_init(|| notice_words().contributed.iter().map(|run| Finder::new(run.as_str())).collect())
}

/// How many words may stand before "file photo": "Courier file photo: …".
const OUTLET: usize = 3;

/// "FILE - The mayor …", "File photo: …".
fn filed(line: &str) -> bool {
    let marks = &notice_words().file_marks;
    // "Courier file photo: the lock on May 3": the outlet's name opens it.
    let head = split_spaced(line, b':').map_or("", |(head, _)| head);
    let outlet = !head.is_empty()
        && marks.iter().filter(|mark| mark.contains(' ')).any(|mark| {
            let name = head.strip_suffix(mark.as_str()).unwrap_or_default();
            let words = name.split_whitespace().count();
            (1..=OUTLET).contains(&words) && name.split_whitespace().all(|word| word.starts_with(char::is_uppercase))
        });
    if outlet {
        return true;
    }
    line.starts_with(char::is_uppercase)
        && marks.may_open(line)
        && marks.iter().filter_map(|mark| behind(line, mark)).any(|rest| {
            let mark = rest.trim_start().trim_start_matches('-').trim_start_matches(['–', '—', ':']);
            let spaced = rest.starts_with([' ', '\u{a0}']) || rest.starts_with(':');
            mark.len() < rest.trim_start().len() && spaced && mark.starts_with([' ', '\u{a0}'])
        })
}

/// "In this Jan. 5, 2021, file photo, …", "This image taken on Friday …".
fn named(line: &str) -> bool {
    let known = notice_words();
    if !known.picture_opens.may_open(line) {
        return false;
    }
    let Some(rest) = known.picture_opens.iter().find_map(|opens| behind(line, opens)).filter(|r| r.starts_with(' '))
    else {
        return false;
    };
    let words: Vec<&str> = rest.split_whitespace().take(NEAR + 2).collect();
    let bare = |word: &str| word.trim_end_matches([',', '.']).to_lowercase();
    let at = words.iter().take(NEAR).position(|word| known.picture.iter().any(|label| *label == bare(word)));
    at.is_some_and(|at| {
        let comma = words.get(at).is_some_and(|word| word.ends_with(','));
        let dated = words.iter().take(at).any(|word| word.contains(|c: char| c.is_ascii_digit()));
        let taken = words.get(at + 1).is_some_and(|word| known.picture_taken.contains(&bare(word)));
        comma && dated || taken
    })
}

/// "Photo by Ann Roe on March 4"; "Photos by Ann Roe were shown" tells something.
fn taken_by(line: &str) -> bool {
    if !notice_words().picture.may_open(line) {
        return false;
    }
    let Some(rest) =
        notice_words().picture.iter().filter_map(|label| behind(line, label)).find_map(|r| behind(r, " by "))
    else {
        return false;
    };
    let name = rest.split(' ').take_while(|word| word.starts_with(char::is_uppercase)).count();
    let next = rest.split(' ').nth(name).unwrap_or_default().to_lowercase();
    line.len() <= LONGEST_LINE && name > 0 && !event_words().is_finite(next.trim_matches(|c: char| !c.is_alphabetic()))
}

/// What follows an opening, in any case.
fn behind<'a>(line: &'a str, opening: &str) -> Option<&'a str> {
    let first = |text: &str| text.as_bytes().first().map(u8::to_ascii_lowercase);
    let head = if first(line) == first(opening) { line.get(..opening.len())? } else { return None };
    head.eq_ignore_ascii_case(opening).then(|| line.get(opening.len()..))?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credits_of_agencies_end_a_caption() {
        for line in [
            "The lock is open on March 2, 2022. (AP Photo/Ann Roe, File)",
            "The lock is open on March 2, 2022 (AP Photo)",
            "The lock is open, March 2, 2022. REUTERS/Ann Roe",
            "The lock is open, March 2, 2022. REUTERS/Ann Roe/File Photo",
            "The lock is open on March 2. (Ann Roe/Harbour Press via AP)",
            "The lock is open on March 2. Ann Roe / AFP",
            "The lock is open on March 2. Ann Roe/Pool/AFP via Getty Images",
            "Ann Roe/Reuters",
            "© Reuters/Ann Roe",
        ] {
            assert!(by_agency(line), "{line}");
        }
        for line in [
            "The lock was opened on March 2, she told AP.",
            "The lock was opened on March 2 (Reuters).",
            "Six in ten said so on March 2 (Reuters/Ipsos).",
            "The lock was opened on March 2. Ann Roe told AFP/Reuters so.",
            "The deal of March 2 (Reuters paid for it) stands.",
            "Reuters",
            "",
        ] {
            assert!(!by_agency(line), "{line}");
        }
    }

    #[test]
    fn captions_name_their_picture() {
        for line in [
            "FILE - In this Jan. 5, 2021, file photo, the mayor opens the lock.",
            "FILE — The mayor opens the lock, Jan. 5, 2021.",
            "File photo: the lock on May 3, 2020.",
            "In this Jan. 5, 2021, photo, the mayor opens the lock.",
            "This image taken on Friday shows the lock.",
            "Photo by Ann Roe on March 4",
            "Photographs by Ann Roe and Tom Poe, March 4",
            "Lantern file photo: Ida Holm leaves the quay on May 3. Ann Roe/Lantern",
            "Getty Images: A woman walks by the quay on Friday",
            "Image source, PA Media",
            "Image caption, Waves hit the quay on Friday",
            "Ann Roe contributed to this report from Oslo on Friday.",
            "Ann Roe in Oslo and Tom Poe contributed reporting.",
        ] {
            assert!(opens_caption(line), "{line}");
        }
        for line in [
            "Files were found on March 4.",
            "File-sharing was banned on March 4.",
            "In this picture, growth ended in March.",
            "This photo won a prize on March 4.",
            "Photos by Ann Roe were shown on March 4.",
            "Reuters: the mayor left on March 4.",
            "Getty Images said on March 4 that it was sold.",
            "She found a file photo: it was taken on March 4.",
            "Heavy rain contributed to this report of March 4. It was late.",
            "Video by a passer-by was shown on March 4.",
            "",
        ] {
            assert!(!opens_caption(line), "{line}");
        }
    }
}
