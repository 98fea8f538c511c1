/** The editor's selections in the protocol's words. */

import type * as vscode from "vscode";

import type { Range } from "../protocol.ts";

/** `selection` as the protocol writes it; both count UTF-16 units from 0. */
export function rangeOf(selection: vscode.Range): Range {
  const { start, end } = selection;
  return {
    start: { line: start.line, character: start.character },
    end: { line: end.line, character: end.character },
  };
}
