// Runs before the first paint, so that nobody who chose dark sees a flash of light.
// The key is the one that the reference's own colour mode reads: "light", "dark", or "system" and absent.
(function () {
  var root = document.documentElement;
  function apply() {
    var chosen;
    try {
      chosen = localStorage.getItem("colorMode");
    } catch {
      // Storage may be forbidden; then the system decides.
    }
    var dark = chosen === "dark" || (chosen !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
    root.dataset.theme = dark ? "dark" : "light";
    if (document.body) {
      document.body.classList.toggle("dark-mode", dark);
      document.body.classList.toggle("light-mode", !dark);
    }
  }
  apply();
  document.addEventListener("DOMContentLoaded", apply);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", apply);
  window.applyTheme = apply;
})();
