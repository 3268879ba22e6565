// The exit of the help page: blank the page at once, then put another in its place.
// It cannot clear the browser's history; the page says so. And what is folded up is open on paper, in every browser.
(function () {
  "use strict";
  var folded = [];

  window.addEventListener("beforeprint", function () {
    folded = Array.prototype.slice.call(document.querySelectorAll("details:not([open])"));
    folded.forEach(function (one) { one.open = true; });
  });

  window.addEventListener("afterprint", function () {
    folded.forEach(function (one) { one.open = false; });
    folded = [];
  });

  var exit = document.getElementById("hearth--exit");
  if (!exit) return;

  exit.addEventListener("click", function (event) {
    event.preventDefault();
    document.documentElement.classList.add("gone");
    document.title = "…";
    // The copy goes with whoever leaves in a hurry; nobody waits for it.
    if (window.hearth && window.hearth.offline) window.hearth.offline.forget().catch(function () {});
    window.location.replace(exit.href);
  });

  // Coming back by the back button finds the page as it was, never blank.
  window.addEventListener("pageshow", function () {
    document.documentElement.classList.remove("gone");
  });
})();
