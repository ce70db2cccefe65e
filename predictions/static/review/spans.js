// Moving the edges of a quote and cutting it in two, word by word, over the passage that is shown.
// Offsets are code points of the transcript, as everywhere; the page's own are UTF-16 units.

const WORD = /\p{Script=Han}|[^\s\p{Script=Han}]+/gu;

/** The words of the passage in order: {start, end} in code points, and the text node they stand in. */
export function wordsOf(passage) {
  const words = [];
  for (const run of passage.querySelectorAll(".run")) {
    const text = run.textContent;
    const offset = Number(run.dataset.start);
    for (const match of text.matchAll(WORD)) {
      const before = length(text.slice(0, match.index));
      const start = offset + before;
      const word = { start, end: start + length(match[0]), text: match[0], node: run.firstChild, from: match.index, to: match.index + match[0].length };
      const last = words.at(-1);
      // A word that two runs share is one word.
      if (last && last.end === start && last.node !== word.node && !/\p{Script=Han}/u.test(last.text + word.text)) {
        last.end = word.end;
        last.text += word.text;
        last.tail = word;
      } else {
        words.push(word);
      }
    }
  }
  return words;
}

// What stands at the edge of a quote and does not belong to it.
const LEADING = /^["“‘'(\[「『（]+/u;
const TRAILING = /[,;:，；：、"”’')\]」』）]+$/u;
const length = (text) => [...text].length;

/** The span of the words from index `first` to `last`, without quotation marks and commas at its ends. */
export function span(words, first, last) {
  const lead = words[first].text.match(LEADING)?.[0] ?? "";
  const trail = words[last].text.match(TRAILING)?.[0] ?? "";
  const start = words[first].start + length(lead);
  const end = words[last].end - length(trail);
  return start < end ? [start, end] : [words[first].start, words[last].end];
}

/** The words from index `first` to `last`, as one line. */
export function spelled(words, first, last) {
  let line = "";
  for (let index = first; index <= last; index += 1) {
    if (index > first && words[index].start > words[index - 1].end) line += " ";
    line += words[index].text;
  }
  return line.replace(LEADING, "").replace(TRAILING, "") || line;
}

/** The indexes of the first and last word of a span. */
export function within(words, start, end) {
  const first = words.findIndex((word) => word.end > start);
  let last = first;
  while (last + 1 < words.length && words[last + 1].start < end) last += 1;
  return [first, last];
}

/** The span selected with the mouse in the passage, in whole words; null when nothing is. */
export function selected(words) {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const inside = words.map((word, index) => index).filter((index) => range.intersectsNode(words[index].node) && touches(range, words[index]));
  return inside.length ? [inside[0], inside.at(-1)] : null;
}

function touches(range, word) {
  const own = new Range();
  own.setStart(word.node, word.from);
  own.setEnd(word.node, word.to);
  return range.compareBoundaryPoints(Range.END_TO_START, own) < 0 && range.compareBoundaryPoints(Range.START_TO_END, own) > 0;
}

/** Mark the words in the passage without touching it. */
export function light(words, first, last) {
  if (!("highlights" in CSS)) return;
  const range = new Range();
  range.setStart(words[first].node, words[first].from);
  const end = words[last].tail || words[last];
  range.setEnd(end.node, end.to);
  CSS.highlights.set("span", new Highlight(range));
}

export function dark() {
  if ("highlights" in CSS) CSS.highlights.delete("span");
}

/** Where a quote is best cut: after the punctuation nearest its middle, else in the middle. */
export function middle(words, first, last) {
  const centre = (first + last) / 2;
  const stops = [];
  for (let index = first; index < last; index += 1) if (/[,;:.!?，；：。、！？…—]["”’」)]*$/.test(words[index].text)) stops.push(index);
  if (!stops.length) return Math.floor(centre);
  return stops.reduce((best, index) => (Math.abs(index - centre) < Math.abs(best - centre) ? index : best));
}
