//! The names of months and weekdays by themselves, as the language's list of words gives them.

use super::lexicon::WordList;

/// The classes whose words name a month: full names first.
const MONTHS: [&str; 3] = ["month", "mon", "lowmon"];
/// The classes whose words name a weekday: full names first.
const WEEKDAYS: [&str; 2] = ["weekday", "wday"];

/// Names of months and weekdays in lower case, each with its number from 1.
#[derive(Debug, Default)]
pub struct Calendar {
    months: Vec<(Box<str>, u32)>,
    /// So many of them are full names.
    full: usize,
    weekdays: Vec<(Box<str>, u32)>,
}

impl Calendar {
    /// Takes the names out of the lists of a language.
    pub(super) fn of(lists: &[WordList]) -> Calendar {
        let named = |classes: &[&str]| {
            let mut names: Vec<(Box<str>, u32)> = Vec::new();
            for list in classes.iter().flat_map(|class| lists.iter().filter(move |list| list.class == *class)) {
                let new: Vec<_> =
                    list.words.iter().filter(|(word, _)| !names.iter().any(|n| *n.0 == ***word)).collect();
                names.extend(
                    new.into_iter().filter_map(|(word, at)| Some((word.as_str().into(), (*at).try_into().ok()?))),
                );
            }
            names
        };
        Calendar { full: named(&MONTHS[..1]).len(), months: named(&MONTHS), weekdays: named(&WEEKDAYS) }
    }

    /// Gives the month that a word names, in any case, by its full name or a short form of it.
    pub fn month(&self, word: &str) -> Option<u32> {
        number(&self.months, word)
    }

    /// Gives the full names of the months.
    pub fn months(&self) -> impl Iterator<Item = (&str, u32)> {
        self.months.iter().take(self.full).map(|(name, month)| (&**name, *month))
    }

    /// Gives the weekday that a word names, in any case, by its full name or a short form of it: 1 is Monday.
    pub fn weekday(&self, word: &str) -> Option<u32> {
        number(&self.weekdays, word)
    }

    /// Gives all names of the weekdays.
    pub fn weekdays(&self) -> impl Iterator<Item = &str> {
        self.weekdays.iter().map(|(name, _)| &**name)
    }
}

fn number(names: &[(Box<str>, u32)], word: &str) -> Option<u32> {
    // Length and first letter rule out nearly every name at once.
    let opens = word.bytes().next()?.to_ascii_lowercase();
    let near = |name: &str| name.len() == word.len() && name.bytes().next() == Some(opens);
    names.iter().find(|(name, _)| near(name) && name.eq_ignore_ascii_case(word)).map(|(_, number)| *number)
}

#[cfg(test)]
mod tests {
    use crate::lang::english;

    #[test]
    fn months_and_weekdays_are_those_of_the_list_of_words() {
        let calendar = &english().calendar;
        for (word, month) in [("January", 1), ("MAY", 5), ("sept", 9), ("Dec", 12), ("febr", 2)] {
            assert_eq!(calendar.month(word), Some(month), "{word}");
        }
        for (word, day) in [("Monday", 1), ("tues", 2), ("WEDS", 3), ("Sun", 7)] {
            assert_eq!(calendar.weekday(word), Some(day), "{word}");
        }
        assert!(
            calendar.month("Monday").is_none() && calendar.weekday("March").is_none() && calendar.month("").is_none()
        );
        let mut full: Vec<_> = calendar.months().collect();
        full.sort_by_key(|(_, month)| *month);
        assert_eq!(full.iter().map(|(_, month)| *month).collect::<Vec<_>>(), (1..=12).collect::<Vec<_>>());
        assert!(full.contains(&("march", 3)) && calendar.weekdays().count() > 7);
    }
}
