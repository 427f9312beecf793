/** The only place that reads inputs. */
import { getInput, setSecret } from '@actions/core'
import type { InputName, Inputs } from '../../core/config.ts'
import { INPUT_DEFAULTS } from '../../core/inputs.ts'

/** All inputs as text. The two secrets are masked before anything else is done with them. */
export function readInputs(): Inputs {
  const inputs: Record<InputName, string> = { ...INPUT_DEFAULTS }
  for (const name of Object.keys(INPUT_DEFAULTS)) {
    const given = getInput(name)
    if (isInput(name) && given !== '') inputs[name] = given
  }
  for (const secret of secretsOf(inputs)) setSecret(secret)
  return inputs
}

/** The values that must never be seen. */
export function secretsOf(inputs: Inputs): string[] {
  return [inputs['jules-api-key'], inputs['github-token']].filter((secret) => secret.length >= 8)
}

function isInput(name: string): name is InputName {
  return Object.hasOwn(INPUT_DEFAULTS, name)
}
