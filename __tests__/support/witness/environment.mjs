/**
 * Node as jest has it, where whatever the emulated GitHub is asked, answers or tells is held against GitHub's own
 * description: what is wrong fails the test that caused it. The schemas are compiled once for all files of a worker.
 */
import { appendFileSync } from 'node:fs'
import { TestEnvironment } from 'jest-environment-node'
import { startWitness } from './witness.ts'

export default class WatchedEnvironment extends TestEnvironment {
  async setup() {
    await super.setup()
    this.witness = startWitness()
  }

  handleTestEvent(event, state) {
    if (event.name === 'test_done') event.test.errors.push(...this.witness.errors())
    if (event.name === 'run_finish') state.unhandledErrors.push(...this.witness.errors())
  }

  async teardown() {
    this.witness.stop()
    const { exchanges, webhooks } = this.witness.seen
    const file = process.env.COUNT_OF_EXCHANGES
    if (file !== undefined) appendFileSync(file, `${exchanges} ${webhooks}\n`)
    await super.teardown()
  }
}
