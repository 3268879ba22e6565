// Shortens the list of all pages to those that hold every word typed. What is typed stays in the box:
// it enters no address, no request and no storage.
(function () {
  "use strict";
  var box = document.getElementById("hearth--filter");
  var words = document.getElementById("hearth--words");
  if (!box || !words) return;
  var found = document.getElementById("hearth--found");
  var instead = document.getElementById("hearth--instead");
  var alphabet = document.querySelector(".alphabet");
  var letters = Array.from(document.querySelectorAll(".letter"));
  var later = 0;

  // Small letters without accents, so that "cafe" finds "Café".
  function plain(text) {
    return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  }

  var entries = letters.flatMap(function (letter) {
    return Array.from(letter.querySelectorAll("li"), function (item) {
      return { item: item, letter: letter, text: plain(item.textContent) };
    });
  });

  function sentence(count) {
    if (count === 0) return found.dataset.none;
    return count === 1 ? found.dataset.one : found.dataset.many.replace("{n}", String(count));
  }

  function show() {
    var wanted = plain(words.value).split(/\s+/).filter(Boolean);
    var count = 0;
    letters.forEach(function (letter) { letter.hidden = wanted.length > 0; });
    entries.forEach(function (entry) {
      var fits = wanted.every(function (word) { return entry.text.includes(word); });
      entry.item.hidden = !fits;
      if (fits) {
        entry.letter.hidden = false;
        count += 1;
      }
    });
    alphabet.hidden = wanted.length > 0;
    instead.hidden = count > 0;
    // Said once the typing pauses, not at every key.
    clearTimeout(later);
    later = setTimeout(function () {
      found.textContent = wanted.length ? sentence(count) : "";
    }, 400);
  }

  words.addEventListener("input", show);
  words.addEventListener("keydown", function (event) {
    if (event.key !== "Escape" || !words.value) return;
    event.preventDefault();
    words.value = "";
    show();
  });
  window.addEventListener("pageshow", show);
  box.hidden = false;
})();
