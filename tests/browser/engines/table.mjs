// Prints what the runs came to, engine by engine: each case with its receipt and seconds. A Playwright reporter.

const note = (test, type) => test.annotations.find((found) => found.type === type)?.description ?? "";

export default class Table {
  #tests = [];

  onBegin(_config, suite) {
    this.#tests = suite.allTests();
  }

  onEnd() {
    const lines = this.#tests.map((test) => {
      const { status = "not run", duration = 0 } = test.results.at(-1) ?? {};
      const [, engine, file] = test.titlePath();
      const name = file.startsWith("cases") ? test.title.split(":")[0] : test.title;
      return [engine, name, status, note(test, "receipt"), (duration / 1000).toFixed(1), note(test, "version")];
    });
    const head = ["engine", "case", "result", "receipt", "seconds", "version"];
    const widths = head.map((_, at) => Math.max(...[head, ...lines].map((line) => line[at].length)));
    const row = (line) => line.map((cell, at) => (at === 4 ? cell.padStart(widths[at]) : cell.padEnd(widths[at]))).join("  ");
    console.log(`\n${[head, ...lines].map(row).join("\n")}`);
  }

  printsToStdio() {
    return true;
  }
}
