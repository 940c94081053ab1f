// A wallet app of other people (@openid4vc/openid4vci) takes a certificate with it in both formats, and its verifiers look at
// what came. Arguments: the offer as it stands in the QR code, and the PIN. Prints one JSON line per step: {step, good, why}.
import { createHash, randomBytes } from "node:crypto";
import { clientAuthenticationAnonymous, HashAlgorithm } from "@openid4vc/oauth2";
import { Openid4vciClient } from "@openid4vc/openid4vci";
import { digest } from "@sd-jwt/crypto-nodejs";
import { SDJwtVcInstance } from "@sd-jwt/sd-jwt-vc";
import * as jose from "jose";

const [offered, pin] = process.argv.slice(2);
const { publicKey, privateKey } = await jose.generateKeyPair("ES256", { extractable: true });
const publicJwk = await jose.exportJWK(publicKey);
const holder = `did:jwk:${Buffer.from(JSON.stringify(publicJwk)).toString("base64url")}`;
const unused = () => {
  throw new Error("not asked for in this flow");
};
const callbacks = {
  hash: (data, algorithm) =>
    createHash(algorithm === HashAlgorithm.Sha256 ? "sha256" : algorithm)
      .update(data)
      .digest(),
  generateRandom: (count) => randomBytes(count),
  signJwt: async (signer, { header, payload }) => ({
    jwt: await new jose.SignJWT(payload).setProtectedHeader(header).sign(privateKey),
    signerJwk: publicJwk,
  }),
  clientAuthentication: clientAuthenticationAnonymous(),
  verifyJwt: unused,
  decryptJwe: unused,
  encryptJwe: unused,
};

async function step(name, work) {
  try {
    const found = await work();
    console.log(JSON.stringify({ step: name, good: true, why: "" }));
    return found;
  } catch (wrong) {
    const more = wrong.zodError?.issues ?? wrong.response ?? wrong.errorResponse ?? "";
    console.log(
      JSON.stringify({
        step: name,
        good: false,
        why: `${wrong.message} ${JSON.stringify(more)}`.slice(0, 900),
      }),
    );
    process.exit(0);
  }
}
const must = (good, why) => {
  if (!good) throw new Error(why);
};

const client = new Openid4vciClient({ callbacks });
const credentialOffer = await step("reads the offer", () => client.resolveCredentialOffer(offered));
const issuerMetadata = await step("reads the issuer's metadata", () =>
  client.resolveIssuerMetadata(credentialOffer.credential_issuer),
);
await step("is refused with another PIN", async () => {
  const txCode = pin === "000000" ? "000001" : "000000";
  const refused = client.retrievePreAuthorizedCodeAccessTokenFromOffer({
    credentialOffer,
    issuerMetadata,
    txCode,
  });
  await refused.then(
    () => must(false, "it was let in"),
    (wrong) => must(wrong.errorResponse?.error === "invalid_grant", wrong.message),
  );
});
const { accessTokenResponse } = await step("gets a token for code and PIN", () =>
  client.retrievePreAuthorizedCodeAccessTokenFromOffer({ credentialOffer, issuerMetadata, txCode: pin }),
);

async function take(credentialConfigurationId, signer) {
  const { c_nonce: nonce } = await client.requestNonce({ issuerMetadata });
  const proof = { issuerMetadata, credentialConfigurationId, nonce, signer };
  const { jwt } = await client.createCredentialRequestJwtProof(proof);
  const accessToken = accessTokenResponse.access_token;
  const asked = { issuerMetadata, accessToken, credentialConfigurationId, proofs: { jwt: [jwt] } };
  const { credentialResponse } = await client.retrieveCredentials(asked);
  return credentialResponse.credentials[0].credential;
}

const sdJwt = await step("takes the SD-JWT", () =>
  take("sd_jwt", { method: "jwk", publicJwk, alg: "ES256" }),
);
await step("sees that it is bound to its key and whole", async () => {
  const { iss } = jose.decodeJwt(sdJwt.split("~")[0]);
  const { kid } = jose.decodeProtectedHeader(sdJwt.split("~")[0]);
  const { origin, pathname } = new URL(iss);
  const { jwks } = await (await fetch(`${origin}/.well-known/jwt-vc-issuer${pathname}`)).json();
  const key = await jose.importJWK(
    jwks.keys.find((each) => each.kid === kid),
    "ES256",
  );
  const verifier = (data, signature) =>
    jose.compactVerify(`${data}.${signature}`, key).then(
      () => true,
      () => false,
    );
  const statusListFetcher = async (url) => (await fetch(url)).text();
  const instance = new SDJwtVcInstance({ verifier, hasher: digest, hashAlg: "sha-256", statusListFetcher });
  const { payload } = await instance.verify(sdJwt);
  must(payload.cnf.jwk.x === publicJwk.x, "another key");
  must(payload.name && payload.course, "nothing was disclosed to the holder");
});
const badge = await step("takes the Open Badge", () =>
  take("open_badge", { method: "did", didUrl: `${holder}#0`, alg: "ES256" }),
);
await step("sees that it is about its key", async () => {
  must(badge.credentialSubject.id === holder, JSON.stringify(badge.credentialSubject.id));
  must(badge.proof.cryptosuite === "eddsa-rdfc-2022", "another proof");
});
await step("cannot take the same twice", async () => {
  const again = take("open_badge", { method: "did", didUrl: `${holder}#0`, alg: "ES256" });
  await again.then(
    () => must(false, "it was given again"),
    (wrong) =>
      must(
        /401|invalid_token/.test(`${wrong.message} ${JSON.stringify(wrong.response ?? "")}`),
        wrong.message,
      ),
  );
});
