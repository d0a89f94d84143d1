// Builds the documentation site into gen/docs, from the bundled contract and the guides. The same input gives the same
// bytes. Every file except fonts is stored uncompressed: a change of the contract is a readable diff, and the server
// compresses a file when it is requested first.
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import YAML from "yaml";
import { bundle } from "./site/bundle.mjs";
import { enrich, linkGuides } from "./site/contract.mjs";
import { guidePage, loadGuides } from "./site/guides.mjs";
import { chatPage, notFoundPage, page, referencePage } from "./site/pages.mjs";
import { llms, llmsFull, referenceMarkdown } from "./site/markdown.mjs";
import { postmanCollection } from "./site/postman.mjs";
import { searchIndex } from "./site/search.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../..");
const out = join(root, "gen/docs");

const contract = YAML.parse(readFileSync(join(root, "gen/openapi.yaml"), "utf8"));
const guides = loadGuides(join(root, "openapi/guides"));

/** Every file of the site: path below gen/docs -> content. */
const files = new Map();

const { assets, outputs, licences } = await bundle(here);
for (const [name, content] of outputs) files.set("assets/" + name, content);

// Its name has no hash and each field is on a line of its own, so that git shows what changed and other pages do not change.
assets.contract = "/docs/contract.json";
files.set("contract.json", JSON.stringify(enrich(contract, guides), null, 1) + "\n");
files.set("assets/licences.txt", licences);

const site = { contract, guides, assets };
files.set("index.html", page(site, referencePage(site)));
for (const guide of guides) {
  files.set(`guides/${guide.name}.html`, page(site, guidePage(site, guide)));
  files.set(`guides/${guide.name}.md`, guide.source);
}
files.set("chat.html", page(site, chatPage(site)));
files.set("404.html", page(site, notFoundPage(site)));
files.set("reference.md", linkGuides(referenceMarkdown(contract), guides, ".md"));
files.set("llms.txt", linkGuides(llms(contract, guides), guides, ".md"));
files.set("llms-full.txt", llmsFull(guides, files.get("reference.md")));
files.set("postman.json", JSON.stringify(postmanCollection(contract), null, 1) + "\n");
files.set("search.json", JSON.stringify(searchIndex(contract, guides), null, 1) + "\n");
files.set("changelog.md", readFileSync(join(root, "CHANGELOG.md"), "utf8"));

write();

/** Writes changed files and removes obsolete ones. */
function write() {
  let size = 0;
  for (const [path, text] of files) {
    const content = Buffer.from(text);
    size += content.length;
    const name = join(out, path);
    if (existsSync(name) && readFileSync(name).equals(content)) continue;
    mkdirSync(dirname(name), { recursive: true });
    writeFileSync(name, content);
  }
  for (const name of readdirSync(out, { recursive: true })) {
    if (statSync(join(out, name)).isFile() && name !== "embed.go" && !files.has(name)) rmSync(join(out, name));
  }
  console.log(`gen/docs: ${files.size} files, ${Math.round(size / 1000)} kB`);
}
