/** A method of an emulated service: where it is called, what comes in, what goes out. */

/** A call as it arrived. */
export type Request = {
  method: string
  path: string
  /** Values of the `:names` in the route's pattern, decoded. A last `:name*` takes the rest of the path. */
  params: Record<string, string>
  query: URLSearchParams
  headers: Record<string, string>
  /** The parsed JSON body, or undefined where there was none or it was not JSON (then see `text`). */
  body: unknown
  text: string
}

export type Answer = {
  status?: number
  headers?: Record<string, string>
  /** Sent as JSON. */
  body?: unknown
  /** Sent as it is, instead of `body`. */
  text?: string
}

/** A call with what became of it, in the order of arrival. */
export type Call = Request & {
  at: number
  route: string | undefined
  status: number
  answer: unknown
  /** What the service itself answered, before a fault on order lost or changed it; undefined if it was never asked. */
  own: Answer | undefined
}

export type Route = {
  /** The method's own name, such as `sessions.create`; faults and tests refer to it. */
  name: string
  method: string
  pattern: string
  handle(request: Request): Answer | Promise<Answer>
}

/**
 * `/repos/:owner/issues/:number` → a function from a path to the values, or undefined where it does not fit.
 * A colon right after a name is a custom verb as Google's APIs have them: `/sessions/:id:archive`.
 */
export function compile(pattern: string): (path: string) => Record<string, string> | undefined {
  const names: string[] = []
  const source = pattern
    .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
    .replace(/(?<![a-zA-Z*]):([a-zA-Z]+)(\*?)/g, (_, name: string, rest: string) => {
      names.push(name)
      return rest === '' ? '([^/:]+)' : '(.+)'
    })
  const expression = new RegExp(`^${source}$`)
  return (path) => {
    const found = expression.exec(path)
    return found ? Object.fromEntries(names.map((name, at) => [name, decode(found[at + 1] ?? '')])) : undefined
  }
}

/** A mistake of the emulator itself is an answer too, so that whoever looks at the calls sees it. */
export function asFailure(error: unknown) {
  const reason = error instanceof Error ? error.stack : String(error)
  return { status: 500, text: `The emulator failed: ${reason}` }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
