//! Plain text → paragraphs, whatever way its author parted them.

use super::paragraph::{Para, lines, trimmed};
use crate::model::BlockKind;
use std::ops::Range;

/// A line longer than this many bytes is a paragraph of its own, not a wrapped line.
const LONG: usize = 120;

/// Parts a plain text into paragraphs; their text is the file's, byte for byte.
pub(super) fn paragraphs(file: &str) -> Vec<Para<'_>> {
    let mut paras = Vec::new();
    let mut group: Vec<Range<usize>> = Vec::new();
    for line in lines(file) {
        let content = trimmed(file, line);
        if content.is_empty() {
            close(file, &mut group, &mut paras);
        } else {
            group.push(content);
        }
    }
    close(file, &mut group, &mut paras);
    paras
}

/// Makes paragraphs of lines that follow each other without a blank one.
fn close<'a>(file: &'a str, group: &mut Vec<Range<usize>>, paras: &mut Vec<Para<'a>>) {
    if let [line] = group.as_slice() {
        paras.push(Para::plain(BlockKind::Paragraph, file, line.clone()));
        group.clear();
        return;
    }
    let text = |line: &Range<usize>| file.get(line.clone()).unwrap_or_default();
    let stopped = group.iter().filter(|line| text(line).ends_with(['.', '!', '?', '”', '"'])).count();
    let items = group.iter().filter(|line| bullet(text(line)) > 0).count();
    let own_lines = group.iter().any(|line| line.len() > LONG) || stopped * 5 >= group.len() * 4;
    let mut open: Option<(BlockKind, Range<usize>)> = None;
    for line in group.drain(..) {
        let mark = if items > 1 { bullet(text(&line)) } else { 0 };
        match &mut open {
            Some((_, range)) if mark == 0 && !own_lines => range.end = line.end,
            _ => {
                let kind = if mark > 0 { BlockKind::ListItem } else { BlockKind::Paragraph };
                let next = (kind, line.start + mark..line.end);
                if let Some((kind, range)) = open.replace(next) {
                    paras.push(Para::plain(kind, file, range));
                }
            }
        }
    }
    if let Some((kind, range)) = open {
        paras.push(Para::plain(kind, file, range));
    }
}

/// The length of the bullet at the start of a line.
fn bullet(line: &str) -> usize {
    let mark = ["• ", "•\t", "* ", "- ", "– ", "· ", "▪ ", "‣ "].into_iter().find(|mark| line.starts_with(mark));
    mark.map_or(0, |mark| line.len() - line.get(mark.len()..).unwrap_or_default().trim_start().len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(file: &str) -> Vec<(BlockKind, String)> {
        paragraphs(file).into_iter().map(|p| (p.kind, p.text.into_owned())).collect()
    }

    fn texts(file: &str) -> Vec<String> {
        read(file).into_iter().map(|(_, text)| text).collect()
    }

    #[test]
    fn blank_lines_part_paragraphs_and_wrapped_lines_stay_together() {
        let file = "The envoys met again on the shore of\nthe lake for the third\r\nday.\r\n \u{a0}\r\nNobody spoke.\r\r\rLast.";
        let expected =
            ["The envoys met again on the shore of\nthe lake for the third\r\nday.", "Nobody spoke.", "Last."];
        assert_eq!(texts(file), expected);
    }

    #[test]
    fn long_lines_without_blank_lines_are_paragraphs() {
        let long = "The harbour stayed shut, and the pilots waited for word from the capital. ".repeat(3);
        assert_eq!(texts(&format!("{long}\nNobody came.\n{long}")).len(), 3);
        assert_eq!(
            texts("The first day ended.\nThe second began badly.\nThe third was quiet."),
            ["The first day ended.", "The second began badly.", "The third was quiet."]
        );
    }

    #[test]
    fn bullets_make_items() {
        assert_eq!(
            read("- one ship\n  and its crew\n- two ships"),
            [
                (BlockKind::ListItem, "one ship\n  and its crew".to_owned()),
                (BlockKind::ListItem, "two ships".to_owned())
            ]
        );
        assert_eq!(read("-Harbour News"), [(BlockKind::Paragraph, "-Harbour News".to_owned())]);
    }
}
