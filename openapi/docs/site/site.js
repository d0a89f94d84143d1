// The controls of every page: theme, navigation on a phone, filter, copy button; and the address in the samples.
import { base } from "./samples.mjs";

const themeButton = document.querySelector("[data-theme-toggle]");
themeButton.addEventListener("click", () => {
  const next = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
  try {
    localStorage.setItem("colorMode", next);
  } catch {
    // Storage may be blocked; then the choice lasts until the page is closed.
  }
  window.applyTheme();
});

const menuButton = document.querySelector("[data-menu-toggle]");
const nav = document.getElementById("nav");
function openMenu(open) {
  document.documentElement.classList.toggle("menu-open", open);
  menuButton.setAttribute("aria-expanded", String(open));
}
menuButton.addEventListener("click", () => openMenu(menuButton.getAttribute("aria-expanded") !== "true"));
nav.addEventListener("click", (event) => event.target.closest("a") && openMenu(false));
document.querySelector("[data-scrim]").addEventListener("click", () => openMenu(false));

const filter = document.querySelector("[data-filter]");
const empty = document.querySelector("[data-filter-empty]");
filter.addEventListener("input", () => {
  const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
  let hits = 0;
  for (const section of nav.querySelectorAll("[data-section]")) {
    let any = false;
    for (const item of section.querySelectorAll("li")) {
      item.hidden = !words.every((word) => item.dataset.words.includes(word));
      any ||= !item.hidden;
      hits += item.hidden ? 0 : 1;
    }
    section.hidden = !any;
  }
  const shown = hits;
  void findText(words).then((found) => (empty.hidden = shown + found > 0 || words.length === 0));
});

// The full-text search: the index is loaded with the first letter.
const results = document.querySelector("[data-results]");
let index;
let latest = 0;
async function findText(words) {
  const turn = ++latest;
  index ??= fetch("/docs/search.json").then((response) => response.json());
  const entries = words.length > 0 ? await index.catch(() => []) : [];
  if (turn !== latest) return 0; // a newer search has started
  const found = entries.filter((entry) => words.every((word) => entry.text.includes(word))).slice(0, 12);
  results.hidden = found.length === 0;
  results.querySelector("ul").replaceChildren(
    ...found.map((entry) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      const where = document.createElement("small");
      link.href = entry.href;
      link.textContent = entry.title;
      where.textContent = ` ${entry.where}`;
      link.append(where);
      item.append(link);
      return item;
    }),
  );
  return found.length;
}
filter.addEventListener("keydown", (event) => {
  if (event.key === "Enter") nav.querySelector("li:not([hidden]) a")?.click();
  if (event.key === "Escape") {
    filter.value = "";
    filter.dispatchEvent(new Event("input"));
    filter.blur();
  }
});
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    openMenu(true);
    filter.focus();
  }
  if (event.key === "Escape") openMenu(false);
});

// The samples call the server that this page came from.
for (const code of document.querySelectorAll("pre code")) {
  const texts = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    if (texts.currentNode.data.includes(base)) texts.currentNode.data = texts.currentNode.data.replaceAll(base, location.origin);
  }
}

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.closest("figure").querySelector("code").textContent);
    button.textContent = "Copied";
    setTimeout(() => (button.textContent = "Copy"), 1500);
  });
}

// Marks the current entry: in the reference by the address, in a guide by the headings on screen.
function markReference() {
  const hash = decodeURIComponent(location.hash.slice(1));
  let current = null;
  for (const link of nav.querySelectorAll("a[href^='/docs#']")) {
    const target = link.hash.slice(1);
    const hit = location.pathname === "/docs" && (hash === target || hash.startsWith(target + "/") || hash.startsWith(target + "."));
    if (hit && (!current || target.length >= current.hash.length - 1)) current = link;
    link.removeAttribute("aria-current");
  }
  current?.setAttribute("aria-current", "location");
  const box = current?.getBoundingClientRect();
  if (box && (box.top < 60 || box.bottom > innerHeight)) current.scrollIntoView({ block: "center" });
}
if (location.pathname === "/docs") {
  markReference();
  addEventListener("hashchange", markReference);
  // The reference changes the address with replaceState while it is scrolled, and replaceState fires no event.
  for (const name of ["pushState", "replaceState"]) {
    const original = history[name];
    history[name] = function (...args) {
      original.apply(this, args);
      markReference();
    };
  }
}

const toc = document.querySelector("[data-toc]");
if (toc) {
  const links = new Map([...toc.querySelectorAll("a[href^='#']")].map((link) => [link.hash.slice(1), link]));
  const seen = new Set();
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) isIntersecting ? seen.add(target.id) : seen.delete(target.id);
      const first = [...links.keys()].find((id) => seen.has(id));
      if (!first) return;
      for (const [id, link] of links) id === first ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current");
    },
    { rootMargin: "-64px 0px -60% 0px" },
  );
  for (const id of links.keys()) observer.observe(document.getElementById(id));
}
