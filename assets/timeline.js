// Boards in the browser: how wide they are, and on the wall the chosen row, clicks on bars, and keys.
(() => {
  // the wall's time head, or the ruler of a project's page, by the path of its page
  const HEADS = [[/^\/timeline\/?$/, ".wall-time"], [/^\/project\//, ".node-time"]];
  const headOf = (path) => HEADS.find(([page]) => page.test(path))?.[1];
  const measured = (head) => {
    const px = (element) => (element ? Math.round(element.getBoundingClientRect().width) : 0);
    // --beside: what the light, the float and the padding take of the names' column
    const beside = parseInt(getComputedStyle(head).getPropertyValue("--beside"), 10) || 0;
    return { plot: px(head), name: Math.max(0, px(document.querySelector(".wall-corner")) - beside) };
  };
  const rows = () => [...document.querySelectorAll(".wall-row")];

  // how wide a board was in a window as wide as this one, kept for the first one of another day
  const known = {};
  const nameOf = (head) => `guatu_room ${head} ${innerWidth}`;
  const recall = (name) => (known[name] ??= JSON.parse(localStorage.getItem(name)));
  const keep = (name, room) => {
    const before = recall(name);
    if (before?.plot === room.plot && before?.name === room.name) return;
    known[name] = room;
    localStorage.setItem(name, JSON.stringify(room));
  };
  // the room of a page's board, nothing for one without or one never seen
  window.boardRoom = (path) => {
    const head = headOf(path);
    if (!head) return null;
    const now = document.querySelector(head);
    if (now) keep(nameOf(head), measured(now));
    return recall(nameOf(head));
  };
  const wall = () => document.querySelector(".wall");
  let head = null;
  new MutationObserver(() => {
    const path = headOf(location.pathname);
    const now = path ? document.querySelector(path) : null;
    if (now === head) return;
    head = now;
    if (head) window.parts.fit();
  }).observe(document.documentElement, { childList: true, subtree: true });

  const mark = () => {
    if (!wall()) return;
    const chosen = new URLSearchParams(location.search).get("chosen");
    wall().classList.toggle("choosing", Boolean(chosen));
    rows().forEach((row, place) => {
      const on = chosen ? row.firstElementChild.dataset.project === chosen : place === 0;
      row.classList.toggle("on", on);
      row.toggleAttribute("aria-current", on);
    });
    window.wallLinks.draw();
  };
  window.wallMark = mark;
  // the row at once, the panel when it comes
  addEventListener("_dashprivate_pushstate", mark);
  addEventListener("popstate", mark);
  let drawn = null;
  document.addEventListener("guatu-shown", () => {
    if (!wall()) return;
    mark();
    // where only the time moved the rows are as they were
    const picture = document.querySelector(".wall-plot").firstChild;
    if (picture !== drawn) window.wallMore.follow();
    drawn = picture;
  });
  // the windows further down may have changed where the first has not
  document.addEventListener("guatu-news", () => { drawn = null; });

  // rows and the panel are the same whatever time is shown: their links get it when they are followed
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.wall-row, a.side-close");
    if (!link) return;
    const params = new URLSearchParams(location.search);
    if (link.matches(".wall-row")) params.set("chosen", link.firstElementChild.dataset.project);
    else params.delete("chosen");
    link.setAttribute("href", `${location.pathname}?${params}`);
  }, true);

  let waiting = 0;
  addEventListener("resize", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      if (head) window.parts.fit();
    }, 150);
  });

  // the plot lies over the rows: a click on it, on a bar or beside one, chooses the row below it
  document.addEventListener("click", (event) => {
    if (!event.target.closest(".wall-plot")) return;
    const row = rows().find((one) => {
      const box = one.getBoundingClientRect();
      return event.clientY >= box.top && event.clientY < box.bottom;
    });
    if (row) row.click();
  });

  // what a bar says, at the pointer
  let tip = null;
  const told = (event) => {
    const bar = event.buttons ? null : event.target.closest?.(".board [data-tip]");
    if (!bar) {
      tip?.remove();
      tip = null;
      return;
    }
    tip = tip || document.body.appendChild(Object.assign(document.createElement("div"), { className: "board-tip" }));
    tip.textContent = bar.dataset.tip;
    const box = tip.getBoundingClientRect();
    tip.style.left = `${Math.min(event.clientX + 14, innerWidth - box.width - 8)}px`;
    const below = event.clientY + 18;
    tip.style.top = `${below + box.height > innerHeight ? event.clientY - box.height - 12 : below}px`;
  };
  document.addEventListener("pointermove", told, { passive: true });
  document.addEventListener("pointerdown", () => { tip?.remove(); tip = null; });

  const step = (by) => {
    const all = rows();
    const row = all[Math.max(0, Math.min(all.length - 1, all.findIndex((one) => one.classList.contains("on")) + by))];
    if (!row) return;
    row.click();
    row.scrollIntoView({ block: "nearest" });
  };
  // the next row gets the focus, Enter opens it beside the wall
  const walk = (by) => {
    const all = rows();
    const held = all.indexOf(document.activeElement);
    const from = held < 0 ? all.findIndex((one) => one.classList.contains("on")) - (by > 0 ? 1 : 0) : held;
    const row = all[Math.max(0, Math.min(all.length - 1, from + by))];
    row?.focus({ preventScroll: true });
    row?.scrollIntoView({ block: "nearest" });
  };
  const KEYS = {
    ArrowDown: () => walk(1),
    ArrowUp: () => walk(-1),
    "[": () => document.querySelector("a.wall-prev")?.click(),
    "]": () => document.querySelector("a.wall-next")?.click(),
    j: () => step(1),
    k: () => step(-1),
  };
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, details[open], [contenteditable]");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !wall()) return;
    if (!KEYS[event.key]) return;
    KEYS[event.key]();
    event.preventDefault();
  });
})();
