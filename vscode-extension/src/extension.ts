/** Registers the commands, and starts the server where it may and can be started. */

import * as vscode from "vscode";

import { ask } from "./commands/ask.ts";
import { explain } from "./commands/explain.ts";
import { showProblem } from "./problem.ts";
import { install } from "./server/install.ts";
import { Server } from "./server/server.ts";

let server: Server | undefined;

export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel("RLM Code", { log: true });
  const running = new Server(context, log);
  server = running;
  const command = (name: string, action: (...given: unknown[]) => Promise<void>) =>
    vscode.commands.registerCommand(`rlm-code.${name}`, (...given: unknown[]) => guarded(log, () => action(...given)));

  context.subscriptions.push(
    log,
    running,
    command("ask", (given) => ask(context, running, given)),
    command("explain", (resource, selected) => explain(context, running, resource, selected)),
    command("restartServer", () => running.restart()),
    command("installServer", async () => {
      await running.stop();
      await install(context, log);
      await running.start();
      void vscode.window.showInformationMessage("RLM Code: the server is installed and running.");
    }),
    command("showLog", async () => log.show()),
  );

  context.subscriptions.push(
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("rlm-code.serverCommand")) void guarded(log, () => running.restart());
    }),
  );

  const startIfPossible = () => {
    if (running.available && vscode.workspace.workspaceFolders?.length) {
      running.start().catch((error: unknown) => void showProblem(error));
    }
  };
  // Not every editor that runs extensions has workspace trust.
  const granted = vscode.workspace.onDidGrantWorkspaceTrust as typeof vscode.workspace.onDidGrantWorkspaceTrust | undefined;
  if (granted) context.subscriptions.push(granted(startIfPossible));
  startIfPossible();
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}

async function guarded(log: vscode.LogOutputChannel, action: () => Promise<void>): Promise<void> {
  try {
    await action();
  } catch (error) {
    if (error instanceof vscode.CancellationError) return;
    log.error(error instanceof Error ? error : String(error));
    await showProblem(error);
  }
}
