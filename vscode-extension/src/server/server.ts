/** The running language server: started once, when the folder is trusted, and asked in the protocol's words. */

import * as vscode from "vscode";
import { LanguageClient, RevealOutputChannelOn, State as ClientState, type Middleware } from "vscode-languageclient/node";

import { Problem, type Action } from "../problem.ts";
import { OUTPUT, type Answer, type Output, type RunParams } from "../protocol.ts";
import { findServer } from "./find.ts";
import { installedFolder } from "./install.ts";

const TRUST: Action = { title: "Manage Trust", command: "workbench.trust.manage" };
const INSTALL: Action = { title: "Install the Server", command: "rlm-code.installServer" };
const SETTINGS: Action = {
  title: "Open Settings",
  command: "workbench.action.openSettings",
  arguments: ["rlm-code.serverCommand"],
};
const LOG: Action = { title: "Show the Log", command: "rlm-code.showLog" };

export class Server implements vscode.Disposable {
  #context: vscode.ExtensionContext;
  #log: vscode.LogOutputChannel;
  #client: LanguageClient | undefined;
  #starting: Promise<LanguageClient> | undefined;
  #listeners = new Map<string, (output: Output) => void>();
  #tokens = 0;

  constructor(context: vscode.ExtensionContext, log: vscode.LogOutputChannel) {
    this.#context = context;
    this.#log = log;
  }

  /** Whether there is a server that could be started now. */
  get available(): boolean {
    return isTrusted() && this.#find() !== undefined;
  }

  /** Starts the server unless it runs. Rejects with a Problem that says what to do. */
  async start(): Promise<LanguageClient> {
    if (this.#client?.state === ClientState.Running) return this.#client;
    this.#starting ??= this.#launch().finally(() => (this.#starting = undefined));
    return this.#starting;
  }

  /** Stops the server and starts it again. */
  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  async stop(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    await client?.dispose().catch((error: unknown) => this.#log.warn(String(error)));
  }

  dispose(): void {
    void this.stop();
  }

  /** Runs an ask or an explanation; `onOutput` hears what it says on the way. */
  async run(
    method: string,
    params: RunParams,
    onOutput: (output: Output) => void,
    cancel: vscode.CancellationToken,
  ): Promise<Answer> {
    const client = await this.start();
    const token = `run-${++this.#tokens}`;
    this.#listeners.set(token, onOutput);
    try {
      return await client.sendRequest<Answer>(method, { ...params, outputToken: token }, cancel);
    } finally {
      this.#listeners.delete(token);
    }
  }

  async #launch(): Promise<LanguageClient> {
    if (!isTrusted()) throw new Problem("this folder is not trusted, so nothing in it is read.", [TRUST]);
    const command = this.#find();
    if (!command) {
      throw new Problem("its server is not installed. Install it here, or name your own in the settings.", [INSTALL, SETTINGS]);
    }
    await this.stop();
    this.#log.info(`starting ${command.program}, found through ${command.from}`);
    const client = new Client(
      "rlm-code",
      "RLM Code",
      // Not in the opened folder: nothing there may stand in for a module of the server.
      { command: command.program, args: command.arguments, options: { cwd: this.#context.extensionPath } },
      {
        documentSelector: [{ scheme: "file" }],
        outputChannel: this.#log,
        revealOutputChannelOn: RevealOutputChannelOn.Never,
        initializationFailedHandler: () => false,
        middleware: onlyIf(navigates),
      },
    );
    client.onNotification(OUTPUT, (output: Output) => this.#listeners.get(output.token)?.(output));
    try {
      client.quiet = true;
      await client.start();
      client.quiet = false;
    } catch (error) {
      this.#log.error(String(error));
      await client.dispose().catch(() => {});
      throw new Problem(`the server (${command.program}) did not start: ${String(error)}`, [LOG, SETTINGS]);
    }
    this.#client = client;
    return client;
  }

  #find() {
    const setting = vscode.workspace.getConfiguration("rlm-code").get<string[]>("serverCommand", []);
    return findServer(setting, process.env["PATH"] ?? "", installedFolder(this.#context));
  }
}

/** A client that leaves it to us, while `quiet`, to tell of errors. */
class Client extends LanguageClient {
  quiet = false;

  override error(message: string, data?: unknown, showNotification?: boolean | "force"): void {
    super.error(message, data, this.quiet ? false : showNotification);
  }
}

/** Whether the opened folder may be read; editors without workspace trust trust everything. */
function isTrusted(): boolean {
  return (vscode.workspace.isTrusted as boolean | undefined) !== false;
}

function navigates(): boolean {
  return vscode.workspace.getConfiguration("rlm-code").get("navigation", true);
}

/** Answers to navigation requests, while `wanted`. */
function onlyIf(wanted: () => boolean): Middleware {
  return {
    provideHover: (document, position, token, next) => (wanted() ? next(document, position, token) : undefined),
    provideDefinition: (document, position, token, next) => (wanted() ? next(document, position, token) : undefined),
    provideReferences: (document, position, options, token, next) =>
      wanted() ? next(document, position, options, token) : undefined,
    provideImplementation: (document, position, token, next) => (wanted() ? next(document, position, token) : undefined),
    prepareCallHierarchy: (document, position, token, next) => (wanted() ? next(document, position, token) : undefined),
    provideDocumentSymbols: (document, token, next) => (wanted() ? next(document, token) : undefined),
    provideWorkspaceSymbols: (query, token, next) => (wanted() ? next(query, token) : undefined),
  };
}
