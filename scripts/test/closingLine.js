/** Jest reporter: prints the closing line `N passed, N failed`; under CI a skipped, todo or focused test is a failure. */
export default class ClosingLine {
  failed = 0;

  onRunComplete(_contexts, results) {
    const notRun = results.numPendingTests + results.numTodoTests;
    const brokenSuites = results.testResults.filter((suite) => suite.testExecError).length;
    this.failed = results.numFailedTests + brokenSuites;
    if (process.env.CI && notRun > 0) {
      for (const suite of results.testResults)
        for (const test of suite.testResults)
          if (test.status === 'pending' || test.status === 'todo' || test.status === 'disabled')
            process.stdout.write(`not run: ${suite.testFilePath} › ${test.fullName}\n`);
      this.failed += notRun;
    }
    // Last of all, after the other reporters' summaries.
    process.once('exit', () =>
      process.stdout.write(`\n${results.numPassedTests} passed, ${this.failed} failed\n`),
    );
  }

  getLastError() {
    return this.failed > 0 ? new Error(`${this.failed} failed or not run`) : undefined;
  }
}
