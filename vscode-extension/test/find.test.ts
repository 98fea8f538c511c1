import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, relative } from "node:path";
import { after, test } from "node:test";

import { findServer, SCRIPT } from "../src/server/find.ts";

const folder = mkdtempSync(join(tmpdir(), "rlm-code-find-"));
after(() => rmSync(folder, { recursive: true }));

function folderWithServer(below = ""): string {
  const root = mkdtempSync(join(folder, "server-"));
  mkdirSync(join(root, below), { recursive: true });
  writeFileSync(join(root, below, SCRIPT), "#!/bin/sh\n");
  chmodSync(join(root, below, SCRIPT), 0o755);
  return root;
}

test("the setting comes first, then the PATH, then what the extension installed", () => {
  const onPath = folderWithServer();
  const installed = folderWithServer("bin");
  assert.deepEqual(findServer(["/opt/lsp", "-v"], onPath, installed)?.arguments, ["-v"]);
  assert.equal(findServer([], ["/nowhere", onPath].join(delimiter), installed)?.program, join(onPath, SCRIPT));
  assert.equal(findServer([], "/nowhere", installed)?.program, join(installed, "bin", SCRIPT));
  assert.equal(findServer([], "/nowhere", "/nowhere"), undefined);
});

test("a relative entry of the PATH is never followed: it could lie in the opened folder", () => {
  assert.equal(findServer([], relative(process.cwd(), folderWithServer()), "/nowhere"), undefined);
});

test("a file that cannot be run is no server", () => {
  const root = folderWithServer();
  chmodSync(join(root, SCRIPT), 0o644);
  // Root may run what has any x bit only, so this holds for every user.
  assert.equal(findServer([], root, "/nowhere"), undefined);
});
