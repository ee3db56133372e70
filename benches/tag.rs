//! How fast text is tagged and resolved: ordinary news, and texts made to be slow.
//!
//! `cargo bench --bench tag` prints bytes a second; no text of `made_to_be_slow` may fall below a third of `news`.

use dateline::lang::english;
use dateline::model::Edtf;
use dateline::normalize::resolve_at;
use dateline::tag::tag;
use divan::Bencher;
use divan::counter::BytesCount;

fn main() {
    divan::main();
}

/// A page of news as it is: a date in every second sentence.
const NEWS: &str = "The council of Melbury voted on Tuesday to close the old ferry pier, which has carried \
passengers across the estuary since 1962. Engineers warned last year that the piles under it were rotting, and a \
survey finished on March 3 found that two of them had moved by more than a hand's breadth.\n\n\
“We would rather shut it now than carry somebody out of the water,” the harbour master, Ida Kemp, told reporters. \
She said the ferry would use the stone quay at Upper Melbury from next month, and that a new pier could be ready in \
the spring of 2024 if the money is found. The operator, which employs 38 people, said it had not been asked.\n\n\
Traders on the waterfront were divided. “Half of my customers come off that boat,” said the owner of a bakery. \
Others pointed to the road, where lorries have queued for three hours every Friday, and to the 4,200 signatures that \
a petition for a bridge had gathered by noon on Sunday. The county will discuss it in September.\n\n";

fn repeated(unit: &str, bytes: usize) -> String {
    unit.repeat(bytes / unit.len() + 1)
}

fn run(bencher: Bencher, text: &str) {
    let dct = Edtf::parse("2022-01-19").ok();
    bencher.counter(BytesCount::of_str(text)).bench(|| {
        let lang = english();
        resolve_at(lang, dct.as_ref(), text, &tag(lang, text))
    });
}

#[divan::bench(sample_count = 20)]
fn news(bencher: Bencher) {
    run(bencher, &repeated(NEWS, 1 << 20));
}

#[divan::bench(sample_count = 5, args = [
    "1", "Jan ", "the day before ", "1-", "\u{301}", "e\u{301}", "a ", "twenty-", "' ", "2019 ", "may ", "the ", "the first ",
    "half a ", "Monday ", "1/2/", "12:", "from 3 to ", "(", "in the early ", "two and a half ", "\n", "last ", "of the year ",
])]
fn made_to_be_slow(bencher: Bencher, unit: &str) {
    run(bencher, &repeated(unit, 1 << 20));
}
