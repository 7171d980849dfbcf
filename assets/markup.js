// Large read-only parts of a page come as one piece of HTML (components/markup.py).
window.dash_clientside = window.dash_clientside || {};
(() => {
  let changes = 0;
  const shown = new WeakMap();
  // escaped by the server; the policy forbids scripts in it anyway
  const put = (id, html) => {
    const place = document.getElementById(id);
    // what stays the same keeps its open menus and its scroll
    if (!place) return false;
    if (html === undefined || html === null || shown.get(place) === html) return true;
    place.innerHTML = html;
    place.dataset.ready = "";
    shown.set(place, html);
    return true;
  };
  // whether a place is there that shows something else, or nothing yet
  const lacks = (id, html) => {
    const place = document.getElementById(id);
    return Boolean(place) && html !== undefined && html !== null && shown.get(place) !== html;
  };
  window.markup = { put, lacks };
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
