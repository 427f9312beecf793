/** A jest reporter that ends the run with one plain line, so that any tool can read how it went. */
export default class ClosingLine {
  onRunComplete(_contexts, results) {
    // A suite that could not even start counts as failed: it holds tests that nobody ran.
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites
    this.line = `${results.numPassedTests} passed, ${failed} failed`
    process.stdout.write(`\n${this.line}\n`)
  }
}
