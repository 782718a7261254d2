(function () {
  "use strict";
  var root = document.documentElement;
  function draw(node) {
    if (!window.Plotly || node.dataset.drawn) return;
    node.dataset.drawn = "1";
    var figure = JSON.parse(document.getElementById(node.dataset.figure).textContent);
    Plotly.newPlot(node, figure.data, figure.layout, {displayModeBar: false, responsive: true});
  }

  function edition() {
    return document.querySelector('[data-edition="' + root.dataset.language + '"]');
  }

  function charts() {
    return Array.prototype.slice.call(edition().querySelectorAll(".chart"));
  }

  function show(language) {
    root.dataset.language = language;
    root.lang = language === "zh" ? "zh-CN" : "en";
    charts().forEach(function (node, place) {
      if (node.dataset.drawn) Plotly.Plots.resize(node);
      else setTimeout(function () { draw(node); }, 30 * place);
    });
  }

  // A4 is 700 px wide inside its margins; drawing anew would print half a transition.
  function fit(node) {
    node.style.zoom = Math.min(1, 700 / node.offsetWidth);
  }

  document.querySelectorAll("[data-to]").forEach(function (button) {
    button.addEventListener("click", function () {
      history.replaceState(null, "", "#" + button.dataset.to);
      show(button.dataset.to);
    });
  });
  window.addEventListener("hashchange", function () {
    var named = /^#(zh|en)(?:-|$)/.exec(location.hash);
    if (named && named[1] !== root.dataset.language) show(named[1]);
  });

  document.querySelectorAll("button.all").forEach(function (button) {
    button.addEventListener("click", function () {
      button.closest("section, .panel").classList.add("whole");
      button.remove();
    });
  });

  function key(body, column) {
    var cell = body.rows[0].cells[column];
    var value = cell.dataset.sort;
    return value === undefined ? cell.textContent.trim() : parseFloat(value);
  }

  function compare(a, b) {
    return typeof a === "string" ? a.localeCompare(b, root.lang) : a - b;
  }

  document.querySelectorAll("table.sortable").forEach(function (table) {
    var heads = Array.prototype.slice.call(table.tHead.rows[table.tHead.rows.length - 1].cells);
    heads.forEach(function (head, column) {
      head.tabIndex = 0;
      function sort() {
        var up = head.getAttribute("aria-sort") === "descending";
        heads.forEach(function (other) { other.removeAttribute("aria-sort"); });
        head.setAttribute("aria-sort", up ? "ascending" : "descending");
        Array.prototype.slice.call(table.tBodies)
          .map(function (body) { return [key(body, column), body]; })
          .sort(function (a, b) { return (up ? 1 : -1) * compare(a[0], b[0]); })
          .forEach(function (pair) { table.appendChild(pair[1]); });
        var section = table.closest(".panel") || table.closest("section");
        section.classList.add("whole");
        section.querySelectorAll("button.all").forEach(function (button) { button.remove(); });
      }
      head.addEventListener("click", sort);
      head.addEventListener("keydown", function (event) {
        if (event.key === "Enter" || event.key === " ") { event.preventDefault(); sort(); }
      });
    });
  });

  window.addEventListener("beforeprint", function () {
    charts().forEach(function (node) { draw(node); fit(node); });
  });
  window.addEventListener("afterprint", function () {
    charts().forEach(function (node) { node.style.zoom = ""; });
  });

  show(root.dataset.language);
})();
