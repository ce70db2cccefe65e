// What one sees. In a narrow window the transcript lies below the decision: scrolling to its mark would scroll that away.

export function toCard(card) {
  card.scrollTop = 0;
  if (!besideTranscript(card)) card.scrollIntoView({ block: "start" });
}

export function toMark(mark, card) {
  if (besideTranscript(card)) mark?.scrollIntoView({ block: "center" });
}

function besideTranscript(card) {
  return getComputedStyle(card).overflowY !== "visible";
}
