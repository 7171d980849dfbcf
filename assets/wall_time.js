// The wall's time: Ctrl and wheel or + and - zoom, dragging or the arrow keys move; the address says where.
(() => {
  const DAY = 864e5;
  const LEAST = 14; // days shown, as in components/wall_link.py
  const MOST = 1500;
  const SLACK = 4; // px a pointer moves before it drags
  const PATIENCE = 5000; // ms until a picture that never came is asked for again
  const REST = 800; // ms without a move that end a gesture

  const plots = () => [...document.querySelectorAll(".wall svg.board")];
  const day = (text) => Date.parse(text) / DAY;
  const shownBy = (plot) => ({ first: day(plot.dataset.first), days: Number(plot.dataset.days) });
  const width = () => document.querySelector(".wall-time").getBoundingClientRect().width;

  // where the reader wants to be, in days since 1970; null when that is what is drawn
  let wanted = null;
  let moved = 0; // when the reader last moved the picture
  let stepped = false; // a gesture is one step in the history, however many pictures come meanwhile
  let asked = 0; // when a picture was asked for, 0 when none is on its way

  // what is drawn is moved at once; the server draws it anew as fast as it can
  const place = (element, drawn) => {
    if (!element) return;
    const scale = drawn.days / wanted.days;
    const shift = ((drawn.first - wanted.first) / wanted.days) * width();
    element.style.transform = `translateX(${shift}px) scaleX(${scale})`;
  };
  const follow = () => {
    const all = plots();
    if (!all.length) return;
    all.forEach((plot) => place(plot, shownBy(plot)));
    place(document.querySelector(".wall-time > div"), shownBy(all[0]));
  };
  // every window of rows stands where the first one does, also those still drawn for another time
  const align = () => {
    const all = plots();
    if (!all.length) return;
    wanted = shownBy(all[0]);
    const same = (plot) => shownBy(plot).first === wanted.first && shownBy(plot).days === wanted.days;
    all.forEach((plot) => (same(plot) ? plot.style.removeProperty("transform") : place(plot, shownBy(plot))));
    document.querySelector(".wall-time > div")?.style.removeProperty("transform");
    wanted = null;
  };
  const ask = () => {
    const plot = plots()[0];
    if (!plot || !wanted || (asked && performance.now() - asked < PATIENCE)) return;
    const start = Math.round(wanted.first - day(plot.dataset.asOf));
    const days = Math.round(wanted.days);
    const drawn = shownBy(plot);
    if (days === drawn.days && start + day(plot.dataset.asOf) === drawn.first) {
      if (!dragged) align();
      return;
    }
    const params = new URLSearchParams(location.search);
    ["zoom", "shift"].forEach((name) => params.delete(name));
    params.set("start", start);
    params.set("days", days);
    history[stepped ? "replaceState" : "pushState"]({}, "", `${location.pathname}?${params}`);
    stepped = true;
    asked = performance.now();
    window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
  };
  let drawing = 0;
  const go = (first, days) => {
    wanted = { first, days };
    if (performance.now() - moved > REST) stepped = false;
    moved = performance.now();
    cancelAnimationFrame(drawing);
    drawing = requestAnimationFrame(() => {
      if (wanted) follow();
      ask();
    });
  };
  const now = () => wanted || (plots()[0] ? shownBy(plots()[0]) : null);
  const move = (share) => {
    const at = now();
    if (at) go(at.first + at.days * share, at.days);
  };
  const zoom = (factor, share = null) => {
    const at = now();
    if (!at) return;
    const days = Math.min(MOST, Math.max(LEAST, at.days * factor));
    // without a pointer the status date stays where it is
    const today = (day(plots()[0].dataset.asOf) - at.first) / at.days;
    const fixed = share ?? (today > 0 && today < 1 ? today : 0.5);
    go(at.first + (at.days - days) * fixed, days);
  };

  // a new picture came: nothing is left to do, or it is moved to where the reader is by now
  new MutationObserver((changes) => {
    if (!changes.some((change) => change.target.classList?.contains("wall-plot"))) return;
    asked = 0;
    if (!wanted) {
      align();
      return;
    }
    follow();
    ask();
  }).observe(document.documentElement, { childList: true, subtree: true });
  // back and forward leave the gesture where it was
  addEventListener("popstate", () => {
    asked = 0;
    stepped = false;
    align();
  });

  addEventListener("wheel", (event) => {
    const over = event.target.closest?.(".wall-plot, .wall-time");
    if (!over || !(event.ctrlKey || event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY))) return;
    event.preventDefault();
    const box = document.querySelector(".wall-time").getBoundingClientRect();
    const by = event.deltaMode ? event.deltaY * 30 : event.deltaY;
    if (event.ctrlKey) zoom(Math.exp(Math.max(-120, Math.min(120, by)) * 0.0022), (event.clientX - box.left) / box.width);
    else move((event.deltaX || by) / box.width);
  }, { passive: false });

  let held = null; // where a drag began
  let dragged = false;
  addEventListener("pointerdown", (event) => {
    const over = event.target.closest?.(".wall-plot, .wall-time");
    if (over && !event.button && now()) held = { x: event.clientX, y: event.clientY, at: now(), over };
    dragged = false;
  });
  addEventListener("pointermove", (event) => {
    if (!held) return;
    if (!dragged && Math.abs(event.clientX - held.x) < SLACK) return;
    if (!dragged) {
      dragged = true;
      held.over.setPointerCapture(event.pointerId);
      document.querySelector(".wall").classList.add("dragging");
    }
    go(held.at.first - ((event.clientX - held.x) / width()) * held.at.days, held.at.days);
  });
  const release = () => {
    held = null;
    document.querySelector(".wall.dragging")?.classList.remove("dragging");
    if (!dragged) return;
    // the click that ends a drag, if there is one, comes before this
    setTimeout(() => { dragged = false; ask(); });
  };
  // and it chooses no row
  addEventListener("click", (event) => {
    if (!dragged) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);
  addEventListener("pointerup", release);
  addEventListener("pointercancel", release);

  const KEYS = {
    ArrowLeft: () => move(-0.25),
    ArrowRight: () => move(0.25),
    "+": () => zoom(0.8),
    "=": () => zoom(0.8),
    "-": () => zoom(1.25),
    0: () => document.querySelector("a.wall-now")?.click(),
  };
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, details[open], [contenteditable]");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !document.querySelector(".wall")) return;
    if (!KEYS[event.key]) return;
    KEYS[event.key]();
    event.preventDefault();
  });

  window.wallTime = { follow: () => (wanted ? follow() : align()) };
})();
