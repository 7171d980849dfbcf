// New data: what changed glows once and says what it was before, the rest stands still. What a figure is,
// assets/live_figures.js knows; a row glows when it is new.
(() => {
  const SAID_MS = 12000; // how long the earlier value stands beside the new one
  const COUNT_MS = 700;
  const MOST_SAID = 40;
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const addresses = new WeakMap(); // a part → the address that what it shows was asked for
  const NUMBER = /^([+−]?)([\d,]+)(\.\d+)?$/;

  const glow = (node, words) => {
    node.classList.add("live-changed");
    setTimeout(() => node.classList.remove("live-changed"), SAID_MS);
    if (!words) return;
    const said = document.createElement("span");
    said.className = "live-was";
    said.textContent = words;
    node.append(said);
    setTimeout(() => said.remove(), SAID_MS);
  };

  const value = (text) => {
    const read = NUMBER.exec(text.trim());
    return read && { number: Number((read[1] === "−" ? "-" : "") + (read[2] + (read[3] || "")).replaceAll(",", "")), places: (read[3] || ".").length - 1 };
  };

  // numbers count only when they changed; anything that isn't a plain number stands at once
  const count = (text, was) => {
    if (still.matches || document.hidden || !text || !was) return;
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

  const compare = (removed, added) => {
    const { figures, rows, short } = window.liveFigures;
    const before = figures(removed);
    const changed = [...figures(added)].filter(([name, now]) => before.has(name) && before.get(name).words !== now.words);
    // a new day changes nearly everything: then what each was would hide what it is
    const few = changed.length <= MOST_SAID;
    changed.forEach(([name, now]) => {
      const then = before.get(name);
      if (few) count(now.first, then.first?.data);
      glow(now.node, few && `原 ${short(then.words) || "空"}`);
    });
    const known = rows(removed);
    if (known.size) rows(added).forEach((row, name) => known.has(name) || row.classList.add("live-new"));
  };
  window.liveChange = { compare };

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
