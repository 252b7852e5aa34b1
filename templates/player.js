/* What every film has beside its own controls. All of it can be done without: the film plays, its captions show
   and every word can be read with scripts off. Classic and deferred, because modules do not load from a disk.
   What only some films have is in scripts of its own, loaded before this one: each adds to `filmParts` a function
   that is called once for every film. */
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

  const cuesOf = (element) =>
    document.getElementById(`${element.id}_text`).textContent.split(/\n{2,}/).flatMap((block) => {
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
  const reveal = (box, line) => {
    box.scrollTop += line.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 3;
  };
  const press = (button, on) => button.setAttribute("aria-pressed", String(on));
  const play = (video) => video.play().catch(() => {}); // the browser may want a click of its own

  function captions({ video, one, all }) {
    const buttons = all("[data-captions]");
    const wanted = remembered().captions;
    const known = buttons.some((button) => button.dataset.captions === wanted);
    let choice = known ? wanted : one("track[default]")?.srclang || "";

    const show = () => {
      for (const track of video.textTracks) {
        const on = track.kind !== "descriptions" && track.language === choice;
        track.mode = on ? "showing" : "disabled";
      }
    };

    const tell = () => {
      const on = [...video.textTracks].find((track) => track.mode === "showing")?.language || "";
      buttons.forEach((button) => press(button, button.dataset.captions === on));
    };

    // A track that the browser will not fetch is made from the text that the page carries.
    const takeFromPage = (element) => {
      const track = video.addTextTrack(element.kind, element.label, element.srclang);
      track.mode = "hidden";
      cuesOf(element).forEach((cue) => track.addCue(cue));
      element.remove();
      show();
    };

    all("track").forEach((element) => {
      if (location.protocol === "file:" || element.readyState === 3) takeFromPage(element);
      else element.addEventListener("error", () => takeFromPage(element));
    });
    show();
    tell();
    buttons.forEach((button) =>
      button.addEventListener("click", () => {
        choice = button.dataset.captions;
        remember({ captions: choice });
        show();
      }));
    video.textTracks.addEventListener("change", tell); // the browser's own menu counts too
  }

  function speed({ video, one }) {
    const choice = one("[data-speed]");
    if (!choice) return;
    const set = () => {
      video.defaultPlaybackRate = video.playbackRate = Number(choice.value);
    };
    if ([...choice.options].some(({ value }) => value === remembered().speed)) {
      choice.value = remembered().speed;
      set();
    }
    choice.addEventListener("change", () => {
      set();
      remember({ speed: choice.value });
    });
  }

  function moments({ root, video, one, seek }) {
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
    one("[data-copy]")?.addEventListener("click", async () => {
      const here = location.href.split(/[?#]/)[0];
      const link = `${here}?t=${Math.floor(video.currentTime)}#${root.id}`;
      try {
        await navigator.clipboard.writeText(link);
        copied.textContent = copied.dataset.copied;
      } catch {
        copied.textContent = link; // no clipboard without https: there it is to be copied by hand
      }
    });
  }

  function chapters({ video, all, seek }) {
    const links = all(".chapters a");
    const current = () => links.findLastIndex((link) => link.dataset.seek <= video.currentTime * 1000);
    const mark = () => {
      const here = links[current()];
      if (here?.hasAttribute("aria-current")) return;
      links.forEach((link) => link.removeAttribute("aria-current"));
      here?.setAttribute("aria-current", "location");
      if (here) reveal(here.closest("ol"), here);
    };
    mark();
    video.addEventListener("timeupdate", mark);
    all("[data-chapter]").forEach((button) =>
      button.addEventListener("click", () => {
        const to = links[current() + Number(button.dataset.chapter)];
        if (to) seek(to.dataset.seek);
      }));
  }

  function transcript({ video, one, all }) {
    const panel = one(".transcript-text");
    if (!panel) return;
    const phrases = all("[data-start]");
    const follow = one("[data-follow]");

    video.addEventListener("timeupdate", () => {
      const now = video.currentTime * 1000;
      const current = phrases.find((phrase) => now >= phrase.dataset.start && now < phrase.dataset.end);
      if (!current || current.hasAttribute("aria-current")) return;
      phrases.forEach((phrase) => phrase.removeAttribute("aria-current"));
      current.setAttribute("aria-current", "true");
      if (follow.checked) reveal(panel, current);
    });
    follow.checked = Boolean(remembered().follow);
    follow.addEventListener("change", () => remember({ follow: follow.checked }));
    search(one, all, (line) => reveal(panel, line));
  }

  function search(one, all, reveal) {
    const lines = all("[data-start], .on-slide p");
    const box = one("[data-search]");
    const found = one(".found");
    const steps = all("[data-find]");
    let hits = [];
    let at = 0;

    const go = (step) => {
      if (!hits.length) return;
      at = (at + step + hits.length) % hits.length;
      lines.forEach((line) => line.classList.toggle("here", line === hits[at]));
      if (step) found.textContent = found.dataset.at.replace("{at}", at + 1).replace("{all}", hits.length);
      reveal(hits[at]);
    };

    box.addEventListener("input", () => {
      const words = folded(box.value.trim());
      hits = words ? lines.filter((line) => folded(line.textContent).includes(words)) : [];
      at = 0;
      lines.forEach((line) => {
        line.classList.toggle("hit", hits.includes(line));
        line.classList.remove("here");
      });
      // Not `disabled`: a button that has the focus would lose it.
      steps.forEach((button) => button.setAttribute("aria-disabled", String(hits.length < 2)));
      found.textContent = !words ? "" : hits.length ? counted(found, hits.length) : found.dataset.none;
      go(0);
    });
    box.addEventListener("keydown", (event) => {
      if (event.key === "Enter") go(event.shiftKey ? -1 : 1);
    });
    steps.forEach((button) => button.addEventListener("click", () => go(Number(button.dataset.find))));
  }

  function start(root) {
    const video = root.querySelector("video");
    const seek = (ms, plays) => {
      video.currentTime = ms / 1000;
      const box = video.getBoundingClientRect();
      if (box.bottom < 80 || box.top > innerHeight - 80) {
        video.scrollIntoView({ block: "center" });
        video.focus({ preventScroll: true });
      }
      if (plays) play(video);
    };
    const film = {
      ...{ root, video, seek, cuesOf, press, play, remembered, remember },
      one: (selector) => root.querySelector(selector),
      all: (selector) => [...root.querySelectorAll(selector)],
    };
    film.all("[hidden]").forEach((element) => (element.hidden = false));
    root.classList.add("ready");
    // The others first: captions may replace the elements that they read.
    for (const part of [...(window.filmParts || []), captions, speed, moments, chapters, transcript]) part(film);
    return seek;
  }

  const films = new Map([...document.querySelectorAll(".film")].map((root) => [root.id, start(root)]));

  // page/?t=83  page/?t=83#video-second  page/#t=83: the query wins over the hash
  const arrive = (query) => {
    const hash = location.hash.slice(1);
    const t = new URLSearchParams(query).get("t") ?? new URLSearchParams(hash).get("t") ?? NaN;
    const seek = films.get(hash) || films.values().next().value;
    if (Number(t) >= 0) seek(t * 1000, false);
  };
  addEventListener("hashchange", () => arrive(""));
  arrive(location.search);
})();
