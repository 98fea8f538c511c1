/** What the server adds to the language server protocol; docs/protocol.md of the repository describes it. */

export const ASK = "rlmCode/ask";
export const EXPLAIN = "rlmCode/explain";
export const OUTPUT = "rlmCode/output";

interface Position {
  line: number;
  character: number;
}

export interface Range {
  start: Position;
  end: Position;
}

/** How much a run may use; what is left out is the server's default. */
export interface Limits {
  cost_usd?: number;
  seconds?: number;
}

export interface RunParams {
  textDocument?: { uri: string };
  range?: Range;
  workspaceFolder?: string;
  lm?: string;
  limits?: Limits;
  outputToken?: string;
}

export interface AskParams extends RunParams {
  question: string;
}

export interface ExplainParams extends RunParams {
  target?: string;
}

/** A piece of a run that is under way. `session` is "" for the root and numbered for child runs. */
export type Output = { token: string } & (
  | { kind: "index"; done: number; total: number }
  | { kind: "started"; lm: string; label: string; commit: string | null }
  | { kind: "turn"; session: string; turn: number }
  | { kind: "text"; session: string; text: string }
  | { kind: "cell"; session: string; turn: number; code: string }
  | { kind: "subcalls"; session: string; done: number; total: number }
  | { kind: "waiting"; session: string; seconds: number; reason: string }
  | { kind: "submitted"; session: string; answer: string; problems: string[] }
);

export interface Citation {
  path: string;
  start_line: number;
  end_line: number;
  commit: string | null;
  quote: string;
}

export interface Answer {
  status: "complete" | "partial" | "failed";
  answer: string;
  citations: Citation[];
  coverage: {
    files: number;
    read: string[];
    read_by_sub_models: string[];
    scanned: number;
    matched_unread: string[];
    unparsed: [string, string][];
    blind_spots: string[];
  };
  usage: {
    turns: number;
    calls: number;
    input_tokens: number;
    output_tokens: number;
    cache_read_tokens: number;
    cache_write_tokens: number;
    cost_usd: number | null;
    seconds: number;
  };
  lm: { root: string; sub: string | null; sandbox: string };
  trajectory: string | null;
  question: string;
  repository: string;
  commit: string | null;
  reason: string | null;
}
