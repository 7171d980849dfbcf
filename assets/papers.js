// 材料: make a paper, say how far it is, and save it; without scripts the link downloads it at once.
(() => {
  const said = (link) => link.parentNode.querySelector(".papers-said");
  const say = (link, state, words, share) => {
    const place = said(link);
    place.dataset.state = state;
    place.textContent = words;
    if (share === undefined) return;
    const bar = document.createElement("progress");
    bar.max = 1;
    bar.value = share;
    bar.setAttribute("aria-label", words);
    place.prepend(bar);
  };
  const save = (told) => {
    const bytes = Uint8Array.from(atob(told.file), (letter) => letter.charCodeAt(0));
    const address = URL.createObjectURL(new Blob([bytes]));
    const link = document.createElement("a");
    link.href = address;
    link.download = told.name;
    link.click();
    // the browser has taken the file by then
    setTimeout(() => URL.revokeObjectURL(address), 60000);
  };
  const tell = (link, told, since) => {
    if (told.word) say(link, "working", `${told.word}(${told.step}/${told.of})`, (told.step - 1) / told.of);
    else if (told.file) {
      save(told);
      say(link, "done", `已存为“${told.name}”,用时 ${((performance.now() - since) / 1000).toFixed(1)} 秒`);
    } else say(link, "failed", told.message || "没有做成,请再试一次。");
  };
  const make = async (link) => {
    const since = performance.now();
    link.setAttribute("aria-busy", "true");
    say(link, "working", "排队", 0);
    try {
      const answer = await fetch(link.dataset.paper);
      if (!answer.ok) throw new Error(String(answer.status));
      const reader = answer.body.getReader();
      const decoder = new TextDecoder();
      let rest = "";
      for (;;) {
        const { done, value } = await reader.read();
        if (done) break;
        const lines = (rest + decoder.decode(value, { stream: true })).split("\n");
        rest = lines.pop();
        lines.forEach((line) => tell(link, JSON.parse(line), since));
      }
    } catch {
      say(link, "failed", "没有做成:连不上程序。请稍后再试。");
    }
    link.removeAttribute("aria-busy");
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".papers-make");
    if (!link || event.button || event.metaKey || event.shiftKey || event.altKey || event.ctrlKey) return;
    event.preventDefault();
    if (!link.hasAttribute("aria-busy")) make(link);
  });
})();
