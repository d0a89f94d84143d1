// Bundles the scripts, styles and fonts of the site.
import { readFileSync, readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import esbuild from "esbuild";

/** Replaces the module of Scalar that loads all grammars. The names of its exports are those of Scalar's minified module. */
const languages = `
import bash from "highlight.js/lib/languages/bash";
import http from "highlight.js/lib/languages/http";
import javascript from "highlight.js/lib/languages/javascript";
import json from "highlight.js/lib/languages/json";
import plaintext from "highlight.js/lib/languages/plaintext";
import typescript from "highlight.js/lib/languages/typescript";
import xml from "highlight.js/lib/languages/xml";
import yaml from "highlight.js/lib/languages/yaml";
const all = { bash, curl: bash, shell: bash, http, javascript, json, plaintext, typescript, xml, html: xml, yaml };
export { all as t, all as r, all as n };
`;

/** Removes parts of Scalar that these docs never show; each comment has the uncompressed size. */
const slim = {
  name: "slim",
  setup(build) {
    const replaced = [
      // The chat drawer of a hosted service, 210 kB.
      [/AgentScalarDrawer\.vue\.js$/, "export default {};"],
      // Eighty icons for tags, one request each.
      [/@scalar\/icons\/dist\/library\/index\.js$/, "export const LibraryIcon = { render: () => null }, getLibraryIcon = () => null, libraryIcons = [];"],
      // Error messages of zod in fifty languages, 300 kB.
      [/zod\/v4\/locales\/index\.js$/, 'export { default as en } from "./en.js";'],
      // Grammars of fifty languages, 500 kB.
      [/@scalar\/code-highlight\/dist\/chunks\/languages\.js$/, languages],
    ];
    for (const [filter, contents] of replaced) {
      build.onLoad({ filter }, ({ path }) => ({ contents, loader: "js", resolveDir: dirname(path) }));
    }
  },
};

/** Returns the files by name, the address of each entry point, and the licences of all bundled packages. */
export async function bundle(here) {
  const result = await esbuild.build({
    absWorkingDir: here,
    entryPoints: ["site/theme.js", "site/csp.js", "site/site.js", "site/site.css", "site/reference.js", "site/reference.css", "site/chat.js", "site/chat.css"],
    bundle: true,
    splitting: true,
    minify: true,
    write: false,
    metafile: true,
    format: "esm",
    target: ["chrome111", "firefox114", "safari16.4"],
    charset: "utf8",
    legalComments: "none",
    outdir: "assets",
    publicPath: "/docs/assets",
    entryNames: "[name]-[hash]",
    chunkNames: "chunk-[hash]",
    assetNames: "[name]-[hash]",
    loader: { ".woff2": "file" },
    define: {
      "process.env.NODE_ENV": '"production"',
      __VUE_OPTIONS_API__: "true",
      __VUE_PROD_DEVTOOLS__: "false",
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: "false",
    },
    plugins: [slim],
    logLevel: "error",
  });
  const assets = {};
  for (const [path, { entryPoint }] of Object.entries(result.metafile.outputs)) {
    if (entryPoint?.startsWith("site/")) assets[entryPoint.slice(5)] = "/docs/assets/" + basename(path);
  }
  const outputs = result.outputFiles.map((file) => [basename(file.path), Buffer.from(file.contents)]);
  return { assets, outputs, licences: licencesOf(here, result.metafile) };
}

function licencesOf(here, metafile) {
  const packages = new Set();
  for (const path of Object.keys(metafile.inputs)) {
    const found = path.match(/.*node_modules\/(@[^/]+\/[^/]+|[^/]+)/);
    if (found) packages.add(found[0]);
  }
  const parts = [...packages].sort().map((path) => {
    const { name, version, license } = JSON.parse(readFileSync(join(here, path, "package.json"), "utf8"));
    const file = readdirSync(join(here, path)).find((f) => /^(licen[cs]e|copying)(\.|$)/i.test(f));
    const text = file ? readFileSync(join(here, path, file), "utf8").trim() : "";
    return `${name} ${version}: ${license}\n\n${text}`.trim();
  });
  return "The packages of the documentation site and their licences.\n\n" + parts.join("\n\n" + "-".repeat(80) + "\n\n") + "\n";
}
