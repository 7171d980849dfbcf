// What belongs to every page: the live socket and its dot, menus that close.
window.dash_clientside = window.dash_clientside || {};
window.dash_clientside.shell = {
  setTitle(title) {
    document.title = title ? `${title} · 挂图` : "挂图";
    document.dispatchEvent(new Event("guatu-page"));
    return "";
  },
};

(() => {
  const SILENCE_MS = 25000; // the server speaks at least every 10 s
  const RETRY_MS = [250, 500, 1000, 2000];
  let dot = null, tries = 0, silence = 0, socket = null;
  let missed = false; // what was asked when the line broke may never have been answered

  const say = (state, words) => {
    dot.dataset.state = state;
    dot.textContent = words;
  };

  const listen = () => {
    clearTimeout(silence);
    silence = setTimeout(() => socket.close(), SILENCE_MS);
  };

  // a file that was sent back is told until a newer one is taken or somebody here has seen it
  const SEEN = "guatu_seen_notice";
  const showNotice = () => {
    const place = dot && document.getElementById(dot.dataset.noticePlace);
    if (!place) return;
    const told = JSON.parse(dot.dataset.notice || "null");
    // the intake pages tell it themselves
    const shown = told && localStorage.getItem(SEEN) !== told.key && !location.pathname.startsWith("/intake");
    if (place.dataset.key === (shown ? told.key : "")) return;
    place.dataset.key = shown ? told.key : "";
    place.replaceChildren(...(shown ? parts(told) : []));
  };
  const parts = (told) => {
    const [words, why, seen] = ["span", "a", "button"].map((tag) => document.createElement(tag));
    words.textContent = told.words;
    why.textContent = "看原因 ›";
    why.href = told.href;
    seen.type = "button";
    seen.textContent = "知道了";
    return [words, why, seen];
  };
  document.addEventListener("guatu-page", showNotice);
  document.addEventListener("click", (event) => {
    if (!event.target.closest(".refused-line a, .refused-line button")) return;
    localStorage.setItem(SEEN, JSON.parse(dot.dataset.notice).key);
    showNotice();
  });

  const take = (now) => {
    const { dataset } = dot;
    // a new program means new scripts and styles: take them, the address keeps the filters
    if (dataset.program !== now.program) return location.reload();
    if (missed || dataset.version !== (now.version || "") || dataset.asOf !== now.as_of) {
      missed = false;
      dataset.version = now.version || "";
      dataset.asOf = now.as_of;
      window.dash_clientside.set_props(dataset.versionStore, { data: { version: now.version, as_of: now.as_of } });
      document.dispatchEvent(new Event("guatu-news"));
    }
    if (dataset.inbox !== now.inbox) {
      dataset.inbox = now.inbox;
      dataset.notice = JSON.stringify(now.notice);
      showNotice();
      window.dash_clientside.set_props(dataset.inboxStore, { data: now.inbox });
    }
  };

  const connect = () => {
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    socket = new WebSocket(`${scheme}//${location.host}${dot.dataset.path}`);
    socket.onopen = listen;
    socket.onmessage = (event) => {
      tries = 0;
      say("connected", "实时");
      listen();
      take(JSON.parse(event.data));
    };
    socket.onclose = (event) => {
      clearTimeout(silence);
      if (event.code === 4401) return location.reload(); // the session ended: the server shows sign-in
      missed = true;
      say("reconnecting", "正在重连");
      setTimeout(connect, RETRY_MS[Math.min(tries++, RETRY_MS.length - 1)]);
    };
  };

  // the stores are in the page as soon as the dot is
  const start = () => {
    dot = document.querySelector(".live[data-path]");
    if (dot && window.dash_clientside.set_props) {
      showNotice();
      return connect();
    }
    requestAnimationFrame(start);
  };
  document.addEventListener("DOMContentLoaded", start);

  // a page with a table needs a script that the others don't load: the browser follows such a link itself
  const loadsAnew = document.documentElement.dataset.loadsAnew;
  document.addEventListener("click", (event) => {
    const link = loadsAnew && event.target.closest("a[href^='/']");
    if (link && new RegExp(loadsAnew).test(link.pathname)) event.stopPropagation();
  }, true);

  document.addEventListener("click", (event) => {
    const inside = event.target.closest("details.menu");
    const chosen = event.target.closest("details.menu a");
    document.querySelectorAll("details.menu[open]").forEach((menu) => {
      if (menu !== inside || chosen) menu.open = false;
    });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    document.querySelectorAll("details.menu[open]").forEach((menu) => {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("#shell-print")) window.print();
  });
  // the search box of a long menu
  document.addEventListener("input", (event) => {
    const box = event.target.closest("details.menu .find");
    if (!box) return;
    box.closest("details.menu").querySelectorAll("a.option").forEach((option) => {
      option.hidden = !option.textContent.includes(box.value.trim());
    });
  });
})();
