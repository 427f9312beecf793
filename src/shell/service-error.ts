/** A call to GitHub or Jules that did not succeed. Holds nothing but safe fields: no header, no URL, no request body. */
export type Party = 'jules' | 'github'

export type Facts = {
  party: Party
  /** The method's own name, such as `sessions.create`. */
  call: string
  /** HTTP status; 0 where no whole answer came. */
  status: number
  /** The service's own word, such as `FAILED_PRECONDITION`, or the kind of network fault. */
  code: string
  /** What the service said, at most 2 KiB; to be fenced and redacted before anybody reads it. */
  said: string
  /** Of GitHub: the permissions any of which would do, as the YAML of a workflow spells them. */
  needs?: string[]
  /** From `Retry-After`, milliseconds; undefined where none was sent. */
  retryAfterMs?: number | undefined
  /** The same call may work later. */
  passing: boolean
  /** The call may have had its effect. */
  unsure: boolean
}

export class ServiceError extends Error {
  readonly facts: Facts
  constructor(facts: Facts, cause?: unknown) {
    super(`${facts.party} ${facts.call}: ${facts.status === 0 ? facts.code : `${facts.status} ${facts.code}`}`, {
      cause,
    })
    this.name = 'ServiceError'
    this.facts = facts
  }
}
