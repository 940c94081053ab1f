// Mocha tells each result as a line of JSON, as it comes: {state, title, why}.
module.exports = function Reporter(runner) {
  const say = (state, test, why = "") => {
    const title = test.titlePath().join(" › ").replace(/\s+/g, " ");
    process.stdout.write(`${JSON.stringify({ state, title, why: String(why).slice(0, 500) })}\n`);
  };
  runner.on("pass", (test) => say("good", test));
  runner.on("fail", (test, wrong) => say("failed", test, wrong.message));
  runner.on("pending", (test) => say("left out", test, test.ctx?.test?.cell?.skipMessage ?? "left out by the suite"));
  runner.on("end", () => process.stdout.write('{"state":"end"}\n'));
};
