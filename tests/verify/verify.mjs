// Other people's verifiers look at what a manifest names: Digital Bazaar's vc, the Digital Credentials Consortium's
// verifier-core, jose, sd-jwt-vc, ajv. No network: DID documents, lists and contexts are read from the manifest's folder.
// Only "web" fetches DIDs and lists from where they say they are. Prints one JSON line per check: {by, label, accepted, says}.
import fs from "node:fs";
import path from "node:path";

const folder = path.dirname(process.argv[2]);
const read = (name) => JSON.parse(fs.readFileSync(path.join(folder, name), "utf8"));
const manifest = read(path.basename(process.argv[2]));
const served = (url) => {
  const name = manifest.served[url];
  if (!name) throw new TypeError(`nothing is served at ${url}`);
  return read(name);
};
const fetched = globalThis.fetch;
globalThis.fetch = async (asked) => {
  const url = typeof asked === "string" ? asked : asked.url;
  return new Response(JSON.stringify(served(url)), { headers: { "content-type": "application/json" } });
};

const vc = await import("@digitalbazaar/vc");
const { DataIntegrityProof } = await import("@digitalbazaar/data-integrity");
const { cryptosuite } = await import("@digitalbazaar/eddsa-rdfc-2022-cryptosuite");
const { checkStatus } = await import("@digitalbazaar/vc-bitstring-status-list");
const jose = await import("jose");

const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);
const suite = new DataIntegrityProof({ cryptosuite });

async function documentLoader(url) {
  const [did, fragment] = url.split("#");
  if (!url.startsWith("did:")) return { contextUrl: null, documentUrl: url, document: served(url) };
  const document = served(manifest.dids[did] ?? url);
  if (!fragment) return { contextUrl: null, documentUrl: url, document };
  const method = document.verificationMethod.find((each) => each.id === url);
  if (!method) throw new Error(`${url} is not in the DID document`);
  const context = "https://w3id.org/security/multikey/v1";
  return { contextUrl: null, documentUrl: url, document: { "@context": context, ...method } };
}

// Trap: the status library answers "verified" for a revoked credential; the caller has to look at each result.
const bazaar = (credential) => bazaarWith(credential, documentLoader);
async function bazaarWith(credential, documentLoader) {
  const check = (options) => checkStatus({ ...options, verifyMatchingIssuers: true });
  const result = await vc.verifyCredential({ credential, suite, documentLoader, checkStatus: check });
  const bits = result.statusResult?.results?.map((each) => each.status) ?? [];
  const says = result.error?.errors?.map((each) => each.message).join("; ") ?? result.error?.message ?? "";
  return {
    accepted: result.verified && !bits.some(Boolean),
    says: bits.some(Boolean) ? "a status bit is set" : says,
  };
}

// did:web and status lists as in the world, by Veramo's resolver and plain fetch, with real certificates on this machine.
const { Resolver } = await import("did-resolver");
const resolver = new Resolver((await import("web-did-resolver")).getResolver());
const onTheWay = {};
async function fromTheWeb(url) {
  const [did, fragment] = url.split("#");
  if (url in manifest.served && !url.startsWith(manifest.url)) return documentLoader(url); // contexts
  if (!url.startsWith("did:")) {
    onTheWay[url] ??= fetched(url).then((answer) => answer.json());
    return { contextUrl: null, documentUrl: url, document: await onTheWay[url] };
  }
  onTheWay[did] ??= resolver.resolve(did);
  const { didDocument, didResolutionMetadata } = await onTheWay[did];
  if (!didDocument) throw new Error(`${did}: ${JSON.stringify(didResolutionMetadata)}`);
  const method = didDocument.verificationMethod.find((each) => each.id === url);
  if (!fragment) return { contextUrl: null, documentUrl: url, document: didDocument };
  if (!method) throw new Error(`${url} is not in the DID document`);
  const document = { "@context": "https://w3id.org/security/multikey/v1", ...method };
  return { contextUrl: null, documentUrl: url, document };
}
const web = (credential) => bazaarWith(credential, fromTheWeb);

// 1EdTech's JSON schema (draft 2019-09).
const { default: Ajv } = await import("ajv/dist/2019.js");
const { default: addFormats } = await import("ajv-formats");
const compiled = new Map();
async function schema({ schema, credential }) {
  if (!compiled.has(schema.$id)) {
    const ajv = new Ajv({ allErrors: true, strict: false });
    addFormats(ajv);
    compiled.set(schema.$id, ajv.compile(schema));
  }
  const valid = compiled.get(schema.$id);
  const accepted = valid(credential);
  return {
    accepted,
    says: (valid.errors ?? []).map((each) => `${each.instancePath} ${each.message}`).join("; "),
  };
}

async function quietly(work) {
  const { log, error, warn } = console;
  console.log = console.error = console.warn = () => {};
  try {
    return await work();
  } finally {
    Object.assign(console, { log, error, warn });
  }
}

const core = await quietly(() => import("@digitalcredentials/verifier-core"));
async function consortium(credential) {
  const registries = [{ name: "city", type: "dcc-legacy", url: "https://registry.invalid/r.json" }];
  const result = await quietly(() => core.verifyCredential({ credential, knownDIDRegistries: registries }));
  const log = Object.fromEntries((result.log ?? []).map((each) => [each.id, each.valid]));
  const asked = ["valid_signature", "revocation_status", "expiration"].filter((id) => id in log);
  const says = result.errors?.map((each) => each.message).join("; ") ?? JSON.stringify(log);
  return { accepted: !result.errors && log.valid_signature === true && asked.every((id) => log[id]), says };
}

async function token({ jwt, jwk }) {
  try {
    const { payload } = await jose.jwtVerify(jwt, await jose.importJWK(jwk, "RS256"), {
      algorithms: ["RS256"],
    });
    return { accepted: payload.iss === payload.issuer?.id, says: "" };
  } catch (wrong) {
    return { accepted: false, says: wrong.code ?? wrong.message };
  }
}

// Trap: this library drops a changed disclosure in silence and still says "verified"; so what was shown is counted.
const { SDJwtVcInstance } = await import("@sd-jwt/sd-jwt-vc");
const { digest } = await import("@sd-jwt/crypto-nodejs");
const HIDDEN = ["name", "course", "kind", "awarded", "result"];
async function sdjwt({ token, jwk, status, show }) {
  const key = await jose.importJWK(jwk, "ES256");
  const verifier = (data, signature) =>
    jose.compactVerify(`${data}.${signature}`, key, { algorithms: ["ES256"] }).then(
      () => true,
      () => false,
    );
  const hashing = { hasher: digest, hashAlg: "sha-256" };
  const instance = new SDJwtVcInstance({ verifier, ...hashing, statusListFetcher: async () => status });
  const presented = show
    ? await instance.present(token, Object.fromEntries(show.map((name) => [name, true])))
    : token;
  const { payload } = await instance.verify(presented);
  const parts = presented.split("~").slice(1, -1);
  const shown = parts.map((each) => JSON.parse(Buffer.from(each, "base64url"))[1]);
  const lost = shown.filter((name) => !(name in payload));
  const more = show ? HIDDEN.filter((name) => !show.includes(name) && name in payload) : [];
  return { accepted: !lost.length && !more.length, says: [...lost, ...more].join() };
}

const verifiers = { bazaar, consortium, web, schema, jose: token, "sd-jwt-vc": sdjwt };
for (const { by, label, file } of manifest.checks) {
  for (const [number, document] of read(file).entries()) {
    let result;
    try {
      result = await verifiers[by](document);
    } catch (wrong) {
      result = { accepted: false, says: String(wrong.message ?? wrong) };
    }
    say({ by, label, number, ...result, says: String(result.says).slice(0, 300) });
  }
}
