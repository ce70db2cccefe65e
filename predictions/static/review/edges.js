// While the edges of a quote are moved, or the place of a cut: what is shown, and the spans that come of it.

import * as spans from "./spans.js";

export class Edges {
  /** Of the candidate `one`, whose `card` shows the quote meanwhile; null where the passage does not show it. */
  static of(one, card, passage, kind) {
    const words = spans.wordsOf(passage);
    const chosen = kind === "edges" ? spans.selected(words) : null;
    const [first, last] = chosen || spans.within(words, one.start, one.end);
    if (first < 0 || (kind === "split" && first === last)) return null;
    getSelection().removeAllRanges();
    const edges = new Edges();
    Object.assign(edges, { one, card, words, first, last, moved: Boolean(chosen) });
    edges.after = kind === "split" ? spans.middle(words, first, last) : null;
    edges.show();
    return edges;
  }

  show() {
    const { words, first, last, after } = this;
    spans.light(words, first, after ?? last);
    const quote = spans.spelled(words, first, after ?? last);
    this.card.quote(after === null ? quote : `${quote} ‖ ${spans.spelled(words, after + 1, last)}`);
  }

  move(by, start) {
    this.moved = true;
    if (this.after !== null) this.after = Math.min(Math.max(this.after + by, this.first), this.last - 1);
    else if (start) this.first = Math.min(Math.max(this.first + by, 0), this.last);
    else this.last = Math.min(Math.max(this.last + by, this.first), this.words.length - 1);
    this.show();
  }

  /** The spans that the candidate is to become; null if nothing was moved. */
  spans() {
    const { words, first, last, after, one } = this;
    if (after === null) return this.moved ? [spans.span(words, first, last)] : null;
    const [, end] = spans.span(words, first, after);
    const [start] = spans.span(words, after + 1, last);
    return [[one.start, Math.max(end, one.start + 1)], [Math.min(start, one.end - 1), one.end]];
  }

  leave() {
    this.card.quote(null);
    spans.dark();
  }
}
