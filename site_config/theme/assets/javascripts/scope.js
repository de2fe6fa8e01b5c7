/* The theme's storage helpers, under the names that its bundle calls. Values are JSON, kept under
   the path of the site's root, so that two sites on one host do not share their settings. */
(function () {
  "use strict";
  var root = new URL(document.currentScript.dataset.scope + "/", location.href);

  window.__md_scope = root;

  window.__md_hash = function (text) {
    return Array.from(text).reduce(function (hash, letter) {
      return (hash << 5) - hash + letter.charCodeAt(0);
    }, 0);
  };

  window.__md_get = function (key, storage, scope) {
    try {
      return JSON.parse((storage || localStorage).getItem((scope || root).pathname + "." + key));
    } catch (refused) {
      return null; // no storage in a private window: the page works with its defaults
    }
  };

  window.__md_set = function (key, value, storage, scope) {
    try {
      (storage || localStorage).setItem(
        (scope || root).pathname + "." + key,
        JSON.stringify(value)
      );
    } catch (refused) {
      /* a setting that cannot be kept is not an error */
    }
  };
})();
