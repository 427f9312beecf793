/** Creates one session with the official client and its own defaults. */
import { connect, MemorySessionStorage, MemoryStorage } from '@google/jules-sdk'

const [baseUrl = ''] = process.argv.slice(2)
const storageFactory = { session: () => new MemorySessionStorage(), activity: () => new MemoryStorage() }
const jules = connect({ baseUrl, apiKey: 'emulated-jules-api-key', storageFactory })
const source = { github: 'acme/widgets', baseBranch: 'main' }
const prompt = 'Fix the flaky date test.'
await jules.run({ prompt, source, autoPr: true }).catch(() => process.exit(1))
process.exit()
