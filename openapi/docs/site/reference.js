// The reference: Scalar, self-hosted. Every setting that would send a request to another host is off, and the policy of
// the page blocks such requests too. csp.js has run before.
import { createApiReference } from "@scalar/api-reference";
import { base } from "./samples.mjs";

const mount = document.getElementById("reference");

/** Sends a "Test Request". Without a token it removes the header: an empty bearer token would be used instead of the cookies. */
function send(input, init) {
  const request = new Request(input, init);
  if (/^bearer\s*$/i.test(request.headers.get("Authorization") ?? "")) request.headers.delete("Authorization");
  return fetch(request);
}

// Scalar gives its copy buttons no name, all cards of responses one name as landmarks, and "Show More" a name without these words.
function nameForScreenReaders() {
  for (const button of mount.querySelectorAll(".group\\/copy-button:not([aria-label])")) button.setAttribute("aria-label", "Copy");
  for (const card of mount.querySelectorAll(".scalar-card[role='region']")) card.setAttribute("role", "group");
  for (const button of mount.querySelectorAll(".show-more[aria-label^='Show all']")) button.setAttribute("aria-label", `${button.innerText.trim()}: ${button.ariaLabel}`);
}
new MutationObserver(nameForScreenReaders).observe(mount, { childList: true, subtree: true });

const contract = await (await fetch(mount.dataset.contract)).text();

mount.replaceChildren(); // Scalar would hydrate existing content
createApiReference(mount, {
  content: contract.replaceAll(base, location.origin),
  customFetch: send,
  theme: "none",
  withDefaultFonts: false,
  telemetry: false,
  agent: { disabled: true },
  mcp: { disabled: true },
  showDeveloperTools: "never",
  hideClientButton: true,
  hideDarkModeToggle: true,
  documentDownloadType: "none",
  // The navigation beside it is the site's own, shared with the guides.
  showSidebar: false,
  hideSearch: true,
  // The samples are those of the contract, in the languages that the tests run.
  hiddenClients: true,
  defaultOpenFirstTag: true,
  operationTitleSource: "summary",
  modelsSectionLabel: "Schemas",
  orderSchemaPropertiesBy: "preserve",
  orderRequiredPropertiesFirst: false,
  authentication: { preferredSecurityScheme: "bearerAuth" },
  generateOperationSlug: ({ operationId }) => operationId,
  generateTagSlug: ({ name }) => name,
});

// Content above the target of a link is rendered after the page has scrolled to the target, and moves it. The page scrolls
// back to it until the reader scrolls, for at most a minute (a slow phone takes that long).
const target = decodeURIComponent(location.hash.slice(1));
if (target) {
  const header = document.querySelector(".top").offsetHeight;
  const hold = new ResizeObserver(() => {
    const section = document.querySelector(`[id$="/${CSS.escape(target)}"]`);
    const offset = section ? section.getBoundingClientRect().top - header : 0;
    if (Math.abs(offset) > 24) scrollBy({ top: offset, behavior: "instant" });
  });
  hold.observe(mount);
  const release = () => hold.disconnect();
  for (const move of ["wheel", "touchstart", "pointerdown", "keydown", "hashchange"]) addEventListener(move, release, { once: true, passive: true });
  setTimeout(release, 60_000);
}
