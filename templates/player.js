/* The page's one script. Everything it adds can be done without: the film plays, its captions show and
   every word can be read with scripts off. Classic and deferred, because modules do not load from a disk. */
"use strict";
(() => {
  const KEY = "ebrochure";

  const remembered = () => {
    try {
      return JSON.parse(localStorage.getItem(KEY)) || {};
    } catch {
      return {}; // storage may be forbidden
    }
  };

  const remember = (change) => {
    try {
      localStorage.setItem(KEY, JSON.stringify({ ...remembered(), ...change }));
    } catch {
      // then it is forgotten
    }
  };

  // "00:01:02.500 align:start" -> 62.5
  const seconds = (clock) => clock.split(":", 3).reduce((sum, part) => sum * 60 + parseFloat(part), 0);

  const cuesOf = (vtt) =>
    vtt.split(/\n{2,}/).flatMap((block) => {
      const lines = block.trim().split("\n");
      const at = lines.findIndex((line) => line.includes(" --> "));
      if (at < 0) return [];
      const [start, end] = lines[at].split(" --> ").map(seconds);
      return [new VTTCue(start, end, lines.slice(at + 1).join("\n"))];
    });

  // A sentence about a number: which of its forms is for the language around it to say.
  const counted = (element, count) => {
    const forms = JSON.parse(element.dataset.some);
    const kind = new Intl.PluralRules(element.closest("[lang]").lang).select(count);
    return (forms[kind] || forms.other).replace("{count}", count);
  };

  const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  function film(root) {
    const video = root.querySelector("video");
    const all = (selector) => [...root.querySelectorAll(selector)];
    const one = (selector) => root.querySelector(selector);
    all("[hidden]").forEach((element) => (element.hidden = false));
    root.classList.add("ready");

    // --- captions

    const wanted = () => {
      const language = remembered().captions;
      const known = all("[data-captions]").some((button) => button.dataset.captions === language);
      return known ? language : one("track[default]")?.srclang || "";
    };

    const show = (language) => {
      for (const track of video.textTracks) track.mode = track.language === language ? "showing" : "disabled";
    };

    const tell = () => {
      const on = [...video.textTracks].find((track) => track.mode === "showing")?.language || "";
      all("[data-captions]").forEach((button) =>
        button.setAttribute("aria-pressed", String(button.dataset.captions === on)));
      return on;
    };

    // A track that the browser will not fetch is made from the text that the page carries.
    const takeFromPage = (element) => {
      const text = document.getElementById(`${element.id}_text`).textContent;
      const track = video.addTextTrack(element.kind, element.label, element.srclang);
      track.mode = "hidden";
      cuesOf(text).forEach((cue) => track.addCue(cue));
      element.remove();
      show(choice);
    };

    let choice = wanted();
    all("track").forEach((element) => {
      if (location.protocol === "file:" || element.readyState === 3) takeFromPage(element);
      else element.addEventListener("error", () => takeFromPage(element));
    });
    show(choice);
    tell();
    all("[data-captions]").forEach((button) =>
      button.addEventListener("click", () => {
        choice = button.dataset.captions;
        remember({ captions: choice });
        show(choice);
      }));
    video.textTracks.addEventListener("change", tell); // the browser's own menu counts too

    // --- speed

    const speed = one("[data-speed]");
    const setSpeed = (rate) => {
      video.defaultPlaybackRate = video.playbackRate = Number(rate);
    };
    if ([...speed.options].some((option) => option.value === remembered().speed)) {
      speed.value = remembered().speed;
      setSpeed(speed.value);
    }
    speed.addEventListener("change", () => {
      setSpeed(speed.value);
      remember({ speed: speed.value });
    });

    // --- moments

    const seek = (ms, play) => {
      video.currentTime = ms / 1000;
      const box = video.getBoundingClientRect();
      if (box.bottom < 80 || box.top > innerHeight - 80) {
        video.scrollIntoView({ block: "center" });
        video.focus({ preventScroll: true });
      }
      if (play) video.play().catch(() => {}); // the browser may want a click of its own
    };

    root.addEventListener("click", (event) => {
      const link = event.target.closest("[data-seek]");
      const phrase = event.target.closest("[data-start]");
      if (link && !(event.ctrlKey || event.metaKey || event.shiftKey)) {
        event.preventDefault();
        seek(link.dataset.seek, true);
      } else if (phrase && getSelection().isCollapsed) {
        seek(phrase.dataset.start, true);
      }
    });

    const copied = one("[data-copied]");
    one("[data-copy]").addEventListener("click", async () => {
      const here = location.href.split(/[?#]/)[0];
      const link = `${here}?t=${Math.floor(video.currentTime)}#${root.id}`;
      try {
        await navigator.clipboard.writeText(link);
        copied.textContent = copied.dataset.copied;
      } catch {
        copied.textContent = link; // no clipboard without https: there it is to be copied by hand
      }
    });

    // --- transcript

    const panel = one(".transcript-text");
    if (!panel) return seek;
    const phrases = all("[data-start]");
    const follow = one("[data-follow]");
    const reveal = (phrase) => {
      panel.scrollTop = phrase.offsetTop - panel.clientHeight / 3;
    };

    video.addEventListener("timeupdate", () => {
      const now = video.currentTime * 1000;
      const current = phrases.find((phrase) => now >= phrase.dataset.start && now < phrase.dataset.end);
      if (!current || current.hasAttribute("aria-current")) return;
      phrases.forEach((phrase) => phrase.removeAttribute("aria-current"));
      current.setAttribute("aria-current", "true");
      if (follow.checked) reveal(current);
    });
    follow.checked = Boolean(remembered().follow);
    follow.addEventListener("change", () => remember({ follow: follow.checked }));

    const search = one("[data-search]");
    const found = one(".found");
    let hits = [];
    let at = 0;
    search.addEventListener("input", () => {
      const words = folded(search.value.trim());
      hits = words ? phrases.filter((phrase) => folded(phrase.textContent).includes(words)) : [];
      phrases.forEach((phrase) => phrase.classList.toggle("hit", hits.includes(phrase)));
      found.textContent = !words ? "" : hits.length ? counted(found, hits.length) : found.dataset.none;
      at = 0;
      if (hits.length) reveal(hits[0]);
    });
    search.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !hits.length) return;
      at = (at + (event.shiftKey ? hits.length - 1 : 1)) % hits.length;
      reveal(hits[at]);
    });
    return seek;
  }

  const films = new Map([...document.querySelectorAll(".film")].map((root) => [root.id, film(root)]));

  // page/?t=83  page/?t=83#video-second  page/#t=83
  const arrive = (query) => {
    const hash = location.hash.slice(1);
    const t = Number(new URLSearchParams(query || hash).get("t") ?? NaN);
    const seek = films.get(hash) || films.values().next().value;
    if (t >= 0) seek(t * 1000, false);
  };
  addEventListener("hashchange", () => arrive(""));
  arrive(location.search);
})();
