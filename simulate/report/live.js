/* Added to pages while serving: reloads when the site was built again, and shows what stopped it. */
(function () {
  "use strict";
  var known = null;

  function show(problem) {
    var old = document.getElementById("peakbook-problem");
    if (old) {
      old.remove();
    }
    if (!problem) {
      return;
    }
    var box = document.createElement("pre");
    box.id = "peakbook-problem";
    box.setAttribute("role", "alert");
    box.style.cssText =
      "position:fixed;inset:auto 0 0 0;z-index:99;margin:0;padding:1em;max-height:50vh;" +
      "overflow:auto;background:#fdefe6;color:#5c2000;border-top:3px solid #d55e00;" +
      "font:14px/1.5 monospace;white-space:pre-wrap";
    box.textContent = problem; // text, never markup: it quotes what somebody typed
    document.body.appendChild(box);
  }

  function ask() {
    var query = known === null ? "" : "?known=" + known;
    fetch("/__peakbook/state" + query)
      .then(function (answer) {
        return answer.json();
      })
      .then(function (state) {
        if (known !== null && state.site !== known.split(".")[0]) {
          location.reload();
          return;
        }
        known = state.site + "." + state.turn;
        show(state.problem);
        ask();
      })
      .catch(function () {
        setTimeout(ask, 1000); // the server was stopped, or is starting again
      });
  }

  ask();
})();
