use super::*;

#[test]
fn the_file_reads_and_its_lists_answer() {
    let read: Result<EventWords, _> = serde_yaml::from_str(include_str!("../en/events.yaml"));
    assert!(read.is_ok(), "{:?}", read.err());
    let words = event_words();
    assert!(words.is_past("broke") && words.is_past("departed") && !words.is_past("hundred"));
    assert!(words.is_demonym("russian") && !words.is_demonym("russia"));
    assert_eq!(words.class("negotiation"), Some("talk"));
}

#[test]
fn one_look_up_answers_as_the_lists_do() {
    let words = event_words();
    assert_ne!(words.past(), Kinds::default(), "as many lists as bits");
    for word in ["said", "broke", "departed", "hundred", "which", "russian", "has", "negotiation", "quay", ""] {
        let kinds = words.kinds(word);
        assert_eq!(kinds.meets(words.past()), words.is_past(word), "{word}");
        assert_eq!(kinds.meets(words.auxiliaries()), words.is_auxiliary(word), "{word}");
        assert_eq!(kinds.meets(words.called_after_countries()), words.is_demonym(word), "{word}");
        assert_eq!(kinds.meets(words.classed()), words.class(word).is_some(), "{word}");
        assert_eq!(kinds.meets(words.stop.kind), words.stop.contains(word), "{word}");
        assert_eq!(kinds.meets(words.attribution.kind), words.attribution.contains(word), "{word}");
        assert_eq!(kinds.meets(words.determiners.kind), words.determiners.contains(word), "{word}");
    }
}
