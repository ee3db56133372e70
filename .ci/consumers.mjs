// Opens what `dateline events` exports with the programs that read it: the parser of Markwhen, TimelineJS 3 in a browser,
// a CSL processor. node .ci/consumers.mjs DATELINE SITE...; needs @markwhen/parser, @knight-lab/timelinejs, citeproc,
// commonmark, playwright-core and a browser (CHROMIUM).
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { chromium } from "playwright-core";

const require = createRequire(import.meta.url);
const { parse, toArray } = require("@markwhen/parser");
const CSL = require("citeproc");
const commonmark = require("commonmark");
const [dateline, ...sites] = process.argv.slice(2);
const events = (site, format) => execFileSync(dateline, ["-q", "events", "--root", site, "--format", format], { encoding: "utf8", maxBuffer: 1 << 30 });

// TimelineJS as its users embed it, fed with what we wrote.
const story = join(dirname(require.resolve("@knight-lab/timelinejs/package.json")), "dist");
const kinds = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".json": "application/json" };
let slides = "";
const server = createServer((request, response) => {
  const path = new URL(request.url, "http://localhost").pathname;
  const page = `<!doctype html><meta charset="utf-8"><title>t</title><link rel="stylesheet" href="css/timeline.css"><script src="js/timeline.js"></script>
    <div id="t" style="width:1000px;height:600px"></div>
    <script>fetch("slides.json").then(r => r.json()).then(d => { window.timeline = new TL.Timeline("t", d, { script_path: "js/", font: null }); });</script>`;
  const own = { "/": page, "/slides.json": slides }[path];
  try {
    const body = own ?? readFileSync(join(story, path));
    response.writeHead(200, { "content-type": kinds[extname(path)] ?? "text/html; charset=utf-8" }).end(body);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise(done => server.listen(0, "127.0.0.1", done));
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});

for (const site of sites) {
  const wanted = JSON.parse(events(site, "json")).events;
  const titles = wanted.map(event => event.title);
  const common = wanted.filter(event => !event.date.startsWith("-"));

  const parsed = parse(events(site, "markwhen"));
  const entries = toArray(parsed.events).map(entry => entry.eventy ?? entry).filter(entry => entry.dateRangeIso);
  assert.equal(entries.length, common.length, "Markwhen: an entry an event");
  entries.forEach((entry, i) => {
    const event = common[i];
    const text = entry.firstLine.restTrimmed;
    assert.ok(text.includes(event.title.replaceAll("#", "\uFF03")), `${text} is not ${event.title}`);
    if (event.start && event.end) assert.equal(entry.dateRangeIso.fromDateTimeIso.slice(0, 10), event.start, text);
  });

  slides = events(site, "timelinejs");
  const tab = await browser.newPage();
  const wrong = [];
  tab.on("pageerror", error => wrong.push(error.message));
  tab.on("dialog", dialog => (wrong.push("a script of an article ran"), dialog.dismiss()));
  await tab.goto(`http://127.0.0.1:${server.address().port}/`);
  await tab.waitForFunction(n => document.querySelectorAll(".tl-slide").length >= n, wanted.length + 1, { timeout: 60000 });
  const shown = await tab.$$eval(".tl-slide .tl-headline", all => all.map(h => h.textContent.trim()));
  for (const title of titles) assert.ok(shown.some(text => text.includes(title.trim())), `TimelineJS does not show ${title}`);
  assert.equal(await tab.$$eval(".tl-slide script, .tl-slide b", all => all.length), 0, "markup of an article became markup");
  assert.deepEqual(wrong, []);
  await tab.close();

  const items = JSON.parse(events(site, "csl"));
  const style = `<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text"><info><title>t</title><id>t</id></info>
    <citation><layout><text variable="title"/></layout></citation><bibliography><layout><names variable="author"/><text variable="title" prefix=" "/>
    <text variable="container-title" prefix=" "/><date variable="issued" form="numeric" prefix=" "/></layout></bibliography></style>`;
  const locale = `<locale xmlns="http://purl.org/net/xbiblio/csl" version="1.0" xml:lang="en-US"><terms><term name="et-al">et al.</term><term name="and">and</term></terms><date form="numeric"><date-part name="year"/></date></locale>`;
  const engine = new CSL.Engine({ retrieveLocale: () => locale, retrieveItem: id => items.find(item => item.id === id) }, style);
  engine.updateItems(items.map(item => item.id));
  const [, cited] = engine.makeBibliography();
  assert.equal(cited.length, items.length, "CSL: an entry an article");
  const html = new commonmark.HtmlRenderer().render(new commonmark.Parser().parse(events(site, "markdown")));
  assert.equal(html.match(/<strong>/g).length, wanted.length, "Markdown: a line an event");
  assert.ok(!html.includes("<script"), "Markdown: no markup of an article");
  console.log(`${site}: ${entries.length} in Markwhen, ${shown.length} in TimelineJS, ${cited.length} cited`);
}
await browser.close();
server.close();
