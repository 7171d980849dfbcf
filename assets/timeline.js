// The wall in the browser: its width, the chosen row, clicks on bars, and keys for rows and windows.
window.dash_clientside = window.dash_clientside || {};

(() => {
  // set by Dash after this file is read
  const unchanged = () => window.dash_clientside.no_update;
  // the wall's time head, or the ruler of a project's page
  const head = () => document.querySelector("[data-room-store]");
  const room = () => {
    const px = (element) => (element ? Math.round(element.getBoundingClientRect().width) : 0);
    // --beside: what the light, the float and the padding take of the names' column
    const beside = parseInt(getComputedStyle(head()).getPropertyValue("--beside"), 10) || 0;
    return { plot: px(head()), name: px(document.querySelector(".wall-corner")) - beside };
  };
  const rows = () => [...document.querySelectorAll(".wall-row")];

  window.dash_clientside.timeline = {
    // the chosen project changes the panel only; everything else in the address moves the wall
    split(search, view, chosen) {
      const params = new URLSearchParams(search || "");
      const now = params.get("chosen");
      params.delete("chosen");
      const text = params.toString();
      const next = text ? `?${text}` : "";
      return [next === view ? unchanged() : next, now === (chosen ?? null) && view != null ? unchanged() : now];
    },
    measure(view, known) {
      if (!head()) return unchanged();
      const now = room();
      return known && now.plot === known.plot && now.name === known.name ? unchanged() : now;
    },
    mark(chosen, _shown, more) {
      const wall = document.querySelector(".wall");
      if (wall) wall.classList.toggle("choosing", Boolean(chosen));
      rows().forEach((row, place) => {
        const on = chosen ? row.firstElementChild.dataset.project === chosen : place === 0;
        row.classList.toggle("on", on);
        row.toggleAttribute("aria-current", on);
      });
      window.wallLinks.draw();
      if (!more) window.wallMore.follow();
      return chosen || "";
    },
  };

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
      if (head()) window.dash_clientside.set_props(head().dataset.roomStore, { data: room() });
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
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !document.querySelector(".wall")) return;
    if (!KEYS[event.key]) return;
    KEYS[event.key]();
    event.preventDefault();
  });
})();
