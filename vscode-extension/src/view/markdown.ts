/**
 * An answer's Markdown as HTML whose citations are links.
 *
 * The text comes from a language model that read a stranger's repository: no HTML of its own gets through,
 * nothing is loaded from elsewhere, and a link shows where it leads.
 */

import MarkdownIt, { type StateInline } from "markdown-it";

import type { Citation } from "../protocol.ts";

/** The HTML of `text`: `[n]` and `path:line` of a cited path become links that name their place in `data-…`. */
export function toHtml(text: string, citations: readonly Citation[]): string {
  const link = linker(citations);
  const markdown = new MarkdownIt({ html: false, linkify: false, breaks: true });
  markdown.disable("image");
  // Reference definitions would swallow `[1]: …` lines and turn `[1]` into links of their own.
  markdown.disable("reference");
  // Names such as __init__ are words here, not words in bold type.
  markdown.inline.ruler.before("emphasis", "underscores", underscores);
  const { rules } = markdown.renderer;
  rules.text = (tokens, at) => link(tokens[at]?.content ?? "");
  rules.code_inline = (tokens, at) => `<code>${link(tokens[at]?.content ?? "")}</code>`;
  rules.code_block = (tokens, at) => indented(tokens[at]?.content ?? "", link);
  rules.fence = (tokens, at) => `<pre><code>${escapeHtml(tokens[at]?.content ?? "")}</code></pre>\n`;
  rules.heading_open = (tokens, at) => `<${belowTitle(tokens[at]?.tag)}>`;
  rules.heading_close = (tokens, at) => `</${belowTitle(tokens[at]?.tag)}>\n`;
  rules.link_open = () => "<span>";
  rules.link_close = (tokens, at) => {
    const href = openingHref(tokens, at);
    return href ? `</span> <span class="away">(${link(href)})</span>` : "</span>";
  };
  return markdown.render(text);
}

/** `text` with the five characters that mean something in HTML replaced. */
export function escapeHtml(text: string): string {
  const names: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
  return text.replace(/[&<>"']/g, (found) => names[found] ?? found);
}

/** "src/a.py:3–9", as people read a place. */
export function placeOf(citation: Citation): string {
  const { path, start_line: first, end_line: last } = citation;
  return last > first ? `${path}:${first}–${last}` : `${path}:${first}`;
}

/** An indented block: a table where it is one that an answer made by code has aligned with spaces, else code. */
function indented(text: string, link: (text: string) => string): string {
  const rows = text.trimEnd().split("\n").map((line) => line.split(/ {2,}/));
  const isTable = /\[\d+\]|:\d+/.test(text) && rows.every((cells) => cells[0] && (cells.length > 1 || cells[0].startsWith("…")));
  if (!isTable) return `<pre><code>${link(text)}</code></pre>\n`;
  const widest = Math.max(...rows.map((cells) => cells.length));
  const cellsOf = (cells: string[]) => aligned(cells, widest).map((cell) => `<td>${withCode(link(cell))}</td>`).join("");
  return `<table>${rows.map((cells) => `<tr>${cellsOf(cells)}</tr>`).join("")}</table>\n`;
}

/** The cells of a row; where others have more, a citation at its end stands below theirs. */
function aligned(cells: string[], widest: number): string[] {
  const last = cells.at(-1) ?? "";
  if (!/^\[\d+\]$/.test(last)) return cells;
  return [...cells.slice(0, -1), ...Array<string>(widest - cells.length).fill(""), last];
}

function withCode(html: string): string {
  return html.replace(/`([^`<>]+)`/g, "<code>$1</code>");
}

function linker(citations: readonly Citation[]): (text: string) => string {
  const paths = [...new Set(citations.map((citation) => citation.path))].sort((a, b) => b.length - a.length);
  const named = paths.map((path) => path.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")).join("|");
  const place = named ? `|(?<![\\w./-])(?<path>${named})(?::(?<line>\\d+)(?:[-–]\\d+)?)?(?![\\w/])` : "";
  const pattern = new RegExp(`\\[(?<number>\\d+)\\]${place}`, "g");
  return (text) => {
    let html = "";
    let end = 0;
    for (const found of text.matchAll(pattern)) {
      html += escapeHtml(text.slice(end, found.index));
      html += anchor(found, citations);
      end = found.index + found[0].length;
    }
    return html + escapeHtml(text.slice(end));
  };
}

function anchor(found: RegExpExecArray, citations: readonly Citation[]): string {
  const shown = escapeHtml(found[0]);
  const { number, path, line } = found.groups ?? {};
  if (path !== undefined) {
    return `<a href="#" data-path="${escapeHtml(path)}" data-line="${line ?? 1}">${shown}</a>`;
  }
  const citation = citations[Number(number) - 1];
  if (!citation) return shown;
  const title = escapeHtml(placeOf(citation));
  return `<a href="#" class="cite" data-citation="${Number(number)}" title="${title}">${shown}</a>`;
}

/** A heading's tag one level down: the page's own title is the only h1. */
function belowTitle(tag = "h6"): string {
  return `h${Math.min(6, Number(tag.slice(1)) + 1)}`;
}

type Markdown = InstanceType<typeof MarkdownIt>;
function underscores(state: StateInline): boolean {
  let end = state.pos;
  while (state.src[end] === "_") end++;
  if (end === state.pos) return false;
  state.pending += state.src.slice(state.pos, end);
  state.pos = end;
  return true;
}

type Tokens = ReturnType<Markdown["parse"]>;

function openingHref(tokens: Tokens, close: number): string {
  for (let at = close; at >= 0; at--) {
    const token = tokens[at];
    if (token?.type === "link_open") return String(token.attrGet("href") ?? "");
  }
  return "";
}
