// Alfa: one line of JSON in (what `reader` took from a page), one line out (what fails there, [rule, place, reason]).
// With the argument "reader" it prints the function that reads a page, and ends.
import { createInterface } from "node:readline";

import { Audit } from "@siteimprove/alfa-act";
import { Device } from "@siteimprove/alfa-device";
import * as devices from "@siteimprove/alfa-device/native";
import { Node } from "@siteimprove/alfa-dom";
import * as dom from "@siteimprove/alfa-dom/native";
import { Header, Headers, Request, Response } from "@siteimprove/alfa-http";
import { Rules } from "@siteimprove/alfa-rules";
import { URL } from "@siteimprove/alfa-url";
import { Conformance, Criterion } from "@siteimprove/alfa-wcag";
import { Page } from "@siteimprove/alfa-web";

const RULES = [...Rules.values()].filter(isAsked);

if (process.argv[2] === "reader") {
  process.stdout.write(
    `async () => ({ nodes: await (${dom.Native.fromNode})(document), device: (${devices.Native.fromWindow})(window), url: location.href })`,
  );
} else {
  for await (const line of createInterface({ input: process.stdin })) {
    process.stdout.write(`${JSON.stringify(await failures(JSON.parse(line)))}\n`);
  }
}

// Levels A and AA, and best practice; AAA is not promised
function isAsked(rule) {
  const criteria = [...rule.requirements].filter(Criterion.isCriterion);
  return criteria.length === 0 || criteria.some(Conformance.isAA());
}

async function failures(seen) {
  const device = Device.from(seen.device);
  const url = URL.parse(seen.url).getUnsafe();
  const response = Response.of(url, 200, Headers.of([Header.of("Content-Type", "text/html")]));
  const document = Node.from(seen.nodes, device);
  const page = Page.of(Request.of("GET", url), response, document, device);
  const outcomes = [...(await Audit.of(page, RULES).evaluate())].map((outcome) => outcome.toJSON());
  return outcomes
    .filter((outcome) => outcome.outcome === "failed")
    .map((outcome) => [outcome.rule.uri.split("/").pop(), place(outcome.target), reason(outcome)]);
}

function place(target) {
  const attributes = (target.attributes ?? []).map(({ name, value }) => `${name}="${value}"`).join(" ");
  const text = (target.children ?? [])
    .map((child) => child.data ?? "")
    .join("")
    .trim();
  return `<${target.name ?? target.type} ${attributes}>${text || (target.data ?? "")}`.slice(0, 200);
}

function reason(outcome) {
  return outcome.expectations
    .map(([, said]) => said.error?.message ?? "")
    .filter(Boolean)
    .join("; ");
}
