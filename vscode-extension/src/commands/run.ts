/** One run in the editor: a tab that fills as it goes, a notification with Cancel, and an end in every case. */

import * as vscode from "vscode";

import { Problem } from "../problem.ts";
import type { Limits, RunParams } from "../protocol.ts";
import type { Server } from "../server/server.ts";
import { AnswerPanel } from "../view/panel.ts";
import { withAnswer, withOutput, withProblem } from "../view/state.ts";

const INVALID_PARAMS = -32602;
const REQUEST_CANCELLED = -32800;

/** Runs `method` and shows what comes of it. Rejects only if the server cannot be had. */
export async function run(
  context: vscode.ExtensionContext,
  server: Server,
  method: string,
  title: string,
  params: RunParams,
): Promise<void> {
  const cancel = new vscode.CancellationTokenSource();
  const options = { location: vscode.ProgressLocation.Notification, title: "RLM Code", cancellable: true };
  await vscode.window.withProgress(options, async (progress, token) => {
    token.onCancellationRequested(() => cancel.cancel());
    progress.report({ message: "starting" });
    await server.start();
    if (cancel.token.isCancellationRequested) return;
    const panel = new AnswerPanel(context.extensionUri, title);
    panel.onCancel = () => cancel.cancel();
    cancel.token.onCancellationRequested(() => panel.show({ ...panel.state, doing: "Cancelling" }));
    try {
      const asked = { ...params, ...chosen() };
      const answer = await server.run(method, asked, (output) => {
        if (cancel.token.isCancellationRequested) return;
        panel.show(withOutput(panel.state, output));
        progress.report({ message: panel.state.doing });
      }, cancel.token);
      panel.show(withAnswer(panel.state, answer));
    } catch (error) {
      panel.show(withProblem(panel.state, problemOf(error)));
    }
  });
  cancel.dispose();
}

/** The root folder that holds `uri`, else the first one. Throws a Problem where no folder is open. */
export function folderOf(uri: vscode.Uri | undefined): vscode.WorkspaceFolder {
  const holding = uri && vscode.workspace.getWorkspaceFolder(uri);
  const folder = holding ?? vscode.workspace.workspaceFolders?.[0];
  if (folder) return folder;
  throw new Problem("open a folder first: a question is about a repository.", [
    { title: "Open Folder", command: "workbench.action.files.openFolder" },
  ]);
}

function chosen(): Pick<RunParams, "lm" | "limits"> {
  const settings = vscode.workspace.getConfiguration("rlm-code");
  const lm = settings.get<string>("languageModel", "");
  const most = settings.get<number | null>("maxCostUsd", null);
  const limits: Limits | undefined = most === null ? undefined : { cost_usd: most };
  return { ...(lm ? { lm } : {}), ...(limits ? { limits } : {}) };
}

function problemOf(error: unknown): string {
  const { code, data } = error as { code?: number; data?: { code?: string } };
  const message = error instanceof Error ? error.message : String(error);
  if (code === REQUEST_CANCELLED) return "Cancelled before there was anything to show.";
  if (data?.code === "config") return `${message}. The setting rlm-code.languageModel chooses who answers.`;
  return code === INVALID_PARAMS ? `The server did not accept the request: ${message}` : message;
}
