// What the bench notes in a page: paints, layout shifts, interactions and frames. Added before the page's own scripts.
(() => {
  const seen = { lcp: 0, shift: 0, slowest: new Map(), asking: 0, asked: 0, answered: 0, painted: 0 };
  window.__seen = seen;
  const observe = (type, note, more = {}) => {
    new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true, ...more });
  };
  observe("largest-contentful-paint", (entry) => { seen.lcp = entry.startTime; });
  observe("layout-shift", (entry) => { if (!entry.hadRecentInput) seen.shift += entry.value; });
  const interaction = (entry) => {
    if (!entry.interactionId) return;
    seen.slowest.set(entry.interactionId, Math.max(entry.duration, seen.slowest.get(entry.interactionId) || 0));
  };
  observe("event", interaction, { durationThreshold: 16 });

  const fetched = window.fetch;
  window.fetch = (...args) => {
    seen.asking += 1;
    seen.asked += 1;
    return fetched(...args).finally(() => { seen.asking -= 1; seen.answered = performance.now(); });
  };
  // a change counts as painted at the end of the frame it falls into
  const painted = () => requestAnimationFrame(() => setTimeout(() => { seen.painted = performance.now(); }));
  // the part may come filled
  window.__watch = (part) => {
    painted();
    new MutationObserver(painted).observe(
      document.getElementById(part), { childList: true, subtree: true, characterData: true, attributes: true });
  };

  // milliseconds from a click on this element to the last change it makes, once nothing is asked any more
  window.__click = (element, quiet) => new Promise((resolve, reject) => {
    const began = performance.now();
    Object.assign(seen, { painted: 0, asked: 0 });
    element.click();
    const look = () => {
      const now = performance.now();
      if (now - began > 20000) reject(new Error("nothing painted"));
      else if (seen.asked && !seen.asking && seen.painted && now - Math.max(seen.painted, seen.answered) > quiet) resolve(seen.painted - began);
      else requestAnimationFrame(look);
    };
    look();
  });
  // the choice of the filter line that sets this parameter to this value
  window.__choice = (line, name, value) => [...document.querySelectorAll(`#${line} a`)]
    .find((one) => new URL(one.href).searchParams.get(name) === value);
  window.__choices = (line, name) => [...new Set([...document.querySelectorAll(`#${line} a.option`)]
    .map((one) => new URL(one.href).searchParams.get(name)).filter(Boolean))];

  // milliseconds between the frames of a page that scrolls this many px a frame
  window.__scroll = (px, frames) => new Promise((resolve) => {
    const spent = [];
    let last = performance.now();
    const step = (now) => {
      spent.push(now - last);
      last = now;
      scrollBy(0, px);
      if (spent.length < frames) requestAnimationFrame(step);
      else resolve(spent.slice(1));
    };
    requestAnimationFrame(step);
  });
})();
