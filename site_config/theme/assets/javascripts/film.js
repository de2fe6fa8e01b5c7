/* Charts that play. A chart whose specification has `usermeta.film` gets a bar with a button and a
   slider when it is drawn. Nothing moves before the reader asks for it. Readers who want less
   motion see whole frames one after the other, without anything gliding between them. */
(function () {
  "use strict";

  var FRAMES_A_SECOND = 6; // hours of the campaign in one second
  var CALM_FRAMES_A_SECOND = 2;

  var films = new WeakMap(); // figure -> its film

  var calm = window.matchMedia("(prefers-reduced-motion: reduce)");

  // The slider stands on whole frames; between two of them only the chart moves.
  function show(film) {
    var whole = Math.floor(film.at);
    film.slider.value = whole;
    film.slider.setAttribute("aria-valuetext", film.told.moments[whole]);
    if (film.view && !film.busy) {
      film.busy = true; // a slow device leaves frames out rather than falling behind
      film.view
        .signal(film.told.frame, film.at)
        .runAsync()
        .catch(function () {})
        .then(function () {
          film.busy = false;
        });
    }
  }

  function label(film) {
    film.button.textContent = film.playing ? film.told.pause : film.told.play;
    film.button.toggleAttribute("data-playing", film.playing);
  }

  function stop(film) {
    film.playing = false;
    film.at = Math.floor(film.at);
    label(film);
    settle(film);
  }

  // Shows where the film stopped, even if the view was busy when it did.
  function settle(film) {
    if (film.busy) {
      requestAnimationFrame(function () {
        settle(film);
      });
    } else {
      show(film);
    }
  }

  function play(film) {
    var last = film.told.moments.length - 1;
    if (!film.moved || film.at >= last) {
      film.at = 0; // the first time from the beginning, though the fullest hour is shown
    }
    film.moved = true;
    film.playing = true;
    label(film);
    var exact = film.at;
    var before = null;
    requestAnimationFrame(function step(now) {
      if (!film.playing) {
        return;
      }
      if (!film.figure.isConnected) {
        film.playing = false;
        return;
      }
      // After a pause of the browser, such as a hidden tab, the film goes on where it was.
      var passed = before === null ? 0 : Math.min(0.25, (now - before) / 1000);
      before = now;
      exact = Math.min(last, exact + passed * (calm.matches ? CALM_FRAMES_A_SECOND : FRAMES_A_SECOND));
      var next = calm.matches ? Math.floor(exact) : exact;
      if (next !== film.at) {
        film.at = next;
        show(film);
      }
      if (exact >= last) {
        stop(film);
      } else {
        requestAnimationFrame(step);
      }
    });
  }

  function build(figure, told, start) {
    var film = {
      figure: figure,
      told: told,
      at: start,
      moved: false, // whether the reader has played or moved it
      playing: false,
      busy: false,
      view: null,
      button: document.createElement("button"),
      slider: document.createElement("input")
    };
    film.button.type = "button";
    film.button.className = "pb-film__button";
    film.slider.type = "range";
    film.slider.className = "pb-film__slider";
    film.slider.min = 0;
    film.slider.max = told.moments.length - 1;
    film.slider.step = 1;
    film.slider.setAttribute("aria-label", told.slider);
    film.button.addEventListener("click", function () {
      if (film.playing) {
        stop(film);
      } else {
        play(film);
      }
    });
    film.slider.addEventListener("input", function () {
      var asked = Number(film.slider.value);
      if (film.playing) {
        film.playing = false;
        label(film);
      }
      film.moved = true;
      film.at = asked;
      settle(film);
    });
    var bar = document.createElement("div");
    bar.className = "pb-film";
    bar.append(film.button, film.slider);
    figure.insertBefore(bar, figure.querySelector("figcaption"));
    label(film);
    return film;
  }

  // A chart is drawn again with every change of the palette: its film goes on in the new drawing.
  document.addEventListener("peakbook:drawn", function (event) {
    var figure = event.target;
    var told = (event.detail.spec.usermeta || {}).film;
    if (!told) {
      return;
    }
    var view = event.detail.view;
    if (!films.has(figure)) {
      films.set(figure, build(figure, told, view.signal(told.frame)));
    }
    var film = films.get(figure);
    film.view = view;
    film.busy = false;
    show(film);
  });
})();
