// A meeting while it is projected: how long the present project has been spoken about, and a line for what is
// decided about it (key J), typed without leaving the picture.
(() => {
  const root = () => document.querySelector(".projection");
  const asked = () => new URLSearchParams(location.search);
  // whose meeting it is: the filters, without the list of pages
  const scope = () => {
    const kept = asked();
    for (const name of ["show", "set", "auto", "meeting", "date"]) kept.delete(name);
    return `?${kept}`;
  };
  const held = () => (root() && asked().get("meeting") ? { rhythm: asked().get("meeting"), day: asked().get("date"), search: scope() } : null);
  let now = null; // { project, title, since }
  let ticking = 0;

  const seconds = () => Math.floor((Date.now() - now.since) / 1000);
  const spoken = (count) => `${Math.floor(count / 60)}:${String(count % 60).padStart(2, "0")}`;
  const clock = () => {
    const head = document.querySelector(".projection .pj-head");
    let place = head.querySelector(".pj-clock");
    if (!place) {
      place = document.createElement("span");
      place.className = "pj-clock";
      head.querySelector(".pj-place").after(place);
    }
    place.textContent = now ? `本项 ${spoken(seconds())}` : "";
  };

  const close = () => {
    clearInterval(ticking);
    if (!now) return;
    const { project, rhythm, day, search } = now;
    const count = seconds();
    now = null;
    if (count < 1) return;
    fetch(`/api/meetings/${rhythm}/${day}/time${search}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ project, seconds: Math.min(count, 10800) }),
      keepalive: true,
    }).catch(() => {});
  };
  document.addEventListener("guatu-projected", ({ detail: { at, deck } }) => {
    const meeting = held();
    if (!meeting) return;
    const item = deck.items[at];
    const project = item.id.startsWith("project:") ? decodeURIComponent(item.id.slice(8)) : "";
    if (now?.project === project && project) return;
    close();
    hide();
    if (project) {
      now = { ...meeting, project, title: item.title, since: Date.now() };
      ticking = setInterval(() => (root() && now ? clock() : close()), 1000);
    }
    clock();
  });
  document.addEventListener("guatu-page", () => root() || close());
  addEventListener("pagehide", close);

  // ---- the line for decisions over the picture
  const box = () => document.querySelector(".pj-record");
  const make = (tag, className, text = "") => {
    const node = document.createElement(tag);
    node.className = className;
    node.textContent = text;
    return node;
  };
  const show = () => {
    const meeting = held();
    if (!meeting || box()) return;
    const form = make("form", "promise-form");
    const head = make("div", "promise-head");
    const clear = make("button", "promise-clear", "×");
    clear.type = "button";
    clear.hidden = true;
    head.append(make("b", "", "记一件会上定的事"), make("span", "promise-about"), clear);
    const row = make("div", "promise-row");
    const line = make("input", "promise-line");
    line.maxLength = 200;
    line.autocomplete = "off";
    line.setAttribute("aria-label", "一行写清谁、何时、何事");
    line.placeholder = "谁 几月几日前 办什么事";
    const keep = make("button", "chip on promise-keep", "记下");
    keep.disabled = true;
    row.append(line, keep);
    const parse = make("div", "promise-parse", "写完看一眼程序怎样理解,再按回车记下;Esc 关闭。");
    parse.setAttribute("role", "status");
    form.append(head, row, parse);
    Object.assign(form.dataset, meeting);
    const place = make("aside", "pj-record");
    place.append(form);
    root().append(place);
    window.guatuPromise.about(form, now?.project, now?.title);
    line.focus();
  };
  const hide = () => box()?.remove();
  // before the keys of projection: while somebody types, letters are letters
  addEventListener("keydown", (event) => {
    if (!held() || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest?.(".pj-record")) {
      event.stopPropagation();
      if (event.key === "Escape") hide();
      return;
    }
    if (event.key.toLowerCase() !== "j") return;
    event.preventDefault();
    event.stopPropagation();
    show();
  }, true);
  document.addEventListener("guatu-kept", (event) => event.target.closest(".pj-record") && setTimeout(hide, 1500));
})();
