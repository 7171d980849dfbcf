// The lists in the browser: windows of rows, the choice of columns, words looked for, export, the way to a project.
window.dash_clientside = window.dash_clientside || {};

(() => {
  const TYPING_MS = 120;
  const KEPT = "guatu_list_";
  const page = () => document.querySelector(".list-page");
  const make = (tag, given = {}, ...children) => {
    const made = Object.assign(document.createElement(tag), given);
    made.append(...children);
    return made;
  };

  // the filters of an address, without what belongs to one list
  const filtersOf = (search) => {
    const given = new URLSearchParams(search);
    const kept = new URLSearchParams();
    page().dataset.filters.split(" ").forEach((name) => given.get(name) && kept.set(name, given.get(name)));
    return kept;
  };
  // links and the address carry the day compared with as well, which a list itself doesn't ask after
  const carried = (search, kept = filtersOf(search)) => {
    const name = page().dataset.compare;
    const day = new URLSearchParams(search).get(name);
    if (day) kept.set(name, day);
    return kept;
  };
  const tail = (params) => (params.toString() ? `?${params}` : "");

  let list = null;

  class List {
    constructor(root, api) {
      this.root = root;
      this.api = api;
      this.name = root.dataset.list;
      this.find = new URLSearchParams(location.search).get("find") || "";
      this.settled = this.columnState();
      this.tools();
      this.restore();
      const remember = (event) => event.finished !== false && this.remember();
      ["columnMoved", "columnResized", "columnVisible", "columnPinned"].forEach((name) => api.addEventListener(name, remember));
      ["sortChanged", "filterChanged"].forEach((name) => api.addEventListener(name, () => this.address()));
      api.addEventListener("cellClicked", (event) => this.open(event.data, event.event));
      api.addEventListener("cellKeyDown", (event) => event.event.key === "Enter" && this.open(event.data, event.event));
    }

    // what is asked of the server besides a window
    wishes() {
      const params = filtersOf(this.search);
      const sort = this.api.getColumnState().filter((one) => one.sort).sort((a, b) => a.sortIndex - b.sortIndex);
      const where = this.api.getFilterModel();
      if (this.find) params.set("find", this.find);
      if (sort.length) params.set("sort", sort.map((one) => `${one.colId}:${one.sort}`).join());
      if (Object.keys(where).length) params.set("where", JSON.stringify(where));
      return params;
    }

    source() {
      return {
        getRows: async ({ startRow, endRow, successCallback, failCallback }) => {
          const params = this.wishes();
          const asked = params.toString();
          params.set("offset", startRow);
          params.set("limit", endRow - startRow);
          try {
            const answer = await fetch(`${this.root.dataset.rows}?${params}`);
            const told = await answer.json();
            if (asked !== this.wishes().toString()) return failCallback(); // wishes changed meanwhile
            if (!answer.ok) throw new Error(told.message);
            this.say(told.line);
            successCallback(told.rows, told.total);
            this.empty(told);
          } catch (fault) {
            this.say(fault.message || "清单没有取到,请稍后再试。", true);
            failCallback();
          }
        },
      };
    }

    empty(told) {
      if (told.total) return this.api.hideOverlay();
      this.api.showNoRowsOverlay();
    }

    say(words, fault = false) {
      const line = this.root.querySelector(".list-line");
      line.textContent = words;
      line.classList.toggle("behind", fault);
    }

    // other filters start at the top again; newer data change the rows in place
    show(search, version) {
      const moved = search !== this.search;
      this.search = search;
      this.tabs();
      if (moved) this.api.setGridOption("datasource", this.source());
      else if (version !== this.version) this.api.refreshInfiniteCache();
      this.version = version;
      this.address();
    }

    // the address tells what is looked for, so that it can be passed on; other pages take only the filters along
    address() {
      if (this.search === undefined || page() !== this.root) return;
      history.replaceState(history.state, "", location.pathname + tail(carried(this.search, this.wishes())));
      const params = this.wishes();
      params.set("columns", this.api.getAllDisplayedColumns().map((column) => column.getColId()).join());
      this.root.querySelector(".list-export").href = `${this.root.dataset.workbook}?${params}`;
    }

    tabs() {
      const kept = tail(carried(this.search));
      this.root.querySelectorAll(".list-tabs a").forEach((link) => link.setAttribute("href", link.pathname + kept));
    }

    columnState() {
      return this.api.getColumnState().map(({ colId, hide, width, pinned }) => ({ colId, hide, width, pinned }));
    }

    remember() {
      localStorage.setItem(KEPT + this.name, JSON.stringify(this.columnState()));
      this.address();
      this.tick();
    }

    restore() {
      const given = new URLSearchParams(location.search);
      let kept = null;
      try {
        kept = JSON.parse(localStorage.getItem(KEPT + this.name));
      } catch { /* what somebody else wrote there is not ours */ }
      if (Array.isArray(kept)) this.api.applyColumnState({ state: kept, applyOrder: true });
      const order = (given.get("sort") || "").split(",").filter(Boolean).map((one, sortIndex) => {
        const [colId, sort] = one.split(":");
        return { colId, sort, sortIndex };
      });
      if (order.length) this.api.applyColumnState({ state: order });
      try {
        const where = JSON.parse(given.get("where"));
        if (where) this.filter(where);
      } catch { /* an address cut short is the list unfiltered */ }
      if (innerWidth > 700) this.api.applyColumnState({ state: [{ colId: "project_name", pinned: "left" }] });
      this.tick();
    }

    // the table clears its filters when it is ready, unless its own property names them
    filter(model) {
      this.api.setFilterModel(model);
      window.dash_clientside.set_props(JSON.parse(this.root.dataset.table), { filterModel: model });
    }

    tools() {
      const find = make("input", { type: "search", value: this.find, placeholder: "查找:汉字、编号或拼音首字母" });
      find.setAttribute("aria-label", "在清单中查找");
      let waiting = 0;
      find.addEventListener("input", () => {
        clearTimeout(waiting);
        waiting = setTimeout(() => {
          this.find = find.value.trim();
          this.api.setGridOption("datasource", this.source());
          this.address();
        }, TYPING_MS);
      });
      this.root.querySelector(".list-find").replaceChildren(find);
      const boxes = this.api.getColumns().map((column) => {
        const box = make("input", { type: "checkbox" });
        box.dataset.column = column.getColId();
        box.addEventListener("change", () => this.api.setColumnsVisible([column.getColId()], box.checked));
        return make("label", {}, box, column.getColDef().headerName);
      });
      this.root.querySelector(".list-columns").replaceChildren(...boxes);
      this.root.querySelector(".list-reset").onclick = () => {
        this.api.applyColumnState({ state: this.settled.map((one) => ({ ...one, sort: null })), applyOrder: true });
        this.api.setFilterModel(null);
        this.find = find.value = "";
        this.api.setGridOption("datasource", this.source());
        localStorage.removeItem(KEPT + this.name);
        this.tick();
      };
    }

    tick() {
      this.root.querySelectorAll(".list-columns input").forEach((box) => {
        box.checked = this.api.getColumn(box.dataset.column).isVisible();
      });
    }

    href(row) {
      return row && row.project_id ? `/project/${encodeURIComponent(row.project_id)}${tail(carried(this.search))}` : null;
    }

    open(row, event) {
      const href = this.href(row);
      if (!href || event.ctrlKey || event.metaKey || event.shiftKey || String(getSelection())) return;
      event.preventDefault();
      history.pushState({}, "", href);
      window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
      window.scrollTo(0, 0);
    }
  }

  // on paper the rows that were read stand in a plain table; a picture of the grid would hold a screen of them
  const onPaper = () => {
    if (!list || page() !== list.root) return;
    const columns = list.api.getAllDisplayedColumns().map((column) => column.getColDef());
    const said = ({ field, cellRendererParams }, row) => (cellRendererParams?.words || {})[row[field]] || row[field] || "";
    const line = (tag, row) => columns.map((column) => {
      const words = row ? said(column, row) : column.headerName;
      return make(tag, { textContent: words, className: [].concat(column.cellClass || []).join(" ") });
    });
    const rows = [];
    list.api.forEachNode(({ data }) => data && rows.push(make("tr", {}, ...line("td", data))));
    const words = `纸上是已读取的前 ${rows.length} 行;全部内容请“导出 Excel”后打印,表内已设好纸张和每页标题。`;
    const table = make("table", { className: "list-paper" }, make("caption", { textContent: words }),
      make("thead", {}, make("tr", {}, ...line("th"))), make("tbody", {}, ...rows));
    list.root.append(table);
  };
  window.addEventListener("beforeprint", onPaper);
  window.addEventListener("afterprint", () => document.querySelectorAll(".list-paper").forEach((table) => table.remove()));

  // the table sets a source of its own when it is ready; ours has to come after it
  const ready = async (table) => {
    const api = await window.dash_ag_grid.getApiAsync(table);
    while (!api.isDestroyed() && !api.getGridOption("datasource")) await new Promise(requestAnimationFrame);
    return api;
  };

  window.dash_clientside.lists = {
    async show(id, search, version) {
      const root = page();
      if (!root) return "";
      if (!list || list.root !== root) {
        const api = await ready(root.dataset.table);
        if (page() !== root) return "";
        if (!list || list.root !== root) list = new List(root, api);
      }
      list.show(search || "", JSON.stringify(version));
      return root.dataset.list;
    },
  };

  const cells = (window.dashAgGridComponentFunctions = window.dashAgGridComponentFunctions || {});
  // shape and word, as components/light.py draws them
  cells.ListLight = ({ value, words }) => {
    if (!value) return null;
    const { createElement } = window.React;
    const shape = createElement("i", { className: "light-shape", "aria-hidden": true });
    return createElement("span", { className: `light light-${value}` }, shape, createElement("span", null, words[value]));
  };
  cells.ListProject = ({ value, data }) => {
    const href = list && list.href(data);
    return href ? window.React.createElement("a", { href, tabIndex: -1 }, value) : value || null;
  };
})();
