// Arrows from each predecessor to its successor within the chosen row of the wall.
(() => {
  const NS = "http://www.w3.org/2000/svg";
  const HEAD = 5; // px an arrow's head is long
  const STEP = 5; // px an arrow leaves a bar before it turns
  const INTO = 5; // px from the left end of a bar to where an arrow enters it

  const boxOf = (bar) => {
    const [x, y, width, height] = ["x", "y", "width", "height"].map((name) => Number(bar.getAttribute(name)));
    return { left: x, right: x + width, top: y, bottom: y + height, middle: y + height / 2, bar };
  };
  // the bars of the chosen row, by node
  const barsOf = (row, plot) => {
    const top = row.offsetTop;
    const bars = [...plot.querySelectorAll("rect[data-node]")].map(boxOf);
    const inside = bars.filter((one) => one.middle > top && one.middle < top + row.offsetHeight);
    return new Map(inside.map((one) => [one.bar.dataset.node, one]));
  };
  // out at the end, along the gap beside the successor's lane, where no name is, and into its beginning
  const route = (from, to) => {
    const below = to.middle >= from.middle;
    const gap = below ? to.top - 2.5 : to.bottom + 3;
    const out = Math.min(from.right + STEP, Math.max(to.left + INTO, from.right + 1));
    return `M${from.right},${from.middle}H${out}V${gap}H${to.left + INTO}V${below ? to.top + 1 : to.bottom - 1}`;
  };
  const head = (from, to) => {
    const below = to.middle >= from.middle;
    const [at, back] = below ? [to.top + HEAD, -HEAD] : [to.bottom - HEAD, HEAD];
    return `M${to.left + INTO},${at}l-3.5,${back}h7Z`;
  };
  const path = (kind, d) => {
    const made = document.createElementNS(NS, "path");
    made.setAttribute("class", kind);
    made.setAttribute("d", d);
    return made;
  };

  window.wallLinks = {
    draw() {
      document.querySelectorAll(".wall .links").forEach((old) => old.remove());
      const told = document.querySelector(".wall-panel [data-links]");
      const row = document.querySelector(".wall-row.on");
      const plot = row?.closest(".wall-chunk")?.querySelector("svg.board");
      if (!told || !plot) return;
      const bars = barsOf(row, plot);
      const group = document.createElementNS(NS, "g");
      group.setAttribute("class", "links");
      for (const [before, node, critical] of JSON.parse(told.dataset.links)) {
        const [from, to] = [bars.get(before), bars.get(node)];
        // side by side in one lane the order is plain
        if (!from || !to || (from.top === to.top && Math.abs(to.left - from.right) < STEP)) continue;
        const way = route(from, to);
        const kind = critical ? "link critical" : "link";
        group.append(path("link under", way), path(kind, way), path(`${kind} head`, head(from, to)));
      }
      plot.append(group);
    },
  };
})();
