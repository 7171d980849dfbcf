// New data: what changed glows once and says what it was before, the rest stands still. A figure is an
// element with data-live, unique in its part of the page; a row with data-live-row glows when it is new.
(() => {
  const SAID_MS = 12000; // how long the earlier value stands beside the new one
  const COUNT_MS = 700;
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const addresses = new WeakMap(); // a part → the address that what it shows was asked for
  const NUMBER = /^([+−]?)([\d,]+)(\.\d+)?$/;

  const marked = (nodes, name) => {
    const found = new Map();
    nodes.forEach((node) => {
      if (node.nodeType !== Node.ELEMENT_NODE) return;
      if (node.matches(`[data-${name}]`)) found.set(node.getAttribute(`data-${name}`), node);
      node.querySelectorAll(`[data-${name}]`).forEach((one) => found.set(one.getAttribute(`data-${name}`), one));
    });
    return found;
  };

  const glow = (node, words) => {
    node.classList.add("live-changed");
    const said = document.createElement("span");
    said.className = "live-was";
    said.textContent = words;
    node.append(said);
    setTimeout(() => {
      said.remove();
      node.classList.remove("live-changed");
    }, SAID_MS);
  };

  const value = (text) => {
    const read = NUMBER.exec(text.trim());
    return read && { number: Number((read[1] === "−" ? "-" : "") + (read[2] + (read[3] || "")).replaceAll(",", "")), places: (read[3] || ".").length - 1 };
  };

  // numbers count only when they changed; anything that isn't a plain number stands at once
  const count = (node, was) => {
    const text = node.firstChild;
    if (still.matches || document.hidden || !text || text.nodeType !== Node.TEXT_NODE) return;
    const [from, to, final] = [value(was), value(text.data), text.data];
    if (!from || !to) return;
    const began = performance.now();
    const step = (now) => {
      const share = Math.min(1, (now - began) / COUNT_MS);
      const shown = from.number + (to.number - from.number) * (1 - (1 - share) ** 3);
      text.data = share < 1 ? shown.toLocaleString("en", { minimumFractionDigits: to.places, maximumFractionDigits: to.places }) : final;
      if (share < 1) requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  };

  const own = (node) => [...node.childNodes].filter((one) => one.className !== "live-was").map((one) => one.textContent).join("");

  const compare = (removed, added) => {
    const before = marked(removed, "live");
    marked(added, "live").forEach((node, key) => {
      const then = before.get(key);
      if (!then || own(then) === node.textContent) return;
      const first = then.firstChild ? then.firstChild.textContent : "";
      const words = `原 ${own(then).trim() || "空"}`;
      count(node, first);
      glow(node, words);
    });
    const rows = marked(removed, "live-row");
    if (rows.size) marked(added, "live-row").forEach((node, key) => rows.has(key) || node.classList.add("live-new"));
  };

  new MutationObserver((records) => {
    const address = location.pathname + window.dash_clientside.theme.plain(location.search);
    records.forEach(({ target, removedNodes, addedNodes }) => {
      if (target.dataset === undefined || target.dataset.markup === undefined || !addedNodes.length) return;
      // another address is another question: what differs then has not changed
      const same = addresses.get(target) === address;
      addresses.set(target, address);
      if (same && removedNodes.length) compare(removedNodes, addedNodes);
    });
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
