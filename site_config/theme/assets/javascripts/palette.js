/* Puts the palette that the reader chose on the body before anything is painted. */
(function () {
  "use strict";
  var kept = window.__md_get("__palette");
  var color = kept && kept.color;
  if (!color) {
    return;
  }
  if (color.media === "(prefers-color-scheme)") {
    var name = matchMedia("(prefers-color-scheme: light)").matches ? "light" : "dark";
    var option = document.querySelector(
      "[data-md-color-media='(prefers-color-scheme: " + name + ")']"
    );
    ["media", "scheme", "primary", "accent"].forEach(function (part) {
      color[part] = option.getAttribute("data-md-color-" + part);
    });
  }
  Object.keys(color).forEach(function (part) {
    document.body.setAttribute("data-md-color-" + part, color[part]);
  });
})();
