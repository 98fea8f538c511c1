/** Where a citation's text stands now: the file may have changed since the answer was given. Pure. */

import type { Citation } from "../protocol.ts";

/** 0-based first and last line of what was cited; `moved` when it stands elsewhere, `gone` when nowhere. */
export interface Place {
  first: number;
  last: number;
  state: "same" | "moved" | "gone";
}

/** The lines of `text` that hold the citation's quote: those it names, else the nearest ones that do. */
export function locate(text: string, citation: Citation): Place {
  const lines = text.split("\n").map((line) => line.replace(/\r$/, ""));
  const quote = citation.quote.replace(/\r/g, "").replace(/\n$/, "").split("\n");
  const first = citation.start_line - 1;
  const span = citation.end_line - citation.start_line;
  const holds = (at: number) => quote.every((line, offset) => lines[at + offset] === line);
  if (holds(first)) return { first, last: first + span, state: "same" };
  const last = Math.max(0, lines.length - 1);
  const found = lines.map((_, at) => at).filter(holds);
  const nearest = found.sort((a, b) => Math.abs(a - first) - Math.abs(b - first))[0];
  if (nearest !== undefined) return { first: nearest, last: nearest + span, state: "moved" };
  return { first: Math.min(first, last), last: Math.min(first + span, last), state: "gone" };
}
