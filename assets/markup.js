// Large read-only parts of a page come as one piece of HTML (components/markup.py).
window.dash_clientside = window.dash_clientside || {};
(() => {
  let changes = 0;
  const shown = new WeakMap();
  // what a pointer presses is exchanged when it is let go: new figures must not swallow a click
  const LONGEST_MS = 2000; // of a press whose end nobody told
  const TAP_MS = 300; // a finger's click comes in a later turn than its end, a mouse's in the same
  const late = new Map();
  let pressed = null;
  let ending = 0;
  const release = () => {
    pressed = null;
    const all = [...late];
    late.clear();
    all.forEach(([id, html]) => put(id, html));
    if (all.length) document.dispatchEvent(new Event("guatu-shown"));
  };
  const end = (wait) => {
    clearTimeout(ending);
    ending = setTimeout(release, wait);
  };
  addEventListener("pointerdown", ({ target }) => {
    pressed = target;
    end(LONGEST_MS);
  }, true);
  addEventListener("pointerup", ({ pointerType }) => end(pointerType === "mouse" ? 0 : TAP_MS), true);
  ["pointercancel", "click"].forEach((name) => addEventListener(name, () => end(0), true));
  // whether it was put: what stays the same keeps its open menus and its scroll
  const put = (id, html) => {
    const place = document.getElementById(id);
    if (!place || html === undefined || html === null) return false;
    if (shown.get(place) === html || late.get(id) === html) return false;
    if (place.contains(pressed)) {
      late.set(id, html);
      return false;
    }
    // escaped by the server; the policy forbids scripts in it anyway
    place.innerHTML = html;
    place.dataset.ready = "";
    shown.set(place, html);
    return true;
  };
  window.markup = { put };
  window.dash_clientside.markup = {
    put(html, id) {
      put(id, html);
      return ++changes;
    },
    putAll(parts) {
      Object.entries(parts || {}).forEach(([id, html]) => put(id, html));
      return ++changes;
    },
  };
})();

// links inside change the page like Dash's own do: without loading it anew
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-markup] a[href^='/']:not([download])");
  if (!link || event.button || event.metaKey || event.shiftKey || event.altKey || event.ctrlKey) return;
  event.preventDefault();
  const before = location.pathname;
  history.pushState({}, "", link.getAttribute("href"));
  window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
  // a link that changes only what the page shows leaves the reader where he is
  if (location.pathname !== before) window.scrollTo(0, 0);
});
