/** Answers that came with a 200 and are none of GitHub's. */
import { ServiceError } from '../service-error.ts'

/** The list that an answer is. */
export function listIn(call: string, data: unknown): unknown[] {
  if (!Array.isArray(data)) throw strange(call)
  return data
}

/** An answer of another form says nothing; taken for an empty one, it would have us start again what is under way. */
export function strange(call: string): ServiceError {
  const facts = { party: 'github', call, status: 200, code: 'not-json', said: '' } as const
  return new ServiceError({ ...facts, passing: true, unsure: false })
}
