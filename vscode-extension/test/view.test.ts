import assert from "node:assert/strict";
import { test } from "node:test";

import type { Answer, Output } from "../src/protocol.ts";
import { bodyOf } from "../src/view/html.ts";
import { started, withAnswer, withOutput, withProblem, type State } from "../src/view/state.ts";

const answer: Answer = {
  status: "complete",
  answer: "It is called once. [1]",
  citations: [{ path: "pkg/shop.py", start_line: 4, end_line: 5, commit: "3f2c9d1".padEnd(40, "0"), quote: "a <b>" }],
  coverage: {
    files: 1204, read: ["pkg/shop.py"], read_by_sub_models: [], scanned: 0, matched_unread: [],
    unparsed: [["web/legacy.vue", "no grammar"]], blind_spots: ["calls by reflection can't be seen"],
  },
  usage: {
    turns: 1, calls: 1, input_tokens: 0, output_tokens: 0, cache_read_tokens: 0, cache_write_tokens: 0,
    cost_usd: 0, seconds: 0.31,
  },
  lm: { root: "structural", sub: null, sandbox: "confined" },
  trajectory: null, question: "Who calls f?", repository: "/r", commit: "3f2c9d1".padEnd(40, "0"), reason: null,
};

function after(...outputs: object[]): State {
  return outputs.reduce<State>((state, output) => withOutput(state, output as Output), started("Who calls f?"));
}

test("while it runs, the view says what is going on and offers to cancel", () => {
  const html = bodyOf(after({ kind: "turn", session: "", turn: 2 }, { kind: "text", session: "", text: "Looking at <f>" }));
  assert.match(html, /Turn 2: thinking … <a href="#" data-cancel/);
  assert.match(html, /Looking at &lt;f&gt;/);
});

test("an answer shows its evidence, coverage and that no model was used", () => {
  const html = bodyOf(withAnswer(after({ kind: "turn", session: "", turn: 1 }), answer));
  assert.match(html, /It is called once\. <a href="#" class="cite" data-citation="1"/);
  assert.match(html, /<summary><a href="#" data-citation="1">pkg\/shop.py:4–5<\/a><\/summary><pre><code>a &lt;b&gt;/);
  assert.match(html, /1 citation holds at 3f2c9d1/);
  assert.match(html, /1,204 files, 1 read, 1 not parsed \(web\/legacy.vue\); calls by reflection can&#39;t be seen/);
  assert.match(html, /without a key; set ANTHROPIC_API_KEY/);
  assert.doesNotMatch(html, /data-cancel/);
});

test("a partial answer is never shown as a complete one", () => {
  const html = bodyOf(withAnswer(after(), { ...answer, status: "partial", reason: "it was cancelled" }));
  assert.match(html, /<b>Not the whole answer<\/b>: it was cancelled/);
});

test("a run without an answer says why", () => {
  assert.match(bodyOf(withProblem(after(), "the server stopped <here>")), /role="alert">the server stopped &lt;here&gt;/);
});

test("an answer that is being checked is shown, its draft gone once it is delivered", () => {
  const checking = after({ kind: "submitted", session: "", answer: "first draft", problems: [] });
  assert.match(bodyOf(checking), /first draft/);
  assert.doesNotMatch(bodyOf(withAnswer(checking, answer)), /first draft/);
});
