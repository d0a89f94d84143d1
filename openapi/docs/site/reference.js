// The reference: Scalar on the contract, self-hosted. Every setting that would ask another host for something is off,
// and the policy of the page would refuse it anyway. csp.js has run before.
import { createApiReference } from "@scalar/api-reference";

const mount = document.getElementById("reference");

mount.replaceChildren(); // what is there is taken for a page to bring to life

/** Sends what "Test Request" asks for. Without a token there is no header: an empty bearer would win over the cookies. */
function send(input, init) {
  const request = new Request(input, init);
  if (/^bearer\s*$/i.test(request.headers.get("Authorization") ?? "")) request.headers.delete("Authorization");
  return fetch(request);
}

createApiReference(mount, {
  url: mount.dataset.contract,
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
  // The samples are the contract's own, in the languages that we run in our tests.
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

// What is above the target of a link is laid out after the page has scrolled to it, and would push it away: it is held
// in place until the reader moves, or for a minute: a busy phone takes that long.
const target = decodeURIComponent(location.hash.slice(1));
if (target) {
  const header = document.querySelector(".top").offsetHeight;
  const hold = new ResizeObserver(() => {
    const section = document.querySelector(`[id$="/${CSS.escape(target)}"]`);
    const away = section ? section.getBoundingClientRect().top - header : 0;
    if (Math.abs(away) > 24) scrollBy({ top: away, behavior: "instant" });
  });
  hold.observe(mount);
  const release = () => hold.disconnect();
  for (const move of ["wheel", "touchstart", "pointerdown", "keydown", "hashchange"]) addEventListener(move, release, { once: true, passive: true });
  setTimeout(release, 60_000);
}
