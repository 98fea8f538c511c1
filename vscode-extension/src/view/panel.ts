/** One answer in an editor tab: renders the state of a run, opens its citations, passes on a wish to cancel. */

import * as vscode from "vscode";

import type { Answer, Citation } from "../protocol.ts";
import { bodyOf } from "./html.ts";
import { locate } from "./locate.ts";
import { started, type State } from "./state.ts";

const REDRAW_MS = 60;

type Clicked =
  | { kind: "ready" }
  | { kind: "cancel" }
  | { kind: "citation"; number: number }
  | { kind: "path"; path: string; line: number };

export class AnswerPanel implements vscode.Disposable {
  /** Called when the person closes the tab or clicks Cancel in it. */
  onCancel: () => void = () => {};

  #panel: vscode.WebviewPanel;
  #state: State;
  #redraw: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(extension: vscode.Uri, title: string) {
    this.#state = started(title);
    const column = vscode.window.activeTextEditor ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active;
    const media = vscode.Uri.joinPath(extension, "media");
    this.#panel = vscode.window.createWebviewPanel(
      "rlm-code.answer",
      short(title),
      { viewColumn: column, preserveFocus: false },
      { enableScripts: true, enableFindWidget: true, localResourceRoots: [media] },
    );
    this.#panel.webview.html = page(this.#panel.webview, media);
    this.#panel.webview.onDidReceiveMessage((clicked: Clicked) => this.#clicked(clicked));
    this.#panel.onDidDispose(() => this.#disposed());
  }

  get state(): State {
    return this.#state;
  }

  /** Shows another state, soon: pieces that arrive together are drawn together. */
  show(state: State): void {
    this.#state = state;
    this.#redraw ??= setTimeout(() => this.#draw(), REDRAW_MS);
  }

  dispose(): void {
    this.#panel.dispose();
  }

  #draw(): void {
    this.#redraw = undefined;
    if (!this.#closed) void this.#panel.webview.postMessage({ html: bodyOf(this.#state) });
  }

  #disposed(): void {
    this.#closed = true;
    clearTimeout(this.#redraw);
    this.onCancel();
  }

  #clicked(clicked: Clicked): void {
    const { answer } = this.#state;
    if (clicked.kind === "ready") this.#draw();
    else if (clicked.kind === "cancel") this.onCancel();
    else if (answer && clicked.kind === "citation") void openCitation(answer, answer.citations[clicked.number - 1]);
    else if (answer && clicked.kind === "path") void openPath(answer, clicked.path, clicked.line);
  }
}

async function openCitation(answer: Answer, citation: Citation | undefined): Promise<void> {
  if (!citation) return;
  const document = await opened(answer, citation.path);
  if (!document) return;
  const place = locate(document.getText(), citation);
  if (place.state === "gone") {
    void vscode.window.setStatusBarMessage(`${citation.path} has changed since this answer was given`, 6000);
  }
  await reveal(document, place.first, place.last);
}

async function openPath(answer: Answer, path: string, line: number): Promise<void> {
  const document = await opened(answer, path);
  if (document) await reveal(document, line - 1, line - 1);
}

async function opened(answer: Answer, path: string): Promise<vscode.TextDocument | undefined> {
  // Only what the answer cites is ever opened, whatever the page asks for.
  if (!answer.citations.some((citation) => citation.path === path)) return undefined;
  const uri = vscode.Uri.joinPath(vscode.Uri.file(answer.repository), path);
  try {
    return await vscode.workspace.openTextDocument(uri);
  } catch {
    void vscode.window.showWarningMessage(`RLM Code: ${path} cannot be opened; it may be gone since the answer was given.`);
    return undefined;
  }
}

async function reveal(document: vscode.TextDocument, first: number, last: number): Promise<void> {
  const end = document.lineAt(Math.min(last, document.lineCount - 1)).range.end;
  const range = new vscode.Range(new vscode.Position(first, 0), end);
  const editor = await vscode.window.showTextDocument(document, { viewColumn: beside(), selection: range });
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

/** The column with text beside the answer, so that the answer stays in view. */
function beside(): vscode.ViewColumn {
  const text = vscode.window.visibleTextEditors.find((editor) => editor.viewColumn !== undefined);
  return text?.viewColumn ?? vscode.ViewColumn.Beside;
}

function short(title: string): string {
  const line = title.replace(/\s+/g, " ").trim();
  return line.length > 40 ? `${line.slice(0, 39)}…` : line;
}

function page(webview: vscode.Webview, media: vscode.Uri): string {
  const style = webview.asWebviewUri(vscode.Uri.joinPath(media, "answer.css")).toString();
  const script = webview.asWebviewUri(vscode.Uri.joinPath(media, "answer.js")).toString();
  const policy = `default-src 'none'; style-src ${webview.cspSource}; script-src ${webview.cspSource}`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<link rel="stylesheet" href="${style}">
</head>
<body><div id="page"></div><script src="${script}"></script></body>
</html>`;
}
