use std::io::{BufRead, Write};
fn main() {
    let lang = dateline::lang::english();
    let out = std::io::stdout();
    let mut out = std::io::BufWriter::new(out.lock());
    for line in std::io::stdin().lock().lines() {
        let line = line.unwrap();
        let v: serde_json::Value = serde_json::from_str(&line).unwrap();
        let text = v["text"].as_str().unwrap();
        let dct = dateline::model::Edtf::parse(v["dct"].as_str().unwrap().get(..10).unwrap_or("")).ok();
        let r = dateline::normalize::resolve_at(lang, dct.as_ref(), text, &dateline::tag::tag(lang, text));
        let mut cp = 0;
        let mut at = 0;
        let mut off = |b: usize| {
            cp += text[at..b].chars().count();
            at = b;
            cp
        };
        let tx: Vec<_> = r.iter().map(|r| { let s = off(r.timex.range.start); let e = off(r.timex.range.end);
            serde_json::json!({"start": s, "end": e, "type": serde_json::to_value(r.timex.class).unwrap(), "value": r.value, "rule": lang.rule(r.timex.rule).unwrap().name}) }).collect();
        writeln!(out, "{}", serde_json::json!({"doc": v["doc"], "timex": tx})).unwrap();
    }
}
