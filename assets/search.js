// 搜索: the box of Ctrl K; the server finds, this shows the latest answer and lets keys choose in it.
(() => {
  const TYPING_MS = 60;
  let box = null, field = null, results = null, waiting = 0, asking = null;

  const filters = () => {
    const kept = new URLSearchParams(location.search);
    ["find", "where", "sort", "chosen", "offset"].forEach((name) => kept.delete(name));
    return kept;
  };
  const options = () => [...results.querySelectorAll(".found")];

  const choose = (place) => {
    const all = options();
    const next = all.length ? (place + all.length) % all.length : -1;
    all.forEach((one, index) => {
      one.setAttribute("aria-selected", index === next);
      if (!one.id) one.id = `found-${index}`;
    });
    if (next < 0) return field.removeAttribute("aria-activedescendant");
    field.setAttribute("aria-activedescendant", all[next].id);
    all[next].scrollIntoView({ block: "nearest" });
  };
  const chosen = () => options().findIndex((one) => one.getAttribute("aria-selected") === "true");

  // the latest question wins; the answer before stays until then, so that nothing flickers
  const ask = async () => {
    asking?.abort();
    const mine = (asking = new AbortController());
    const params = filters();
    params.set("text", field.value);
    try {
      const answer = await fetch(`${document.querySelector(".search-open").dataset.source}?${params}`, { signal: mine.signal });
      if (answer.redirected || answer.status === 401) return location.reload(); // the session ended
      const html = await answer.text();
      if (mine !== asking) return;
      results.innerHTML = html; // escaped by the server
      results.dataset.text = field.value;
      choose(0);
    } catch (fault) {
      if (fault.name === "AbortError") return;
      results.textContent = "连接不上服务器,请稍后再试。";
    }
  };

  const go = (link, event) => {
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    box.close();
    // pages with a table need a script of their own: the browser loads them anew (assets/shell.js)
    const anew = document.documentElement.dataset.loadsAnew;
    if (anew && new RegExp(anew).test(link.pathname)) return location.assign(link.href);
    history.pushState({}, "", link.getAttribute("href"));
    window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
    window.scrollTo(0, 0);
  };

  const KEYS = {
    ArrowDown: () => choose(chosen() + 1),
    ArrowUp: () => choose(chosen() - 1),
    Enter: (event) => go(options()[chosen()], event),
  };

  const build = () => {
    box = Object.assign(document.createElement("dialog"), { className: "search" });
    box.setAttribute("aria-label", "搜索");
    box.innerHTML = `<div class="search-line"><input type="text" role="combobox" aria-expanded="true" aria-controls="search-results"
      aria-autocomplete="list" aria-label="搜索项目、领导、企业、页面" placeholder="项目、领导、企业、页面:汉字、编号或拼音首字母" maxlength="60"
      autocomplete="off" spellcheck="false"><button type="button" class="search-close" aria-label="关闭">Esc</button></div>
      <div class="search-results" id="search-results" role="listbox" aria-label="找到的"></div>
      <div class="search-keys">↑ ↓ 选择 · 回车打开 · Esc 关闭</div>`;
    field = box.querySelector("input");
    results = box.querySelector(".search-results");
    field.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(ask, TYPING_MS);
    });
    box.addEventListener("keydown", (event) => {
      if (event.isComposing || !KEYS[event.key]) return;
      if (event.key === "Enter" && event.target.closest("button")) return;
      event.preventDefault();
      KEYS[event.key](event);
    });
    box.addEventListener("click", (event) => {
      if (event.target === box || event.target.closest(".search-close")) return box.close();
      go(event.target.closest(".found"), event);
    });
    document.body.append(box);
  };

  const open = () => {
    if (!document.querySelector(".search-open")) return;
    if (!box) build();
    if (box.open) return field.select();
    field.value = "";
    results.replaceChildren();
    box.showModal();
    field.focus();
    ask();
  };

  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k") {
      event.preventDefault();
      open();
    }
  });
  document.addEventListener("click", (event) => event.target.closest(".search-open") && open());
})();
