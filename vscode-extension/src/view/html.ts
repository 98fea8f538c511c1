/** An answer's view as HTML: first the answer, then the evidence, then what was and was not looked at. Pure. */

import type { Answer, Citation } from "../protocol.ts";
import { escapeHtml, placeOf, toHtml } from "./markdown.ts";
import type { State, Step } from "./state.ts";

const NAMED_FILES = 3;

/** The whole view's body for one state. */
export function bodyOf(state: State): string {
  return [
    `<h1>${escapeHtml(state.title)}</h1>`,
    statusOf(state),
    `<main>${contentOf(state)}</main>`,
    state.answer ? evidenceOf(state.answer) + factsOf(state.answer) : "",
    stepsOf(state),
  ].join("\n");
}

function statusOf(state: State): string {
  if (state.doing) {
    const cancel = '<a href="#" data-cancel role="button">Cancel</a>';
    return `<p class="status" role="status"><span class="pulse"></span>${escapeHtml(state.doing)} … ${cancel}</p>`;
  }
  if (state.problem) return `<p class="status problem" role="alert">${escapeHtml(state.problem)}</p>`;
  const { answer } = state;
  if (!answer || answer.status === "complete") return "";
  const word = answer.status === "partial" ? "Not the whole answer" : "No answer";
  const reason = answer.reason ? `: ${escapeHtml(answer.reason)}` : ".";
  return `<p class="status problem" role="alert"><b>${word}</b>${reason}</p>`;
}

function contentOf(state: State): string {
  if (state.answer) return toHtml(state.answer.answer, state.answer.citations);
  return state.draft ? toHtml(state.draft, []) : "";
}

function evidenceOf(answer: Answer): string {
  const items = answer.citations.map((citation, at) => evidenceItem(citation, at + 1)).join("\n");
  return items ? `<section><h2>Evidence</h2><ol>${items}</ol></section>` : "";
}

function evidenceItem(citation: Citation, number: number): string {
  const link = `<a href="#" data-citation="${number}">${escapeHtml(placeOf(citation))}</a>`;
  return `<li><details><summary>${link}</summary><pre><code>${escapeHtml(citation.quote)}</code></pre></details></li>`;
}

function factsOf(answer: Answer): string {
  const rows: [string, string][] = [
    ["evidence", checkedOf(answer)],
    ["coverage", coverageOf(answer)],
    ["model", modelOf(answer)],
  ];
  const cells = rows.map(([name, value]) => `<dt>${name}</dt><dd>${escapeHtml(value)}</dd>`).join("");
  return `<footer><dl>${cells}</dl></footer>`;
}

function checkedOf({ citations, commit }: Answer): string {
  if (citations.length === 0) return "none cited";
  const loose = commit ? citations.filter((citation) => citation.commit === null).length : 0;
  const where = commit ? `at ${commit.slice(0, 7)}` : "in the files as they are now";
  const holds = citations.length === 1 ? "citation holds" : "citations hold";
  const also = loose > 0 ? `, ${loose} of them only in the working tree` : "";
  return `${citations.length} ${holds} ${where}${also}`;
}

function coverageOf({ coverage }: Answer): string {
  const parts = [`${coverage.files.toLocaleString("en")} files`];
  if (coverage.read.length > 0) parts.push(`${coverage.read.length} read`);
  if (coverage.read_by_sub_models.length > 0) parts.push(`${coverage.read_by_sub_models.length} read by sub-models`);
  if (coverage.matched_unread.length > 0) parts.push(`${coverage.matched_unread.length} matched but not read`);
  if (coverage.unparsed.length > 0) {
    const named = coverage.unparsed.slice(0, NAMED_FILES).map(([path]) => path).join(", ");
    parts.push(`${coverage.unparsed.length} not parsed (${named}${coverage.unparsed.length > NAMED_FILES ? ", …" : ""})`);
  }
  return [parts.join(", "), ...coverage.blind_spots].join("; ");
}

function modelOf({ lm, usage }: Answer): string {
  const seconds = `${usage.seconds < 100 ? usage.seconds.toFixed(1) : usage.seconds.toFixed(0)} s`;
  if (lm.root === "structural") {
    return `none: answered from structure alone, without a key; set ANTHROPIC_API_KEY to have a model explore. ${seconds}`;
  }
  const names = lm.sub === null || lm.sub === lm.root ? lm.root : `${lm.root} with ${lm.sub}`;
  const tokens = usage.input_tokens + usage.output_tokens + usage.cache_read_tokens + usage.cache_write_tokens;
  const cost = usage.cost_usd === null ? "price unknown" : `$${usage.cost_usd.toFixed(4)}`;
  const counts = `${counted(usage.turns, "turn")}, ${counted(usage.calls, "call")}`;
  return `${names}: ${counts}, ${tokens.toLocaleString("en")} tokens, ${cost}, ${seconds}`;
}

function counted(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

function stepsOf({ steps, answer, problem }: State): string {
  if (steps.length === 0) return "";
  const shown = steps.map(stepOf).join("\n");
  const over = answer !== undefined || problem !== "";
  const what = answer?.status === "complete" ? "How it was found" : "What was done";
  const title = over ? `${what}: ${counted(steps.length, "turn")}` : "So far";
  return `<details class="steps"${over ? "" : " open"}><summary>${title}</summary>${shown}</details>`;
}

function stepOf({ title, text, code }: Step): string {
  const said = text.trim() ? toHtml(text, []) : "";
  const cell = code.trim() ? `<pre><code>${escapeHtml(code)}</code></pre>` : "";
  return `<div class="step"><h3>${escapeHtml(title)}</h3>${said}${cell}</div>`;
}
