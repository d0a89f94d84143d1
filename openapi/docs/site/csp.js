// Lets libraries that write their own styles live under `style-src 'self'` and a `script-src` without eval.
// What it does is what the policy allows anyway: constructed stylesheets and the CSSOM are the doings of code that
// 'self' let in; the policy is there to stop styles that came in as markup. It is a script of its own, before theirs,
// because a bundler may run what they share first.

// zod probes for eval and survives the refusal, which the browser reports all the same.
globalThis.__zod_globalConfig = { ...globalThis.__zod_globalConfig, jitless: true };

// Instead of <style>, scripts get an element that mirrors its text into an adopted stylesheet. A <style> of another
// `type` would not do: Chromium asks the policy before it looks at the type.
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

// style="…" set by a script goes through the CSSOM, which the policy does not concern.
const setAttribute = Element.prototype.setAttribute;
Element.prototype.setAttribute = function (name, value) {
  if (name === "style" && this.style) this.style.cssText = value;
  else setAttribute.call(this, name, value);
};

// style="…" in markup that a script sets: taken out before it is parsed, and put back through the CSSOM.
const innerHTML = Object.getOwnPropertyDescriptor(Element.prototype, "innerHTML");
const attribute = /(<[^<>]*\s)style=("[^"]*"|'[^']*')/g;
Object.defineProperty(Element.prototype, "innerHTML", {
  ...innerHTML,
  set(html) {
    // Vue's markup comes as TrustedHTML, an object. null empties the element, as ever.
    innerHTML.set.call(this, html === null ? "" : String(html).replace(attribute, "$1data-csp-style=$2"));
    for (const element of this.querySelectorAll("[data-csp-style]")) {
      element.style.cssText = element.getAttribute("data-csp-style");
      element.removeAttribute("data-csp-style");
    }
  },
});
