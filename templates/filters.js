/* Filters of the list of services; without them the list is complete. */
"use strict";
(() => {
  const filters = document.getElementById("filters");
  const count = filters.querySelector("output");
  const choices = [...filters.querySelectorAll("select")];
  const rows = [...document.querySelectorAll(".row")];
  const sections = [...document.querySelectorAll(".letter")];
  const apply = () => {
    const chosen = choices.filter(({ value }) => value);
    rows.forEach((row) => (row.hidden = chosen.some(({ value, name }) => row.dataset[name] !== value)));
    sections.forEach((section) => (section.hidden = !section.querySelector(".row:not([hidden])")));
    const shown = rows.filter((row) => !row.hidden).length;
    count.textContent = chosen.length ? `${count.dataset.shown} ${shown}` : "";
  };
  filters.hidden = false;
  filters.addEventListener("change", apply);
  apply(); // a browser that goes back keeps what was chosen
})();
