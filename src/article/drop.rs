//! What is no text of an article is taken out of its paragraphs.

use super::paragraph::Para;
use super::{boilerplate, foot, furniture, head};
use crate::model::BlockKind;

/// What a list of an issue tells of another article is at most this long, in bytes.
const LONGEST_TOLD: usize = 240;

/// Takes promotional lines, captions and lines without a letter or digit out of the text.
pub(super) fn boilerplate(paras: &mut Vec<Para<'_>>) {
    let mut gone = Vec::new();
    // Within a list of other articles, up to the next line of text.
    let mut listed = false;
    let issue = list_of_issue(paras);
    for (i, para) in paras.iter().enumerate().filter(|(_, p)| !matches!(p.kind, BlockKind::Code | BlockKind::TableRow))
    {
        // Lines of a paragraph that ends as text does are text, wherever they break.
        let headlines = !para.text.trim_end().ends_with('.') && !matches!(para.kind, BlockKind::Heading(_));
        for range in para.lines() {
            let line = para.text.get(range.clone()).unwrap_or_default();
            if line.is_empty() {
                continue;
            }
            listed = furniture::heads_list(line)
                || furniture::heads_issue(line)
                || listed && headlines && furniture::is_teaser(line);
            if listed
                || issue.is_some_and(|from| i >= from)
                || boilerplate::is_boilerplate(line)
                || furniture::is_caption(line)
                || furniture::is_list(line)
                || foot::is_of_page(line)
                || !line.contains(char::is_alphanumeric)
            {
                gone.push((i, range));
            } else if let Some(at) = boilerplate::promotion_within(line).or_else(|| foot::tail_begins(line)) {
                gone.push((i, range.start + at..range.end));
            }
        }
    }
    head::remove(paras, &gone);
}

/// The paragraph with which the list of an issue begins, where it goes on to the end of the text: "Also in this issue".
fn list_of_issue(paras: &[Para<'_>]) -> Option<usize> {
    let tail = paras.iter().rev().take_while(|p| p.text.len() <= LONGEST_TOLD && p.kind != BlockKind::TableRow).count();
    let from = paras.len() - tail;
    // A newsletter may be nothing but such a list.
    let half = paras.len().div_ceil(2);
    (from.max(half)..paras.len()).find(|&i| paras.get(i).is_some_and(|p| furniture::heads_issue(&p.text)))
}
