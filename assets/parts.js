// What an address shows comes in one answer, HTML by place (components/parts.py). It is asked for the moment
// the address changes, or before: while the pointer rests on a link or presses it.
(() => {
  const REST = 60; // ms on a link that count as wanting it
  let turn = 0;
  let waiting = {}; // parts whose page isn't there yet
  let ahead = null; // {key, answer} of the link about to be followed

  const keyOf = ({ pathname, search }) => new URLSearchParams({ path: pathname, search }).toString();
  const question = async (key) => {
    const response = await fetch(`/api/parts?${key}`);
    if (response.status === 401) location.reload(); // the session ended: the server shows sign-in
    return response.ok ? response.json() : null;
  };
  const put = () => {
    for (const [id, html] of Object.entries(waiting)) {
      if (window.markup.put(id, html)) delete waiting[id];
    }
  };
  const ask = async () => {
    const mine = ++turn;
    const key = keyOf(location);
    const known = ahead?.key === key ? ahead.answer : null;
    ahead = null;
    waiting = {};
    // a line that broke is told by assets/shell.js, which asks again when it is back
    const parts = await (known || question(key)).catch(() => null);
    if (mine !== turn || !parts) return;
    waiting = parts;
    put();
  };
  window.addEventListener("_dashprivate_pushstate", ask);
  window.addEventListener("popstate", ask);
  document.addEventListener("guatu-news", () => {
    ahead = null;
    ask();
  });
  new MutationObserver(put).observe(document.documentElement, { childList: true, subtree: true });
  ask();

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
