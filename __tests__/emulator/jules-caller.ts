/** Calls the emulated Jules over HTTP as any client would, for its own tests. */
import { type Clock, startClock } from '../../emulator/clock.ts'
import { type Jules, type JulesOptions, type SessionState, startJules } from '../../emulator/jules/index.ts'

export type Reply = { status: number; text: string; body: Record<string, unknown> }

export type Caller = {
  clock: Clock
  jules: Jules
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>
  /** Creates a session for acme/widgets that may open a pull request; answers its id. */
  create(prompt: string, more?: Record<string, unknown>): Promise<string>
  state(id: string): SessionState
  /** Lets so many seconds pass, one by one, and answers the states that the session went through. */
  follow(id: string, seconds: number): string[]
  /** The names of the events of the session's activities. */
  events(id: string): string[]
}

export const WIDGETS = {
  source: 'sources/github/acme/widgets',
  githubRepoContext: { startingBranch: 'main' },
}

/** Works on the given options, or on an account with acme/widgets alone. */
export async function startCaller(options: Partial<JulesOptions> = {}): Promise<Caller> {
  const clock = options.clock ?? startClock({ epoch: Date.parse('2026-08-24T10:00:00Z') })
  const jules = await startJules({ sources: [{ owner: 'acme', repo: 'widgets' }], ...options, clock })

  async function call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    const answer = await fetch(`${jules.url}${path}`, {
      method,
      headers: { 'x-goog-api-key': 'key-of-the-test', ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await answer.text()
    return { status: answer.status, text, body: text.startsWith('{') ? JSON.parse(text) : {} }
  }

  function state(id: string): SessionState {
    const found = jules.sessions().find((session) => session.id === id)
    if (found === undefined) throw new Error(`There is no session ${id}.`)
    return found
  }

  return {
    clock,
    jules,
    call,
    state,
    create: async (prompt, more = {}) => {
      const wanted = { prompt, sourceContext: WIDGETS, automationMode: 'AUTO_CREATE_PR', ...more }
      const reply = await call('POST', '/sessions', wanted)
      if (reply.status !== 200) throw new Error(reply.text)
      return String(reply.body.id)
    },
    follow: (id, seconds) => {
      const seen = [state(id).state]
      for (let passed = 0; passed < seconds; passed += 1) {
        clock.move(1000)
        const now = state(id).state
        if (now !== seen.at(-1)) seen.push(now)
      }
      return seen
    },
    events: (id) => state(id).activities.map(eventOf),
  }
}

function eventOf(activity: object): string {
  const common = ['name', 'id', 'createTime', 'originator', 'description', 'artifacts']
  return Object.keys(activity).find((key) => !common.includes(key)) ?? 'none'
}
