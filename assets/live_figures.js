// Which parts of a page are figures of their own, each known by the words it stands under: those of its row,
// its line or its card. So that new figures are held against the same ones of before (assets/live_change.js).
(() => {
  const UNSAID = ".live-was, .money-exact, .visually-hidden";
  const OWN = "[data-live], input, select, form, svg";
  const LONG = 26; // of a sentence the beginning is enough to know it again

  const texts = (node) => {
    const found = [];
    const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) if (!walker.currentNode.parentElement?.closest(UNSAID)) found.push(walker.currentNode);
    return found;
  };
  const said = (node) => (node ? texts(node).map((one) => one.data).join("").trim() : "");
  // the title of the card it stands in, among the nodes that came or went together
  const HEADING = "h1, h2, h3";
  let roots = [];
  const titled = (node) => {
    const box = node.closest(".card, section");
    const within = box && roots.some((root) => root.contains(box)) ? [box] : roots;
    const title = within.map((root) => (root.matches(HEADING) ? root : root.querySelector(HEADING))).find(Boolean);
    return title?.firstChild?.textContent || "";
  };
  const head = (row) => row.querySelector("th") || row.querySelector("a") || row.cells[0];
  const stuck = (row) => `${said(row.querySelector(".wall-who")).split(" · ").pop()} ${said(row.querySelector(".wall-float"))}`.trim();

  // selector, what it is known by (nothing: no figure), what it says
  const KINDS = [
    ["[data-live]", (node) => `live|${node.dataset.live}`, said],
    ["tbody td", (cell) => {
      const name = head(cell.parentNode);
      if (!name || cell.contains(name) || cell.matches(OWN) || cell.querySelector(OWN)) return "";
      return `${titled(cell)}|${said(name)}|${cell.cellIndex}`;
    }, said],
    ["dl > dd", (value) => `${titled(value)}|${said(value.previousElementSibling)}`, said],
    [".wall-left[data-project]", (row) => `wall|${row.dataset.project}`, stuck],
    [".wall-light > b, .strip-value", (value) => `${titled(value)}|${said(value.parentNode.firstElementChild)}`, said],
    [".node-left > :is(.node-light, .node-due, .node-float)", (cell) => {
      const name = cell.parentNode.querySelector(".node-name b");
      return name && `${said(name)}|${cell.className.split(" ")[0]}`;
    }, said],
    [".card .big:not([data-live], :has([data-live]))", (value) => `${titled(value)}|big`, said],
    [".plan-sentence, .plan-days", (words) => words.className, said],
  ];
  // rows that may be new: selector and their name
  const ROWS = [
    ["[data-live-row]", (row) => row.dataset.liveRow],
    ["tbody tr:not([data-live-row])", (row) => head(row) && `${titled(row)}|${said(head(row))}`],
    [".agenda-item", (item) => said(item.querySelector(".agenda-name"))],
  ];

  const all = (selector) =>
    roots.flatMap((root) => [...(root.matches(selector) ? [root] : []), ...root.querySelectorAll(selector)]);
  const among = (nodes) => {
    roots = [...nodes].filter((node) => node.nodeType === Node.ELEMENT_NODE);
  };
  // a name borne twice tells nothing
  const named = (pairs) => {
    const found = new Map();
    pairs.forEach(([name, one]) => name && found.set(name, found.has(name) ? null : one));
    return new Map([...found].filter(([, one]) => one));
  };

  window.liveFigures = {
    figures(nodes) {
      among(nodes);
      return named(KINDS.flatMap(([selector, name, words]) =>
        all(selector).map((node) => [name(node), { node, words: words(node), first: texts(node)[0] }])));
    },
    rows(nodes) {
      among(nodes);
      return named(ROWS.flatMap(([selector, name]) => all(selector).map((row) => [name(row), row])));
    },
    short: (words) => (words.length > LONG ? `${words.slice(0, LONG)}…` : words),
  };
})();
