// Lets libraries that write their own styles live under `style-src 'self'` and a script-src without eval.
// It is imported before them. What it allows is what the policy allows anyway: a constructed stylesheet and the
// CSSOM are code's own doing; only styles that came in as markup are what the policy is there to stop.

// zod probes for eval, catches the refusal, and the browser reports it all the same.
globalThis.__zod_globalConfig = { ...globalThis.__zod_globalConfig, jitless: true };

// <style> elements: given a type no browser applies, their text is mirrored into an adopted stylesheet.
const sheets = new WeakMap();

function mirror(style) {
  let sheet = sheets.get(style);
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheets.set(style, sheet);
  }
  sheet.replaceSync(style.textContent);
  const adopted = document.adoptedStyleSheets.filter((s) => s !== sheet);
  document.adoptedStyleSheets = style.isConnected ? [...adopted, sheet] : adopted;
}

const createElement = Document.prototype.createElement;
Document.prototype.createElement = function (name, options) {
  const element = createElement.call(this, name, options);
  if (this === document && String(name).toLowerCase() === "style") {
    // Defined on the element: libraries set `type = "text/css"` afterwards.
    element.setAttribute("type", "text/x-adopted");
    Object.defineProperty(element, "type", { get: () => "text/css", set() {} });
    Object.defineProperty(element, "sheet", { get: () => sheets.get(element) ?? null });
    new MutationObserver(() => mirror(element)).observe(element, { childList: true, characterData: true, subtree: true });
    styles.add(element);
  }
  return element;
};

// An element tells nobody when it is put into or taken out of the document, so the head is asked.
const styles = new Set();
new MutationObserver((changes) => {
  for (const { addedNodes, removedNodes } of changes) {
    for (const node of [...addedNodes, ...removedNodes]) if (styles.has(node)) mirror(node);
  }
}).observe(document.documentElement, { childList: true, subtree: true });

// style="..." attributes: set through the CSSOM, which the policy does not concern.
const setAttribute = Element.prototype.setAttribute;
Element.prototype.setAttribute = function (name, value) {
  if (name === "style" && this.style) this.style.cssText = value;
  else setAttribute.call(this, name, value);
};
