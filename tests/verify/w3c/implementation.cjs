// What the W3C's suites are to talk to; `tests.verify.suites` copies it into each of them as localConfig.cjs.
const { SUITE_ADDRESS: at, SUITE_OPTIONS: options } = process.env;
const tags = ["eddsa-rdfc-2022", "vc2.0", "BitstringStatusList"];
const door = (path, more = {}) => [{ id: `${at}/credentials/issuer`, endpoint: `${at}/${path}`, tags, ...more }];

module.exports = {
  settings: { enableInteropTests: false, testAllImplementations: false },
  implementations: [
    {
      name: "Lernstadt",
      implementation: "Lernstadt",
      issuers: door("credentials/issue", { options: JSON.parse(options), supports: { vc: ["1.1", "2.0"] } }),
      verifiers: door("credentials/verify"),
      vpVerifiers: door("presentations/verify"),
    },
  ],
};
