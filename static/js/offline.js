// The page that checks a paper certificate with no server: this file, the keys of the issuers, the browser's own Ed25519.
// certificates/paper/check_page.py puts it into one HTML file together with the keys of that day.

const data = JSON.parse(document.getElementById("keys").textContent);
const form = document.querySelector("form");
const out = document.querySelector("[role=status]");
const ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

function bytes(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

// "z6Mk…": base 58 of two bytes that say "Ed25519", and the 32 bytes of the key.
function rawKey(multikey) {
  let number = 0n;
  for (const letter of multikey.slice(1)) number = number * 58n + BigInt(ALPHABET.indexOf(letter));
  const hex = number.toString(16).padStart(68, "0");
  return Uint8Array.from(hex.slice(4).match(/../g), (pair) => parseInt(pair, 16));
}

async function read(line) {
  const [payload, signature] = line.split(".");
  const facts = JSON.parse(new TextDecoder().decode(bytes(payload)));
  const issuer = Object.prototype.hasOwnProperty.call(data.keys, facts.m) && data.keys[facts.m];
  if (!issuer) return { says: data.words.unknown };
  const key = await crypto.subtle.importKey("raw", rawKey(facts.m), { name: "Ed25519" }, false, ["verify"]);
  const genuine = await crypto.subtle.verify(
    "Ed25519",
    key,
    bytes(signature),
    new TextEncoder().encode(payload),
  );
  return genuine ? { facts, issuer } : { says: data.words.changed };
}

function day(iso) {
  return (
    iso &&
    new Date(`${iso}T12:00:00`).toLocaleDateString(document.documentElement.lang, { dateStyle: "long" })
  );
}

/** @param {{ facts?: Record<string, string>, issuer?: string, says?: string }} answer */
function show({ facts, issuer, says }) {
  out.replaceChildren();
  const heading = document.createElement("h2");
  heading.textContent = facts ? data.words.genuine : says;
  heading.className = facts ? "ok" : "bad";
  out.append(heading);
  if (!facts) return;
  const expired = facts.u && facts.u < new Date().toISOString().slice(0, 10);
  const list = document.createElement("dl");
  const rows = [
    ["n", facts.n],
    ["t", facts.t],
    ["k", data.kinds[facts.k]],
    ["by", issuer],
    ["i", day(facts.i)],
    ["u", day(facts.u)],
    ["z", facts.z],
  ];
  for (const [name, text] of rows.filter(([, text]) => text)) {
    const term = document.createElement("dt");
    const value = document.createElement("dd");
    term.textContent = data.terms[name];
    value.textContent = text;
    list.append(term, value);
  }
  const note = document.createElement("p");
  note.textContent = `${expired ? `${data.words.expired} ` : ""}${data.words.compare}`;
  out.append(list, note);
}

async function check(text) {
  const line = text.trim().split("#").pop();
  try {
    show(await read(line));
  } catch (wrong) {
    show({ says: wrong.name === "NotSupportedError" ? data.words.old : data.words.unreadable });
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  check(form.elements.line.value);
});
if (location.hash.includes(".")) {
  form.elements.line.value = location.href;
  check(location.hash);
} else if (form.elements.line.value) {
  check(form.elements.line.value); // attached to a paper: it knows which one
}
