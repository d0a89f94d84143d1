// Turns the markdown guides into pages.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Marked } from "marked";
import { codeBlock } from "./highlight.mjs";

/** The guides in reading order: {name, title, summary, source}; source is the whole markdown file. */
export function loadGuides(folder) {
  const manifest = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8"));
  return manifest.map((guide) => ({ ...guide, source: readFileSync(join(folder, guide.name + ".md"), "utf8") }));
}

export const escape = (text) => String(text).replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]);

export const slug = (text) =>
  text
    .toLowerCase()
    .replace(/<[^>]*>|&[a-z]+;|[`*]/g, "")
    .replace(/[^a-z0-9_]+/g, "-")
    .replace(/^-|-$/g, "");

/** Renders markdown; returns the HTML and the headings of the table of contents. */
function render(source) {
  const headings = [];
  const marked = new Marked({
    gfm: true,
    renderer: {
      heading({ tokens, depth, text }) {
        const html = this.parser.parseInline(tokens);
        if (depth === 1) return `<h1>${html}</h1>\n`;
        const id = slug(text);
        if (depth === 2) headings.push({ id, html });
        return `<h${depth} id="${id}"><a class="anchor" href="#${id}">${html}</a></h${depth}>\n`;
      },
      code: ({ text, lang }) => codeBlock(text, lang ?? ""),
      table({ header, rows }) {
        const cell = (name, token) => {
          const align = token.align ? ` class="${token.align}"` : "";
          return `<${name}${align}>${this.parser.parseInline(token.tokens)}</${name}>`;
        };
        const line = (name, cells) => `<tr>${cells.map((c) => cell(name, c)).join("")}</tr>`;
        const body = rows.map((r) => line("td", r)).join("\n");
        return `<div class="table" tabindex="0"><table><thead>${line("th", header)}</thead><tbody>\n${body}</tbody></table></div>\n`;
      },
      html: ({ text }) => (text.trim().startsWith("<!--") ? "" : text),
    },
  });
  return { html: marked.parse(source), headings };
}

export function guidePage({ guides }, guide) {
  const { html, headings } = render(guide.source);
  const index = guides.indexOf(guide);
  const step = (to, rel, label) =>
    to ? `<a rel="${rel}" href="/docs/guides/${to.name}"><small>${label}</small>${escape(to.title)}</a>` : "<span></span>";
  const toc = headings.map(({ id, html }) => `<li><a href="#${id}">${html}</a></li>`).join("");
  return {
    path: `/docs/guides/${guide.name}`,
    title: guide.title,
    description: guide.summary,
    kind: "guide",
    markdown: `/docs/guides/${guide.name}.md`,
    main: `<div class="guide"><article class="prose">
${html}
<nav class="steps" aria-label="Previous and next guide">${step(guides[index - 1], "prev", "Previous")}${step(guides[index + 1], "next", "Next")}</nav>
</article>
<aside class="toc" data-toc><h2>On this page</h2><ul>${toc}</ul><p><a href="/docs/guides/${guide.name}.md">This page as markdown</a></p></aside></div>`,
  };
}
