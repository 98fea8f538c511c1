/** "Explain This Subsystem": a folder or file of the explorer, else the selection or the symbol at the cursor. */

import * as vscode from "vscode";

import { Problem } from "../problem.ts";
import { EXPLAIN, type ExplainParams } from "../protocol.ts";
import type { Server } from "../server/server.ts";
import { folderOf, run } from "./run.ts";
import { rangeOf } from "./selection.ts";

/** `resource` is what was clicked on; the Explorer also gives all that is `selected` there, other places do not. */
export async function explain(
  context: vscode.ExtensionContext,
  server: Server,
  resource?: unknown,
  selected?: unknown,
): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const isOfEditor = !isUri(resource) || resource.toString() === editor?.document.uri.toString();
  const fromEditor = editor && isOfEditor && !Array.isArray(selected);
  const uri = isUri(resource) ? resource : editor?.document.uri ?? folderOf(undefined).uri;
  if (uri.scheme !== "file") throw new Problem("only files and folders on disk can be explained.");
  const folder = folderOf(uri);
  const params: ExplainParams = { textDocument: { uri: uri.toString() }, workspaceFolder: folder.uri.toString() };
  let title = vscode.workspace.asRelativePath(uri, false);
  if (uri.toString() === folder.uri.toString()) title = folder.name;
  if (fromEditor && editor) {
    params.range = rangeOf(editor.selection);
    const word = editor.document.getWordRangeAtPosition(editor.selection.active);
    if (word && editor.selection.isEmpty) title = `${editor.document.getText(word)} in ${title}`;
  }
  await run(context, server, EXPLAIN, `Explain ${title}`, params);
}

function isUri(value: unknown): value is vscode.Uri {
  return value instanceof vscode.Uri;
}
