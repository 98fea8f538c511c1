import assert from "node:assert/strict";
import { test } from "node:test";

import { locate } from "../src/view/locate.ts";

const citation = { path: "a.py", start_line: 2, end_line: 3, commit: null, quote: "def f():\n    return 1" };

test("an unchanged file opens at the lines the citation names", () => {
  const place = locate("import os\r\ndef f():\r\n    return 1\r\n", citation);
  assert.deepEqual(place, { first: 1, last: 2, state: "same" });
});

test("text that moved is found where it stands now, the nearest first", () => {
  const text = "def f():\n    return 1\n\n\n\n\ndef f():\n    return 1\n";
  assert.deepEqual(locate(text, citation), { first: 0, last: 1, state: "moved" });
});

test("text that is gone opens the lines where it was, within the file", () => {
  assert.deepEqual(locate("x = 1\n", citation), { first: 1, last: 1, state: "gone" });
  assert.deepEqual(locate("", citation), { first: 0, last: 0, state: "gone" });
});
