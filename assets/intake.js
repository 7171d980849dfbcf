// 报送: drag or choose workbooks, send them one after the other, and say step by step what became of each.
(() => {
  const STEPS = ["传送", "校验", "上墙"];
  const zone = () => document.querySelector(".intake-drop");
  const queue = [];
  const key = (told) => `${told.file}|${told.at}`;
  const claimed = new Set(); // outcomes that already ended a line: one name may be sent twice
  let sending = false;
  let latest = [];

  const make = (tag, className, text) => {
    const node = document.createElement(tag);
    if (className) node.className = className;
    if (text !== undefined) node.textContent = text;
    return node;
  };

  // one line a file: its name, the three steps, and the sentence at the end
  const line = (file) => {
    const node = make("div", "intake-file");
    node.dataset.file = file.name;
    const steps = make("ol", "intake-steps");
    STEPS.forEach((word) => steps.append(make("li", "", word)));
    node.append(make("b", "", file.name), steps, make("span", "intake-said"));
    document.getElementById(zone().dataset.files).prepend(node);
    return node;
  };

  // steps before `index` are done, `index` is under way; `state` marks a file that is through or was refused
  const show = (node, index, words, state) => {
    node.dataset.state = state || "running";
    node.querySelectorAll("li").forEach((step, i) => {
      step.className = i < index ? "done" : i === index ? (state === "refused" ? "refused" : "now") : "";
    });
    if (index === 0 && words) node.querySelector("li").textContent = `${STEPS[0]} ${words}`;
    else node.querySelector(".intake-said").textContent = words || "";
  };

  const refuse = (node, index, words) => {
    show(node, index, "", "refused");
    node.querySelector(".intake-said").textContent = words;
  };

  const told = (request) => {
    try {
      return JSON.parse(request.responseText);
    } catch {
      return {};
    }
  };

  // the journal may know the outcome before the upload's own answer is here
  const finish = (node) => {
    const isNew = (one) => !node.before.has(key(one)) && !claimed.has(key(one));
    const outcome = latest.find((one) => one.file === node.dataset.file && isNew(one));
    if (!outcome) return false;
    claimed.add(key(outcome));
    node.querySelector("li").textContent = STEPS[0];
    if (outcome.accepted) show(node, STEPS.length, outcome.message, "done");
    else refuse(node, 1, outcome.message);
    return true;
  };

  const send = (file, node) => new Promise((done) => {
    const request = new XMLHttpRequest();
    request.open("POST", zone().dataset.upload);
    request.setRequestHeader("X-File-Name", encodeURIComponent(file.name));
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) show(node, 0, `${Math.floor((100 * event.loaded) / event.total)}%`);
    };
    request.onload = () => {
      const answer = told(request);
      if (request.status !== 202) refuse(node, 0, answer.message || `文件未送达(${request.status}),请重试`);
      else {
        node.dataset.file = answer.file_name; // another file of this name may still be waiting
        if (!finish(node)) show(node, 1, "已收到,正在读取、校验、排期");
      }
      done();
    };
    request.onerror = () => {
      refuse(node, 0, "与服务器的连接中断,文件未送达;请恢复后重新拖入");
      done();
    };
    node.before = new Set(latest.map(key)); // clocks of page and server may differ: compare outcomes, not times
    show(node, 0, "0%");
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
      if (!kinds.some((kind) => file.name.toLowerCase().endsWith(kind))) {
        refuse(node, 0, `不能报送这种文件;请另存为 ${kinds.join("、")} 后再拖入`);
        continue;
      }
      show(node, 0, "等待", "waiting");
      queue.push([file, node]);
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

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.intake = {
    // the journal changed: finish the lines of files it names
    settle(outcomes) {
      latest = outcomes || [];
      [...document.querySelectorAll(".intake-file[data-state=running]")].reverse().forEach(finish);
      return latest.length;
    },
  };
})();
