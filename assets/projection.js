// Projection: the list of pages, the three pictures kept ready (before, now, next), and the line around them.
// Keys and overlays are in projection_keys.js.
(() => {
  const RETRY_MS = 2000;
  const ANSWER_MS = 30000; // an answer that hangs is asked for anew
  const SMALLEST = 0.7; // a page that is too full gives way in type, down to this share
  const STEP = 0.03;
  const PULSE_MS = 10 * 60 * 1000; // keeps the session: the server renews it with any answer
  const AUTO_S = 20;

  let deck = null;
  let at = -1;
  let wanted = 0;
  let auto = { seconds: AUTO_S, on: false, timer: 0 };
  let retry = 0;
  let again = 0;
  let asking = new AbortController(); // the list on its way
  let held = null; // the picture whose list is or was asked for
  const layers = new Map(); // address of a page → its layer

  // none from the moment one leaves, though the picture stands until the next page is there
  const root = () => (/^\/projection\/?$/.test(location.pathname) ? document.querySelector(".projection") : null);
  const part = (name) => document.querySelector(`.projection .pj-${name}`);
  const clamp = (n) => Math.max(0, Math.min(deck.items.length - 1, n));
  const shape = () => Math.round((innerWidth / innerHeight) * 100) / 100;

  const overflows = (node) =>
    [node, ...node.querySelectorAll(".pj-fit")].some(
      (one) => one.scrollHeight > one.clientHeight + 1 || one.scrollWidth > one.clientWidth + 1
    );
  // lists are in the order of need: when there is no room they give way from their ends, their heads
  // say how many there are; only then the type gives way
  const lists = (node) => [...node.querySelectorAll(".leader-projects tbody, .leader-lines")];
  const visible = (list) => [...list.children].filter((entry) => !entry.classList.contains("pj-spared"));
  const shorten = (node) => {
    node.querySelectorAll(".pj-spared").forEach((entry) => entry.classList.remove("pj-spared"));
    while (overflows(node)) {
      const spare = lists(node).filter((list) => visible(list).length > 1);
      if (!spare.length) return;
      const bottom = (list) => list.getBoundingClientRect().bottom;
      visible(spare.reduce((low, list) => (bottom(list) > bottom(low) ? list : low))).at(-1).classList.add("pj-spared");
    }
  };
  // a name too long for its lines is written smaller, never cut; half a line is what glyphs stick out by
  const names = (node) =>
    node.querySelectorAll(".wall-name").forEach((name) => {
      name.style.removeProperty("font-size");
      const line = parseFloat(getComputedStyle(name).lineHeight);
      for (let em = 1; em >= SMALLEST && name.scrollHeight > name.clientHeight + line / 2; em -= STEP * 2) {
        name.style.fontSize = `calc(${2.5 * em} * var(--u))`;
      }
    });
  const fit = (node) => {
    node.style.removeProperty("--u");
    names(node);
    shorten(node);
    for (let size = 1 - STEP; size >= SMALLEST && overflows(node); size -= STEP) {
      node.style.setProperty("--u", `${size}vh`);
    }
  };

  // the whole answer in time, or a fault: one that stops halfway would hold its page for ever
  const answer = async (address, asking) => {
    const late = setTimeout(() => asking.abort(), ANSWER_MS);
    try {
      const found = await fetch(address, { headers: { accept: "application/json" }, signal: asking.signal });
      if (found.status === 401) location.reload(); // the session ended: the server shows sign-in
      if (!found.ok) throw new Error(String(found.status));
      return found.status === 204 ? null : await found.json();
    } finally {
      clearTimeout(late);
    }
  };

  const draw = async (layer) => {
    const told = await answer(layer.item.address, layer.asking);
    layer.title = told.title;
    layer.base = told.base;
    layer.node.innerHTML = told.html;
    // nothing in a projected picture leads elsewhere
    layer.node.querySelectorAll("a[href]").forEach((link) => link.removeAttribute("href"));
    fit(layer.node);
  };

  const load = (item) => {
    const known = layers.get(item.address);
    if (known) return known.drawn;
    const node = document.createElement("section");
    node.className = "pj-layer";
    node.dataset.kind = item.id.split(":")[0].split("@")[0];
    const layer = { item, node, title: item.title, base: "", asking: new AbortController() };
    layers.set(item.address, layer);
    part("stage").append(node);
    layer.drawn = draw(layer).then(
      () => layer,
      (fault) => {
        drop(layer);
        throw fault;
      }
    );
    return layer.drawn;
  };
  // a page no longer wanted is not waited for: a browser asks six things at a time
  const drop = (layer) => {
    layer.asking.abort();
    if (layers.get(layer.item.address) === layer) layers.delete(layer.item.address);
    layer.node.remove();
  };

  // what is shown stays until the wanted page is ready
  const show = async (n) => {
    if (!deck || !root()) return;
    clearTimeout(retry);
    wanted = clamp(n);
    const item = deck.items[wanted];
    let layer = null;
    try {
      layer = await load(item);
    } catch {
      // perhaps the page is no longer in the list
      if (deck && deck.items[wanted] === item) retry = setTimeout(ask, RETRY_MS);
      return;
    }
    if (!root() || !deck || deck.items[wanted] !== item) return;
    at = wanted;
    const before = [...layers.values()].find((other) => other !== layer && other.node.matches(".on"));
    layers.forEach((other) => other.node.classList.toggle("on", other === layer));
    // the same page with new figures
    if (before?.item.id === item.id) window.liveChange.compare([before.node], [layer.node]);
    tell(layer);
    pace();
    prepare();
  };

  const prepare = () => {
    const kept = new Set([at, at + 1, at - 1].filter((n) => deck.items[n]).map((n) => deck.items[n].address));
    [...layers.values()].filter((layer) => !kept.has(layer.item.address)).forEach(drop);
    // one after the other: the next page is what is asked for first
    [at + 1, at - 1].reduce(
      (before, n) => before.then(() => deck && deck.items[n] && load(deck.items[n])).catch(() => {}),
      Promise.resolve()
    );
  };

  const tell = (layer) => {
    const next = deck.items[at + 1];
    part("set").textContent = deck.set;
    part("title").textContent = layer.title;
    part("place").textContent = `${at + 1} / ${deck.items.length}`;
    part("base").textContent = layer.base;
    part("next").textContent = next ? `下一页:${next.title}` : "最后一页";
    part("done").style.width = `${((at + 1) / deck.items.length) * 100}%`;
    history.replaceState(history.state, "", `${location.pathname}${location.search}#${layer.item.id}`);
    document.dispatchEvent(new CustomEvent("guatu-projected", { detail: { at, deck } }));
  };

  // turning pages by itself: the thin line at the foot fills up until the next one
  const pace = () => {
    clearTimeout(auto.timer);
    const wait = part("wait");
    wait.style.animation = "none";
    root().classList.toggle("running", auto.on);
    part("pace").textContent = auto.on ? `自动翻页,每页 ${auto.seconds} 秒` : "";
    if (!auto.on) return;
    wait.getBoundingClientRect();
    wait.style.animation = `pj-fill ${auto.seconds}s linear`;
    auto.timer = setTimeout(() => {
      if (root() && root().matches(".blanked, .helping")) return pace();
      return show(at + 1 < deck.items.length ? at + 1 : 0);
    }, auto.seconds * 1000);
  };

  const renew = () => {
    if (root()) fetch("/api/health", { cache: "no-store" }).catch(() => {});
  };
  setInterval(renew, PULSE_MS);

  const forget = () => {
    clearTimeout(auto.timer);
    clearTimeout(retry);
    clearTimeout(again);
    asking.abort();
    layers.forEach(drop);
    deck = null;
    at = -1;
    wanted = 0;
    auto = { ...auto, on: false };
  };
  new MutationObserver(() => {
    if (root() === held) return;
    held = root();
    forget();
    if (held) ask();
  }).observe(document.documentElement, { childList: true, subtree: true });
  window.addEventListener("_dashprivate_pushstate", () => root() && ask());
  window.addEventListener("popstate", () => root() && ask());
  document.addEventListener("guatu-news", () => root() && ask());

  let waiting = 0;
  addEventListener("resize", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      if (!root()) return;
      layers.forEach((layer) => fit(layer.node));
      ask();
    }, 120);
  });

  // a new list, from an address, a snapshot or a shape: the page on screen stays the same one if it is there
  const take = (now) => {
    const first = deck === null;
    // a key pressed in the same moment counts: what is wanted, not what is still on screen
    const id = first ? location.hash.slice(1) : deck.items[wanted]?.id;
    deck = now;
    part("scope").textContent = deck.scope;
    part("fresh").innerHTML = deck.fresh;
    if (first) begin();
    const found = deck.items.findIndex((item) => item.id === id);
    return show(found >= 0 ? found : wanted);
  };
  // asked for until it is told; nothing is told before there is a snapshot, whose coming is news
  const ask = async () => {
    clearTimeout(again);
    clearTimeout(retry);
    asking.abort();
    const mine = (asking = new AbortController());
    const search = window.dash_clientside.theme.plain(location.search);
    const question = new URLSearchParams({ search, aspect: shape() });
    try {
      const told = await answer(`/api/projection/deck?${question}`, mine);
      if (told && mine === asking && root()) take(told);
    } catch {
      if (mine === asking && root()) again = setTimeout(ask, RETRY_MS);
    }
  };
  const begin = () => {
    const seconds = Number(new URLSearchParams(location.search).get("auto"));
    if (seconds > 0) auto = { ...auto, seconds, on: true };
    navigator.wakeLock?.request("screen").catch(() => {});
  };

  // what projection_keys.js needs
  window.guatuProjection = {
    root, part, show, take,
    deck: () => deck,
    at: () => at,
    wanted: () => wanted,
    pause() {
      auto = { ...auto, on: !auto.on };
      pace();
    },
  };
})();
