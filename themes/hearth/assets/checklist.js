// The checklist on one device. Ticks live in this tab's session storage and nowhere else:
// this file opens no address and makes no request, and all text is set as text.
(function () {
  "use strict";
  var KEY = "betwixt.checklist.v1";

  var printer = document.getElementById("hearth--print");
  if (printer) printer.addEventListener("click", function () { window.print(); });
  Array.from(document.querySelectorAll(".tools")).forEach(function (tools) { tools.hidden = false; });

  var form = document.getElementById("hearth--checklist");
  if (!form) return;
  var boxes = Array.from(form.querySelectorAll("input[type=checkbox]"));
  var status = document.getElementById("hearth--status");
  var shared = document.getElementById("hearth--shared");
  var list = document.getElementById("hearth--shared-list");

  // ---- what is kept

  function keep() {
    var ticked = boxes.filter(function (box) { return box.checked; }).map(function (box) { return box.id; });
    try {
      if (ticked.length) sessionStorage.setItem(KEY, JSON.stringify(ticked));
      else sessionStorage.removeItem(KEY);
    } catch (error) { /* Storage is switched off: the ticks live as long as the page. */ }
  }

  function recall() {
    var ticked = [];
    try { ticked = JSON.parse(sessionStorage.getItem(KEY) || "[]"); } catch (error) { /* as if nothing was kept */ }
    boxes.forEach(function (box) { box.checked = Array.isArray(ticked) && ticked.includes(box.id); });
  }

  function erase() {
    [window.sessionStorage, window.localStorage].forEach(function (storage) {
      try { storage.removeItem(KEY); } catch (error) { /* nothing was kept there */ }
    });
    form.reset();
    boxes.forEach(function (box) { box.checked = false; });
    compare();
    say(form.dataset.erased);
  }

  function say(text) { status.textContent = text; }

  // ---- what is ticked by everyone who fills the list in

  function isTicked(item) {
    return Array.from(item.querySelectorAll("input[type=checkbox]")).every(function (box) { return box.checked; });
  }

  /** The items that everyone ticked, in the order of the page. Never a count, a score or a rank. */
  function sharedItems() {
    return Array.from(form.querySelectorAll(".item")).filter(isTicked);
  }

  function compare() {
    var items = sharedItems();
    list.replaceChildren.apply(list, items.map(describe));
    shared.hidden = items.length === 0;
  }

  function describe(item) {
    var part = document.createElement("div");
    var title = document.createElement("h3");
    var about = item.querySelector(".about a");
    var link = document.createElement("a");
    part.className = "shared-item";
    link.href = about.getAttribute("href");
    link.textContent = item.querySelector("legend").textContent;
    title.append(link);
    part.append(title);
    var suggestions = item.querySelector(".suggestions");
    if (suggestions) {
      var copy = suggestions.cloneNode(true);
      copy.hidden = false;
      part.append(copy);
    }
    return part;
  }

  // ---- beginning

  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.addEventListener("change", function () {
    var before = list.textContent;
    keep();
    compare();
    say(list.textContent === before ? "" : form.dataset.changed);
  });
  document.getElementById("erase").addEventListener("click", erase);
  // Also when the browser brings the page back from its memory, after an erasure or in another state.
  window.addEventListener("pageshow", function () { recall(); compare(); });
  recall();
  compare();
})();
