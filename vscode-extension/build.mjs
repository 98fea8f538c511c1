// Bundles the extension into out/extension.cjs; `vscode` itself is the editor's.
import { build } from "esbuild";

await build({
  entryPoints: ["src/extension.ts"],
  outfile: "out/extension.cjs",
  bundle: true,
  platform: "node",
  target: "node22",
  format: "cjs",
  external: ["vscode"],
  conditions: ["node"],
  minify: true,
  sourcemap: false,
  legalComments: "eof",
  logLevel: "warning",
});
