// Audits a built site: Lighthouse and axe-core on one page of each kind, the Nu HTML checker on all.
// node .ci/audit.mjs FOLDER; needs lighthouse, axe-core, playwright-core, vnu-jar, a browser (CHROMIUM) and Java.
import { spawnSync } from "node:child_process";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { extname, join } from "node:path";
import lighthouse, { desktopConfig } from "lighthouse";
import { chromium } from "playwright-core";

const folder = process.argv[2] ?? "public";
const require = createRequire(import.meta.url);
const kinds = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".json": "application/json" };
const server = createServer((request, response) => {
  let path = join(folder, decodeURIComponent(new URL(request.url, "http://localhost").pathname));
  try {
    if (statSync(path).isDirectory()) path = join(path, "index.html");
    response.writeHead(200, { "content-type": kinds[extname(path)] ?? "application/octet-stream" }).end(readFileSync(path));
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise(done => server.listen(0, "127.0.0.1", done));
const root = `http://127.0.0.1:${server.address().port}/`;

const first = below => `${below}/${readdirSync(join(folder, below)).filter(name => !name.includes(".")).sort()[0]}/`;
const year = readdirSync(folder).filter(name => /^\d{4}$/.test(name)).sort().pop();
const pages = ["", `${year}/`, first("events"), first("articles")];
const problems = [];
const say = line => (console.log(line), line);
const fail = line => problems.push(say(`✗ ${line}`));

const port = 9222 + (process.pid % 500);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: [`--remote-debugging-port=${port}`, "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
for (const page of pages) {
  for (const form of ["desktop", "mobile"]) {
    const { lhr } = await lighthouse(root + page, { port, logLevel: "error", onlyCategories: ["performance", "accessibility", "best-practices", "seo"] }, form === "desktop" ? desktopConfig : undefined);
    for (const { id, score } of Object.values(lhr.categories)) {
      const least = form === "mobile" && id === "performance" ? 0.95 : 1;
      if (score < least) fail(`/${page} ${form}: ${id} ${Math.round(score * 100)}`);
    }
    say(`/${page} ${form}: ${Object.values(lhr.categories).map(c => Math.round(c.score * 100)).join(" / ")}`);
  }
  for (const colorScheme of ["light", "dark"]) {
    for (const width of [1280, 320]) {
      const tab = await browser.newPage({ colorScheme, viewport: { width, height: 900 }, bypassCSP: true });
      await tab.goto(root + page);
      await tab.evaluate(() => document.querySelectorAll("details").forEach(d => (d.open = true)));
      await tab.evaluate(axe);
      const { violations } = await tab.evaluate(() => axe.run({ rules: { "target-size": { enabled: true } } }));
      for (const v of violations) fail(`/${page} ${colorScheme} ${width}: ${v.id}, ${v.nodes.map(n => n.target).join(" ")}`);
      await tab.close();
    }
  }
}
await browser.close();
server.close();

const html = readdirSync(folder, { recursive: true }).filter(name => name.endsWith(".html")).map(name => join(folder, name));
const nu = spawnSync("java", ["-jar", require.resolve("vnu-jar/build/dist/vnu.jar"), "--errors-only", ...html], { encoding: "utf8" });
if (nu.status !== 0) fail(`Nu HTML checker:\n${nu.stderr || nu.error}`);
console.log(problems.length ? `${problems.length} problems` : `no problem on ${pages.length} pages, ${html.length} valid`);
process.exit(problems.length ? 1 : 0);
