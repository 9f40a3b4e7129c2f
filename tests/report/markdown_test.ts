/** Markdown from text that may hold anything. */

import assert from "node:assert/strict";
import {
  code,
  commandBlock,
  details,
  escapeText,
  figure,
  paragraphs,
  table,
} from "../../lib/report/markdown.ts";

Deno.test("text is escaped so that no character is read as markup", () => {
  assert.equal(escapeText("a|b*c_d`e[f]"), "a\\|b\\*c\\_d\\`e\\[f\\]");
  assert.equal(escapeText("<script>&amp;"), "&lt;script&gt;&amp;amp;");
  assert.equal(escapeText("two\r\n\n## lines\u0000"), "two \\#\\# lines ");
  assert.equal(escapeText("- item"), "\\- item");
  assert.equal(escapeText("1. item"), "1\\. item");
  assert.equal(escapeText("mail@lab"), "mail&#64;lab");
  assert.equal(escapeText("http://a.b"), "http&#58;//a.b");
});

Deno.test("plain names are left as they are", () => {
  assert.equal(escapeText("shoot apical meristem"), "shoot apical meristem");
  assert.equal(escapeText("Zm00001d012345"), "Zm00001d012345");
});

Deno.test("code holds pipes and backticks without breaking a table", () => {
  assert.equal(code("cnn/history.csv"), "`cnn/history.csv`");
  assert.equal(code("a|b`c"), "<code>a&#124;b&#96;c</code>");
  assert.equal(code("a<b>\nc"), "<code>a&#60;b&#62; c</code>");
  assert.ok(!/\n/.test(code("a\nb")));
});

Deno.test("a table has one cell a column", () => {
  assert.equal(
    table([{ title: "a" }, { title: "n", align: "right" }], [["x", "1"]]),
    "| a | n |\n| --- | --: |\n| x | 1 |\n",
  );
  assert.throws(
    () => table([{ title: "a" }], [["x", "y"]]),
    new RangeError(
      "Cannot write the table: a row has 2 cells and should have 1",
    ),
  );
});

Deno.test("a figure's path is encoded folder by folder", () => {
  assert.equal(
    figure("all_genes", "clusters/embedding_a (1).svg"),
    "![all\\_genes](clusters/embedding_a%20%281%29.svg)\n",
  );
});

Deno.test("a command keeps its backticks inside a longer fence", () => {
  assert.equal(commandBlock(["a", "b"]), "```sh\na \\\n  b\n```\n");
  assert.ok(commandBlock(["echo '```'"]).startsWith("````sh\n"));
});

Deno.test("folded parts leave an empty line before their Markdown", () => {
  assert.equal(
    details("a < b", "**x**\n"),
    "<details>\n<summary>a &lt; b</summary>\n\n**x**\n\n</details>\n",
  );
});

Deno.test("empty paragraphs are left out", () => {
  assert.equal(paragraphs("", "a\n", "", "b"), "a\n\nb\n");
  assert.equal(paragraphs(""), "");
});
