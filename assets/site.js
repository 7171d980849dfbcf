// A site's stream (components/site.py): plays, muted, while it is on screen; whatever goes wrong leaves the photo.
(() => {
  const RETRY_MS = 60000;
  const LOOK_MS = 5000;
  const STILL = 4; // looks without a new picture: a frozen one is not the site as it is now
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const figures = document.getElementsByClassName("site-stream");
  const runs = new Map(); // figure → what plays in it, or waits to be tried again
  let player = null;

  // the player is 0.1 MB compressed: only a page with a stream asks for it
  const loaded = (address) => {
    player ??= new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = address;
      script.onload = () => done(window.Hls);
      script.onerror = () => {
        player = null;
        failed(new Error(address));
      };
      document.head.append(script);
    });
    return player;
  };

  const stop = (figure) => {
    const run = runs.get(figure);
    if (!run) return;
    runs.delete(figure);
    clearTimeout(run.retry);
    clearInterval(run.look);
    run.hls?.destroy();
    run.video.remove();
    delete figure.dataset.state;
  };
  const fail = (figure, run) => {
    if (runs.get(figure) !== run) return;
    stop(figure);
    figure.dataset.state = "failed";
    run.retry = setTimeout(() => {
      if (runs.get(figure) === run) runs.delete(figure);
      scan();
    }, RETRY_MS);
    runs.set(figure, run);
  };

  const start = (figure) => {
    const video = document.createElement("video");
    const run = { video, hls: null, look: 0, retry: 0 };
    runs.set(figure, run);
    video.muted = true;
    video.playsInline = true;
    video.controls = !figure.closest(".pj-layer");
    video.setAttribute("controlslist", "nodownload noremoteplayback");
    video.setAttribute("aria-label", "现场视频");
    video.addEventListener("playing", () => { figure.dataset.state = "live"; });
    for (const end of ["ended", "error"]) video.addEventListener(end, () => fail(figure, run));
    figure.prepend(video);
    watch(figure, run);
    attach(figure, run).catch(() => fail(figure, run));
  };
  const attach = async (figure, run) => {
    const { stream, player: address } = figure.dataset;
    const Hls = await loaded(address);
    if (runs.get(figure) !== run) return;
    if (Hls.isSupported()) {
      // a worker would need a policy that lets blobs be scripts
      run.hls = new Hls({ enableWorker: false });
      run.hls.on(Hls.Events.ERROR, (_, fault) => fault.fatal && fail(figure, run));
      run.hls.loadSource(stream);
      run.hls.attachMedia(run.video);
    } else {
      run.video.src = stream;
    }
    await run.video.play();
  };
  const watch = (figure, run) => {
    let last = 0, still = 0;
    run.look = setInterval(() => {
      const live = figure.dataset.state === "live";
      const waits = document.hidden || (live && run.video.paused);
      still = waits || run.video.currentTime !== last ? 0 : still + 1;
      last = run.video.currentTime;
      if (still >= STILL) fail(figure, run);
    }, LOOK_MS);
  };

  const shown = (figure) => {
    const layer = figure.closest(".pj-layer");
    return figure.isConnected && (!layer || layer.classList.contains("on"));
  };
  const scan = () => {
    [...runs.keys()].filter((figure) => !shown(figure)).forEach(stop);
    for (const figure of figures) {
      const wanted = !calm.matches || "wanted" in figure.dataset;
      if (wanted && shown(figure) && !runs.has(figure)) start(figure);
    }
  };

  document.addEventListener("click", (event) => {
    const figure = event.target.closest(".site-play")?.closest(".site-stream");
    if (!figure) return;
    figure.dataset.wanted = "";
    scan();
  });
  // a photo that can't be read leaves nothing behind; errors of pictures don't bubble
  document.addEventListener("error", (event) => {
    if (!event.target.matches?.(".site-photo")) return;
    event.target.parentElement.querySelector(".site-of-photo")?.remove();
    event.target.remove();
  }, true);
  document.addEventListener("guatu-projected", scan);
  new MutationObserver(scan).observe(document.documentElement, { childList: true, subtree: true });
})();
