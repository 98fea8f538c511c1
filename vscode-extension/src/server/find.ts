/** Which program is the server: the setting, else the PATH, else the one this extension installed. Pure but for stat. */

import { accessSync, constants, statSync } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";

export const SCRIPT = "rlm-code-lsp";

export interface Command {
  program: string;
  arguments: string[];
  /** Where it was found, in words. */
  from: string;
}

/** The server's command, or undefined where there is none. */
export function findServer(setting: readonly string[], path: string, installed: string): Command | undefined {
  const [program, ...rest] = setting;
  if (program) return { program, arguments: rest, from: "the setting rlm-code.serverCommand" };
  // Relative entries are left out: they would mean a program inside the opened folder.
  for (const folder of path.split(delimiter).filter(isAbsolute)) {
    const script = join(folder, SCRIPT);
    if (isProgram(script)) return { program: script, arguments: [], from: "the PATH" };
  }
  const own = join(installed, "bin", SCRIPT);
  return isProgram(own) ? { program: own, arguments: [], from: "this extension's own installation" } : undefined;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
