// The theme: light for projectors, dark for LED walls. The server draws the first picture in that of the
// address, else of the cookie; once an address names one, every later address does, links and keys alike.
window.dash_clientside = window.dash_clientside || {};
(() => {
  const root = document.documentElement;
  const GIVEN = /[?&]theme=[^&#]*/;
  let named = GIVEN.test(location.search);

  // an address without its theme: what a page asks the server does not depend on it
  const plain = (search) => search.replace(/([?&])theme=[^&]*(&|$)/, (_, before, after) => (after ? before : ""));
  const kept = (address) => {
    const url = new URL(address, location.href);
    if (!named || url.origin !== location.origin) return address;
    const search = plain(url.search);
    return `${url.pathname}${search}${search ? "&" : "?"}theme=${root.dataset.theme}${url.hash}`;
  };

  ["pushState", "replaceState"].forEach((name) => {
    const own = history[name].bind(history);
    history[name] = (state, title, address) => own(state, title, address === undefined || address === null ? address : kept(String(address)));
  });
  const stay = () => history.replaceState(history.state, "", location.href);
  // a page of an hour ago comes back in the theme of now
  window.addEventListener("popstate", () => named && stay());
  // links that the browser itself follows, opens beside or copies
  ["click", "auxclick", "contextmenu"].forEach((kind) =>
    document.addEventListener(kind, (event) => {
      const link = named && event.target.closest("a[href^='/']:not([download])");
      if (link) link.setAttribute("href", kept(link.getAttribute("href")));
    }, true));

  window.dash_clientside.theme = {
    plain,
    turn() {
      const next = root.dataset.theme === "dark" ? "light" : "dark";
      root.dataset.theme = next;
      document.cookie = `guatu_theme=${next}; path=/; max-age=31536000; samesite=strict`;
      named = true;
      stay();
      return next;
    },
  };
})();
