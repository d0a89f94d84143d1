// Lets libraries that write styles work with `style-src 'self'` and a `script-src` without eval.
// It only uses what the policy allows: constructed stylesheets and the CSSOM, which scripts from 'self' may use. The policy
// blocks styles in markup. This is a separate script before the libraries, because a bundler may run shared modules first.

// zod tests whether eval works; the browser reports the refused test as an error.
globalThis.__zod_globalConfig = { ...globalThis.__zod_globalConfig, jitless: true };

// Instead of <style>, scripts get an element that mirrors its text into an adopted stylesheet. A <style> of another
// `type` would not work: Chromium checks the policy before the type.
class AdoptedStyle extends HTMLElement {
  sheet = new CSSStyleSheet();

  constructor() {
    super();
    new MutationObserver(() => this.#mirror()).observe(this, { childList: true, characterData: true, subtree: true });
  }
  connectedCallback() {
    this.#mirror();
    document.adoptedStyleSheets = [...document.adoptedStyleSheets.filter((sheet) => sheet !== this.sheet), this.sheet];
  }
  disconnectedCallback() {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== this.sheet);
  }
  #mirror() {
    this.sheet.replaceSync(this.textContent);
  }
}
customElements.define("adopted-style", AdoptedStyle);

const createElement = Document.prototype.createElement;
Document.prototype.createElement = function (name, options) {
  return createElement.call(this, String(name).toLowerCase() === "style" && this === document ? "adopted-style" : name, options);
};

// style="…" set by a script goes through the CSSOM, to which the policy does not apply.
const setAttribute = Element.prototype.setAttribute;
Element.prototype.setAttribute = function (name, value) {
  if (name === "style" && this.style) this.style.cssText = value;
  else setAttribute.call(this, name, value);
};

// style="…" in markup that a script sets: removed before parsing, and set again through the CSSOM.
const innerHTML = Object.getOwnPropertyDescriptor(Element.prototype, "innerHTML");
const attribute = /(<[^<>]*\s)style=("[^"]*"|'[^']*')/g;
Object.defineProperty(Element.prototype, "innerHTML", {
  ...innerHTML,
  set(html) {
    // Vue passes TrustedHTML, an object. null empties the element.
    innerHTML.set.call(this, html === null ? "" : String(html).replace(attribute, "$1data-csp-style=$2"));
    for (const element of this.querySelectorAll("[data-csp-style]")) {
      element.style.cssText = element.getAttribute("data-csp-style");
      element.removeAttribute("data-csp-style");
    }
  },
});
