// 调度: a decision typed in one line. What the program understood is shown before anything is kept; Enter keeps
// only what was shown.
(() => {
  const PERSON = "guatu_person";
  const WAIT_MS = 180;
  const waiting = new WeakMap();

  const person = () => (localStorage.getItem(PERSON) || "").trim() || null;
  const part = (form, name) => form.querySelector(`.promise-${name}`);
  const send = async (address, body) => {
    const answer = await fetch(address, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ ...body, who: person() }),
    });
    const said = await answer.json().catch(() => ({}));
    if (!answer.ok) throw new Error(said.message || `没有完成(${answer.status}),请重试`);
    return said;
  };
  const lost = (fault) =>
    fault instanceof TypeError ? "与服务器的连接中断,没有完成;请恢复后重试" : fault.message;
  const told = (form, words, isFault) => {
    const place = part(form, "parse");
    place.textContent = words;
    place.classList.toggle("fault-words", Boolean(isFault));
  };

  const said = (form) => ({
    line: part(form, "line").value,
    project: form.dataset.project || null,
    rhythm: form.dataset.rhythm || null,
    day: form.dataset.day || null,
    search: form.dataset.search || "",
  });
  // what is typed and not yet kept outlives a reload, be it that the program was killed and started anew
  const shelf = (form) =>
    `guatu_line ${form.dataset.rhythm || ""} ${form.dataset.day || ""}${form.closest(".pj-record") ? " projected" : ""}`;
  const shelve = (form) => {
    if (form.dataset.promise) return;
    const line = part(form, "line").value;
    const project = form.dataset.project || "";
    const typed = { line, project, name: project ? part(form, "about").textContent : "" };
    if (line.trim()) sessionStorage.setItem(shelf(form), JSON.stringify(typed));
    else sessionStorage.removeItem(shelf(form));
  };
  const fetchBack = (form) => {
    form.dataset.shelf = "seen";
    const typed = JSON.parse(sessionStorage.getItem(shelf(form)) || "null");
    const other = form.closest(".pj-record") && typed?.project !== (form.dataset.project || "");
    if (!typed || other || part(form, "line").value) return;
    part(form, "line").value = typed.line;
    about(form, typed.project, typed.name);
  };
  new MutationObserver(() =>
    document.querySelectorAll(".promise-form:not([data-shelf])").forEach(fetchBack)
  ).observe(document.documentElement, { childList: true, subtree: true });

  const understand = async (form) => {
    const body = said(form);
    if (!body.line.trim()) {
      form.dataset.understood = "";
      part(form, "keep").disabled = true;
      told(form, "写完看一眼程序怎样理解,再按回车记下。");
      return;
    }
    try {
      const answer = await send("/api/promises/parse", body);
      // a letter typed meanwhile is asked about by itself
      if (part(form, "line").value !== body.line) return;
      const place = part(form, "parse");
      place.classList.remove("fault-words");
      place.innerHTML = answer.html;
      part(form, "keep").disabled = !answer.good;
      form.dataset.understood = answer.good ? JSON.stringify(said(form)) : "";
    } catch (fault) {
      told(form, lost(fault), true);
    }
  };
  document.addEventListener("input", (event) => {
    const form = event.target.closest(".promise-line")?.closest("form");
    if (!form) return;
    form.dataset.understood = "";
    part(form, "keep").disabled = true;
    shelve(form);
    clearTimeout(waiting.get(form));
    waiting.set(form, setTimeout(() => understand(form), WAIT_MS));
  });

  const about = (form, project, name) => {
    form.dataset.project = project || "";
    part(form, "about").textContent = name || "不针对某个项目";
    part(form, "clear").hidden = !name;
    form.classList.toggle("chosen", Boolean(name));
    if (!part(form, "line").value) return;
    shelve(form);
    understand(form);
  };
  const clear = (form) => {
    delete form.dataset.promise;
    part(form, "keep").textContent = "记下";
    part(form, "line").value = "";
    sessionStorage.removeItem(shelf(form));
    form.dataset.understood = "";
    part(form, "keep").disabled = true;
    if (!form.closest(".pj-record")) about(form, "", "");
  };
  const keep = async (form) => {
    if (form.dataset.understood !== JSON.stringify(said(form))) {
      await understand(form);
      return;
    }
    const number = form.dataset.promise;
    part(form, "keep").disabled = true;
    try {
      const answer = await send(number ? `/api/promises/${number}/change` : "/api/promises", said(form));
      clear(form);
      told(form, answer.message === "已完成" ? "已改好" : answer.message);
      form.dispatchEvent(new CustomEvent("guatu-kept", { bubbles: true }));
    } catch (fault) {
      told(form, lost(fault), true);
      part(form, "keep").disabled = false;
    }
  };

  const add = async (form) => {
    const box = form.querySelector(".agenda-add-text");
    const place = form.querySelector(".promise-told");
    try {
      await send(form.dataset.action, { act: "add", project: box.value });
      box.value = "";
      place.textContent = "";
    } catch (fault) {
      place.textContent = lost(fault);
    }
  };
  document.addEventListener("submit", (event) => {
    const line = event.target.closest(".promise-form");
    const adding = event.target.closest(".agenda-add");
    if (!line && !adding) return;
    event.preventDefault();
    if (line) keep(line);
    else add(adding);
  });

  const first = () => document.querySelector(".dispatch .promise-form");
  const begin = (form) => {
    form.scrollIntoView({ block: "nearest" });
    part(form, "line").focus();
  };
  document.addEventListener("click", (event) => {
    const noted = event.target.closest(".agenda-note");
    const edited = event.target.closest(".promise-edit");
    const cleared = event.target.closest(".promise-clear");
    if (noted) {
      const item = noted.closest(".agenda-item");
      // what is noted now is a new decision, never another wording of the one being changed
      if (first().dataset.promise) clear(first());
      about(first(), item.dataset.project, item.dataset.name);
      begin(first());
    } else if (edited) {
      const form = first();
      form.dataset.promise = edited.dataset.promise;
      part(form, "keep").textContent = "改好";
      part(form, "line").value = edited.dataset.text;
      about(form, "", `改:${edited.dataset.text}`);
      begin(form);
    } else if (cleared) clear(cleared.closest("form"));
  });

  window.guatuPromise = { about };
})();
