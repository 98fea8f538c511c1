/** "Ask About the Repository": a question in an input box, about the whole or with the selection as its context. */

import * as vscode from "vscode";

import { ASK, type AskParams } from "../protocol.ts";
import type { Server } from "../server/server.ts";
import { folderOf, run } from "./run.ts";
import { rangeOf } from "./selection.ts";

export async function ask(context: vscode.ExtensionContext, server: Server, given?: unknown): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const selected = editor && editor.document.uri.scheme === "file" && !editor.selection.isEmpty ? editor : undefined;
  const folder = folderOf(editor?.document.uri);
  await server.start();
  const question = typeof given === "string" ? given : await inputQuestion(folder.name, selected !== undefined);
  if (!question?.trim()) return;
  const params: AskParams = { question, workspaceFolder: folder.uri.toString() };
  if (selected) {
    params.textDocument = { uri: selected.document.uri.toString() };
    params.range = rangeOf(selected.selection);
  }
  await run(context, server, ASK, question, params);
}

function inputQuestion(folder: string, aboutSelection: boolean): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: aboutSelection ? "Ask about the selection" : `Ask about ${folder}`,
    placeHolder: aboutSelection ? "What calls this?" : "Where are requests retried?",
    ignoreFocusOut: true,
  });
}
