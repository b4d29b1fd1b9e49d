// A lesson on the whole TV: OK plays and pauses, left and right seek, up turns captions on and
// off, Back leaves. What was seen is kept like on a phone. ES2017 on purpose.
"use strict";
(function () {
  const feed = JSON.parse(document.getElementById("feed").textContent);
  const box = document.querySelector("[data-player]");
  const video = box.querySelector("video");
  const word = box.querySelector(".word");
  const bar = box.querySelector("progress");
  const LEFT = 37, UP = 38, RIGHT = 39, DOWN = 40;
  const BACK = [8, 27, 461, 10009, 413];
  const TOGGLE = [13, 32, 179, 10252], PLAY = 415, PAUSE = 19, FORWARD = 417, REWIND = 412;
  const NAMES = { ArrowLeft: LEFT, ArrowUp: UP, ArrowRight: RIGHT, ArrowDown: DOWN, Enter: 13, GoBack: 461, BrowserBack: 461, MediaPlayPause: 179 };
  let hide = 0, presses = 0, lastPress = 0, over = false;

  function length() { return isFinite(video.duration) && video.duration > 0 ? video.duration : feed.seconds || 0; }

  function clock(seconds) {
    const whole = Math.floor(seconds);
    return Math.floor(whole / 60) + ":" + ("0" + (whole % 60)).slice(-2);
  }

  function show(text) {
    word.textContent = text || "";
    box.classList.add("shown");
    clearTimeout(hide);
    if (!video.paused) hide = setTimeout(function () { box.classList.remove("shown"); word.textContent = ""; }, 4000);
  }

  function draw() {
    const whole = length();
    box.classList.toggle("paused", video.paused);
    bar.value = whole ? Math.round((1000 * video.currentTime) / whole) : 0;
    box.querySelector(".at").textContent = clock(video.currentTime);
    box.querySelector(".of").textContent = clock(whole);
  }

  function toggle() {
    if (over) { over = false; video.currentTime = 0; }
    if (video.paused) video.play().catch(draw);
    else video.pause();
    show();
  }

  /** Ten seconds; held down, steps grow to a minute. */
  function seek(sign) {
    const now = Date.now();
    presses = now - lastPress < 700 ? presses + 1 : 0;
    lastPress = now;
    const step = presses > 8 ? 60 : presses > 3 ? 30 : 10;
    const to = Math.max(0, Math.min(video.currentTime + sign * step, Math.max(0, length() - 1)));
    over = false;
    video.currentTime = to;
    show((sign < 0 ? "◀◀ " : "▶▶ ") + clock(to));
    draw();
  }

  function captions(turn) {
    const tracks = video.textTracks;
    if (!tracks.length) { if (turn) show(box.dataset.none); return; }
    let kept = "";
    try { kept = localStorage.getItem("captions") || feed.language; } catch (e) { kept = feed.language; }
    if (turn) kept = kept === "off" ? feed.language : "off";
    try { if (turn) localStorage.setItem("captions", kept); } catch (e) { /* private */ }
    let shown = -1;
    for (let n = 0; n < tracks.length; n += 1) if (kept !== "off" && (shown < 0 || tracks[n].language === kept)) shown = n;
    for (let n = 0; n < tracks.length; n += 1) tracks[n].mode = n === shown ? "showing" : "disabled";
    if (turn) show(kept === "off" ? box.dataset.off : box.dataset.on);
  }

  function back() {
    keep();
    if (history.length > 1) history.back();
    else location.href = "/tv";
  }

  const DOES = {};
  DOES[LEFT] = DOES[REWIND] = function () { seek(-1); };
  DOES[RIGHT] = DOES[FORWARD] = function () { seek(1); };
  DOES[UP] = function () { captions(true); };
  DOES[DOWN] = function () { show(); };
  DOES[PLAY] = function () { if (video.paused) toggle(); };
  DOES[PAUSE] = function () { if (!video.paused) toggle(); };
  TOGGLE.forEach(function (key) { DOES[key] = toggle; });
  BACK.forEach(function (key) { DOES[key] = back; });
  document.addEventListener("keydown", function (event) {
    const act = DOES[NAMES[event.key] || event.keyCode];
    if (act) { event.preventDefault(); act(); }
  });

  // Which seconds were seen, sent every ten seconds under a key that a second try repeats.
  let from = null, last = 0, ranges = [], waiting = [], sending = false;
  function cut() {
    if (from !== null && last > from) ranges.push([Math.round(from * 100) / 100, Math.round(last * 100) / 100]);
    from = null;
  }
  function key() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return Array.prototype.map.call(bytes, function (b) { return ("0" + b.toString(16)).slice(-2); }).join("");
  }
  function keep() {
    if (!feed.keep) return;
    cut();
    if (ranges.length) waiting.push({ key: key(), body: JSON.stringify({ lesson: feed.lesson, position: Math.round(video.currentTime * 100) / 100, ranges: ranges, of: Math.round(length() * 100) / 100 }) });
    ranges = [];
    if (!video.paused) { from = last = video.currentTime; }
    deliver();
  }
  function deliver() {
    if (sending || !waiting.length) return;
    sending = true;
    const first = waiting[0];
    fetch("/front/progress", { method: "POST", keepalive: true, credentials: "same-origin", headers: { "Content-Type": "application/json", "Idempotency-Key": first.key }, body: first.body })
      .then(function (answer) { if (answer.ok || (answer.status >= 400 && answer.status < 500 && answer.status !== 429)) waiting.shift(); else throw new Error(String(answer.status)); })
      .then(function () { sending = false; deliver(); }, function () { sending = false; });
  }
  video.addEventListener("timeupdate", function () {
    const now = video.currentTime;
    if (from === null || now < last || now - last > 4) { cut(); if (!video.paused) from = now; }
    last = now;
    draw();
  });
  ["play", "pause", "seeked", "loadedmetadata"].forEach(function (name) { video.addEventListener(name, draw); });
  video.addEventListener("seeking", cut);
  video.addEventListener("play", function () { show(); });
  video.addEventListener("pause", function () { keep(); show(); });
  video.addEventListener("ended", function () { over = true; keep(); show(box.dataset.over); });
  setInterval(keep, 10000);
  addEventListener("pagehide", keep);

  feed.tracks.forEach(function (track) {
    const node = document.createElement("track");
    node.kind = "subtitles"; node.srclang = track.language; node.src = track.url; node.label = track.language;
    video.appendChild(node);
  });
  function begin() {
    if (feed.position > 0 && feed.position < length() * 0.97) video.currentTime = feed.position;
    captions(false);
    video.play().catch(function () { show(); });
  }
  function trouble() { video.pause(); show(box.dataset.trouble); }
  video.addEventListener("loadedmetadata", begin, { once: true });
  if (window.Hls && window.Hls.isSupported()) {
    let tries = 0;
    const hls = new window.Hls({ enableWorker: false, maxBufferLength: 30 });
    hls.on(window.Hls.Events.ERROR, function (_name, what) {
      if (!what.fatal) return;
      tries += 1;
      if (tries > 4) trouble();
      else if (what.type === window.Hls.ErrorTypes.MEDIA_ERROR) hls.recoverMediaError();
      else setTimeout(function () { hls.startLoad(); }, 1500 * tries);
    });
    hls.loadSource(feed.playlist);
    hls.attachMedia(video);
  } else {
    video.addEventListener("error", trouble);
    video.src = feed.playlist;
  }
  draw();
  show();
})();
