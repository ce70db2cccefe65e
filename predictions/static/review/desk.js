// The review desk. Keys are answered at once; the server is told in the background and has the last word.

import { Card } from "./card.js";
import { Edges } from "./edges.js";
import { get, post } from "./server.js";
import { toCard, toMark } from "./sight.js";
import { draw } from "./strip.js";
import { dialog, say, searched } from "./telling.js";

const transcript = document.body.dataset.transcript;
const me = Number(document.body.dataset.user);
const passage = document.getElementById("passage");
const right = document.getElementById("card");
const empty = document.getElementById("empty");
const cards = new Map(); // id -> promise of a Card
const pending = new Set(); // candidates whose decision is on its way
const mine = []; // what this page decided, last at the end: {id, done}

let state = JSON.parse(document.getElementById("progress").textContent);
let byScore = localStorage.getItem("review-order") === "score";
let order = [];
let at = null;
let current = null;
let mode = "plain";
let edges = null; // while they are moved
let armedAt = 0;
let released = true; // whether the key that was pressed last is up again

const PAUSE = 300; // milliseconds between arming and inking: a bouncing or held key is no second thought
const HELD = ["j", "k", "J", "K", "ArrowDown", "ArrowUp", "ArrowLeft", "ArrowRight"]; // go on while held down

// -- what is shown ---------------------------------------------------------------------------------

function settle() {
  order = byScore ? [...state.candidates].sort((a, b) => b.score - a.score || a.start - b.start) : state.candidates;
  const decided = order.filter((one) => one.mark).length;
  document.getElementById("decided").textContent = order.length ? `${decided} of ${order.length} decided` : "";
  document.getElementById("order-words").textContent = byScore ? "The likeliest first." : "As it was said.";
  tellSearches();
  document.getElementById("colleagues").textContent = state.colleagues.length ? `Also here: ${state.colleagues.join(", ")}` : "";
  draw(document.getElementById("strip"), order, at, go);
  paint();
}

function tellSearches() {
  const where = document.getElementById("searching");
  const words = state.searches.map(searched).filter(Boolean).join(" ");
  if (where.textContent !== words) where.textContent = words; // read out only when it changes
  where.classList.toggle("trouble", state.searches.some((search) => search.failure || search.trouble));
}

const row = (id) => state.candidates.find((one) => one.id === id);

function paint() {
  const known = new Map(state.candidates.map((one) => [one.id, one]));
  for (const run of passage.querySelectorAll("[data-in]")) {
    const inside = run.dataset.in.split(" ").map((id) => known.get(Number(id))).filter(Boolean);
    const open = inside.find((one) => !one.mark) || inside.find((one) => one.mark === "logged") || inside[0];
    const now = inside.some((one) => one.id === at);
    run.className = ["run", open && "mark", open && (open.mark || "open"), open?.dated ? "dated" : "", now && "now"].filter(Boolean).join(" ");
  }
  current?.number(order.findIndex((one) => one.id === at) + 1, order.length);
}

function load(id) {
  if (!cards.has(id)) {
    cards.set(id, get(`candidate/${id}/`).then((answer) => {
      if (answer.ok) return new Card(answer.body, { go, arm, reject });
      cards.delete(id);
      say(answer.body.message);
      return null;
    }));
  }
  return cards.get(id);
}

async function go(id) {
  if (id === null || id === undefined) return finish();
  leave();
  at = id;
  history.replaceState(null, "", `#${id}`);
  const card = await load(id);
  if (at !== id || !card) return undefined;
  current = card;
  card.arm(null);
  right.replaceChildren(card.node);
  toCard(right);
  lay(card);
  settle();
  for (const near of [step(1), step(-1), nextOpen()]) if (near !== null) load(near);
  if (card.version !== state.version && !card.touched) refresh(card);
  return undefined;
}

function lay(card) {
  passage.innerHTML = card.passage;
  paint();
  const [first] = passage.querySelectorAll(".now.mark");
  toMark(first, right);
}

// What was fetched ahead may have been overtaken by decisions since.
async function refresh(card) {
  const answer = await get(`candidate/${card.id}/`);
  if (!answer.ok) return;
  const fresh = card.touched || current?.id !== card.id ? null : new Card(answer.body, { go, arm, reject });
  card.passage = answer.body.passage;
  card.version = answer.body.version;
  if (!fresh || mode !== "plain" || current.armed || right.contains(document.activeElement)) return;
  cards.set(card.id, Promise.resolve(fresh));
  current = fresh;
  right.replaceChildren(fresh.node);
  passage.innerHTML = fresh.passage;
  paint();
}

function finish() {
  at = null;
  current = null;
  const open = order.filter((one) => !one.mark).length;
  empty.textContent = open ? "That was the last one in this order. N goes on with what is open." : order.length ? "All is decided." : "Nothing was found so far.";
  right.replaceChildren(empty);
  settle();
}

function step(by) {
  const here = order.findIndex((one) => one.id === at);
  return order[here + by]?.id ?? null;
}

function nextOpen(by = 1) {
  const found = order.findIndex((one) => one.id === at);
  const here = found < 0 && by < 0 ? 0 : found; // from nowhere: the first, or backwards the last
  for (let n = 1; n <= order.length; n += 1) {
    const one = order[(here + by * n + order.length * n) % order.length];
    if (one && !one.mark && one.id !== at) return one.id;
  }
  return null;
}

// The candidate that is shown; says so if there is none.
function chosen() {
  if (!current) say(`No candidate is chosen.${nextOpen() === null ? "" : " N goes to the next that is open."}`);
  return current;
}

// The same if it can be decided; says why if not.
function undecided() {
  const card = chosen();
  if (!card || !row(at)?.mark) return card;
  say("This one is decided already. U undoes that.");
  return null;
}

// -- deciding --------------------------------------------------------------------------------------

async function arm() {
  const card = undecided();
  if (!card || row(card.id)?.mark) return;
  if (card.armed) {
    if (!released || performance.now() - armedAt < PAUSE) return;
    decide(card, "logged", `candidate/${card.id}/accept/`, card.typed());
    return;
  }
  await card.read();
  if (card !== current) return;
  card.arm(true);
  armedAt = performance.now();
}

function reject(reason, words) {
  if (current && !row(current.id)?.mark) decide(current, "rejected", `candidate/${current.id}/reject/`, { reason }, words);
}

function decide(card, mark, path, data, words = "") {
  const one = row(card.id);
  Object.assign(one, { mark, words });
  saving(card.id, true);
  const done = post(path, data).then((answer) => settled(card, one, answer));
  mine.push({ id: card.id, done });
  go(nextOpen());
}

function saving(id, on) {
  pending[on ? "add" : "delete"](id);
  document.body.dataset.saving = pending.size;
}

function settled(card, one, answer) {
  saving(card.id, false);
  cards.delete(card.id); // it will be shown as decided
  const now = row(card.id) || one;
  if (answer.ok) {
    Object.assign(now, { mark: one.mark, decision: answer.body.decision, prediction: answer.body.prediction, by_id: me });
    settle();
    return answer.body.decision;
  }
  now.mark = "";
  mine.splice(mine.findIndex((other) => other.id === card.id), 1);
  if (answer.status === 409) {
    say(answer.body.message);
    poll();
  } else {
    cards.set(card.id, Promise.resolve(card));
    go(card.id).then(() => { card.wrong(answer.body); say(answer.body.message); });
  }
  return null;
}

async function recast(ids, pieces) {
  leave();
  const answer = await post(`${transcript}/recast/`, { ids: JSON.stringify(ids), spans: JSON.stringify(pieces) });
  if (!answer.ok) {
    say(answer.body.message);
    return poll();
  }
  mine.push({ id: ids[0], done: Promise.resolve(answer.body.decision) });
  await poll();
  return go(answer.body.made[0]);
}

function merge() {
  if (!undecided()) return;
  const here = state.candidates.findIndex((one) => one.id === at);
  const next = state.candidates.slice(here + 1).find((one) => !one.mark);
  if (!next) {
    say("There is no undecided candidate after this one to merge it with.");
    return;
  }
  const one = state.candidates[here];
  recast([one.id, next.id], [[Math.min(one.start, next.start), Math.max(one.end, next.end)]]);
}

async function undo() {
  const here = at && row(at);
  const last = mine.at(-1);
  const target = here?.mark ? { id: here.id, decision: here.decision } : last ? { id: last.id, decision: await last.done } : lastOf(here);
  if (!target?.decision) {
    if (!last) say("There is nothing of yours to undo here.");
    return;
  }
  const one = row(target.id);
  const answer = one?.prediction ? await withdraw(target.decision) : await post(`decision/${target.decision}/undo/`);
  if (!answer) return;
  const index = mine.findIndex((other) => other.id === target.id);
  if (index >= 0) mine.splice(index, 1);
  if (!answer.ok) say(answer.body.message);
  cards.delete(target.id);
  await poll();
  if (row(target.id)) go(target.id);
}

function lastOf(here) {
  if (here?.cut) return { id: here.id, decision: here.cut };
  const own = state.candidates.filter((one) => one.by_id === me).sort((a, b) => b.decision - a.decision);
  return own.length ? { id: own[0].id, decision: own[0].decision } : null;
}

async function withdraw(decision) {
  const form = await dialog("withdraw", (fields) => { fields.reason.value = "Logged by mistake at the review desk."; fields.reason.select(); });
  return form && post(`${document.body.dataset.withdraw}${decision}/undo/`, { reason: form.reason.value });
}

async function who() {
  if (!chosen()) return;
  const label = passage.querySelector(".seg.now")?.dataset.label || "";
  const card = current;
  const form = await dialog("who", (fields) => {
    document.getElementById("who-label").textContent = `“${label}”`;
    fields.everywhere.closest(".field").hidden = !label;
    fields.speaker.value = card.speaker();
    fields.speaker.select();
  });
  if (!form) return;
  const answer = await post(`candidate/${card.id}/who/`, new FormData(form));
  if (!answer.ok) say(answer.body.message);
  cards.clear();
  go(card.id);
}

// -- edges -----------------------------------------------------------------------------------------

function begin(kind) {
  if (!undecided()) return;
  edges = Edges.of(row(at), current, passage, kind);
  if (edges) enter(kind);
  else say("One word cannot be split.");
}

function keep() {
  const pieces = edges.spans();
  if (pieces) recast([at], pieces);
  else leave();
}

function leave() {
  edges?.leave();
  edges = null;
  enter("plain");
}

function enter(next) {
  mode = next;
  document.body.dataset.mode = next;
  current?.rejecting(next === "reject");
}

// -- keys ------------------------------------------------------------------------------------------

function back() {
  const before = step(-1);
  if (before !== null) go(before);
  else if (chosen()) say("This is the first one.");
}

function play() {
  const link = passage.querySelector(".seg.now .at a");
  if (link) link.click();
  else if (chosen()) say("Where this was recorded is not known.");
}

const KEYS = {
  j: () => go(step(1)), k: back, ArrowDown: () => go(step(1)), ArrowUp: back,
  n: () => go(nextOpen()), p: () => go(nextOpen(-1)),
  a: arm, r: () => undecided() && enter("reject"), e: () => begin("edges"), s: () => begin("split"), m: merge, u: undo, w: who,
  o: () => { byScore = !byScore; localStorage.setItem("review-order", byScore ? "score" : "text"); settle(); },
  c: () => undecided()?.focus("claim"), t: () => undecided()?.focus("criteria"), h: () => undecided()?.focus("horizon_text"), x: () => undecided()?.more(),
  l: play,
  "?": () => dialog("help"),
  Escape: () => current?.arm(null),
};

function pressed(event) {
  const typing = event.target.matches?.("input:not([type=checkbox], [type=radio]), textarea, select");
  if (document.querySelector("dialog[open]")) return;
  if (typing) {
    if (event.key === "Escape") event.target.blur();
    else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); event.target.blur(); released = false; arm(); }
    return;
  }
  if (event.repeat) {
    if (!HELD.includes(event.key)) return event.key === "Enter" && event.preventDefault(); // Enter would click a button again and again
  } else if (event.key === "a" || event.key === "A" || event.key === "Enter") {
    if (!current?.armed) released = false;
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const act = action(event);
  if (!act) return;
  event.preventDefault();
  act();
}

function action(event) {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (mode === "edges" || mode === "split") {
    return { ArrowLeft: () => edges.move(-1, event.shiftKey), ArrowRight: () => edges.move(1, event.shiftKey), Enter: keep, Escape: leave }[key];
  }
  if (mode === "reject") {
    enter("plain");
    return () => current.rejectBy(key) || (key.length === 1 && say(`No reason has the key ${key.toUpperCase()}. It was not left out.`));
  }
  if (key === "Enter" && current?.armed && !event.target.closest("button, a, summary")) return arm;
  if (current?.armed && key !== "a" && !event.target.closest("[data-do=accept]")) current.arm(null);
  return KEYS[key];
}

document.addEventListener("keydown", pressed);
document.addEventListener("keyup", () => { released = true; });
document.addEventListener("focusin", (event) => { if (mode === "plain" || mode === "typing") enter(event.target.matches("form.decide :is(input, textarea, select)") ? "typing" : "plain"); });
document.addEventListener("focusout", () => { if (mode === "typing") enter("plain"); });
passage.addEventListener("click", (event) => {
  const run = event.target.closest("[data-in]");
  if (run && getSelection().isCollapsed) go(Number(run.dataset.in.split(" ")[0]));
});

// -- others ----------------------------------------------------------------------------------------

async function poll() {
  const answer = await get(`${transcript}/state/?version=${state.version}`);
  if (!answer.ok) return undefined;
  state.searches = answer.body.searches;
  if (!answer.body.candidates) return tellSearches();
  const waiting = new Map([...pending].map((id) => [id, row(id)]));
  const before = at && row(at);
  state = answer.body;
  for (const one of state.candidates) if (waiting.has(one.id)) Object.assign(one, { mark: waiting.get(one.id).mark });
  const here = at && row(at);
  if (here?.mark && !before?.mark && here.by_id !== me) say(`${here.by} has just decided this one: ${here.words}.`);
  if (at && !here) go(nextOpen());
  else if (!at && state.candidates.some((one) => !one.mark)) { settle(); go(nextOpen()); }
  else settle();
}

setInterval(() => { if (!document.hidden) poll(); }, 4000);
settle();
enter("plain");
const asked = Number(location.hash.slice(1));
go(row(asked) ? asked : (order.find((one) => !one.mark)?.id ?? null));
