// Before anything is drawn: the language of the address (#zh, #en), else of the browser.
(function () {
  var named = /^#(zh|en)(?:-|$)/.exec(location.hash);
  var spoken = (navigator.languages && navigator.languages[0]) || navigator.language || "en";
  var language = named ? named[1] : (/^zh/i.test(spoken) ? "zh" : "en");
  document.documentElement.dataset.language = language;
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
})();
