// The card of one candidate: its form, its live reading, and what it says before something becomes ink.

import { post } from "./server.js";

const ASKED = ["horizon_text", "said_on", "said_precision"];

export class Card {
  constructor({ id, version, passage, card }, { go, arm, reject }) {
    Object.assign(this, { id, version, passage, touched: false, armed: false, asking: null });
    const template = document.createElement("template");
    template.innerHTML = card;
    this.node = template.content.querySelector("article");
    this.form = this.node.querySelector("form");
    this.title = this.node.querySelector("h1");
    this.reject = reject;
    this.form.addEventListener("submit", (event) => event.preventDefault());
    this.form.addEventListener("input", (event) => this.changed(event.target));
    this.node.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button?.dataset.do === "accept") arm();
      if (button?.dataset.do === "reject") reject(button.dataset.reason, button.textContent.trim());
      if (button?.dataset.go) go(Number(button.dataset.go));
      if (button?.dataset.phrase) this.choose(button.dataset.phrase);
    });
  }

  field(name) {
    return this.form.elements[name];
  }

  changed(field) {
    this.touched = true;
    this.arm(null);
    if (!ASKED.includes(field.name)) return;
    clearTimeout(this.timer);
    this.asking = true;
    this.timer = setTimeout(() => this.read(), 150);
  }

  choose(phrase) {
    this.field("horizon_text").value = phrase;
    this.changed(this.field("horizon_text"));
  }

  // Reads the words anew if they changed since they were read last.
  async read() {
    clearTimeout(this.timer);
    if (!this.asking) return;
    const data = { quote: this.title.dataset.quote };
    for (const name of ASKED) data[name] = this.field(name).value;
    const answer = await post("reading/", data);
    if (!answer.ok || ASKED.some((name) => data[name] !== this.field(name).value)) return;
    this.asking = null;
    this.node.dataset.dated = answer.body.dated ? "1" : "";
    this.node.querySelector("[data-reading]").innerHTML = answer.body.html;
  }

  typed() {
    const data = new FormData(this.form);
    data.set("undated", this.dated() ? "" : "on");
    return data;
  }

  dated() {
    return Boolean(this.node.dataset.dated || this.field("deadline").value);
  }

  // Says what will be ink, and waits for the second key. Null calls it off.
  arm(on) {
    this.armed = Boolean(on);
    const words = this.node.querySelector(".arm");
    words.hidden = !on;
    this.node.classList.toggle("armed", this.armed);
    if (!on) return;
    const deadline = this.field("deadline").value || this.node.querySelector("[data-deadline]")?.textContent;
    const why = this.node.querySelector("[data-why]")?.textContent || "";
    const speaker = this.speaker();
    const known = [...document.querySelectorAll("#speakers option")].some((option) => option.value.toLowerCase() === speaker.toLowerCase());
    const parts = [
      `Foretold: ${this.form.querySelector("[name=polarity]:checked")?.closest("label")?.textContent.trim() || "not said whether it will happen"}.`,
      this.odds(),
      this.field("condition").value.trim() ? `Only if: ${this.field("condition").value.trim().replace(/\.$/, "")}.` : "No condition.",
      this.dated() ? `Falls due after ${deadline}.` : `No date (${why.replace(/\.$/, "")}): it will never fall due.`,
      known || !speaker ? "" : `Adds ${speaker} to the speakers.`,
      "Read the claim and the criteria: they are frozen with it.",
    ];
    words.innerHTML = "<b><kbd>A</kbd> again puts it into ink.</b> ";
    words.append(parts.filter(Boolean).join(" "));
    this.node.querySelector("[data-criteria]").scrollIntoView({ block: "nearest" });
  }

  odds() {
    const odds = this.field("odds").value.trim();
    return odds ? `Odds: ${odds}${odds.includes("%") ? "" : "%"}.` : "No odds.";
  }

  speaker() {
    return this.field("speaker").value.trim();
  }

  number(n, of) {
    this.node.querySelector("[data-number]").textContent = n ? `${n} of ${of}, ` : "";
  }

  // Shows other words as the quote while it is cut; null brings its own back.
  quote(words) {
    this.title.textContent = `“${words ?? this.title.dataset.quote}”`;
  }

  rejecting(on) {
    this.node.classList.toggle("rejecting", on);
  }

  rejectBy(key) {
    const button = this.node.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (button) this.reject(button.dataset.reason, button.textContent.trim());
    return Boolean(button);
  }

  focus(name) {
    this.field(name).focus();
    this.field(name).select?.();
  }

  more() {
    const details = this.node.querySelector("details");
    details.open = !details.open;
    if (details.open) {
      details.scrollIntoView({ block: "start" });
      this.focus("odds");
    }
  }

  wrong({ errors = {} }) {
    this.arm(null);
    for (const old of this.node.querySelectorAll(".errors")) old.remove();
    for (const old of this.node.querySelectorAll(".wrong")) old.classList.remove("wrong");
    for (const [name, messages] of Object.entries(errors)) {
      const field = name && this.field(name);
      const element = field instanceof RadioNodeList ? field[0] : field;
      const where = element?.closest?.(".field") || this.node.querySelector("[data-criteria]");
      const note = document.createElement("p");
      note.className = "errors";
      note.textContent = messages.join(" ");
      where.classList.add("wrong");
      where.append(note);
      const details = where.closest("details");
      if (details) details.open = true;
    }
    this.node.querySelector(".wrong")?.scrollIntoView({ block: "nearest" });
  }
}
