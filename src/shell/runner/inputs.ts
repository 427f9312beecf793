/** The only place that reads inputs. */
import { getInput, setSecret } from '@actions/core'
import type { InputName, Inputs } from '../../core/config.ts'
import { INPUT_DEFAULTS } from '../../core/inputs.ts'

/** All inputs as text. The two secrets are masked, as they are and in base64, before anything else is done with them. */
export function readInputs(): Inputs {
  const inputs: Record<InputName, string> = { ...INPUT_DEFAULTS }
  for (const name of Object.keys(INPUT_DEFAULTS)) {
    const given = getInput(name)
    if (isInput(name) && given !== '') inputs[name] = given
  }
  // In base64 it would be just as good to whoever reads it.
  for (const secret of secretsOf(inputs)) for (const form of [secret, base64(secret)]) setSecret(form)
  return inputs
}

/** The values that must never be seen. */
export function secretsOf(inputs: Inputs): string[] {
  return [inputs['jules-api-key'], inputs['github-token']].filter((secret) => secret.length >= 8)
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64')
}

function isInput(name: string): name is InputName {
  return Object.hasOwn(INPUT_DEFAULTS, name)
}
