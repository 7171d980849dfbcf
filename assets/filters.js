// A box for any day of the filter line (components/filter_menu.py): the address with that day.
document.addEventListener("change", (event) => {
  const { filter } = event.target.dataset || {};
  if (!filter || !event.target.value) return;
  const params = new URLSearchParams(location.search);
  params.set(filter, event.target.value);
  history.pushState({}, "", `${location.pathname}?${params}`);
  window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
});
