// Large read-only parts of a page come as one piece of HTML (components/markup.py).
window.dash_clientside = window.dash_clientside || {};
window.dash_clientside.markup = {
  put(html, id) {
    const place = document.getElementById(id);
    if (place && html !== undefined) {
      place.innerHTML = html; // escaped by the server; the policy forbids scripts in it anyway
      place.dataset.ready = "";
    }
    return (html || "").length;
  },
};

// links inside change the page like Dash's own do: without loading it anew
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-markup] a[href^='/']");
  if (!link || event.button || event.metaKey || event.shiftKey || event.altKey || event.ctrlKey) return;
  event.preventDefault();
  const before = location.pathname;
  history.pushState({}, "", link.getAttribute("href"));
  window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
  // a link that changes only what the page shows leaves the reader where he is
  if (location.pathname !== before) window.scrollTo(0, 0);
});
