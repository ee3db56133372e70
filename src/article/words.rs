//! The words by which the head of an English article is read: data, no logic.

/// Months: full name and the short forms in use, lower-cased.
pub(super) const MONTHS: [&[&str]; 12] = [
    &["january", "jan"],
    &["february", "feb", "febr"],
    &["march", "mar"],
    &["april", "apr"],
    &["may"],
    &["june", "jun"],
    &["july", "jul"],
    &["august", "aug"],
    &["september", "sept", "sep"],
    &["october", "oct"],
    &["november", "nov"],
    &["december", "dec"],
];

/// Days of the week.
pub(super) const WEEKDAYS: &[&str] = &[
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "mon", "tue", "tues", "wed", "weds",
    "thu", "thur", "thurs", "fri", "sat", "sun",
];

/// Words that may stand in a line with a date and say nothing.
pub(super) const DATE_FILLERS: &[&str] = &["on", "at", "the", "of", "local", "time", "st", "nd", "rd", "th"];

/// Halves of the day.
pub(super) const DAY_HALVES: &[&str] = &["am", "pm", "a", "p", "m", "noon", "midnight"];

/// Names of time zones.
pub(super) const ZONES: &[&str] = &[
    "z", "utc", "gmt", "bst", "et", "est", "edt", "ct", "cst", "cdt", "mt", "mst", "mdt", "pt", "pst", "pdt", "ast",
    "adt", "akst", "akdt", "hst", "wet", "west", "cet", "cest", "eet", "eest", "msk", "trt", "ist", "pkt", "wib", "sgt",
    "hkt", "jst", "kst", "aest", "aedt", "acst", "awst", "nzst", "nzdt", "sast", "eat", "cat", "wat", "eastern",
    "central", "pacific", "mountain",
];

/// Labels of a publication date, longest first.
pub(super) const PUBLISHED: &[&str] = &[
    "originally published online", "originally published on", "originally published", "first published on",
    "first published", "date of publication", "date published", "publication date", "published online",
    "published date", "published time", "published on", "published at", "published", "publish date", "posted on",
    "posted at", "posted", "article date", "released on", "released", "issued on", "date posted", "pub date", "pubdate",
    "dated", "date", "filed",
];

/// Labels of the date of the last change, longest first.
pub(super) const UPDATED: &[&str] = &[
    "last updated on", "last updated at", "last updated", "last modified on", "last modified", "last update",
    "updated on", "updated at", "updated", "update", "modified on", "modified", "lastmod",
];

/// Labels of the outlet; a colon must follow.
pub(super) const SOURCE: &[&str] =
    &["source", "publisher", "publication", "outlet", "newspaper", "site", "website", "agency", "news source"];

/// Labels of the author; a colon must follow.
pub(super) const AUTHOR: &[&str] =
    &["author", "authors", "by", "byline", "written by", "reported by", "reporter", "words by", "story by"];

/// Labels of the headline; a colon must follow.
pub(super) const TITLE: &[&str] = &["title", "headline"];

/// Labels of the address; a colon must follow.
pub(super) const ADDRESS: &[&str] = &["url", "link", "address", "web", "original", "original article", "canonical"];

/// Labels that are read over; a colon must follow.
pub(super) const OTHER: &[&str] = &[
    "section", "category", "categories", "tags", "tag", "keywords", "topic", "topics", "location", "place", "filed under",
    "edition", "page", "language", "byline date", "accessed", "retrieved", "copyright", "reading time", "read time",
    "length", "words", "word count", "filed to", "contact", "email",
];

/// Words of an outlet's name.
pub(super) const OUTLET: &[&str] = &[
    "news", "times", "post", "daily", "herald", "tribune", "press", "journal", "guardian", "telegraph", "reuters", "bbc",
    "cnn", "cbc", "abc", "nbc", "cbs", "npr", "pbs", "afp", "ap", "upi", "itv", "rte", "tass", "xinhua", "interfax",
    "agency", "magazine", "gazette", "chronicle", "observer", "independent", "standard", "mail", "mirror", "sun", "star",
    "globe", "defender", "sentinel", "courier", "express", "record", "register", "review", "weekly", "today", "online",
    "tv", "radio", "newspaper", "bulletin", "dispatch", "examiner", "inquirer", "ledger", "monitor", "argus", "echo",
    "advertiser", "argosy", "broadcasting", "media", "network", "newswire", "wire", "report", "reporter", "spectator",
    "economist", "politico", "axios", "bloomberg", "forbes", "newsweek", "jazeera", "deutsche", "welle", "le", "der",
    "die", "figaro", "monde", "spiegel", "zeitung", "pravda", "izvestia", "kommersant", "correspondent", "evening",
    "morning", "sunday", "leader", "citizen", "nation", "banner", "beacon", "clarion", "messenger", "mercury",
    "associated", "voice", "gazetteer", "informer", "intelligencer", "bee", "digest", "watch", "insider", "metro",
];

/// What a person of a newsroom is called after the name.
pub(super) const ROLES: &[&str] = &[
    "writer", "correspondent", "reporter", "editor", "columnist", "contributor", "journalist", "producer", "analyst",
    "photographer", "staff", "bureau", "chief", "intern", "critic", "special", "freelance", "senior", "deputy",
    "political", "diplomatic", "foreign", "defence", "defense", "business", "national", "security", "affairs",
];

/// Words of a section or a kicker; a line of nothing else is neither outlet nor title.
pub(super) const KICKER: &[&str] = &[
    "world", "politics", "business", "opinion", "exclusive", "analysis", "sport", "sports", "breaking", "live", "uk", "us",
    "usa", "europe", "asia", "africa", "americas", "canada", "national", "local", "health", "science", "technology",
    "tech", "culture", "money", "economy", "markets", "home", "news", "latest", "top", "stories", "story", "featured",
    "feature", "features", "editorial", "comment", "explainer", "war", "crisis", "conflict", "election", "elections",
    "in", "and", "the", "of", "update", "updates", "special", "report", "premium", "subscribers", "only", "video",
    "international", "global", "affairs", "middle", "east", "ukraine", "russia", "military", "defence", "defense",
];

/// Small words that stay lower-cased inside a name.
pub(super) const CONNECTIVES: &[&str] = &[
    "of", "the", "and", "for", "in", "on", "at", "de", "la", "le", "du", "des", "der", "den", "von", "van", "und", "et",
    "y", "e", "da", "do", "dos", "di", "del", "al", "el", "bin", "ibn", "with", "to", "a", "an", "&", "from",
];

/// Verbs of headlines that a line in title case gives itself away by.
pub(super) const HEADLINE_VERBS: &[&str] = &[
    "is", "are", "was", "were", "be", "has", "have", "had", "will", "would", "can", "could", "may", "must", "should",
    "says", "say", "said", "denies", "warns", "joins", "sends", "hits", "wins", "kills", "calls", "urges", "vows",
    "seeks", "faces", "meets", "leaves", "opens", "ends", "begins", "takes", "makes", "gets", "holds", "moves", "plans",
    "backs", "blasts", "slams", "threatens", "rejects", "accuses", "signs", "agrees", "announces", "launches", "attacks",
    "invades", "strikes", "deploys", "deployed", "sent", "killed", "dies", "dead", "found", "gives", "goes", "returns",
    "rises", "falls", "fall", "fails", "fail", "tells", "asks", "wants", "needs", "shows", "sees", "reveals", "confirms",
    "approves", "passes", "votes", "elects", "resigns", "quits", "arrives", "arrive", "visits", "accepts", "refuses",
    "demands", "offers", "talks", "closes", "shuts", "halts", "stops", "starts", "keeps", "puts", "sets", "raises",
    "cuts", "drops", "loses", "fights", "braces", "prepares", "considers", "remains", "becomes", "plunges", "soars",
    "orders", "bans", "lifts", "imposes", "pulls", "pushes", "withdraws", "annexes", "seizes", "captures", "reaches",
    "break", "breaks", "meet", "collapse", "collapses", "stall", "stalls", "resume", "resumes", "evacuates", "flees",
    "moved", "told", "tell", "arrested", "charged", "wounded", "dismisses", "pledges", "promises", "expands",
];

/// Capitals at the start of a text that are no city, though a dash may follow.
pub(super) const NOT_A_CITY: &[&str] = &[
    "NATO", "OPEC", "UEFA", "FIFA", "UNESCO", "UNICEF", "ASEAN", "BRICS", "OSCE", "NASA", "BREAKING", "EXCLUSIVE",
    "UPDATE", "UPDATED", "WATCH", "ANALYSIS", "OPINION", "EDITORIAL", "COMMENT", "LIVE", "VIDEO", "PHOTOS", "NOTE",
    "CORRECTION", "REVIEW", "EXPLAINER", "FACTBOX", "TIMELINE", "FEATURE", "INTERVIEW", "WARNING", "ADVERTISEMENT", "READ",
    "MORE", "RELATED", "USA", "COVID", "AIDS", "YES", "BUT", "AND", "THE", "NOT",
];
