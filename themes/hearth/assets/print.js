// The button of the pages that are made for paper. Without scripts it is not there, and the browser's own menu prints.
(function () {
  "use strict";
  const button = document.getElementById("hearth--print");
  if (!button) return;
  button.addEventListener("click", () => window.print());
  button.parentElement.hidden = false;
})();
