// What the browser does by itself: labels of the sliders, the size of the pictures, the keys, the open photo.

window.dashMantineFunctions = Object.assign(window.dashMantineFunctions || {}, {
  score: (value) => value.toFixed(2),

  // The number of views at a place of the slider, with two significant digits; rail.py rounds alike.
  views: (place) => {
    const number = 10 ** place - 1;
    const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(number, 1))) - 1);
    return (Math.round(number / unit) * unit).toLocaleString("en");
  },

  withCount: ({ option }) =>
    React.createElement(
      "span",
      { className: option.count ? "option" : "option option-none" },
      React.createElement("span", null, option.label),
      React.createElement("span", { className: "option-count" }, option.count.toLocaleString("en")),
    ),
});

// The query of what is shown, and whether its address has been visited rather than made with the controls.
let shown = window.location.search;
let visiting = true;

const visit = () => {
  visiting = true;
  shown = window.location.search;
  window.dash_clientside.set_props("visited", { data: shown });
};

window.dash_clientside = Object.assign(window.dash_clientside || {}, {
  dashboard: {
    arrive: () => window.location.search,

    show: (query) => {
      if (query !== window.location.search) {
        const address = window.location.pathname + query + window.location.hash;
        window.history[visiting ? "replaceState" : "pushState"]({}, "", address);
      }
      shown = query;
      visiting = false;
    },

    density: (size) => size,
    rail: (opened, navbar) => ({ ...navbar, collapsed: { mobile: !opened } }),
    reload: () => window.location.reload(),

    closed: (opened) => {
      if (!opened && window.location.hash) {
        window.history.replaceState({}, "", window.location.pathname + window.location.search);
        window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
      }
    },
  },
});

window.addEventListener("popstate", () => {
  if (window.location.search !== shown) visit();
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-visit], a[data-replace]");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  if ("replace" in link.dataset) {
    // From photo to photo one entry of the history is enough: back then leads to the gallery.
    window.location.replace(link.href);
  } else {
    window.history.pushState({}, "", link.href);
    window.scrollTo({ top: 0 });
    visit();
  }
});

document.addEventListener("keydown", (event) => {
  const step = { ArrowLeft: "photo-previous", ArrowRight: "photo-next" }[event.key];
  const busy = event.ctrlKey || event.metaKey || event.altKey || event.shiftKey;
  if (step && !busy && !event.target.closest("input, textarea, select, [contenteditable], [role=slider]")) {
    document.getElementById(step)?.click();
  }
});
