//! The program as readable transcripts: `tests/cmd/NAME.trycmd`, run in a copy of `NAME.in/`.

#[test]
fn transcripts() {
    trycmd::TestCases::new().case("tests/cmd/*.trycmd").case("tests/cmd/*.toml");
}
