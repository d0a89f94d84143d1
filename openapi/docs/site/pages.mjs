// The frame of every page, and the pages that are not guides.
import { operations } from "./contract.mjs";
import { escape } from "./guides.mjs";

const icon = (path) =>
  `<svg viewBox="0 0 24 24" width="20" height="20" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${path}</svg>`;
const menuIcon = icon('<path d="M4 7h16M4 12h16M4 17h16"/>');
const themeIcon = icon('<circle cx="12" cy="12" r="8"/><path d="M12 4a8 8 0 0 1 0 16Z" fill="currentColor"/>');
const mark = `<svg class="mark" viewBox="0 0 32 32" width="28" height="28" aria-hidden="true"><rect width="32" height="32" rx="9" fill="#0f9d6b"/><path d="M8.5 9v8.2a7.5 7.5 0 0 0 15 0V9" fill="none" stroke="#fff" stroke-width="3.4" stroke-linecap="round"/><circle cx="16" cy="10.4" r="2.6" fill="#fff"/></svg>`;
const favicon = `data:image/svg+xml,${encodeURIComponent(mark.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" '))}`;

function navigation({ contract, guides }, current) {
  const item = (href, html, words, more = "") =>
    `<li data-words="${escape(words.toLowerCase())}"><a href="${href}"${href === current ? ' aria-current="page"' : ""}>${html}${more}</a></li>`;
  const section = (title, items) => `<section data-section><h2>${escape(title)}</h2><ul>\n${items.join("\n")}\n</ul></section>`;
  const ofTag = (tag) =>
    operations(contract)
      .filter((o) => o.tag === tag.name)
      .map((o) => {
        const method = `<span class="method ${o.method.toLowerCase()}">${o.method === "DELETE" ? "DEL" : o.method}</span>`;
        return item(`/docs#tag/${tag.name}/${o.operationId}`, `<span>${escape(o.summary)}</span>`, `${o.summary} ${o.operationId} ${o.method} ${o.path}`, method);
      });
  return [
    section("Guides", guides.map((g) => item(`/docs/guides/${g.name}`, `<span>${escape(g.title)}</span>`, `${g.title} ${g.summary}`))),
    section("Try it", [item("/docs/chat", "<span>Talk to the coach</span>", "talk to the coach chat demo try")]),
    section("Reference", [item("/docs#description/introduction", "<span>Introduction</span>", "introduction reference overview")]),
    ...contract.tags.map((tag) => section(tag["x-displayName"], ofTag(tag))),
    section("Schemas", [item("/docs#schemas", "<span>All schemas</span>", "schemas models types " + Object.keys(contract.components.schemas).join(" "))]),
  ].join("\n");
}

/** One whole page around `main`. */
export function page(site, { path, title, description, kind, markdown, main, scripts = [], styles = [] }) {
  const { contract, assets } = site;
  const name = contract.info.title;
  const landmark = kind === "reference" ? "div" : "main"; // the reference brings its own main
  const here = (is) => (is ? ' aria-current="true"' : "");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${escape(title)} · ${escape(name)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="${escape(description)}">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="${favicon}">
${markdown ? `<link rel="alternate" type="text/markdown" href="${markdown}">\n` : ""}<script src="${assets["theme.js"]}"></script>
${[...styles, assets["site.css"]].map((href) => `<link rel="stylesheet" href="${href}">`).join("\n")}
<script type="module" src="${assets["site.js"]}"></script>
${scripts.map((src) => `<script type="module" src="${src}"></script>\n`).join("")}</head>
<body class="on-${kind}">
<a class="skip" href="#main">Skip to content</a>
<header class="top">
<button class="plain menu" type="button" data-menu-toggle aria-controls="nav" aria-expanded="false" aria-label="Navigation">${menuIcon}</button>
<a class="brand" href="/docs/guides/first-call" aria-label="Ultimate Coach API">${mark}<span>Ultimate Coach <b>API</b></span></a>
<span class="version">v${escape(contract.info.version)}</span>
<nav class="places" aria-label="Sections">
<a href="/docs/guides/first-call"${here(kind === "guide")}>Guides</a>
<a href="/docs"${here(kind === "reference")}>Reference</a>
<a class="wide" href="/docs/chat"${here(kind === "chat")}>Coach</a>
<a class="wide" href="/openapi.yaml">OpenAPI</a>
</nav>
<button class="plain" type="button" data-theme-toggle aria-label="Switch between light and dark">${themeIcon}</button>
</header>
<div class="frame">
<nav id="nav" aria-label="Documentation">
<div class="filter"><input type="search" data-filter placeholder="Search" aria-label="Search guides and reference" autocomplete="off" spellcheck="false"><kbd>/</kbd></div>
${navigation(site, path)}
<section data-results hidden aria-live="polite"><h2>In the text</h2><ul></ul></section>
<p class="empty" data-filter-empty hidden>No entry matches.</p>
<p class="formats"><a href="/openapi.json">openapi.json</a> <a href="/openapi.yaml">openapi.yaml</a> <a href="/llms.txt">llms.txt</a> <a href="/docs/changelog.md">Changelog</a> <a href="/docs/assets/licences.txt">Licences</a></p>
</nav>
<div class="scrim" data-scrim></div>
<${landmark} id="main" tabindex="-1">
${main}
</${landmark}>
</div>
</body>
</html>
`;
}

export const referencePage = ({ contract, assets }) => ({
  path: "/docs",
  title: "Reference",
  description: contract.info.summary,
  kind: "reference",
  markdown: "/docs/reference.md",
  styles: [assets["reference.css"]],
  scripts: [assets["csp.js"], assets["reference.js"]],
  main: `<div id="reference" data-contract="${assets.contract}"><p class="loading">The reference is loading. Without scripts, read it <a href="/docs/reference.md">as markdown</a>.</p></div>`,
});

const examples = ["2 eggs and 100 g oats for breakfast", "How much protein do I have left today?", "I weighed 79.5 kg this morning"];

export const chatPage = ({ assets }) => ({
  path: "/docs/chat",
  title: "Talk to the coach",
  description: "A chat with the coach: replies arrive piece by piece, and what it proposes is written when you confirm it.",
  kind: "chat",
  styles: [assets["chat.css"]],
  scripts: [assets["chat.js"]],
  main: `<div class="chat" data-chat>
<h1>Talk to the coach</h1>
<p class="note">The coach is a machine and no doctor. It writes nothing by itself: it proposes, and you confirm. This page is made with the <a href="/docs/guides/coach-streaming">TypeScript client</a>.</p>
<noscript><p>This page needs scripts.</p></noscript>
<p class="problem" role="alert" data-error hidden></p>
<form data-signin hidden>
<p class="note">Sign in as the demo account of this machine, or with an account of your own.</p>
<label>Email <input type="email" name="email" value="demo@ultimate-coach.example" autocomplete="username" required></label>
<label>Password <input type="password" name="password" value="demo-Coach-2026" autocomplete="current-password" required></label>
<button class="primary" type="submit">Sign in</button>
</form>
<div data-talk hidden>
<nav class="earlier" aria-label="Conversations" data-earlier hidden><a href="/docs/chat">New conversation</a><details><summary>Earlier conversations</summary><ul></ul></details></nav>
<div role="log" aria-label="Conversation"><ol data-log></ol></div>
<form data-ask>
<label for="content">Message</label>
<textarea id="content" name="content" rows="2" maxlength="4000" required></textarea>
<div class="buttons"><button class="primary" type="submit" data-send>Send</button><button type="button" data-stop hidden>Stop</button></div>
</form>
<div class="buttons" role="group" aria-label="Examples">${examples.map((text) => `<button type="button" data-example>${escape(text)}</button>`).join("")}</div>
</div>
</div>`,
});

export const notFoundPage = ({ guides }) => ({
  path: "",
  title: "Not found",
  description: "There is no such page.",
  kind: "missing",
  main: `<div class="guide"><article class="prose">
<p class="eyebrow">404</p>
<h1>There is no page here</h1>
<p>The address may be wrong, or the page has moved. These pages exist:</p>
<ul class="cards">
<li><a href="/docs"><b>Reference</b><span>Every operation with its parameters, responses and samples.</span></a></li>
${guides.map((g) => `<li><a href="/docs/guides/${g.name}"><b>${escape(g.title)}</b><span>${escape(g.summary)}</span></a></li>`).join("\n")}
</ul>
</article></div>`,
});
