// Checks the documentation site in a real browser: DOCS_URL=http://127.0.0.1:8000 node check.mjs [screenshots folder]
// Fails when the content security policy blocks anything, the console shows an error, a request fails or goes to another host,
// a link is dead, or required content is missing.
import { mkdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const base = process.env.DOCS_URL ?? "http://127.0.0.1:8000";
const shots = process.argv[2];
if (shots) mkdirSync(shots, { recursive: true });

const manifest = JSON.parse(readFileSync(new URL("../guides/manifest.json", import.meta.url), "utf8"));
const contract = await (await fetch(`${base}/openapi.json`)).json();
const operations = Object.values(contract.paths).flatMap((item) => Object.values(item).filter((o) => o?.operationId));

const demoConversation = contract.paths["/api/v1/coach/conversations/{id}"].get.parameters.map(({ $ref, ...own }) => ($ref ? contract.components.parameters[$ref.split("/").pop()] : own))
  .find(({ name }) => name === "id").example;

/** How long anything is waited for, in milliseconds: no page takes this long, also on a busy machine. */
const patience = 600_000;

const findings = [];
const report = (text) => findings.includes(text) || findings.push(text);

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });

/** Opens a page that reports every error. Error statuses in `expected` are not reported. */
async function open(view, expected = []) {
  const context = await browser.newContext({ deviceScaleFactor: 1, ...view });
  context.setDefaultTimeout(patience);
  const page = await context.newPage();
  await page.addInitScript(() =>
    document.addEventListener("securitypolicyviolation", (e) =>
      console.error(`policy: ${e.violatedDirective} ${e.blockedURI} ${e.sourceFile}:${e.lineNumber}:${e.columnNumber}`),
    ),
  );
  const where = () => page.url().replace(base, "");
  page.on("console", (m) => {
    const status = m.text().match(/status of (\d+)/)?.[1];
    if (m.type() === "error" && !expected.includes(Number(status))) report(`${where()}: console: ${m.text()}`);
  });
  page.on("pageerror", (e) => report(`${where()}: ${e.stack ?? e}`));
  // The chat closes a stream itself, behind the last event.
  page.on("requestfailed", (r) => (r.url().includes("/coach/stream?") && r.failure().errorText === "net::ERR_ABORTED") || report(`${where()}: request failed: ${r.url()}`));
  page.on("request", (r) => {
    if (!r.url().startsWith(base + "/") && !r.url().startsWith("data:")) report(`${where()}: request to another host: ${r.url()}`);
  });
  page.on("response", (r) => {
    if (r.status() >= 400 && !expected.includes(r.status())) report(`${where()}: ${r.status()}: ${r.url()}`);
  });
  return page;
}

async function screenshot(page, name) {
  // A page must not need horizontal scrolling.
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (wide > 0) report(`${name}: ${wide} px wider than the window`);
  if (shots) await page.screenshot({ path: `${shots}/${name}.png` });
}

const axe = readFileSync(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")), "utf8");

/** Reports what axe finds wrong on a page, or in one element of it: contrast, names, landmarks, reach of the keyboard. */
async function requireAccessible(page, name, selector) {
  await page.evaluate(axe);
  const violations = await page.evaluate(
    async (selector) => (await window.axe.run(selector ?? document, { resultTypes: ["violations"] })).violations
      .flatMap(({ id, help, nodes }) => nodes.map(({ html }) => `${id}: ${help}: ${html.slice(0, 200)}`)),
    selector,
  );
  for (const violation of violations) report(`${name}: axe: ${violation}`);
}

/** Reports when the target of a link into the reference does not reach the upper half of the window. */
async function requireOnScreen(page, id) {
  let top;
  for (const until = Date.now() + patience; Date.now() < until; await page.waitForTimeout(100)) {
    top = await page.evaluate((id) => document.querySelector(`[id$="${id}"]`)?.getBoundingClientRect().top, id);
    if (top > -100 && top < page.viewportSize().height / 2) return;
  }
  report(`#${id} is not on the screen at ${page.viewportSize().width} px: its top is at ${top}`);
}

const views = {
  "desktop-light": { viewport: { width: 1440, height: 900 }, colorScheme: "light" },
  "desktop-dark": { viewport: { width: 1440, height: 900 }, colorScheme: "dark" },
  "mobile-light": { viewport: { width: 390, height: 844 }, colorScheme: "light" },
  "mobile-dark": { viewport: { width: 390, height: 844 }, colorScheme: "dark" },
};

const waitForReference = (page) => page.locator("#reference h1").first().waitFor();

/** The views in which axe looks, and links into the reference are followed. Together they have both colour schemes and both layouts; all four would take twice the time. */
const audited = new Set(["desktop-light", "mobile-dark"]);

/** Links to an operation and to the schemas show them. */
async function checkFragments(page, view) {
  for (const [name, id] of [["operation", "tag/users/updateMe"], ["schemas", "schemas"]]) {
    await page.goto("about:blank"); // otherwise only the fragment changes, and the page is not loaded again
    await page.goto(`${base}/docs#${id}`);
    await waitForReference(page);
    await requireOnScreen(page, id);
    await screenshot(page, `${view}-${name}`);
  }
  await requireAccessible(page, `${view}-schemas`);
}

/** Visits every kind of page in one window size and colour scheme. */
async function checkView(view, options) {
  const page = await open(options, [404]);
  const audit = (name) => (audited.has(view) ? requireAccessible(page, name) : undefined);

  await page.goto(`${base}/docs`);
  await waitForReference(page);
  await audit(`${view}-reference`);
  await screenshot(page, `${view}-reference`);

  if (audited.has(view)) await checkFragments(page, view);

  for (const { name } of manifest) {
    await page.goto(`${base}/docs/guides/${name}`);
    await audit(`${view}-guide-${name}`);
    await screenshot(page, `${view}-guide-${name}`);
  }
  await page.goto(`${base}/docs/chat`);
  await page.getByRole("button", { name: "Sign in" }).waitFor();
  await audit(`${view}-chat-signin`);
  await screenshot(page, `${view}-chat-signin`);

  await page.goto(`${base}/docs/guides/${manifest[0].name}`);
  if (options.viewport.width < 600) {
    await page.locator("[data-menu-toggle]").click();
    await page.waitForTimeout(300);
    await audit(`${view}-menu`);
    await screenshot(page, `${view}-menu`);
  }

  const response = await page.goto(`${base}/docs/guides/none-such`);
  if (response.status() !== 404) report(`an unknown page returns ${response.status()}`);
  await audit(`${view}-404`);
  await screenshot(page, `${view}-404`);
  await page.context().close();
}

const auditedTags = new Set();

/** Every operation shows its summary, rate class, samples and statuses. */
async function checkOperations(some) {
  const page = await open(views["desktop-light"]);
  for (const operation of some) {
    await page.goto(`${base}/docs#tag/${operation.tags[0]}/${operation.operationId}`);
    const section = page.locator(`[id$="tag/${operation.tags[0]}/${operation.operationId}"]`).first();
    await section.waitFor();
    const text = () => section.innerText();
    let seen = "";
    for (const until = Date.now() + patience; Date.now() < until; await page.waitForTimeout(100)) {
      seen = await text();
      if (seen.includes("Rate class")) break;
    }
    for (const wanted of [operation.summary, "Rate class", "curl", base, ...Object.keys(operation.responses)]) {
      if (!seen.includes(wanted)) report(`${operation.operationId}: the reference does not show "${wanted}"`);
    }
    if (auditedTags.has(operation.tags[0])) continue; // axe takes seconds, and all operations have the same parts
    auditedTags.add(operation.tags[0]);
    await requireAccessible(page, operation.operationId, `[id="${await section.getAttribute("id")}"]`);
  }
  await page.context().close();
}

/** "Test Request" can sign in with a cookie and then read the profile. */
async function checkTestRequest() {
  const page = await open(views["desktop-light"]);
  for (const [tag, id] of [["auth", "login"], ["users", "getMe"]]) {
    await page.goto("about:blank");
    await page.goto(`${base}/docs#tag/${tag}/${id}`);
    await waitForReference(page);
    await page.locator(`[id$="tag/${tag}/${id}"]`).first().getByText("Test Request").click();
    const response = page.waitForResponse((r) => r.url().includes("/api/v1/"));
    await page.getByRole("button", { name: "Send" }).first().click();
    const status = (await response).status();
    if (status !== 200) report(`${id} sent from the reference returned ${status}`);
    await page.waitForTimeout(500);
    await screenshot(page, `try-${id}`);
  }
  await page.context().close();
}

/** A visitor signs in as the demo account and talks to the coach, on a narrow phone and on a desktop. */
async function checkChat() {
  for (const [name, options] of [["narrow", { viewport: { width: 320, height: 640 }, colorScheme: "light" }], ["desktop-dark", views["desktop-dark"]]]) {
    const page = await open(options);
    await page.goto(`${base}/docs/chat`);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByLabel("Message").fill("2 eggs and 100 g oats for breakfast");
    await page.getByRole("button", { name: "Send" }).click();
    await page.locator("[data-log] .reply:not([aria-busy])").waitFor();
    await requireAccessible(page, `${name}-chat`);
    await screenshot(page, `${name}-chat`);
    await checkCards(page, name);
    // The conversation of the demo account has proposals.
    await page.goto("about:blank");
    await page.goto(`${base}/docs/chat#${demoConversation}`);
    await page.locator("[data-log] .reply:not([aria-busy])").first().waitFor();
    if ((await page.locator(".proposal").count()) === 0) report(`${name}-chat-demo: no proposal`);
    await requireAccessible(page, `${name}-chat-demo`);
    await screenshot(page, `${name}-chat-demo`);
    await page.context().close();
  }
}

// What the card of each kind of proposal shows.
const cards = [
  ["ran 5 km in 27 minutes yesterday", ["Sport", "Running", "When", "Duration", "Distance", "kcal, rest included"]],
  ["I weigh 81.4 kg", ["Weight", "When"]],
  ["set my protein target to 140 g", ["Energy", "Protein", "Carbs", "Fat"]],
  ["I want to build muscle", ["Primary goal", "Build muscle"]],
];

async function checkCards(page, name) {
  for (const [text, shown] of cards) {
    const before = await page.locator(".proposal").count();
    await page.getByLabel("Message").fill(text);
    await page.getByRole("button", { name: "Send" }).click();
    const card = page.locator(".proposal").nth(before);
    await card.waitFor();
    await page.locator("[data-log] .reply[aria-busy]").waitFor({ state: "detached" });
    const said = await card.innerText();
    for (const part of shown) if (!said.includes(part)) report(`${name}: the card of "${text}" lacks "${part}": ${said}`);
  }
  await requireAccessible(page, `${name}-chat-cards`, "[data-log]");
  await screenshot(page, `${name}-chat-cards`);
}

/** All links and fragments inside the site work, and so do the theme, the filter and the keyboard. */
async function checkLinksAndControls() {
  const page = await open(views["desktop-light"]);
  const anchors = new Map();
  const links = new Set();
  for (const { name } of manifest) {
    await page.goto(`${base}/docs/guides/${name}`);
    const samples = await page.evaluate(() => [...document.querySelectorAll("pre code")].map((code) => code.textContent).join("\n"));
    for (const [address] of samples.matchAll(/http:\/\/127\.0\.0\.1:8000/g)) if (address !== base) report(`${name}: a sample calls ${address}`);
    anchors.set(`/docs/guides/${name}`, new Set(await page.evaluate(() => [...document.querySelectorAll("[id]")].map((e) => e.id))));
    for (const href of await page.evaluate(() => [...document.querySelectorAll("main a[href], #nav a[href]")].map((a) => a.href))) {
      if (href.startsWith(base)) links.add(href.slice(base.length));
    }
  }
  const known = new Set(operations.map((o) => `tag/${o.tags[0]}/${o.operationId}`)).add("description/introduction").add("schemas");
  for (const link of links) {
    const [path, anchor] = link.split("#");
    const response = await fetch(base + path);
    if (!response.ok) report(`dead link: ${link}`);
    if (anchor && path === "/docs" && !known.has(anchor)) report(`dead link in the reference: ${link}`);
    if (anchor && anchors.has(path) && !anchors.get(path).has(anchor)) report(`dead fragment: ${link}`);
  }

  await page.goto(`${base}/docs/guides/errors`);
  const theme = () => page.evaluate(() => document.documentElement.dataset.theme);
  await page.locator("[data-theme-toggle]").click();
  if ((await theme()) !== "dark") report("the theme button does not switch the theme");
  await page.reload();
  if ((await theme()) !== "dark") report("the theme is not kept on the next page");
  await page.keyboard.press("/");
  await page.keyboard.type("change your password");
  const left = await page.locator("#nav [data-section] li:not([hidden])").count();
  if (left !== 1) report(`the filter leaves ${left} entries`);
  await page.locator("[data-filter]").fill("idempotency_mismatch");
  await page.locator("[data-results] a").first().waitFor().catch(() => report("the search does not find a code in the text"));
  await page.locator("[data-filter]").fill("x-request-id");
  await page.locator("[data-results] a").first().waitFor().catch(() => report("the search does not find a header in the text"));
  await page.locator("[data-filter]").fill("change your password");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/docs#tag/**").catch(() => report("Enter in the filter does not open the entry"));
  await waitForReference(page);
  await page.context().close();
}

/** How many operations one page visits: the reference keeps each that it has shown, and is slower with each. */
const visited = 28;

const checks = [
  ...Object.entries(views).map(([view, options]) => () => checkView(view, options)),
  ...Array.from({ length: Math.ceil(operations.length / visited) }, (_, i) => () => checkOperations(operations.slice(i * visited, (i + 1) * visited))),
  checkTestRequest,
  checkChat,
  checkLinksAndControls,
];

/** Runs checks until none is left. */
async function work() {
  for (let check; (check = checks.shift()); ) await check().catch((error) => report(error.stack));
}

await Promise.all([work(), work(), work()]); // more at once starve each other on two cores
await browser.close();
if (findings.length > 0) {
  console.error(findings.join("\n"));
  process.exit(1);
}
console.log(`docs: ${operations.length} operations, ${manifest.length} guides, 4 views: no findings`);
