// Puts the server beside the extension, so that it can be installed without this repository: the wheel of
// the checkout above, the versions it was tested with, and the licence.
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, rmSync } from "node:fs";

const python = process.env.PYTHON ?? "python3";

rmSync("server", { recursive: true, force: true });
mkdirSync("server");
execFileSync(
  python,
  ["-m", "pip", "wheel", "--quiet", "--disable-pip-version-check", "--no-deps", "--wheel-dir", "server", ".."],
  { stdio: "inherit" },
);
copyFileSync("../constraints.txt", "server/constraints.txt");
copyFileSync("../LICENSE", "LICENSE");
