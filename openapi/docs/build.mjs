// Builds the documentation site into gen/docs, from the bundled contract and the guides. The same input gives the same
// bytes. Every page and asset is kept compressed only, as .br and .gz, side by side: browsers on plain http get gzip,
// the rest brotli, and who accepts neither gets the gzip unpacked by the server. Fonts are kept as they are.
import { mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import zlib from "node:zlib";
import YAML from "yaml";
import { bundle } from "./site/bundle.mjs";
import { enrich, linkGuides } from "./site/contract.mjs";
import { guidePage, loadGuides } from "./site/guides.mjs";
import { notFoundPage, page, referencePage } from "./site/pages.mjs";
import { llms, referenceMarkdown } from "./site/markdown.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../..");
const out = join(root, "gen/docs");

const contract = YAML.parse(readFileSync(join(root, "gen/openapi.yaml"), "utf8"));
const guides = loadGuides(join(root, "openapi/guides"));

/** Every file of the site: path below gen/docs -> content. */
const files = new Map();
const digest = (content) => createHash("sha256").update(content).digest("hex").slice(0, 10);

const { assets, outputs, licences } = await bundle(here);
for (const [name, content] of outputs) files.set("assets/" + name, content);

const reference = JSON.stringify(enrich(contract, guides));
assets.contract = `/docs/assets/contract-${digest(reference)}.json`;
files.set(assets.contract.replace("/docs/", ""), reference);
files.set("assets/licences.txt", licences);

const site = { contract, guides, assets };
files.set("index.html", page(site, referencePage(site)));
for (const guide of guides) {
  files.set(`guides/${guide.name}.html`, page(site, guidePage(site, guide)));
  files.set(`guides/${guide.name}.md`, guide.source);
}
files.set("404.html", page(site, notFoundPage(site)));
files.set("reference.md", linkGuides(referenceMarkdown(contract), guides, ".md"));
files.set("llms.txt", linkGuides(llms(contract, guides), guides, ".md"));

write();

/** Writes what changed and removes what is gone. A compressed file stays when it still unpacks to the same content: encoders differ between versions of Node. */
function write() {
  const kept = new Set(["embed.go"]);
  let raw = 0;
  let packed = { br: 0, gz: 0, none: 0 };
  for (const [path, text] of [...files].sort()) {
    const content = Buffer.from(text);
    raw += content.length;
    const variants = path.endsWith(".woff2")
      ? [["none", "", content, (b) => b]]
      : [
          ["br", ".br", null, zlib.brotliDecompressSync],
          ["gz", ".gz", null, zlib.gunzipSync],
        ];
    for (const [kind, extension, bytes, unpack] of variants) {
      const name = join(out, path + extension);
      kept.add(path + extension);
      if (!same(name, content, unpack)) {
        mkdirSync(dirname(name), { recursive: true });
        writeFileSync(name, bytes ?? pack(kind, content));
      }
      packed[kind] += statSync(name).size;
    }
  }
  for (const name of readdirSync(out, { recursive: true })) {
    if (statSync(join(out, name)).isFile() && !kept.has(name)) rmSync(join(out, name));
  }
  const kB = (n) => Math.round(n / 1000) + " kB";
  console.log(`gen/docs: ${files.size} files, ${kB(raw)}; brotli ${kB(packed.br)}, gzip ${kB(packed.gz)}, fonts ${kB(packed.none)}`);
}

function same(name, content, unpack) {
  try {
    return unpack(readFileSync(name)).equals(content);
  } catch {
    return false;
  }
}

function pack(kind, content) {
  if (kind === "gz") return zlib.gzipSync(content, { level: 9 });
  return zlib.brotliCompressSync(content, {
    params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 11, [zlib.constants.BROTLI_PARAM_SIZE_HINT]: content.length },
  });
}
