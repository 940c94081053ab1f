// Called by styles.py: {css, words, targets} on standard input, a style sheet for the browsers named there on standard
// output. Drops each selector with a class, an id or a tag that no page can have.
import { readFileSync } from "node:fs";
import { Buffer } from "node:buffer";
import { transform } from "lightningcss";

const { css, words, targets } = JSON.parse(readFileSync(0, "utf8"));
const known = new Set(words);
// `kern-icon--{{ tag.icon }}`: the template says how the word begins, something else says how it ends.
const begun = words.filter((word) => word.endsWith("-"));
const ALWAYS = new Set(["html", "body"]);

function occurs(name) {
  return (
    known.has(name) || begun.some((start) => name.startsWith(start) && known.has(name.slice(start.length)))
  );
}

// `:not(.x)` is true of pages without .x, so nothing in it makes a selector useless.
const CHOICES = new Set(["is", "where", "any", "has"]);

function possible(part) {
  if (part.type === "class" || part.type === "id") return occurs(part.name);
  if (part.type === "type") return ALWAYS.has(part.name) || known.has(part.name);
  if (part.type === "pseudo-class" && CHOICES.has(part.kind)) {
    part.selectors = part.selectors.filter((selector) => selector.every(possible));
    return part.selectors.length > 0;
  }
  return true;
}

const { code, warnings } = transform({
  filename: "lernstadt.css",
  code: Buffer.from(css),
  minify: true,
  targets,
  visitor: { Selector: (selector) => (selector.every(possible) ? selector : []) },
});
if (warnings.length) throw new Error(warnings.map((warning) => warning.message).join("\n"));
process.stdout.write(code);
