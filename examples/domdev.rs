use chrono::Datelike;
use std::io::BufRead;
fn main() {
    let lang = dateline::lang::english();
    for line in std::io::stdin().lock().lines() {
        let v: serde_json::Value = serde_json::from_str(&line.unwrap()).unwrap();
        let t = dateline::tag::tag(lang, v["text"].as_str().unwrap());
        let y = dateline::model::Edtf::parse(v["dct"].as_str().unwrap().get(..10).unwrap())
            .unwrap()
            .first_day()
            .unwrap()
            .year();
        let (d, c) = dateline::normalize::domain(Some(y), &t);
        if c.far >= 3 {
            println!("{} {:?} {:?} of {}", v["doc"], d, c, t.len());
        }
    }
}
