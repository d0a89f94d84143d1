// Highlights code at build time with classes, so that pages need no script and no inline style for it.
import hljs from "highlight.js/lib/core";
import bash from "highlight.js/lib/languages/bash";
import go from "highlight.js/lib/languages/go";
import http from "highlight.js/lib/languages/http";
import json from "highlight.js/lib/languages/json";
import plaintext from "highlight.js/lib/languages/plaintext";
import typescript from "highlight.js/lib/languages/typescript";

for (const [name, language] of Object.entries({ bash, go, http, json, plaintext, typescript })) hljs.registerLanguage(name, language);

/** The languages of code blocks: label and grammar. The tests run what is `bash`, and not what is `sh`. */
const languages = {
  bash: ["Terminal", "bash"],
  sh: ["Terminal", "bash"],
  go: ["Go", "go"],
  ts: ["TypeScript", "typescript"],
  tsx: ["TypeScript", "typescript"],
  json: ["JSON", "json"],
  http: ["HTTP", "http"],
  text: ["Output", "plaintext"],
};

export function codeBlock(source, name) {
  const known = languages[name];
  if (!known) throw new Error(`a code block has one of the languages ${Object.keys(languages).join(", ")}, not "${name}"`);
  const [label, language] = known;
  const html = hljs.highlight(source, { language }).value;
  return (
    `<figure class="code"><figcaption><span>${label}</span><button type="button" data-copy hidden>Copy</button></figcaption>` +
    `<pre tabindex="0"><code class="hljs">${html}</code></pre></figure>\n`
  );
}
