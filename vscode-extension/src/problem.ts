/** Something a person can act on: a message, and the buttons that help. */

import * as vscode from "vscode";

export class Problem extends Error {
  readonly actions: readonly Action[];

  constructor(message: string, actions: readonly Action[] = []) {
    super(message);
    this.actions = actions;
  }
}

export interface Action {
  title: string;
  command: string;
  arguments?: unknown[];
}

/** Shows what went wrong and does what is clicked. */
export async function showProblem(error: unknown): Promise<void> {
  const actions = error instanceof Problem ? error.actions : [];
  const message = error instanceof Error ? error.message : String(error);
  const chosen = await vscode.window.showErrorMessage(`RLM Code: ${message}`, ...actions.map((action) => action.title));
  const action = actions.find((each) => each.title === chosen);
  if (action) await vscode.commands.executeCommand(action.command, ...(action.arguments ?? []));
}
