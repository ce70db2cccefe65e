// The overview: a tick for each candidate in the order worked in. Many share a tick when there is no room for all.

const MOST = 160;
const SVG = "http://www.w3.org/2000/svg";
const HEIGHT = { logged: [2, 18], rejected: [11, 9], now: [0, 22], "": [18, 2] };

export function draw(where, candidates, at, choose) {
  const each = Math.max(1, Math.ceil(candidates.length / MOST));
  const ticks = Math.ceil(candidates.length / each);
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", `0 0 ${Math.max(ticks, 48) * 6} 22`);
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", described(candidates));
  for (let tick = 0; tick < ticks; tick += 1) {
    const group = candidates.slice(tick * each, (tick + 1) * each);
    const here = group.some((one) => one.id === at);
    const rect = document.createElementNS(SVG, "rect");
    const kind = here ? "now" : kindOf(group);
    const [y, height] = HEIGHT[kind];
    rect.setAttribute("class", `tick ${kind || "open"}`);
    rect.setAttribute("x", tick * 6 + (here ? 0 : 0.5));
    rect.setAttribute("y", y);
    rect.setAttribute("width", here ? 5.5 : 4.5);
    rect.setAttribute("height", height);
    rect.addEventListener("click", () => choose(group[0].id));
    svg.append(rect);
  }
  where.replaceChildren(svg);
}

function kindOf(group) {
  if (group.some((one) => !one.mark)) return "";
  return group.some((one) => one.mark === "logged") ? "logged" : "rejected";
}

function described(candidates) {
  const count = (mark) => candidates.filter((one) => one.mark === mark).length;
  return `${candidates.length} candidates: ${count("logged")} logged, ${count("rejected")} left out, ${count("")} to decide`;
}
