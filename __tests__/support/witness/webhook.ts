/** Is a webhook one that GitHub's own schemas know? */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Delivery } from '../../../emulator/github/index.ts'
import { makeValidate } from './validator.ts'

const file = createRequire(import.meta.url).resolve('@octokit/webhooks-schemas/schema.json')
const schemas = JSON.parse(readFileSync(file, 'utf8'))

/** Workflows are told of their hour as if by a webhook, but none is sent, so GitHub publishes no schema. */
const schedule = {
  type: 'object',
  properties: {
    schedule: { type: 'string', pattern: '^\\S+( \\S+){4}$' },
    repository: { $ref: '#/definitions/repository' },
    organization: { $ref: '#/definitions/organization' },
  },
  required: ['schedule', 'repository'],
  additionalProperties: false,
}

// Without their root, which lists all webhooks, and would have every one of them compiled.
const definitions = { ...schemas.definitions, schedule$event: schedule }
const validate = makeValidate({ definitions })

/** What is wrong with a webhook, in words. */
export function faultsOfWebhook({ event, payload }: Delivery): string[] {
  const name = `${event}$${Reflect.get(payload, 'action') ?? 'event'}`
  const faults = Object.hasOwn(definitions, name)
    ? validate(`#/definitions/${name}`, JSON.parse(JSON.stringify(payload)))
    : ['GitHub publishes no schema of that name']
  return faults.map((fault) => `webhook ${name.replace('$', ' ')}: ${fault}`)
}
