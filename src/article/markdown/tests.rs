//! What the reader of Markdown makes of files.

use super::*;

fn read(file: &str) -> Vec<(BlockKind, String)> {
    paragraphs(file, 0).into_iter().map(|p| (p.kind, p.text.into_owned())).collect()
}

#[test]
fn what_cannot_be_seen_is_no_block() {
    assert_eq!(read("One\n\n\u{feff}\n\n\u{200b}"), [(BlockKind::Paragraph, "One".to_owned())]);
}

#[test]
fn blocks_of_every_kind() {
    let file = "# Head *line*\n\nOne\ntwo\\\nthree &amp; \\*four\\*.\n\n- item\n\n  more\n- other\n\n> said\n\n```\ncode 2014\n```\n\n| a | b |\n|---|---|\n| c | d |\n";
    let kinds: Vec<_> = read(file);
    let expected = [
        (BlockKind::Heading(1), "Head line"),
        (BlockKind::Paragraph, "One\ntwo\nthree & *four*."),
        (BlockKind::ListItem, "item"),
        (BlockKind::ListItem, "more"),
        (BlockKind::ListItem, "other"),
        (BlockKind::Quote, "said"),
        (BlockKind::Code, "code 2014"),
        (BlockKind::TableRow, "a\tb"),
        (BlockKind::TableRow, "c\td"),
    ];
    assert_eq!(kinds, expected.map(|(kind, text)| (kind, text.to_owned())));
}

#[test]
fn markup_is_dropped_and_text_between_inline_tags_kept() {
    assert_eq!(
        read("A <b onclick=x>bold</b> step<br>on.\n\n<script>alert(1)</script>\n\n![a picture](x.png) Caption."),
        [
            (BlockKind::Paragraph, "A bold step\non.".to_owned()),
            (BlockKind::Code, "<script>alert(1)</script>".to_owned()),
            (BlockKind::Paragraph, "Caption.".to_owned()),
        ]
    );
}

#[test]
fn the_text_of_raw_html_is_kept_and_nothing_of_its_markup() {
    let texts = |file: &str| read(file).into_iter().map(|(_, text)| text).collect::<Vec<_>>();
    for (file, expected) in [
        ("<p>On 3 May 2019 the first pier fell.</p>", vec!["On 3 May 2019 the first pier fell."]),
        (
            "<div class=\"a>b\">\n  On Jan. 10 the <b>quay</b>\n  was shut.\n</div>\n\nText.",
            vec!["On Jan. 10 the quay\nwas shut.", "Text."],
        ),
        (
            "<p>Caf&eacute; &amp; bar, 5 &lt; 6 &#8211; 7&nbsp;m.<br>Next.<p>New.",
            vec!["Café & bar, 5 < 6 – 7\u{a0}m.\nNext.", "New."],
        ),
        ("<h2>Head</h2><ul><li>one<li>two</ul>", vec!["Head", "one", "two"]),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</table>", vec!["a\tb", "c"]),
        (
            "<div>a<script>evil(\"</p>\")</script>b<!-- not <p>this</p> --></div>",
            vec!["a", "<script>evil(\"</p>\")</script>", "b"],
        ),
        (
            "<script>\nlet a = 1;\n\n  run(a)\n</script>\nAfter.",
            vec!["<script>\nlet a = 1;\n\n  run(a)\n</script>", "After."],
        ),
        ("<blockquote>Said.</blockquote> <script async src=\"//a.example/w.js\"></script>", vec!["Said."]),
        ("Said. <script async src=\"//a.example/w.js\"></script> More.", vec!["Said.  More."]),
        ("<div>One.<!-- left open\n<p>Two.</p>", vec!["One.<!-- left open", "Two."]),
        ("Left <!-- open here.\n\nMore.", vec!["Left <!-- open here.", "More."]),
        (
            "He wrote <John Smith> and 3 <x and y> 2, but <b>no</b> <my-tag>more</my-tag>.",
            vec!["He wrote <John Smith> and 3 <x and y> 2, but no more."],
        ),
        ("<div>Dear <Name Surname>, stay.</div>", vec!["Dear <Name Surname>, stay."]),
        ("<div>Odd </script> end.</div>", vec!["Odd </script> end."]),
        ("<style>\n\np { color: red }\n</style>\n\nAfter.", vec!["After."]),
        ("<template>\n\n# Hidden *text*\n\n</template>\n\nAfter.", vec!["After."]),
        ("<head><title>T</title></head><body><p>Body.</body>", vec!["Body."]),
        ("Before <script>alert(1)</script>after <!-- hm -->it.", vec!["Before <script>alert(1)</script>after it."]),
        ("An unclosed <script> stays text.\n\nMore.", vec!["An unclosed <script> stays text.", "More."]),
        ("<div>\n\nMarkdown *within*.\n\n</div>", vec!["Markdown within."]),
        ("> <p>quoted\n> twice</p>", vec!["quoted\ntwice"]),
        ("<p>3 < 4 and a <b", vec!["3 < 4 and a <b"]),
        ("<p>&copy; &lt;script&gt;alert(1)&lt;/script&gt;</p>", vec!["© <script>alert(1)</script>"]),
        ("<p title='x", vec!["<p title='x"]),
        (
            "    The quay was shut on Friday, and the pilots of the port went home.\n    Nobody spoke.\n\n    It is over, they said.",
            vec![
                "The quay was shut on Friday, and the pilots of the port went home.\nNobody spoke.",
                "It is over, they said.",
            ],
        ),
    ] {
        assert_eq!(texts(file), expected, "{file:?}");
    }
    assert_eq!(read("<h1>Head</h1>")[0].0, BlockKind::Heading(1));
    for piece in [
        "<template>",
        "<p",
        "<script>",
        "<a href=\"",
        "<!--",
        "&amp",
        "<p>a <script>\n\n",
        "a <style> b\n\n",
        "<div><script>",
        "<div><!--",
        "<zzz>",
        "</script>",
    ] {
        paragraphs(&piece.repeat(20_000), 0);
    }
}

#[test]
fn only_safe_links_are_kept() {
    let paras = paragraphs("[*a*](https://x.org/) [b](javascript:alert(1)) [c](/d) `e`", 0);
    let kinds: Vec<_> = paras[0].inlines.iter().map(|i| (&paras[0].text[i.range.clone()], i.kind.clone())).collect();
    assert_eq!(
        kinds,
        [("a", InlineKind::Link("https://x.org/".to_owned())), ("a", InlineKind::Emphasis), ("e", InlineKind::Code)]
    );
}

#[test]
fn every_character_knows_its_place() {
    let file = "x\n\n## Ü **bé** [lïnk](http://é.x/) `c` &eacute; end\r\nnext\n\n<div>\n  höre <b>zu</b> &amp; älter<br>\n  würde</div>\n";
    for para in paragraphs(file, 0) {
        for (at, c) in para.text.char_indices().filter(|(_, c)| c.is_alphanumeric() && *c != 'é') {
            assert!(file[para.source(at)..].starts_with(c), "{c} of {:?}", para.text);
        }
    }
}
