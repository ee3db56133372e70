// Served by `dateline serve` only: loads the page anew when the site was built, and shows what is wrong with it.
"use strict";
(() => {
  const own = document.currentScript;
  const here = own.dataset.build;
  let source = null;
  let host = null;
  let closed = "";

  const hide = () => {
    host?.remove();
    host = null;
  };

  const show = ({ heading, problems }) => {
    const said = problems.join("\n");
    if (!problems.length || said === closed) return hide();
    hide();
    host = document.createElement("dateline-problems");
    const root = host.attachShadow({ mode: "open" });
    const style = document.createElement("link");
    style.rel = "stylesheet";
    style.href = "/_dateline/overlay.css";
    const box = document.createElement("section");
    box.setAttribute("role", "alert");
    box.setAttribute("dir", "ltr");
    box.lang = "en";
    const title = document.createElement("h2");
    title.textContent = heading;
    const close = document.createElement("button");
    close.textContent = "×";
    close.ariaLabel = "Close";
    close.addEventListener("click", () => {
      closed = said;
      hide();
    });
    box.append(title, close);
    for (const problem of problems) {
      const text = document.createElement("pre");
      text.textContent = problem;
      box.append(text);
    }
    root.append(style, box);
    document.documentElement.append(host);
  };

  const hear = ({ data }) => {
    const news = JSON.parse(data);
    if (news.build === here) return show(news);
    // A page that comes out of some cache again and again is not asked for without end.
    const key = "dateline-build";
    if (sessionStorage.getItem(key) === news.build + location.href) return show(news);
    sessionStorage.setItem(key, news.build + location.href);
    location.reload();
  };

  const listen = () => {
    if (source && source.readyState !== EventSource.CLOSED) return;
    source = new EventSource("/_dateline/events");
    source.onmessage = hear;
    source.onerror = () => {
      if (source?.readyState === EventSource.CLOSED) setTimeout(listen, 1000);
    };
  };

  const leave = () => {
    source?.close();
    source = null;
  };

  // A browser keeps few lines open to one server: pages that nobody sees give theirs back.
  const turn = () => (document.hidden ? leave() : listen());
  document.addEventListener("visibilitychange", turn);
  addEventListener("pagehide", leave);
  addEventListener("pageshow", turn);
  addEventListener("keydown", event => {
    if (event.key === "Escape") host?.shadowRoot.querySelector("button").click();
  });
  turn();
})();
