// Runs before the first paint, so that the dark theme does not start with a light flash.
// The key is that of Scalar's colour mode: "light", "dark", or "system" and absent.
(function () {
  var root = document.documentElement;
  function apply() {
    var chosen;
    try {
      chosen = localStorage.getItem("colorMode");
    } catch {
      // Storage may be blocked; then the system setting is used.
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
