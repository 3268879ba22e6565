// The button that prints a page, where there are scripts.
(function () {
  "use strict";
  const button = document.getElementById("hearth--print");
  if (button) button.addEventListener("click", () => window.print());
  for (const tools of document.querySelectorAll(".tools")) tools.hidden = false;
})();
