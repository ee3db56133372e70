/* What pages do beyond reading: filters and search that live in the address, the list that marks where one is,
   keys, and evidence opened for print. Pages are whole without it; it holds no word of the interface.

   Entries (`li.event` in `ol.events`) carry data-outlets and data-names (one a line), data-precision, data-sources
   (how many outlets), data-status and, where sources disagree, data-disagree. The form `.find` says in data-search
   where the index of a timeline larger than its page lies; then results stand in place of the page's entries:
   index.json {events, rows, shards, common: [word], outlets: [[name, n]], names: [[name, n]], pack}, facets/ one
   character an event, rows/K.json [[href, title, EDTF, date, outlets]], and lists of events, each as its distance from
   the one before: words/K.json {word: list}, K the FNV-1a hash of its first two letters modulo `shards`; common/K.json,
   of a word that very many hold; outlets/K.json and names/K.json [list], `pack` of them in a file. Entries of such a
   timeline's first page carry no data. */
(() => {
  "use strict";
  const $ = (s, r = document) => r.querySelector(s);
  const $$ = (s, r = document) => [...r.querySelectorAll(s)];
  const form = $("form.find");
  const entries = $$(".timeline li.event");
  const words = s => s.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const lines = s => (s ? s.split("\n") : []);

  // Where one is.
  const rail = $(".rail");
  const links = new Map($$(".rail a[href^='#']").map(a => [decodeURIComponent(a.hash.slice(1)), a]));
  if (rail) {
    const parts = [...links].map(([id, link]) => [document.getElementById(id), link]).filter(([part]) => part);
    let waits = false;
    const mark = () => {
      waits = false;
      const ends = scrollY > 0 && scrollY + innerHeight >= document.documentElement.scrollHeight - 2;
      const passed = parts.filter(([part, link]) => !part.hidden && (ends || part.getBoundingClientRect().top < 80));
      const link = (passed.pop() ?? parts[0])?.[1];
      if (!link || link.ariaCurrent) return;
      for (const a of links.values()) a.removeAttribute("aria-current");
      link.setAttribute("aria-current", "true");
      const [r, l] = [rail.getBoundingClientRect(), link.getBoundingClientRect()];
      if (l.top < r.top || l.bottom > r.bottom) rail.scrollTop += l.top - r.top - r.height / 2;
      if (l.left < r.left || l.right > r.right) rail.scrollLeft += l.left - r.left - r.width / 2;
    };
    const soon = () => waits || (waits = true, requestAnimationFrame(mark));
    addEventListener("scroll", soon, { passive: true });
    addEventListener("resize", soon, { passive: true });
    soon();
  }

  // Print shows the evidence.
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = $$("details:not([open])");
    for (const d of opened) d.open = true;
  });
  addEventListener("afterprint", () => opened.forEach(d => (d.open = false)));

  // Keys, unless they are switched off.
  const dialog = $("dialog.keyboard");
  const stored = f => { try { return f(localStorage); } catch { return null; } };
  const keys = dialog && $("[name=keys]", dialog);
  // A page without the switch obeys it too.
  const off = () => (keys ? !keys.checked : stored(s => s.getItem("keys")) === "off");
  if (keys) {
    keys.checked = stored(s => s.getItem("keys")) !== "off";
    keys.addEventListener("change", () => stored(s => s.setItem("keys", keys.checked ? "on" : "off")));
    $("button.keys")?.addEventListener("click", () => dialog.showModal());
    dialog.addEventListener("click", e => e.target === dialog && dialog.close());
  }
  const step = by => {
    const all = $$(".timeline :is(li.event, .results > li)").filter(li => li.offsetParent);
    if (!all.length) return $(by > 0 ? ".around [rel=next]" : ".around [rel=prev]")?.click();
    const now = all.findIndex(li => li.contains(document.activeElement));
    let next = now + by;
    if (now < 0) {
      next = all.findIndex(li => li.getBoundingClientRect().top > 8);
      if (by < 0) next = (next < 0 ? all.length : next) - 1;
    }
    const li = all[next];
    if (!li) return;
    $("h4 a, a", li).focus({ preventScroll: true });
    li.scrollIntoView({ block: "center" });
  };
  addEventListener("keydown", e => {
    if (e.defaultPrevented || e.ctrlKey || e.metaKey || e.altKey || e.isComposing) return;
    if (e.target.closest?.("input, select, textarea, dialog, [contenteditable]") || off()) return;
    const act = {
      "/": () => form && (form.q.focus(), form.q.select()),
      j: () => step(1),
      k: () => step(-1),
      "?": () => dialog?.showModal(),
    }[e.key];
    if (!act) return;
    e.preventDefault();
    act();
  });

  if (!form) return;

  // Filters: what is asked for, from the address to the form and to the page.
  const FIELDS = ["q", "outlet", "name", "precision", "status", "sources", "disagree"];
  const { root, found, search, thousands } = form.dataset;
  const output = $("output", form), reset = $("[type=reset]", form), nothing = $(".nothing"), whole = $(".find a.whole");
  const main = $("main.timeline");
  let rows = null, list = null, turn = 0;
  // What is asked for; from files, a page may not change its address.
  let local = null;
  const query = () => local ?? location.search;
  const about = el => ({
    el,
    outlets: lines(el.dataset.outlets),
    names: lines(el.dataset.names),
    precision: el.dataset.precision,
    status: el.dataset.status,
    sources: +el.dataset.sources,
    disagree: "disagree" in el.dataset,
    get text() {
      const said = $$("h4, blockquote", el).map(x => x.textContent).concat(this.outlets, this.names).join(" ");
      Object.defineProperty(this, "text", { value: " " + words(said).join(" ") });
      return this.text;
    },
  });
  // What the address asks for; a value that no field offers asks for nothing.
  const asked = () => {
    const given = new URLSearchParams(query()), want = {};
    for (const f of FIELDS) {
      const field = form.elements[f], value = (given.get(f) ?? "").trim();
      if (!field || !value || (field.type === "checkbox" && value !== field.value)) continue;
      // Of outlets and names a large timeline has more than it lists: its index knows them.
      if (field.options && ![...field.options].some(o => o.value === value)) {
        if (!search || (f !== "outlet" && f !== "name")) continue;
        field.add(new Option(value, value));
      }
      want[f] = value;
    }
    return want;
  };
  // A search without a letter or digit finds nothing.
  const blank = want => want.q && !words(want.q).length;
  const fits = (row, want, query) =>
    (!want.outlet || row.outlets.includes(want.outlet)) &&
    (!want.name || row.names.includes(want.name)) &&
    (!want.precision || row.precision === want.precision) &&
    (!want.status || row.status === want.status) &&
    (!want.sources || row.sources >= +want.sources) &&
    (!want.disagree || row.disagree) &&
    query.every(w => row.text.includes(" " + w));

  const number = n => String(n).replace(/\B(?=(\d{3})+$)/g, thousands);
  const say = (n, all) => (output.textContent = found.replace("{n}", number(n)).replace("{all}", number(all)));

  const filter = want => {
    rows ??= entries.map(about);
    const said = words(want.q ?? ""), none = blank(want);
    let n = 0;
    for (const row of rows) {
      const fit = !none && fits(row, want, said);
      if (row.el.hidden === fit) row.el.hidden = !fit;
      n += fit;
    }
    // A year can be but a link to its page.
    for (const part of $$(".timeline section")) part.hidden = !output.hidden && !$("li.event:not([hidden])", part);
    for (const [id, a] of links) {
      const part = document.getElementById(id), count = $(".n", a);
      if (!part || !count) continue;
      count.dataset.all ??= count.textContent;
      count.textContent = output.hidden ? count.dataset.all : number($$("li.event:not([hidden])", part).length);
      a.parentNode.hidden = part.hidden;
    }
    if (!output.hidden) say(n, rows.length);
    nothing.hidden = n > 0;
  };

  // Search over more than the page holds.
  const kept = new Map();
  const get = path => {
    if (!kept.has(path)) kept.set(path, fetch(new URL(path, new URL(search, location.href))).then(r => (r.ok ? r.json() : Promise.reject(r.status))));
    return kept.get(path);
  };
  const shard = (word, of) => {
    let hash = 2166136261;
    for (const byte of new TextEncoder().encode([...word].slice(0, 2).join(""))) hash = Math.imul(hash ^ byte, 16777619) >>> 0;
    return hash % of;
  };
  const matches = async want => {
    const index = await get("index.json");
    for (const f of ["outlet", "name"]) {
      if (!want[f] || index[f + "s"].some(x => x[0] === want[f])) continue;
      // The index does not know it either: it asks for nothing.
      delete want[f];
      form.elements[f].value = "";
      form.elements[f].classList.remove("on");
    }
    if (blank(want)) return [[], index];
    // For each thing asked for, the lists of events that have it.
    const word = async w => {
      w = [...w].slice(0, 24).join("");
      const common = index.common.flatMap((c, i) => (c.startsWith(w) ? [get(`common/${i}.json`)] : []));
      const others = Object.entries(await get(`words/${shard(w, index.shards)}.json`));
      return others.filter(x => x[0].startsWith(w)).map(x => x[1]).concat(await Promise.all(common));
    };
    const of = async f => {
      const at = index[f + "s"].findIndex(x => x[0] === want[f]), pack = index.pack[f];
      return [(await get(`${f}s/${Math.floor(at / pack)}.json`))[at % pack]];
    };
    const all = await Promise.all([...words(want.q ?? "").map(word), ...["outlet", "name"].filter(f => want[f]).map(of)]);
    const hits = new Uint8Array(index.events);
    all.forEach((lists, i) => {
      for (const steps of lists) {
        let at = 0;
        for (const by of steps) if (hits[(at += by)] === i) hits[at] = i + 1;
      }
    });
    const facet = f => (want[f] ? get(`facets/${f}.json`) : "");
    const [precisions, statuses, sources, disagree] = await Promise.all(["precision", "status", "sources", "disagree"].map(facet));
    const first = s => s && ({ decade: "a", hypothetical: "x", span: "p" }[s] ?? s[0]);
    const precision = first(want.precision), status = first(want.status);
    const ids = [];
    for (let i = 0; i < hits.length; i++) {
      if (hits[i] === all.length && (!precision || precisions[i] === precision) && (!status || statuses[i] === status) &&
        (!want.sources || sources[i] >= want.sources) && (!want.disagree || disagree[i] === "1")) ids.push(i);
    }
    return [ids, index];
  };
  const item = row => {
    const make = (tag, text, more = {}) => Object.assign(document.createElement(tag), { textContent: text }, more);
    const [href, title, edtf, date, outlets] = row;
    const li = make("li", ""), when = make("span", "", { className: "when" }), time = make("span", date);
    time.dataset.edtf = edtf;
    when.append(time);
    li.append(when, make("a", title, { href: root + href, dir: "auto" }), make("p", outlets, { className: "label", dir: "auto" }));
    return li;
  };
  const results = async want => {
    const mine = ++turn;
    form.ariaBusy = "true";
    try {
      const [ids, index] = await matches(want);
      if (mine !== turn) return;
      list ??= main.insertBefore(Object.assign(document.createElement("ol"), { className: "results" }), main.firstChild);
      const more = $("button.more");
      let shown = 0;
      const page = async () => {
        const next = ids.slice(shown, shown + 50);
        const files = await Promise.all(next.map(i => get(`rows/${Math.floor(i / index.rows)}.json`)));
        if (mine !== turn) return;
        if (!shown) list.textContent = "";
        list.append(...next.map((i, at) => item(files[at][i % index.rows])));
        const first = list.children[shown];
        shown += next.length;
        more.hidden = shown >= ids.length;
        return first;
      };
      await page();
      if (mine !== turn) return;
      list.after(more);
      more.onclick = async () => $("a", await page())?.focus();
      document.body.classList.add("searching");
      say(ids.length, index.events);
      nothing.hidden = ids.length > 0;
    } catch {
      if (mine === turn) output.textContent = form.dataset[location.protocol === "file:" ? "file" : "failed"];
    } finally {
      if (mine === turn) form.ariaBusy = null;
    }
  };

  // Writes what the address asks for into the form; but whoever types goes on typing, unless the page was left or
  // come back to.
  const show = moved => {
    const want = asked();
    const active = Object.keys(want).length > 0;
    for (const f of FIELDS) {
      const field = form.elements[f];
      if (!field) continue;
      if (field.type === "checkbox") field.checked = !!want[f];
      else if (moved || field !== document.activeElement || f !== "q") {
        field.value = want[f] ?? "";
      }
      field.classList.toggle("on", !!want[f]);
    }
    output.hidden = reset.hidden = !active;
    if (!active) output.textContent = "";
    if (whole) {
      whole.hidden = !active;
      whole.href = root + "index.html" + query();
    }
    document.body.classList.toggle("filtering", active);
    if (search && active) return results(want);
    turn++;
    document.body.classList.remove("searching");
    if (list) list.textContent = "";
    if (!search) filter(want);
    if (!active) nothing.hidden = true;
  };
  const go = replace => {
    const given = new URLSearchParams();
    for (const [f, v] of new FormData(form)) if (v.trim()) given.set(f, v.trim());
    const asks = given.size ? `?${given}` : "";
    if (asks === query()) return;
    try {
      history[replace ? "replaceState" : "pushState"](null, "", asks || location.pathname);
      local = null;
    } catch {
      local = asks;
    }
    show();
  };
  let typing = 0, wait = 0;
  form.addEventListener("input", e => {
    if (e.target !== form.q) return go();
    clearTimeout(wait);
    wait = setTimeout(() => go(typing++ > 0), search ? 150 : 40);
  });
  form.q.addEventListener("blur", () => (typing = 0));
  form.addEventListener("submit", e => { e.preventDefault(); clearTimeout(wait); go(typing++ > 0); });
  form.addEventListener("reset", e => {
    e.preventDefault();
    for (const f of form.elements) f.type === "checkbox" ? (f.checked = false) : (f.value = "");
    typing = 0;
    go();
    form.q.focus();
  });
  addEventListener("popstate", () => {
    clearTimeout(wait);
    typing = 0;
    local = null;
    show(true);
  });
  // A link to what a filter hides takes the filter away.
  addEventListener("hashchange", () => {
    const part = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!part || part.offsetParent || !location.search) return;
    history.replaceState(null, "", location.pathname + location.hash);
    show(true);
    part.scrollIntoView();
  });
  if (location.search) show();
})();
