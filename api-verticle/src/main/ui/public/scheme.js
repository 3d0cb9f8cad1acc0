// Sets the colour scheme and the language before the first paint; a file of its own because the page allows no inline script.
(function () {
  var scheme = null;
  var language = null;
  try {
    scheme = localStorage.getItem('porpoise.scheme');
    language = localStorage.getItem('porpoise.language');
  } catch (refused) {
    // Storage may be forbidden; the browser's wishes are used then.
  }
  if (scheme !== 'light' && scheme !== 'dark') {
    scheme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  }
  document.documentElement.setAttribute('data-mantine-color-scheme', scheme);
  document.documentElement.lang = language || navigator.language || 'en';
})();
