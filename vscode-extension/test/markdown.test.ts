import assert from "node:assert/strict";
import { test } from "node:test";

import type { Citation } from "../src/protocol.ts";
import { toHtml } from "../src/view/markdown.ts";

function cited(path: string, first = 1, last = first): Citation {
  return { path, start_line: first, end_line: last, commit: null, quote: "" };
}

test("[n] becomes a link to the citation, also in a table of the structural policy", () => {
  const html = toHtml("Called here:\n\n    pkg/shop.py:40  checkout  [1]\n", [cited("pkg/shop.py", 40)]);
  assert.match(html, /<a href="#" data-path="pkg\/shop.py" data-line="40">pkg\/shop.py:40<\/a>/);
  assert.match(html, /<a href="#" class="cite" data-citation="1" title="pkg\/shop.py:40">\[1\]<\/a>/);
});

test("rows that an answer aligned with spaces are a table, whose text may wrap", () => {
  const html = toHtml("Parts:\n\n    src/  3 files  what `it` is for  [1]\n    … 2 more\n", [cited("a.py")]);
  assert.match(html, /<tr><td>src\/<\/td><td>3 files<\/td><td>what <code>it<\/code> is for<\/td><td><a [^>]*>\[1\]<\/a><\/td><\/tr>/);
  assert.match(html, /<tr><td>… 2 more<\/td><\/tr>/);
  const ragged = toHtml("    a.py  [1]\n    b.py  what it is  [1]\n", [cited("c.py")]);
  assert.match(ragged, /<tr><td>a.py<\/td><td><\/td><td><a [^>]*>\[1\]<\/a><\/td><\/tr>/);
  assert.match(toHtml("    def f(x:  int) -> None\n        return x[1]\n", []), /^<pre><code>def f\(x:  int\)/);
});

test("headings stand below the page's own title", () => {
  assert.equal(toHtml("# One\n\n###### Six", []), "<h2>One</h2>\n<h6>Six</h6>\n");
});

test("a number that no citation has stays text", () => {
  assert.equal(toHtml("see [2] and a[0]", [cited("a.py")]), "<p>see [2] and a[0]</p>\n");
});

test("only cited paths are linked, and not inside longer ones", () => {
  const html = toHtml("a.py:3, other/a.py, a.pyc and b.py:1", [cited("a.py")]);
  assert.equal(html.match(/<a /g)?.length, 1);
  assert.match(html, /data-line="3"/);
});

test("nothing of the text becomes markup, loads anything or hides where a link leads", () => {
  const html = toHtml(
    '<script>alert(1)</script> ![x](https://evil.example/x.png) [docs](https://evil.example/?q=1) <b onclick="x">',
    [],
  );
  assert.doesNotMatch(html, /<script|<img|<a |<b /);
  assert.match(html, /<span>docs<\/span> <span class="away">\(https:\/\/evil.example\/\?q=1\)<\/span>/);
});

test("a reference definition does not swallow a citation", () => {
  assert.match(toHtml("[1]: it is here", [cited("a.py")]), /data-citation="1".*: it is here/);
});

test("a path with characters that mean something in HTML or in patterns is linked and escaped", () => {
  const html = toHtml("see a+(b)&\".py:2", [cited("a+(b)&\".py")]);
  assert.match(html, /data-path="a\+\(b\)&amp;&quot;.py" data-line="2"/);
});

test("lines stay lines, code stays code", () => {
  assert.equal(toHtml("one\ntwo", []), "<p>one<br>\ntwo</p>\n");
  assert.equal(toHtml("```py\nx[1] < 2\n```", [cited("a.py")]), "<pre><code>x[1] &lt; 2\n</code></pre>\n");
});

test("names with underscores are words, not bold type", () => {
  const html = toHtml("pkg/__init__.py:3 defines Shop.__init__ and **must** _not_ run", [cited("pkg/__init__.py", 3)]);
  assert.match(html, />pkg\/__init__.py:3<\/a> defines Shop.__init__ and <strong>must<\/strong> _not_ run/);
});
