// Looks at the documentation site in a real browser: DOCS_URL=http://127.0.0.1:8000 node check.mjs [screenshots folder]
// Fails when the policy stopped anything, when the console shows an error, when a request fails or leaves the server,
// when a link leads nowhere, or when something that readers come for is not on the page.
import { mkdirSync, readFileSync } from "node:fs";
import { chromium } from "playwright-core";

const base = process.env.DOCS_URL ?? "http://127.0.0.1:8000";
const shots = process.argv[2];
if (shots) mkdirSync(shots, { recursive: true });

const manifest = JSON.parse(readFileSync(new URL("../guides/manifest.json", import.meta.url), "utf8"));
const contract = await (await fetch(`${base}/openapi.json`)).json();
const operations = Object.values(contract.paths).flatMap((item) => Object.values(item).filter((o) => o?.operationId));

const complaints = [];
const complain = (text) => complaints.includes(text) || complaints.push(text);

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });

/** A page that reports whatever it should not do. expected holds the statuses that a visit is about. */
async function open(view, expected = []) {
  const context = await browser.newContext({ deviceScaleFactor: 1, ...view });
  const page = await context.newPage();
  await page.addInitScript(() =>
    document.addEventListener("securitypolicyviolation", (e) =>
      console.error(`policy: ${e.violatedDirective} ${e.blockedURI} ${e.sourceFile}:${e.lineNumber}:${e.columnNumber}`),
    ),
  );
  const where = () => page.url().replace(base, "");
  page.on("console", (m) => {
    const status = m.text().match(/status of (\d+)/)?.[1];
    if (m.type() === "error" && !expected.includes(Number(status))) complain(`${where()}: console: ${m.text()}`);
  });
  page.on("pageerror", (e) => complain(`${where()}: ${e.stack ?? e}`));
  page.on("requestfailed", (r) => complain(`${where()}: request failed: ${r.url()}`));
  page.on("request", (r) => {
    if (!r.url().startsWith(base + "/") && !r.url().startsWith("data:")) complain(`${where()}: asks another host: ${r.url()}`);
  });
  page.on("response", (r) => {
    if (r.status() >= 400 && !expected.includes(r.status())) complain(`${where()}: ${r.status()}: ${r.url()}`);
  });
  return page;
}

async function shoot(page, name) {
  // A page wider than its window makes readers scroll sideways.
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (wide > 0) complain(`${name}: ${wide} px wider than the window`);
  if (shots) await page.screenshot({ path: `${shots}/${name}.png` });
}

/** A link into the reference brings its target to the upper half of the window, once the reference is laid out. */
async function onScreen(page, id) {
  let top;
  for (const until = Date.now() + 180_000; Date.now() < until; await page.waitForTimeout(100)) {
    top = await page.evaluate((id) => document.querySelector(`[id$="${id}"]`)?.getBoundingClientRect().top, id);
    if (top > -100 && top < page.viewportSize().height / 2) return;
  }
  complain(`#${id} is not on the screen at ${page.viewportSize().width} px: its top is at ${top}`);
}

const views = {
  "desktop-light": { viewport: { width: 1440, height: 900 }, colorScheme: "light" },
  "desktop-dark": { viewport: { width: 1440, height: 900 }, colorScheme: "dark" },
  "mobile-light": { viewport: { width: 390, height: 844 }, colorScheme: "light" },
  "mobile-dark": { viewport: { width: 390, height: 844 }, colorScheme: "dark" },
};

const settle = (page) => page.locator("#reference h1").first().waitFor({ timeout: 180_000 });

/** Visits every kind of page in one size and colour. */
async function look(view, options) {
  const page = await open(options, [404]);

  await page.goto(`${base}/docs`);
  await settle(page);
  await shoot(page, `${view}-reference`);

  await page.goto("about:blank"); // else only the anchor changes, and the page is not opened there
  await page.goto(`${base}/docs#tag/users/updateMe`);
  await settle(page);
  await onScreen(page, "tag/users/updateMe");
  await shoot(page, `${view}-operation`);

  for (const { name } of manifest) {
    await page.goto(`${base}/docs/guides/${name}`);
    await shoot(page, `${view}-guide-${name}`);
  }
  await page.goto("about:blank");
  await page.goto(`${base}/docs#schemas`);
  await settle(page);
  await onScreen(page, "schemas");
  await shoot(page, `${view}-schemas`);

  await page.goto(`${base}/docs/guides/${manifest[0].name}`);
  if (options.viewport.width < 600) {
    await page.locator("[data-menu-toggle]").click();
    await page.waitForTimeout(300);
    await shoot(page, `${view}-menu`);
  }

  const answer = await page.goto(`${base}/docs/guides/none-such`);
  if (answer.status() !== 404) complain(`an unknown page answers ${answer.status()}`);
  await shoot(page, `${view}-404`);
  await page.context().close();
}

/** Every operation is there with what readers come for. */
async function findOperations() {
  const page = await open(views["desktop-light"]);
  for (const operation of operations) {
    await page.goto(`${base}/docs#tag/${operation.tags[0]}/${operation.operationId}`);
    const section = page.locator(`[id$="tag/${operation.tags[0]}/${operation.operationId}"]`).first();
    await section.waitFor({ timeout: 180_000 });
    const text = () => section.innerText();
    let seen = "";
    for (const until = Date.now() + 180_000; Date.now() < until; await page.waitForTimeout(100)) {
      seen = await text();
      if (seen.includes("Rate class")) break;
    }
    for (const wanted of [operation.summary, "Rate class", "curl", ...Object.keys(operation.responses)]) {
      if (!seen.includes(wanted)) complain(`${operation.operationId}: the reference does not show "${wanted}"`);
    }
  }
  await page.context().close();
}

/** A request sent from the page signs in with a cookie, and the next one is signed in. */
async function sendRequests() {
  const page = await open(views["desktop-light"]);
  for (const [tag, id] of [["auth", "login"], ["users", "getMe"]]) {
    await page.goto("about:blank");
    await page.goto(`${base}/docs#tag/${tag}/${id}`);
    await settle(page);
    await page.locator(`[id$="tag/${tag}/${id}"]`).first().getByText("Test Request").click();
    const answer = page.waitForResponse((r) => r.url().includes("/api/v1/"), { timeout: 180_000 });
    await page.getByRole("button", { name: "Send" }).first().click();
    const status = (await answer).status();
    if (status !== 200) complain(`${id} sent from the reference answers ${status}`);
    await page.waitForTimeout(500);
    await shoot(page, `try-${id}`);
  }
  await page.context().close();
}

/** Links inside the site lead somewhere, anchors included; the theme, the filter and the keyboard work. */
async function useSite() {
  const page = await open(views["desktop-light"]);
  const anchors = new Map();
  const links = new Set();
  for (const { name } of manifest) {
    await page.goto(`${base}/docs/guides/${name}`);
    anchors.set(`/docs/guides/${name}`, new Set(await page.evaluate(() => [...document.querySelectorAll("[id]")].map((e) => e.id))));
    for (const href of await page.evaluate(() => [...document.querySelectorAll("main a[href], #nav a[href]")].map((a) => a.href))) {
      if (href.startsWith(base)) links.add(href.slice(base.length));
    }
  }
  const known = new Set(operations.map((o) => `tag/${o.tags[0]}/${o.operationId}`)).add("description/introduction").add("schemas");
  for (const link of links) {
    const [path, anchor] = link.split("#");
    const answer = await fetch(base + path);
    if (!answer.ok) complain(`a link leads nowhere: ${link}`);
    if (anchor && path === "/docs" && !known.has(anchor)) complain(`a link leads nowhere in the reference: ${link}`);
    if (anchor && anchors.has(path) && !anchors.get(path).has(anchor)) complain(`a link leads nowhere on its page: ${link}`);
  }

  await page.goto(`${base}/docs/guides/errors`);
  const theme = () => page.evaluate(() => document.documentElement.dataset.theme);
  await page.locator("[data-theme-toggle]").click();
  if ((await theme()) !== "dark") complain("the theme button does not switch");
  await page.reload();
  if ((await theme()) !== "dark") complain("the theme is forgotten on the next page");
  await page.keyboard.press("/");
  await page.keyboard.type("change your password");
  const left = await page.locator("#nav li:not([hidden])").count();
  if (left !== 1) complain(`the filter leaves ${left} entries`);
  await page.keyboard.press("Enter");
  await page.waitForURL("**/docs#tag/**", { timeout: 180_000 }).catch(() => complain("Enter in the filter goes nowhere"));
  await settle(page);
  await page.context().close();
}

await Promise.all([...Object.entries(views).map(([view, options]) => look(view, options)), findOperations(), sendRequests(), useSite()]);
await browser.close();
if (complaints.length > 0) {
  console.error(complaints.join("\n"));
  process.exit(1);
}
console.log(`docs: ${operations.length} operations, ${manifest.length} guides, 4 views: nothing to complain about`);
