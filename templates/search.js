/* The search over all services. What is searched comes as scripts that call `ebrochureFound`, because a page opened from a disk may load
   scripts and nothing else. `publish/search` writes them, and says how they are read. */
"use strict";
(() => {
  const root = document.getElementById("search");
  const one = (selector) => root.querySelector(selector);
  const field = one("input");
  const told = one("[role=status]");
  const list = one("ol");
  const more = one("button");
  const say = root.dataset;
  // Services shown at first, and then with each "more".
  const AT_ONCE = 8;
  // Passages of one service.
  const BEST = 3;
  root.hidden = false;

  // --- files

  const handed = new Map();
  const files = new Map();
  window.ebrochureFound = ([path, value]) => handed.set(path, value);

  const load = (path) => {
    if (!files.has(path)) {
      files.set(path, new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = `${path}?v=${say.version}`;
        script.onerror = () => {
          // The network may be back for the next key.
          files.delete(path);
          reject(path);
        };
        script.onload = () => resolve(handed.get(path));
        document.head.append(script);
      }));
    }
    return files.get(path);
  };

  let vocabulary;
  const loadWords = async () => {
    const words = await load("static/search/words.js");
    let form = "";
    let next = 0;
    vocabulary ??= words.forms.split(" ").filter(Boolean).map((entry) => {
      const [head, back] = entry.split("-");
      form = form.slice(0, parseInt(head[0], 36)) + head.slice(1);
      return { form, term: back ? next - parseInt(back, 36) : next++, bits: letters(form) };
    });
    return { ...words, entries: vocabulary };
  };

  // --- words, by the same rules as publish/search/tokens.py

  const UNSPACED = "[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}ー]";
  const RUN = new RegExp(`(${UNSPACED}+)|(?:(?!${UNSPACED})[\\p{L}\\p{N}\\p{M}])+`, "gu");
  const folded = (word) =>
    word.normalize("NFKD").replace(/\p{M}/gu, "").toUpperCase().toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

  const tokens = (text) => [...text.matchAll(RUN)].flatMap((run) => {
    if (!run[1]) return [{ form: folded(run[0]), from: run.index, to: run.index + run[0].length }];
    let at = run.index;
    const signs = [...run[0]].map((sign) => ({ form: folded(sign), from: at, to: (at += sign.length) }))
      .filter((sign) => sign.form);
    if (signs.length < 2) return signs;
    return signs.slice(1).map((sign, i) => ({ form: signs[i].form + sign.form, from: signs[i].from, to: sign.to }));
  }).filter((token) => token.form);

  // How many letters to change, leave out, add or swap with the next make `a` the start of `b`, or, if `isWhole`, all
  // of it; more than `most`: too many.
  const rows = [0, 1, 2].map(() => new Uint8Array(64));
  const distance = (a, b, most, isWhole) => {
    const width = isWhole ? b.length : Math.min(b.length, a.length + most);
    if (Math.abs(width - a.length) > most || width > 63) return most + 1;
    let [older, old, row] = rows;
    for (let j = 0; j <= width; j++) old[j] = j;
    for (let i = 1; i <= a.length; i++) {
      let least = row[0] = i;
      for (let j = 1; j <= width; j++) {
        row[j] = Math.min(old[j] + 1, row[j - 1] + 1, old[j - 1] + (a[i - 1] !== b[j - 1]));
        if (i > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], older[j - 2] + 1);
        least = Math.min(least, row[j]);
      }
      if (least > most) return least;
      [older, old, row] = [old, row, older];
    }
    return isWhole ? old[width] : Math.min(...old.subarray(0, width + 1));
  };

  // A bit for each letter: a word that lacks more letters of another than mistakes are forgiven is not near it.
  const letters = (word) => {
    let bits = 0;
    for (let i = 0; i < word.length; i++) bits |= 1 << (word.charCodeAt(i) % 32);
    return bits;
  };
  const areMore = (bits, most) => bits && (most < 1 || areMore(bits & (bits - 1), most - 1));

  // Terms that a typed word may stand for, with how surely: itself, then what it begins, then what it nearly is or
  // nearly begins.
  const meant = (word, isLast, entries) => {
    const terms = new Map();
    const add = (found, share) =>
      found.slice(0, 24).forEach(({ term }) => terms.set(term, Math.max(share, terms.get(term) ?? 0)));
    add(entries.filter(({ form }) => form === word), 1);
    if ((isLast || !terms.size) && word.length > 1) {
      add(entries.filter(({ form }) => form.startsWith(word)).sort((a, b) => a.form.length - b.form.length), 0.6);
    }
    if (terms.size || word.length < 4) return terms;
    const most = word.length > 7 ? 2 : 1;
    const start = word.slice(0, Math.max(4, Math.ceil(word.length * 0.6)));
    const needed = letters(word);
    const near = [];
    for (const { form, term, bits } of entries) {
      // Connecting, connected.
      const isKin = form.startsWith(start) && form.length < word.length + 4;
      if (!isKin && areMore(needed & ~bits, most)) continue;
      const off = isKin ? most : distance(word, form, most, true);
      if (off <= most) near.push({ term, off });
      else if (isLast && word.length > 4 && form[0] === word[0]) {
        const begun = distance(word, form, most, false);
        if (begun <= most) near.push({ term, off: begun + most });
      }
    }
    add(near.sort((a, b) => a.off - b.off), 0.4);
    return terms;
  };

  // --- services

  // "3A1b" -> gaps in base 36, each ended by its weight's letter
  const postings = (text) => {
    let service = 0;
    return [...text.matchAll(/([0-9a-z]+)([A-Z])/g)].map(([, gap, letter]) => {
      service += parseInt(gap, 36);
      return [service, letter.charCodeAt(0) - 64];
    });
  };

  const ranked = async (words) => {
    const { entries, services, termsPerFile } = await loadWords();
    const wanted = words.map((word, i) => meant(word, i === words.length - 1, entries));
    const scores = services.map(() => ({ said: 0, score: 0 }));
    for (const best of await Promise.all(wanted.map(async (terms) => {
      const best = new Map();
      await Promise.all([...terms].map(async ([term, share]) => {
        const file = await load(`static/search/terms-${Math.floor(term / termsPerFile)}.js`);
        const found = postings(file[term % termsPerFile]);
        const rarity = Math.log(1 + services.length / found.length);
        found.forEach(([service, weight]) =>
          best.set(service, Math.max(share * rarity * weight, best.get(service) ?? 0)));
      }));
      return best;
    }))) {
      best.forEach((score, service) => {
        scores[service].said++;
        scores[service].score += score;
      });
    }
    // Every word has to be there; where no service has them all, most of them.
    const most = Math.max(1, ...scores.map(({ said }) => said));
    const found = services.map((service, i) => ({ service, ...scores[i] })).filter(({ said }) => said === most);
    found.sort((a, b) => b.score - a.score);
    const terms = new Map(wanted.flatMap((list, i) => [...list.keys()].map((term) => [term, i])));
    const forms = new Map(entries.filter(({ term }) => terms.has(term)).map(({ form, term }) => [form, terms.get(term)]));
    return { found, forms };
  };

  // --- what is shown; every text goes in as text

  const make = (name, text, kind) => {
    const element = document.createElement(name);
    if (text) element.textContent = text;
    if (kind) element.className = kind;
    return element;
  };

  const marked = (text, forms) => {
    const line = make("span");
    // A film may speak another language than its page.
    line.dir = "auto";
    let at = 0;
    for (const { form, from, to } of tokens(text)) {
      if (!forms.has(form) || to <= at) continue;
      const start = Math.max(at, from);
      line.append(text.slice(at, start), make("mark", text.slice(start, to)));
      at = to;
    }
    line.append(text.slice(at));
    return line;
  };

  const passage = (href, [kind, link, text, moment], forms) => {
    const item = make("li");
    const anchor = make("a");
    anchor.href = href + link;
    if (moment) anchor.append(make("span", moment, "clock"), " ");
    anchor.append(marked(text, forms));
    item.append(anchor);
    if (kind === "slide") item.append(" ", make("span", say.slide, "kind"));
    return item;
  };

  const result = async ({ service: [id, title, href, language, direction] }, forms) => {
    // Then there is still its title.
    const rows = await load(`${id}/search.js`).catch(() => []);
    const best = rows.slice(1).map((row) => {
      const said = new Set(tokens(row[2]).map(({ form }) => forms.get(form)));
      return { row, said: said.size - said.has(undefined) };
    }).filter(({ said }) => said).sort((a, b) => b.said - a.said).slice(0, BEST);
    const item = make("li", "", "result");
    item.lang = language;
    item.dir = direction;
    const heading = make("h2");
    const anchor = make("a");
    anchor.href = href;
    anchor.append(marked(title, forms));
    heading.append(anchor);
    item.append(heading);
    if (best.length) {
      const passages = make("ul");
      passages.append(...best.map(({ row }) => passage(href, row, forms)));
      item.append(passages);
    }
    return item;
  };

  let asked = 0;
  const search = async (shown) => {
    const turn = ++asked;
    const words = tokens(field.value).map(({ form }) => form);
    try {
      const { found, forms } = words.length ? await ranked(words) : { found: [] };
      // Another key was faster.
      if (turn !== asked) return;
      told.textContent = !words.length ? "" : found.length ? `${say.found} ${found.length}` : say.none;
      more.hidden = found.length <= shown;
      // The best one is asked for alone and stands as soon as it is there; the others take their places below it.
      let best;
      const items = found.slice(0, shown).map((item) =>
        best ? best.then(() => result(item, forms)) : (best = result(item, forms)));
      for (const [at, coming] of items.entries()) {
        const item = await coming;
        if (turn !== asked) return;
        if (list.children[at]) list.children[at].replaceWith(item);
        else list.append(item);
      }
      while (list.children.length > items.length) list.lastChild.remove();
    } catch {
      if (turn === asked) told.textContent = say.failed;
    }
    root.classList.toggle("asked", words.length > 0);
  };

  const remember = () => {
    const query = field.value ? `?q=${encodeURIComponent(field.value)}` : "";
    try {
      history.replaceState(null, "", location.pathname + query);
    } catch {
      // a browser may refuse on a disk: then the address says nothing of the search
    }
  };

  const arrive = () => {
    field.value = new URLSearchParams(location.search).get("q") ?? "";
    search(AT_ONCE);
  };
  // Ready before the first key.
  field.addEventListener("focus", () => loadWords().catch(() => {}));
  field.addEventListener("input", () => {
    remember();
    search(AT_ONCE);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !field.value) return;
    event.preventDefault();
    field.value = "";
    field.dispatchEvent(new Event("input"));
  });
  more.addEventListener("click", async () => {
    const shown = list.children.length;
    await search(shown + AT_ONCE);
    list.children[shown]?.querySelector("a").focus();
  });
  addEventListener("popstate", arrive);
  if (location.hash === "#search") field.focus();
  arrive();
})();
