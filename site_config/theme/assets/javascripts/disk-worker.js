/* Browsers refuse web workers to pages opened from a disk, and search lives in one. There, a
   hidden frame stands in for the worker: a window with its own globals and the same origin. */
(function () {
  "use strict";
  if (location.protocol !== "file:") {
    return;
  }

  function load(frame, address) {
    return new Promise(function (resolve, reject) {
      var script = frame.document.createElement("script");
      script.src = address;
      script.onload = resolve;
      script.onerror = reject;
      frame.document.body.appendChild(script);
    });
  }

  window.Worker = class extends EventTarget {
    constructor(address) {
      super();
      var outside = this;
      var element = document.createElement("iframe");
      element.hidden = true;
      document.body.appendChild(element);
      this.element = element;
      this.frame = element.contentWindow;
      this.frame.postMessage = function (data) {
        outside.dispatchEvent(new MessageEvent("message", { data: data }));
      };
      // A worker's importScripts blocks; a frame's cannot. The search worker awaits its result.
      this.frame.importScripts = function () {
        return Array.from(arguments).reduce(function (before, next) {
          return before.then(function () {
            return load(outside.frame, next);
          });
        }, Promise.resolve());
      };
      this.ready = load(this.frame, new URL(address, location.href).href);
    }

    postMessage(data) {
      var frame = this.frame;
      this.ready.then(function () {
        frame.dispatchEvent(new frame.MessageEvent("message", { data: data }));
      });
    }

    terminate() {
      this.element.remove();
    }
  };
  window.IFrameWorker = window.Worker; // by this name the search worker knows where it runs
})();
