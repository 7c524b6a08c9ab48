"use strict";

// Colours: those of the system until the button says otherwise.
(() => {
  const root = document.documentElement;
  const button = document.getElementById("theme");
  const system = matchMedia("(prefers-color-scheme: dark)");
  const remembered = (colours) => {
    try {
      if (colours) localStorage.setItem("report-colours", colours);
      return localStorage.getItem("report-colours");
    } catch {
      return null;
    }
  };
  const shown = () => root.dataset.colours ?? (system.matches ? "dark" : "light");
  const label = () => {
    button.textContent = shown() === "dark" ? "Light colours" : "Dark colours";
  };
  const before = remembered();
  if (before === "dark" || before === "light") root.dataset.colours = before;
  button.addEventListener("click", () => {
    root.dataset.colours = shown() === "dark" ? "light" : "dark";
    remembered(root.dataset.colours);
    label();
  });
  system.addEventListener("change", label);
  label();
  button.hidden = false;
})();

// What a link leads to may stand in a closed group.
(() => {
  const open = () => {
    let id = "";
    try {
      id = decodeURIComponent(location.hash.slice(1));
    } catch {
      return;
    }
    const target = id ? document.getElementById(id) : null;
    if (!target) return;
    if (target.hidden || target.closest("[hidden]")) {
      const field = target.closest(".searchable")?.querySelector("input");
      if (field) {
        field.value = "";
        field.dispatchEvent(new Event("input"));
      }
    }
    for (let at = target; at; at = at.parentElement) {
      if (at instanceof HTMLDetailsElement) at.open = true;
    }
    target.scrollIntoView();
  };
  addEventListener("hashchange", open);
  if (location.hash) open();
})();

// Search: hides the rows without all of the words, and the groups without such rows.
(() => {
  // Groups are opened for the reader as long as they show no more rows than this.
  const OPENED = 200;
  const number = new Intl.NumberFormat("en");
  const plural = (count, what) => `${number.format(count)} ${what}${count === 1 ? "" : "s"}`;

  const index = (part) => [...part.querySelectorAll("details")].map((group) => {
    const count = group.querySelector(".count");
    const rows = [...group.querySelectorAll("tbody > tr, .operations > li")];
    return {
      group,
      count,
      said: count.textContent,
      name: group.querySelector("summary > span").textContent.toLowerCase(),
      rows: rows.map((row) => ({ row, chunk: row.closest(".chunk"), text: row.textContent.toLowerCase() })),
      chunks: [...group.querySelectorAll(".chunk")],
      wasOpen: false,
    };
  });

  for (const part of document.querySelectorAll(".searchable")) {
    const form = part.querySelector(".filter");
    const field = form.querySelector("input");
    const output = form.querySelector("output");
    let groups = null;
    let searching = false;
    let timer = 0;

    const search = () => {
      groups ??= index(part);
      const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
      const wanted = words.length > 0;
      let all = 0;
      let of = 0;
      for (const one of groups) {
        if (wanted && !searching) one.wasOpen = one.group.open;
        let found = 0;
        const shown = new Set();
        for (const { row, chunk, text } of one.rows) {
          const shows = words.every((word) => text.includes(word) || one.name.includes(word));
          if (row.hidden === shows) row.hidden = !shows;
          if (!shows) continue;
          found += 1;
          shown.add(chunk);
        }
        for (const chunk of one.chunks) chunk.hidden = !shown.has(chunk);
        one.group.hidden = found === 0;
        one.count.textContent = wanted ? `${number.format(found)} of ${one.said}` : one.said;
        if (wanted) one.group.open = found > 0 && all + found <= OPENED;
        else if (searching) one.group.open = one.wasOpen;
        all += found;
        of += found > 0 ? 1 : 0;
      }
      searching = wanted;
      output.textContent = !wanted ? "" : all === 0 ? "Nothing found" : `${plural(all, "row")} in ${plural(of, "group")}`;
    };

    form.hidden = false;
    form.addEventListener("submit", (event) => event.preventDefault());
    field.addEventListener("input", () => {
      clearTimeout(timer);
      if (field.value === "") search();
      else timer = setTimeout(search, 150);
    });
  }
})();
