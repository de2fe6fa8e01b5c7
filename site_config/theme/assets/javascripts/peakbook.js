/* Live charts. A page carries each chart as a light and a dark SVG and is whole without this
   script. When a chart comes near the screen its script is loaded, it is drawn into a host behind
   the SVG, and the SVG is hidden once the drawing stands. Whatever fails leaves the SVG. */
(function () {
  "use strict";

  var NEAR = "400px 0px"; // how far off the screen a chart begins to load
  var NARROW = 480; // CSS pixels below which legends move under the chart

  var vegaAddress = new URL(document.currentScript.dataset.vega, location.href).href;
  var scripts = new Map(); // address -> promise of its load
  var specs = new Map(); // "scenario/chart" -> {spec, config: {light, dark}}
  var charts = new Map(); // figure -> its state: {id, address, drawn, turn}

  // The one name that chart scripts call.
  window.peakbookChart = function (id, chart) {
    specs.set(id, chart);
  };

  function load(address) {
    if (!scripts.has(address)) {
      scripts.set(
        address,
        new Promise(function (resolve, reject) {
          var script = document.createElement("script");
          script.src = address;
          script.onload = resolve;
          script.onerror = function () {
            scripts.delete(address);
            reject(new Error("cannot load " + address));
          };
          document.head.appendChild(script);
        })
      );
    }
    return scripts.get(address);
  }

  function palette() {
    return document.body.getAttribute("data-md-color-scheme") === "slate" ? "dark" : "light";
  }

  function stillOf(figure) {
    return figure.querySelector('img[src*=".light.svg"]');
  }

  // ".../double-12/backlog.js" is known as "double-12/backlog".
  function idOf(address) {
    return new URL(address).pathname
      .split("/")
      .slice(-2)
      .map(decodeURIComponent)
      .join("/")
      .replace(/\.js$/, "");
  }

  function hostOf(figure) {
    var host = figure.querySelector(".pb-chart__live");
    if (!host) {
      var still = stillOf(figure).closest("p") || stillOf(figure);
      figure.querySelectorAll("img").forEach(function (image) {
        (image.closest("figure > p") || image).classList.add("pb-chart__still");
      });
      host = document.createElement("div");
      host.className = "pb-chart__live";
      figure.insertBefore(host, figure.querySelector("figcaption") || still.nextSibling);
    }
    return host;
  }

  // Only a single or layered view can take the width of its host; others keep their own.
  function fitted(spec) {
    var composed = ["hconcat", "vconcat", "concat", "facet", "repeat"].some(function (key) {
      return key in spec;
    });
    if (composed) {
      return spec;
    }
    return Object.assign({}, spec, {
      width: "container",
      autosize: spec.autosize || { type: "fit-x", contains: "padding" }
    });
  }

  function configured(config, width) {
    if (width >= NARROW) {
      return config || {};
    }
    var narrow = Object.assign({}, config);
    narrow.legend = Object.assign({}, narrow.legend, { orient: "bottom", columns: 2 });
    return narrow;
  }

  // Vega's interpreter takes the one number in datetime(1796774400000) for a year. Scales take the
  // milliseconds themselves as well (github.com/vega/vega/issues/3632).
  function withPlainTimes(compiled) {
    var text = JSON.stringify(compiled);
    return JSON.parse(text.replace(/\bdatetime\((-?\d{6,})\)/g, "$1"));
  }

  // The sliders and menus of a chart keep what the reader chose when it is drawn again.
  function choices(drawn) {
    var kept = {};
    (drawn.vgSpec.signals || []).forEach(function (signal) {
      if (signal.bind) {
        kept[signal.name] = drawn.view.signal(signal.name);
      }
    });
    return kept;
  }

  async function draw(figure) {
    var state = charts.get(figure);
    var turn = ++state.turn; // a later drawing of the same figure overtakes this one
    await Promise.all([load(vegaAddress), load(state.address)]);
    var chart = specs.get(state.id);
    if (!chart) {
      throw new Error(state.address + " does not name " + state.id);
    }
    if (turn !== state.turn || !figure.isConnected) {
      return;
    }
    var host = hostOf(figure);
    var place = document.createElement("div");
    var tone = palette();
    var label = stillOf(figure).alt;
    host.appendChild(place);
    var drawn;
    try {
      drawn = await window.peakbookVega.embed(place, fitted(chart.spec), {
        mode: "vega-lite",
        actions: false,
        ast: true,
        config: configured((chart.config || {})[tone], host.clientWidth),
        defaultStyle: false,
        logLevel: 1, // errors alone: its warnings are about specs, and nobody here can act on them
        patch: withPlainTimes,
        renderer: "svg",
        tooltip: { theme: tone }
      });
    } catch (failure) {
      place.remove();
      throw failure;
    }
    if (turn !== state.turn || !figure.isConnected) {
      drawn.finalize();
      place.remove();
      return;
    }
    if (state.drawn) {
      var kept = choices(state.drawn);
      Object.keys(kept).forEach(function (name) {
        drawn.view.signal(name, kept[name]);
      });
      await drawn.view.runAsync();
      state.drawn.finalize();
      state.place.remove();
    }
    var svg = place.querySelector("svg");
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", label);
    state.drawn = drawn;
    state.place = place;
    figure.dataset.palette = tone;
    figure.classList.add("pb-chart--live");
    // Scripts for charts of one kind listen to this.
    figure.dispatchEvent(
      new CustomEvent("peakbook:drawn", {
        bubbles: true,
        detail: { spec: chart.spec, view: drawn.view }
      })
    );
    if (tone !== palette()) {
      await draw(figure); // the palette was switched while this was drawn
    }
  }

  function tryToDraw(figure) {
    draw(figure).catch(function (failure) {
      console.warn("Peakbook shows the drawn chart: " + failure.message);
    });
  }

  var near = new IntersectionObserver(
    function (entries) {
      entries.forEach(function (entry) {
        if (entry.isIntersecting) {
          near.unobserve(entry.target);
          tryToDraw(entry.target);
        }
      });
    },
    { rootMargin: NEAR }
  );

  function forget() {
    charts.forEach(function (state, figure) {
      if (!figure.isConnected) {
        near.unobserve(figure);
        state.turn++;
        if (state.drawn) {
          state.drawn.finalize();
        }
        charts.delete(figure);
      }
    });
  }

  function find() {
    forget();
    document.querySelectorAll("figure.pb-chart").forEach(function (figure) {
      var still = stillOf(figure);
      if (!still || charts.has(figure)) {
        return;
      }
      var address = new URL(still.getAttribute("src"), location.href);
      address.hash = "";
      address = address.href.replace(/\.light\.svg$/, ".js");
      charts.set(figure, { id: idOf(address), address: address, drawn: null, turn: 0 });
      near.observe(figure);
    });
  }

  // A box that scrolls sideways can be reached and scrolled with the keyboard alone.
  function openScrollBoxes() {
    document.querySelectorAll(".md-typeset__scrollwrap, figure.pb-chart > p").forEach(function (box) {
      if (box.scrollWidth > box.clientWidth) {
        box.tabIndex = 0;
      }
    });
  }

  function start() {
    find();
    openScrollBoxes();
  }

  new MutationObserver(function () {
    charts.forEach(function (state, figure) {
      if (state.drawn && figure.dataset.palette !== palette()) {
        tryToDraw(figure);
      }
    });
  }).observe(document.body, { attributes: true, attributeFilter: ["data-md-color-scheme"] });

  start();
  // With instant navigation the theme announces every page; from a disk it may announce none.
  if (window.document$) {
    window.document$.subscribe(start);
  }
})();
