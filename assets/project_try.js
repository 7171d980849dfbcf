// 试算: what is typed goes into the address, and the server draws the chain anew; nothing is saved.
(() => {
  const MOST = 999; // workdays, as in data/what_if.py
  const PAUSE = 200; // ms after the last key
  const boxes = (form) => [...form.querySelectorAll("input.try-days")];

  const write = () => {
    const form = document.querySelector(".try-form");
    if (!form) return;
    const params = new URLSearchParams(location.search);
    const day = form.querySelector("input.try-day");
    const tried = boxes(form).filter((box) => /^\d+$/.test(box.value) && box.value !== box.dataset.now);
    if (day.value && day.value !== day.dataset.now) params.set("target", day.value);
    else params.delete("target");
    if (tried.length) params.set("try", tried.map((box) => `${box.dataset.node}:${box.value}`).join(";"));
    else params.delete("try");
    const text = params.toString();
    if (`?${text}` === location.search || (!text && !location.search)) return;
    // one trial is one step in the history, however much is typed
    history.replaceState({}, "", text ? `${location.pathname}?${text}` : location.pathname);
    window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
  };
  // the drawing that comes back has new boxes: who types goes on typing
  let held = null;
  const hold = (box) => { held = box.matches?.(".try-days") ? { node: box.dataset.node, value: box.value } : null; };
  let waiting = 0;
  const soon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(write, PAUSE);
  };
  const step = (box, by) => {
    box.value = Math.min(MOST, Math.max(1, (parseInt(box.value, 10) || 0) + by));
    if (document.activeElement === box) hold(box);
    soon();
  };

  document.addEventListener("input", (event) => {
    if (!event.target.matches(".try-days, .try-day")) return;
    hold(event.target);
    soon();
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest(".try-stepper button");
    if (button) step(button.parentElement.querySelector("input"), Number(button.dataset.step));
  });
  document.addEventListener("keydown", (event) => {
    const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (!by || !event.target.matches?.(".try-days")) return;
    step(event.target, by);
    event.preventDefault();
  });

  document.addEventListener("focusin", (event) => hold(event.target));
  new MutationObserver(() => {
    if (!held || document.activeElement !== document.body) return;
    const form = document.querySelector(".try-form");
    const box = form && boxes(form).find((one) => one.dataset.node === held.node);
    if (!box) return;
    box.value = held.value;
    box.focus({ preventScroll: true });
    box.setSelectionRange(box.value.length, box.value.length);
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
