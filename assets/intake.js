// 报送: send workbooks one after the other, and whatever else the intake pages ask of the server.
(() => {
  const PERSON = "guatu_person";
  const zone = () => document.querySelector(".intake-drop");
  const queue = [];
  let sending = false;

  const make = (tag, className, text) => {
    const node = document.createElement(tag);
    if (className) node.className = className;
    if (text !== undefined) node.textContent = text;
    return node;
  };

  // ---- who it is: typed once, remembered by this browser
  const person = () => (localStorage.getItem(PERSON) || "").trim();
  const fillPerson = () => {
    const box = document.querySelector(".intake-person");
    if (box && !box.dataset.filled) {
      box.dataset.filled = "yes";
      box.value = person();
    }
  };
  new MutationObserver(fillPerson).observe(document.documentElement, { childList: true, subtree: true });
  document.addEventListener("input", (event) => {
    if (event.target.closest(".intake-person")) localStorage.setItem(PERSON, event.target.value.trim());
  });

  // ---- addresses change like the page's own links do
  const go = (href) => {
    history.pushState({}, "", href);
    window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
  };

  // ---- sending files
  const line = (file) => {
    const node = make("div", "intake-file");
    node.dataset.file = file.name;
    const bar = make("progress", "intake-bar");
    bar.max = 100;
    bar.value = 0;
    node.append(make("b", "", file.name), bar, make("span", "intake-said", "等待"));
    document.querySelector(".intake-files").prepend(node);
    return node;
  };
  const say = (node, state, words) => {
    node.dataset.state = state;
    node.querySelector(".intake-said").textContent = words;
  };
  const told = (request) => {
    try {
      return JSON.parse(request.responseText);
    } catch {
      return {};
    }
  };
  const received = (node, answer) => {
    const link = make("a", "chip", "查看校验结果");
    link.href = `/intake/draft/${encodeURIComponent(answer.draft_id)}`;
    say(node, "done", answer.message);
    node.append(link);
    // one file: straight to what was found in it
    if (!queue.length && document.querySelectorAll(".intake-file").length === 1) go(link.getAttribute("href"));
  };

  const send = (file, node) => new Promise((done) => {
    const request = new XMLHttpRequest();
    request.open("POST", zone().dataset.upload);
    request.setRequestHeader("X-File-Name", encodeURIComponent(file.name));
    request.setRequestHeader("X-Person", encodeURIComponent(person()));
    request.upload.onprogress = (event) => {
      if (!event.lengthComputable) return;
      const percent = Math.floor((100 * event.loaded) / event.total);
      node.querySelector("progress").value = percent;
      say(node, "running", `传送 ${percent}%`);
    };
    request.onload = () => {
      const answer = told(request);
      if (request.status === 202) received(node, answer);
      else say(node, "refused", answer.message || `文件未送达(${request.status}),请重试`);
      done();
    };
    request.onerror = () => {
      say(node, "refused", "与服务器的连接中断,文件未送达;请恢复后重新拖入");
      done();
    };
    say(node, "running", "传送 0%");
    request.send(file);
  });

  const drain = async () => {
    if (sending) return;
    sending = true;
    while (queue.length) await send(...queue.shift());
    sending = false;
  };

  const take = (files) => {
    const kinds = zone().dataset.kinds.split(",");
    for (const file of files) {
      const node = line(file);
      if (kinds.some((kind) => file.name.toLowerCase().endsWith(kind))) queue.push([file, node]);
      else say(node, "refused", `不能报送这种文件;请另存为 .xlsx 后再拖入(可接收 ${kinds.join("、")})`);
    }
    drain();
  };

  document.addEventListener("click", (event) => {
    if (!event.target.closest(".intake-choose")) return;
    const input = make("input");
    input.type = "file";
    input.multiple = true;
    input.accept = zone().dataset.kinds;
    input.onchange = () => take([...input.files]);
    input.click();
  });

  // a file let go beside the zone must not replace the page
  const dragged = (event) => zone() && event.dataTransfer && [...event.dataTransfer.types].includes("Files");
  document.addEventListener("dragover", (event) => {
    if (!dragged(event)) return;
    event.preventDefault();
    zone().classList.add("intake-over");
  });
  document.addEventListener("dragleave", (event) => {
    if (zone() && !event.relatedTarget) zone().classList.remove("intake-over");
  });
  document.addEventListener("drop", (event) => {
    if (!dragged(event)) return;
    event.preventDefault();
    zone().classList.remove("intake-over");
    take([...event.dataTransfer.files]);
  });

  // ---- asking before something that can't be taken back; `ask` wants a reason
  const sure = (words, ask) => new Promise((answer) => {
    const box = make("dialog", "ask");
    const form = make("form");
    form.method = "dialog";
    const reason = make("textarea", "ask-reason");
    reason.required = true;
    reason.rows = 3;
    reason.maxLength = 500;
    const yes = make("button", "chip on", "确定");
    yes.value = "yes";
    const no = make("button", "chip", "取消");
    no.value = "no";
    no.formNoValidate = true;
    form.append(make("p", "", ask || words), ...(ask ? [reason] : []), make("div", "ask-buttons"));
    form.lastChild.append(yes, no);
    box.append(form);
    box.onclose = () => {
      answer(box.returnValue === "yes" ? { reason: reason.value } : null);
      box.remove();
    };
    document.body.append(box);
    box.showModal();
  });

  const tell = (near, words, isFault) => {
    document.querySelectorAll(".intake-told").forEach((old) => old.remove());
    const note = make("p", isFault ? "intake-told fault-words" : "intake-told", words);
    note.setAttribute("role", "status");
    (near.closest(".draft-actions, .draft-question, td, section") || near.parentElement).append(note);
  };

  const post = async (button) => {
    const { post: address, body, confirm: words, ask, fieldFrom, method } = button.dataset;
    const given = words || ask ? await sure(words, ask) : {};
    if (!given) return;
    const chosen = fieldFrom ? { field: button.parentElement.querySelector(fieldFrom).value } : {};
    if (fieldFrom && !chosen.field) {
      tell(button, "请先选择对应到哪一列。", true);
      return;
    }
    button.disabled = true;
    try {
      const answer = await fetch(address, {
        method: method || "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ ...JSON.parse(body || "{}"), ...chosen, ...(ask ? given : {}), who: person() || null }),
      });
      const said = await answer.json().catch(() => ({}));
      tell(button, said.message || `没有完成(${answer.status}),请重试`, !answer.ok);
    } catch {
      tell(button, "与服务器的连接中断,没有完成;请恢复后重试", true);
    }
    button.disabled = false;
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-post]");
    if (button) post(button);
  });

  // ---- a box that is part of the address
  document.addEventListener("change", (event) => {
    const box = event.target.closest("select[data-param]");
    if (!box) return;
    const asked = new URLSearchParams(location.search);
    document.querySelectorAll("select[data-param]").forEach((one) => asked.set(one.dataset.param, one.value));
    go(`${location.pathname}?${asked}`);
  });
})();
