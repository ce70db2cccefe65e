// The peers that run on Node. Arguments: which peer, and for how many seconds to measure.
// Standard input: one JSON object a line, {text, lang, reference}; standard output: one JSON object,
// {answers: [the days it may mean, for each row], per_second}, the best of as many seconds.
import { readFileSync } from "node:fs";

const [, , peer, seconds] = process.argv;
const rows = readFileSync(0, "utf8").split("\n").filter(Boolean).map((line) => JSON.parse(line));
const DAY = 86_400_000;
const local = (iso, shift = 0) => {
  const [year, month, day] = iso.split("-").map(Number);
  return new Date(year, month - 1, day + shift, 12);
};
const iso = (date) => {
  const pad = (number, width = 2) => String(number).padStart(width, "0");
  return `${pad(date.getFullYear(), 4)}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
};

// A component that was not said (the day of "June 2028") may be the last one possible, too.
const lastDays = (parts) => {
  const date = parts.date();
  const days = [iso(date)];
  if (!parts.isCertain("day") && !parts.isCertain("weekday")) {
    days.push(iso(new Date(date.getFullYear(), date.getMonth() + 1, 0, 12)));
    if (!parts.isCertain("month")) days.push(iso(new Date(date.getFullYear(), 11, 31, 12)));
  }
  return days;
};

async function chrono(forEnglishAlone) {
  const { en, zh } = await import("chrono-node");
  const parse = (row, reference) =>
    (row.lang === "zh" && !forEnglishAlone ? zh : en).parse(row.text, reference, { forwardDate: true });
  return {
    run: parse,
    answer: (row) => {
      const ends = parse(row, local(row.reference)).map((found) => found.end ?? found.start);
      const last = ends.sort((one, other) => one.date() - other.date()).at(-1);
      return last ? lastDays(last) : [];
    },
  };
}

async function recognizers() {
  const suite = await import("@microsoft/recognizers-text-suite");
  const { recognizeDateTime } = suite.default ?? suite;
  const parse = (row, reference) =>
    recognizeDateTime(row.text, row.lang === "zh" ? "zh-cn" : "en-us", undefined, reference);
  // The end of a range is not part of it, except where it is: both may be meant.
  const days = (value, reference) => {
    if (value.type === "duration") return [iso(new Date(reference.getTime() + Number(value.value) * 1000))];
    const end = value.end ?? value.value ?? value.start ?? "";
    if (!/^\d{4}-\d\d-\d\d/.test(end)) return [];
    const date = local(end.slice(0, 10));
    return value.end ? [iso(date), iso(new Date(date.getTime() - DAY))] : [iso(date)];
  };
  return {
    run: parse,
    answer: (row) => {
      const reference = local(row.reference);
      const values = parse(row, reference).flatMap((one) => one.resolution?.values ?? []);
      return values.flatMap((value) => days(value, reference));
    },
  };
}

const { run, answer } = await { chrono: () => chrono(false), "chrono-english": () => chrono(true), recognizers }[peer]();
const answers = rows.map((row) => {
  try {
    return answer(row);
  } catch {
    return []; // a peer that raises has no answer
  }
});
const cpu = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000; // milliseconds of processor time, so that a busy machine does not count
};
let best = 0;
let at = 0;
for (let round = 0; round < Number(seconds); round += 1) {
  const began = cpu();
  let calls = 0;
  while (cpu() - began < 1000) {
    for (let several = 0; several < 20; several += 1, at += 1, calls += 1) {
      const row = rows[at % rows.length];
      try {
        run(row, local(row.reference, Math.floor(at / rows.length) + 1));
      } catch {
        // counted all the same
      }
    }
  }
  best = Math.max(best, (calls * 1000) / (cpu() - began));
}
console.log(JSON.stringify({ answers, per_second: best }));
