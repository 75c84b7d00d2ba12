"use strict";
// Adds a search box; the page is complete without it.
(() => {
  const form = document.getElementById("page-find");
  const input = form.querySelector("input");
  const said = form.querySelector("output");
  const words = (node) =>
    [...node.querySelectorAll(".find")].map((n) => n.textContent).join(" ").toLowerCase();
  const terms = [...document.querySelectorAll("[data-term]")].map((node) => {
    const values = [...node.querySelectorAll("[data-value]")].map((v) => ({ node: v, text: words(v) }));
    const inner = new Set([...node.querySelectorAll("[data-value] .find")]);
    const own = [...node.querySelectorAll(".find")].filter((n) => !inner.has(n));
    return { node, values, text: own.map((n) => n.textContent).join(" ").toLowerCase() };
  });
  const groups = [...document.querySelectorAll("[data-group], [data-part]")];
  const filter = () => {
    const wanted = input.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const fits = (text) => wanted.every((word) => text.includes(word));
    let shown = 0;
    for (const term of terms) {
      const self = fits(term.text);
      let inside = 0;
      for (const value of term.values) {
        const keep = self || fits(value.text);
        value.node.hidden = !keep;
        inside += keep ? 1 : 0;
      }
      term.node.hidden = !(self || inside);
      term.node.toggleAttribute("data-inside", !self);
      shown += self ? 1 : inside;
    }
    for (const group of groups) group.hidden = !group.querySelector("[data-term]:not([hidden])");
    document.body.classList.toggle("finding", wanted.length > 0);
    said.textContent = wanted.length ? `${shown} ${shown === 1 ? "term" : "terms"}` : "";
  };
  const clear = () => { input.value = ""; filter(); };
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const first = terms.find((term) => !term.node.hidden);
    const value = first && first.node.hasAttribute("data-inside") && first.node.querySelector("[data-value]:not([hidden])");
    if (input.value.trim() && first) location.hash = (value || first.node).id;
  });
  input.addEventListener("input", filter);
  input.addEventListener("keydown", (event) => { if (event.key === "Escape") clear(); });
  addEventListener("hashchange", () => {
    const node = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (node && node.closest("[hidden], .finding [data-about]")) { clear(); node.scrollIntoView(); }
  });
  if (matchMedia("(min-width: 64rem)").matches) {
    for (const node of document.querySelectorAll("details[data-wide]")) node.open = true;
  }
  addEventListener("beforeprint", () => {
    for (const node of document.querySelectorAll("main details")) node.open = true;
  });
})();
