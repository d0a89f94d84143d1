// Compiles every TypeScript sample of the reference and of the guides against the client's own sources.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { marked } from "marked";
import YAML from "yaml";
import { operations } from "./site/contract.mjs";
import { loadGuides } from "./site/guides.mjs";
import { samples } from "./site/samples.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const contract = YAML.parse(readFileSync(join(root, "gen/openapi.yaml"), "utf8"));

const sources = new Map();
for (const operation of operations(contract)) {
  sources.set(`${operation.operationId}.ts`, samples(contract, operation).find((s) => s.lang === "typescript").source);
}
for (const guide of loadGuides(join(root, "openapi/guides"))) {
  marked.lexer(guide.source).forEach((token, i) => {
    if (token.type === "code" && ["ts", "tsx"].includes(token.lang)) sources.set(`guide-${guide.name}-${i}.${token.lang}`, token.text);
  });
}

// In this repository, so that the compiler finds its types; removed at the end.
mkdirSync(join(root, "out"), { recursive: true });
const folder = mkdtempSync(join(root, "out/samples-"));
symlinkSync(join(root, "clients/typescript/node_modules"), join(folder, "node_modules")); // React and the AI SDK
for (const [name, source] of sources) writeFileSync(join(folder, name), source + "\nexport {};\n");
writeFileSync(
  join(folder, "tsconfig.json"),
  JSON.stringify({
    compilerOptions: {
      strict: true,
      noEmit: true,
      target: "es2022",
      module: "nodenext",
      moduleResolution: "nodenext",
      lib: ["es2023", "dom", "dom.iterable"],
      jsx: "react-jsx",
      types: ["node"],
      typeRoots: [join(root, "clients/typescript/node_modules/@types")],
      paths: {
        "@ultimate-coach/client": [join(root, "clients/typescript/src/index.ts")],
        "@ultimate-coach/client/*": [join(root, "clients/typescript/src/*.ts")],
      },
      skipLibCheck: true,
    },
    include: ["*.ts", "*.tsx"],
  }),
);
writeFileSync(join(folder, "package.json"), '{"type":"module"}');
const result = spawnSync(process.execPath, [join(root, "clients/typescript/node_modules/typescript/bin/tsc"), "-p", folder], { encoding: "utf8" });
rmSync(folder, { recursive: true });
process.stdout.write(result.stdout + result.stderr);
if (result.status !== 0) process.exit(1);
console.log(`${sources.size} samples compile`);
