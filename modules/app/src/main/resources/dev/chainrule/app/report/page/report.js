"use strict";
(() => {
  const all = (query, from = document) => Array.from(from.querySelectorAll(query));
  const WIDTH = 1000, HEIGHT = 190, MARGIN = 6, PARTS = 4, MOST_DECADES = 6;
  const numbers = text => text.split(" ").map(word => word === ".nan" ? NaN : word === ".inf" ? Infinity : word === "-.inf" ? -Infinity : Number(word));
  const svg = (tag, attributes) => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
    Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
    return element;
  };
  // Four significant digits, as the page has them without this script.
  const rounded = value => {
    if (!Number.isFinite(value)) return String(value);
    if (value === 0) return "0";
    const exponent = Number(value.toExponential(3).split("e")[1]);
    return exponent >= -4 && exponent < 6 ? value.toFixed(Math.max(0, 3 - exponent)) : value.toExponential(3).replace("e+", "e");
  };
  const short = value => {
    const plain = String(Number(value.toPrecision(6)));
    return plain.replace("e+", "e");
  };

  // Scales, as Scale.java has them.
  const nice = least => {
    const unit = 10 ** Math.floor(Math.log10(least));
    return [1, 2, 5, 10].map(factor => factor * unit).find(step => step >= least * (1 - 1e-12));
  };
  const linear = (low, high) => {
    const span = high > low ? high - low : Math.max(Math.abs(low), 1e-300);
    const from = high > low ? low : low - span / 2;
    const step = nice(span / PARTS), ticks = [];
    for (let k = Math.floor(from / step); !ticks.length || ticks[ticks.length - 1] < from + span; k++) ticks.push(Number((k * step).toPrecision(12)));
    const first = ticks[0], last = ticks[ticks.length - 1];
    return {ticks, at: value => (value - first) / (last - first)};
  };
  const logarithmic = (low, high) => {
    const first = Math.floor(Math.log10(low)), last = Math.ceil(Math.log10(high));
    const stride = Math.max(1, Math.ceil((last - first) / MOST_DECADES)), ticks = [];
    for (let k = first; k < last + stride; k += stride) ticks.push(10 ** k);
    if (ticks.length === 1) ticks.push(10 * ticks[0]);
    return {ticks, at: value => Math.log10(value / ticks[0]) / Math.log10(ticks[ticks.length - 1] / ticks[0])};
  };
  const top = place => HEIGHT - MARGIN - place * (HEIGHT - 2 * MARGIN);
  const decimal = value => String(Math.round(value * 10) / 10);

  const smoothed = (values, weight) => {
    let mean = 0, share = 0;
    return values.map(value => {
      if (!weight || !Number.isFinite(value)) return value;
      mean = weight * mean + (1 - weight) * value;
      share = weight * share + (1 - weight);
      return mean / share;
    });
  };

  const chart = figure => {
    const plot = figure.querySelector(".plot"), caption = figure.querySelector("figcaption");
    const outputs = all("output", caption);
    const lines = all(".line", plot).map((path, i) => ({path, output: outputs[i], x: numbers(path.dataset.x), y: numbers(path.dataset.y)}));
    const dots = all(".dot", plot).map(path => ({path, x: Number(path.dataset.x), y: Number(path.dataset.y)}));
    const first = Math.min(...lines.map(line => line.x[0])), last = Math.max(...lines.map(line => line.x[line.x.length - 1]));
    const left = value => first === last ? WIDTH / 2 : (value - first) / (last - first) * WIDTH;
    const cursor = svg("path", {class: "at", hidden: ""});
    plot.append(cursor);
    const values = lines.flatMap(line => line.y).filter(Number.isFinite);
    const positive = values.filter(value => value > 0);
    let log = figure.dataset.log === "true", weight = 0;

    const drawn = (x, y, scale) => {
      let path = "", on = false;
      x.forEach((value, i) => {
        const place = scale.at(y[i]);
        if (Number.isFinite(place)) path += (on ? "L" : "M") + decimal(left(value)) + " " + decimal(top(place));
        on = Number.isFinite(place);
      });
      return path + (x.length === 1 ? "h0" : "");
    };
    const draw = () => {
      const scale = log ? logarithmic(Math.min(...positive), Math.max(...positive)) : linear(Math.min(...values), Math.max(...values));
      figure.querySelector(".ys").replaceChildren(...scale.ticks.map(tick => {
        const text = svg("text", {x: 48, y: decimal(top(scale.at(tick)))});
        text.textContent = short(tick);
        return text;
      }));
      plot.querySelector(".grid").setAttribute("d", scale.ticks.map(tick => "M0 " + decimal(top(scale.at(tick))) + "h" + WIDTH).join(""));
      lines.forEach(line => {
        line.path.setAttribute("d", drawn(line.x, smoothed(line.y, weight), scale));
        if (weight && !line.raw) {
          line.raw = svg("path", {class: line.path.getAttribute("class") + " raw"});
          line.path.before(line.raw);
        }
        if (line.raw) line.raw.setAttribute("d", weight ? drawn(line.x, line.y, scale) : "");
      });
      dots.forEach(dot => dot.path.setAttribute("d", drawn([dot.x], [dot.y], scale)));
    };
    if (positive.length) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = "log";
      button.title = "logarithmic scale";
      button.setAttribute("aria-pressed", log);
      button.addEventListener("click", () => {
        log = !log;
        button.setAttribute("aria-pressed", log);
        draw();
      });
      caption.append(button);
    }
    return {
      plot, first, last,
      smooth: value => { weight = value; draw(); },
      show: value => {
        cursor.removeAttribute("hidden");
        cursor.setAttribute("d", "M" + decimal(left(value)) + " 0v" + HEIGHT);
        lines.forEach(line => {
          let best = 0;
          line.x.forEach((x, i) => { if (Math.abs(x - value) < Math.abs(line.x[best] - value)) best = i; });
          line.output.textContent = rounded(line.y[best]);
        });
      }
    };
  };

  all(".group").forEach(group => {
    const charts = all("figure.chart", group).map(chart);
    if (!charts.length) return;
    const controls = group.querySelector(".controls"), at = controls.querySelector(".at");
    at.min = Math.min(...charts.map(one => one.first));
    at.max = Math.max(...charts.map(one => one.last));
    at.step = 1;
    at.value = at.max;
    const output = controls.querySelector("output");
    output.textContent = at.value;
    const show = () => {
      output.textContent = at.value;
      charts.forEach(one => one.show(Number(at.value)));
    };
    at.addEventListener("input", show);
    controls.querySelector(".smooth").addEventListener("input", event => charts.forEach(one => one.smooth(Number(event.target.value))));
    charts.forEach(one => one.plot.addEventListener("pointermove", event => {
      const box = one.plot.getBoundingClientRect();
      at.value = Math.round(one.first + (event.clientX - box.left) / box.width * (one.last - one.first));
      show();
    }));
    controls.hidden = false;
  });

  const theme = document.getElementById("theme"), themes = ["system", "light", "dark"];
  let chosen = 0;
  theme.addEventListener("click", () => {
    chosen = (chosen + 1) % themes.length;
    if (chosen) document.documentElement.dataset.theme = themes[chosen];
    else delete document.documentElement.dataset.theme;
    theme.textContent = "theme: " + themes[chosen];
  });
  theme.hidden = false;

  all(".sortable table").forEach(table => all("thead th", table).forEach((heading, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = heading.textContent;
    heading.replaceChildren(button);
    let direction = 1;
    button.addEventListener("click", () => {
      const key = row => row.cells[column].querySelector("data")?.value ?? row.cells[column].textContent;
      const body = table.tBodies[0];
      const order = (a, b) => (key(a) - key(b) || key(a).localeCompare(key(b))) * direction;
      body.replaceChildren(...Array.from(body.rows).sort(order));
      all("thead th", table).forEach(other => other.removeAttribute("aria-sort"));
      heading.setAttribute("aria-sort", direction > 0 ? "ascending" : "descending");
      direction = -direction;
    });
  }));

  addEventListener("beforeprint", () => all("details").forEach(details => { details.open = true; }));
})();
