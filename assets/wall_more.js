// Rows without end: the next window of rows comes before one reaches the last, and far ones are emptied.
(() => {
  const ROWS = 40; // rows a window, as in components/wall_link.py
  const AHEAD = 1600; // px below the screen at which the next window is asked for
  const FAR = 3200; // px beyond the screen at which a window keeps only its height
  const PATIENCE = 5000; // ms until a window that never came is asked for again
  const TIME = ["zoom", "shift", "start", "days"];

  const board = () => document.querySelector(".wall-board");
  const chunks = () => [...document.querySelectorAll(".wall-chunk")];
  const pager = () => document.querySelector(".wall-pager");
  const search = (without) => {
    const params = new URLSearchParams(location.search);
    ["chosen", "from", ...without].forEach((name) => params.delete(name));
    return `?${params}`;
  };
  const offsetOf = (chunk) => Number(chunk.dataset.offset ?? pager().dataset.offset);
  const countOf = (chunk) => Number(chunk.dataset.count ?? pager().dataset.count);

  let rowsOf = ""; // which rows the windows hold: the address without the time
  let asked = 0; // when a window was asked for, 0 when none is on its way

  const ask = (offset) => {
    if (asked && performance.now() - asked < PATIENCE) return;
    asked = performance.now();
    const question = new URLSearchParams({ search: search([]), offset, ...window.boardRoom(location.pathname) });
    fetch(`/api/wall/rows?${question}`).then((answer) => answer.json()).then(take).catch(() => {});
  };
  const near = (box, by) => box.bottom > -by && box.top < innerHeight + by;
  const empty = (chunk) => {
    chunk.style.height = `${chunk.offsetHeight}px`;
    chunk.replaceChildren();
  };
  // emptied windows that come near, then those drawn for another time, then the next one
  const missing = (all) => {
    const seen = all.slice(1).filter((chunk) => near(chunk.getBoundingClientRect(), AHEAD));
    const lacking = seen.find((chunk) => !chunk.firstChild) || seen.find((chunk) => chunk.dataset.search !== search([]) || chunk.dataset.stale);
    if (lacking) return offsetOf(lacking);
    const last = all[all.length - 1];
    const next = offsetOf(last) + countOf(last);
    const more = next < Number(pager().dataset.total) && last.getBoundingClientRect().bottom < innerHeight + AHEAD;
    return more ? next : null;
  };
  const look = () => {
    if (!board() || !pager()) return;
    const all = chunks();
    all.slice(1).filter((chunk) => chunk.firstChild && !near(chunk.getBoundingClientRect(), FAR)).forEach(empty);
    const offset = missing(all);
    // a first window that isn't full ends the list, and an empty wall has none
    if (offset !== null && countOf(all[0])) ask(offset);
    tell(all);
  };

  // the pager names the rows on the screen; its links go on from there
  const link = (place, word, name, offset) => {
    if (offset === null) return;
    const params = new URLSearchParams(location.search);
    params.delete("chosen");
    if (offset > 0) params.set("from", offset + 1); else params.delete("from");
    const made = document.createElement("a");
    made.className = `chip wall-${name}`;
    made.textContent = word;
    made.title = "键盘:[ 上一页,] 下一页";
    made.setAttribute("href", `${location.pathname}?${params}`);
    place.replaceWith(made);
  };
  const tell = (all) => {
    const line = pager();
    const middle = innerHeight / 3;
    const seen = all.find((chunk) => chunk.getBoundingClientRect().bottom > middle) || all[all.length - 1];
    const offset = offsetOf(seen);
    if (Number(line.dataset.told ?? line.dataset.offset) === offset) return;
    line.dataset.told = offset;
    const total = Number(line.dataset.total);
    const last = offset + countOf(seen);
    line.querySelector("b").textContent = `${(offset + 1).toLocaleString("en")}–${last.toLocaleString("en")}`;
    link(line.firstElementChild, "上一页", "prev", offset > 0 ? Math.max(0, offset - ROWS) : null);
    link(line.lastElementChild, "下一页", "next", last < total ? last : null);
  };

  window.wallMore = {
    // the first window was drawn: the others stay when only the time changed or a snapshot came
    follow() {
      if (!board()) return;
      const rows = `${search(TIME)} ${pager()?.dataset.offset}`;
      const rest = chunks().slice(1);
      if (rows !== rowsOf) rest.forEach((chunk) => chunk.remove());
      else rest.forEach((chunk) => { chunk.dataset.stale = "1"; });
      rowsOf = rows;
      asked = 0;
      look();
    },
  };
  const take = (given) => {
    asked = 0;
    if (!board() || !pager()) return;
    const all = chunks();
    let chunk = all.slice(1).find((one) => offsetOf(one) === given.offset);
    const end = offsetOf(all[all.length - 1]) + countOf(all[all.length - 1]);
    // an answer to what is no longer asked
    const late = given.search !== search([]) || (!chunk && given.offset !== end);
    if (!late && given.count) {
      chunk = chunk || board().appendChild(document.createElement("div"));
      Object.assign(chunk.dataset, { offset: given.offset, count: given.count, search: given.search, markup: "" });
      delete chunk.dataset.stale;
      chunk.className = "wall-chunk";
      chunk.style.removeProperty("height");
      chunk.innerHTML = `<div class="wall-rows">${given.rows}</div><div class="wall-plot">${given.plot}</div>`;
      window.wallTime.follow();
      window.wallMark();
    }
    look();
  };

  let waiting = 0;
  addEventListener("scroll", () => {
    if (waiting || !board()) return;
    waiting = requestAnimationFrame(() => { waiting = 0; look(); });
  }, { passive: true });
})();
