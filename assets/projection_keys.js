// Projection by keys: what a keyboard, a presenter's clicker or a click on the picture does.
(() => {
  const { root, part, show, deck, at, wanted, pause } = window.guatuProjection;
  const IDLE_MS = 3000;
  const DIGITS_MS = 6000;
  let digits = "";
  let forgetting = 0;
  let idle = 0;

  const has = (name) => root().classList.contains(name);
  const toggle = (name, on) => root().classList.toggle(name, on);
  const type = (text) => {
    clearTimeout(forgetting);
    digits = text;
    part("digits").textContent = digits ? `跳到第 ${digits} 页` : "";
    if (digits) forgetting = setTimeout(() => root() && type(""), DIGITS_MS);
  };
  const turn = (n) => {
    type("");
    // the first key after a black screen brings the page back and no other
    if (has("blanked")) return toggle("blanked", false);
    toggle("helping", false);
    return show(n);
  };
  const fullScreen = () => {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen?.().catch(() => {});
  };
  const leave = () => {
    history.pushState({}, "", deck()?.leave || "/");
    window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
  };
  const escape = () => {
    if (digits) type("");
    else if (has("helping")) toggle("helping", false);
    else if (has("blanked")) toggle("blanked", false);
    else if (document.fullscreenElement) document.exitFullscreen();
    else leave();
  };
  const enter = () => (digits ? turn(Number(digits) - 1) : turn(wanted() + 1));
  const next = () => turn(wanted() + 1);
  const previous = () => turn(wanted() - 1);
  const help = () => {
    list();
    toggle("helping");
    part("list").querySelector(".on")?.scrollIntoView({ block: "nearest" });
  };

  // keys of presenters: PgUp, PgDn, F5 and Esc for start and end, . or b for the black screen
  const KEYS = {
    ArrowRight: next, ArrowDown: next, PageDown: next, " ": next, n: next,
    ArrowLeft: previous, ArrowUp: previous, PageUp: previous, Backspace: previous,
    Home: () => turn(0), End: () => turn(Infinity), Enter: enter, Escape: escape,
    b: () => toggle("blanked"), ".": () => toggle("blanked"), w: () => toggle("blanked"),
    f: fullScreen, F5: fullScreen, p: pause, h: help, "?": help, F1: help,
    t: () => document.getElementById(part("stage").dataset.themeSwitch).click(),
  };
  const act = (event) => {
    if (!root() || event.ctrlKey || event.metaKey || event.altKey) return;
    const digit = /^[0-9]$/.test(event.key);
    // with Shift only ? and F5 are meant
    const known = KEYS[event.key] || KEYS[event.key.toLowerCase()];
    if (!digit && !known) return;
    if (event.key === "Enter" && event.target.closest(".pj-help a")) return;
    event.preventDefault();
    event.stopPropagation();
    if (digit) type((digits + event.key).slice(-4));
    else known();
  };
  document.addEventListener("keydown", act, true);

  document.addEventListener("click", (event) => {
    const entry = event.target.closest(".pj-list li");
    if (entry) return turn(Number(entry.dataset.page));
    if (event.target.closest(".pj-blank")) return toggle("blanked", false);
    if (!event.target.closest(".pj-stage")) return undefined;
    return event.clientX < innerWidth / 5 ? previous() : next();
  });

  // the pages in stretches of one kind: "3–5 红灯清单"; those of leaders and projects one by one
  const list = () => {
    part("sets").innerHTML = deck()?.sets || "";
    const groups = [];
    deck()?.items.forEach((item, page) => {
      const last = groups.at(-1);
      if (last && last.title === item.title) last.to = page;
      else groups.push({ title: item.title, from: page, to: page });
    });
    part("list").replaceChildren(
      ...groups.map(({ title, from, to }) => {
        const entry = document.createElement("li");
        const number = document.createElement("b");
        number.textContent = from === to ? `${from + 1}` : `${from + 1}–${to + 1}`;
        entry.append(number, ` ${title}`);
        entry.dataset.page = from;
        entry.classList.toggle("on", from <= at() && at() <= to);
        return entry;
      })
    );
  };

  // the pointer rests while nobody moves it
  document.addEventListener("pointermove", () => {
    if (!root()) return;
    toggle("pointing", true);
    clearTimeout(idle);
    idle = setTimeout(() => root() && toggle("pointing", false), IDLE_MS);
  }, { passive: true });
})();
