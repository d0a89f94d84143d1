// Colours code at build time, with classes: no script and no inline style is needed to read it.
import hljs from "highlight.js/lib/core";
import bash from "highlight.js/lib/languages/bash";
import http from "highlight.js/lib/languages/http";
import json from "highlight.js/lib/languages/json";
import plaintext from "highlight.js/lib/languages/plaintext";
import typescript from "highlight.js/lib/languages/typescript";

for (const [name, language] of Object.entries({ bash, http, json, plaintext, typescript })) hljs.registerLanguage(name, language);

/** What readers call the languages of our code blocks, and how they are coloured. */
const languages = {
  bash: ["Terminal", "bash"],
  ts: ["TypeScript", "typescript"],
  json: ["JSON", "json"],
  http: ["HTTP", "http"],
  text: ["", "plaintext"],
};

export function codeBlock(source, name) {
  const known = languages[name];
  if (!known) throw new Error(`a code block says its language: ${Object.keys(languages).join(", ")}; not "${name}"`);
  const [label, language] = known;
  const html = hljs.highlight(source, { language }).value;
  return (
    `<figure class="code"><figcaption><span>${label}</span><button type="button" data-copy hidden>Copy</button></figcaption>` +
    `<pre tabindex="0"><code class="hljs">${html}</code></pre></figure>\n`
  );
}
