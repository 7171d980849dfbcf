// What an address shows comes in one answer, HTML by place (components/parts.py). It is asked for the moment
// the address changes, or before: while the pointer rests on a link or presses it.
(() => {
  const REST = 60; // ms on a link that count as wanting it
  let turn = 0;
  let told = {}; // the parts of this page: it may come later, or be made anew
  let toldOf = ""; // its path
  let ahead = null; // {key, answer} of the link about to be followed
  let askedFor = {}; // the room of the board asked for last
  let shown = null; // {path, search} that the page shows, null when it is of earlier data

  const roomOf = (path) => window.boardRoom(path) ?? {};
  const keyOf = ({ pathname: path, search: asked }) => {
    // no part depends on the theme; links don't name it until they are followed (assets/theme.js)
    const search = window.dash_clientside.theme.plain(asked);
    const before = shown?.path === path ? { before: shown.search } : {};
    return new URLSearchParams({ path, search, ...before, ...roomOf(path) }).toString();
  };
  const question = async (key) => {
    const response = await fetch(`/api/parts?${key}`);
    if (response.status === 401) location.reload(); // the session ended: the server shows sign-in
    return response.ok ? response.json() : null;
  };
  // pages that come written out (components/markup.py)
  const written = new WeakMap();
  const unfold = () =>
    document.querySelectorAll("[data-whole]").forEach((page) => {
      if (written.get(page) === page.dataset.whole) return;
      page.innerHTML = page.dataset.whole;
      written.set(page, page.dataset.whole);
    });
  const put = () => {
    unfold();
    return Object.entries(told).filter(([id, html]) => window.markup.put(id, html)).length;
  };
  const say = () => document.dispatchEvent(new Event("guatu-shown"));
  const ask = async () => {
    const mine = ++turn;
    const { pathname: path, search } = location;
    // another page, or one come back to before the page between was told: all of it is asked for
    if (toldOf !== path) {
      told = {};
      shown = null;
    }
    toldOf = path;
    askedFor = roomOf(path);
    const key = keyOf(location);
    const known = ahead?.key === key ? ahead.answer : null;
    ahead = null;
    // a line that broke is told by assets/shell.js, which asks again when it is back
    const parts = await (known || question(key)).catch(() => null);
    if (mine !== turn || !parts) return;
    // an answer to what changed on a page stands beside what was told of it before
    told = { ...told, ...parts };
    // a board that was not measured yet came without its bars
    shown = askedFor.plot ? { path, search } : null;
    put();
    say();
  };
  window.addEventListener("_dashprivate_pushstate", ask);
  window.addEventListener("popstate", ask);
  document.addEventListener("guatu-news", () => {
    ahead = null;
    shown = null;
    ask();
  });
  // a board that turned out to be of another width than it was asked for
  const fit = () => {
    const now = roomOf(location.pathname);
    if (now.plot === askedFor.plot && now.name === askedFor.name) return;
    shown = null;
    ask();
  };
  window.parts = { fit };
  new MutationObserver(() => put() && say()).observe(document.documentElement, { childList: true, subtree: true, attributeFilter: ["data-whole"] });
  // the other scripts stand below this one in the same file
  queueMicrotask(ask);

  const want = (link) => {
    const key = keyOf(link);
    if (ahead?.key === key || key === keyOf(location)) return;
    ahead = { key, answer: question(key) };
    ahead.answer.catch(() => { ahead = null; });
  };
  const linkOf = (event) => event.target.closest?.("a[href^='/']:not([href^='/api/']):not([download])");
  let resting = 0;
  document.addEventListener("pointerover", (event) => {
    clearTimeout(resting);
    const link = linkOf(event);
    if (link) resting = setTimeout(() => want(link), REST);
  }, { passive: true });
  document.addEventListener("pointerdown", (event) => {
    const link = linkOf(event);
    if (link && !event.button) want(link);
  }, { passive: true });
})();
