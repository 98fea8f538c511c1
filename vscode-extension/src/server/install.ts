/** Installs the server that came with this extension into an environment of its own, in the extension's storage. */

import { spawn } from "node:child_process";
import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";

import * as vscode from "vscode";

import { Problem } from "../problem.ts";

const PYTHONS = ["python3", "python3.14", "python3.13", "python3.12", "python3.11"];
const NEW_ENOUGH = "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))";

/** Where the server of this version of the extension is installed, whether or not it is there. */
export function installedFolder(context: vscode.ExtensionContext): string {
  const version = (context.extension.packageJSON as { version: string }).version;
  return join(context.globalStorageUri.fsPath, `server-${version}`);
}

/** Makes the environment, in the place `installedFolder` names, with progress and a Cancel button. */
export async function install(context: vscode.ExtensionContext, log: vscode.LogOutputChannel): Promise<void> {
  const location = vscode.ProgressLocation.Notification;
  await vscode.window.withProgress(
    { location, title: "RLM Code: installing the server", cancellable: true },
    async (progress, token) => {
      const stop = new AbortController();
      token.onCancellationRequested(() => stop.abort());
      const target = installedFolder(context);
      try {
        await build(context.extensionPath, target, progress, log, stop.signal);
      } catch (error) {
        if (stop.signal.aborted) throw new vscode.CancellationError();
        throw error;
      }
    },
  );
}

async function build(
  extension: string,
  target: string,
  progress: vscode.Progress<{ message?: string }>,
  log: vscode.LogOutputChannel,
  stop: AbortSignal,
): Promise<void> {
  const bundle = join(extension, "server");
  const wheel = (await readdir(bundle).catch(() => [])).find((name) => name.endsWith(".whl"));
  if (!wheel) throw new Problem("this build of the extension carries no server; set rlm-code.serverCommand instead.");
  progress.report({ message: "looking for Python" });
  const python = await findPython(log, stop);
  await rm(target, { recursive: true, force: true });
  await mkdir(dirname(target), { recursive: true });
  try {
    progress.report({ message: "making an environment" });
    await run(python, ["-m", "venv", target], log, stop);
    progress.report({ message: "fetching what it needs from PyPI" });
    const constraints = ["--constraint", join(bundle, "constraints.txt")];
    const pip = ["-m", "pip", "install", "--disable-pip-version-check", "--no-input", ...constraints];
    await run(join(target, "bin", "python"), [...pip, join(bundle, wheel)], log, stop);
  } catch (error) {
    // Half an environment must not be taken for a whole one.
    await rename(target, `${target}.broken`).catch(() => {});
    await rm(`${target}.broken`, { recursive: true, force: true });
    throw error;
  }
}

async function findPython(log: vscode.LogOutputChannel, stop: AbortSignal): Promise<string> {
  for (const python of PYTHONS) {
    const works = await run(python, ["-c", NEW_ENOUGH], log, stop).then(() => true, () => false);
    stop.throwIfAborted();
    if (works) return python;
  }
  throw new Problem("the server needs Python 3.11 or newer with venv and pip, and none was found on the PATH.");
}

/** Runs a program away from the opened folder, its output in the log; rejects unless it ends with 0. */
function run(program: string, args: string[], log: vscode.LogOutputChannel, stop: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    log.info(`${program} ${args.join(" ")}`);
    const child = spawn(program, args, { cwd: "/", signal: stop, stdio: ["ignore", "pipe", "pipe"] });
    let tail = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        log.info(text.trimEnd());
        tail = (tail + text).slice(-400);
      });
    }
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve();
      else reject(new Problem(`${program} ended with ${code}: ${tail.trim().split("\n").at(-1) ?? ""}`, [SHOW_LOG]));
    });
  });
}

const SHOW_LOG = { title: "Show the Log", command: "rlm-code.showLog" };
