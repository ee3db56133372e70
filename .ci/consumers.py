"""Opens what `dateline events` exports with the libraries that others read it with.

python3 .ci/consumers.py DATELINE SITE...; needs icalendar, feedparser and bibtexparser (1).
"""
import csv, datetime, io, json, os, subprocess, sys
import bibtexparser, feedparser, icalendar

DATELINE, SITES = sys.argv[1], sys.argv[2:]

def events(site, form):
    return subprocess.run([DATELINE, "-q", "events", "--root", site, "--format", form], check=True, capture_output=True).stdout

for site in SITES:
    whole = json.loads(events(site, "json"))
    wanted = {event["id"]: event for event in whole["events"]}
    assert wanted, site

    lines = [json.loads(line) for line in events(site, "jsonl").splitlines()]
    assert lines == whole["events"], "JSON Lines hold the events of events.json"

    rows = list(csv.DictReader(io.StringIO(events(site, "csv").decode(), newline=""), strict=True))
    assert [row["id"] for row in rows] == list(wanted), "a row an event"
    for row in rows:
        event = wanted[row["id"]]
        assert row["date"].lstrip("'") == event["date"] and row["title"].lstrip("'") == event["title"].lstrip("'"), row
        texts = [value for key, value in row.items() if key not in ("date", "start", "end")]
        assert not any(text.lstrip().startswith(("=", "+", "-", "@")) for text in texts), f"a formula: {row}"

    calendar = icalendar.Calendar.from_ical(events(site, "ics"))
    dated = {id: event for id, event in wanted.items() if not event["date"].startswith("-")}
    entries = {str(entry["UID"]).removesuffix("@dateline"): entry for entry in calendar.walk("VEVENT")}
    assert set(entries) == set(dated), "an entry for each event of the common era"
    for id, entry in entries.items():
        first, end = entry.decoded("DTSTART"), entry.decoded("DTEND")
        assert type(first) is datetime.date and first < end, "all day"
        event = dated[id]
        if event["start"] and event["end"]:
            assert (str(first), str(end - datetime.timedelta(1))) == (event["start"], event["end"]), event
        assert event["title"] in str(entry["SUMMARY"]) and event["sources"][0]["quote"] in str(entry["DESCRIPTION"])
        assert not entry.errors, entry.errors

    library = bibtexparser.loads(events(site, "bibtex").decode())
    told = {source["article"] for event in wanted.values() for source in event["sources"]}
    assert len(library.entries) == len(told), "an entry for each article"
    csl = json.loads(events(site, "csl"))
    assert {item["id"] for item in csl} == told
    graph = json.loads(events(site, "jsonld"))
    facts = [id for id, event in wanted.items() if event["status"] in ("happened", "planned")]
    things = {item["item"]["identifier"]: item["item"] for item in graph["itemListElement"]}
    assert list(things) == facts, "what is denied is no event"
    for id, thing in things.items():
        stated = wanted[id]["date"]
        assert len(thing.get("startDate", "")) <= len(stated.split("/")[0].rstrip("~?%")), f"finer than {stated}: {thing}"

    built = os.path.join(site, "public")
    if os.path.isdir(built):
        feed = feedparser.parse(os.path.join(built, "feed.xml"))
        assert not feed.bozo and feed.entries, feed.get("bozo_exception")
        assert all(entry.id and entry.link and entry.updated_parsed and entry.title for entry in feed.entries)
        with open(os.path.join(built, "feed.json"), encoding="utf-8") as file:
            assert len(json.load(file)["items"]) == len(feed.entries), "both feeds tell the same"
    print(f"{site}: {len(wanted)} events, {len(entries)} in the calendar, {len(told)} articles cited")
