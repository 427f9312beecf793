/** Workflow commands in a program's output, read as the runner's `ActionCommand` does. */
export type Command = {
  command: string
  /** Names in lower case, for the runner compares them without case. */
  properties: Record<string, string>
  value: string
}

const registered = new Set([
  'add-mask',
  'add-matcher',
  'add-path',
  'debug',
  'echo',
  'endgroup',
  'error',
  'group',
  'notice',
  'remove-matcher',
  'save-state',
  'set-env',
  'set-output',
  'stop-commands',
  'warning',
])

/** What .NET trims: not quite what JavaScript does, which keeps U+0085 and takes U+FEFF away. */
const blanks = '[\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]+'
const leadingBlanks = new RegExp(`^${blanks}`)
const outerBlanks = new RegExp(`^${blanks}|${blanks}$`, 'g')

/** Whether a text is the name of a command. */
export function isCommand(name: string): boolean {
  return registered.has(name.toLowerCase())
}

/**
 * The command in a line: `::name key=value::text` at its start, or the older `##[name key=value]text` anywhere.
 * While commands are stopped, the token that resumes them is one, too.
 */
export function parseCommand(line: string, token?: string): Command | undefined {
  return parseColons(line.replace(leadingBlanks, ''), token) ?? parseBracket(line, token)
}

function parseColons(line: string, token: string | undefined): Command | undefined {
  const end = line.startsWith('::') ? line.indexOf('::', 2) : -1
  if (end < 0) return undefined
  return commandOf(line.slice(2, end), line.slice(end + 2), { ...colons, token })
}

function parseBracket(line: string, token: string | undefined): Command | undefined {
  const start = line.indexOf('##[')
  const end = start < 0 ? -1 : line.indexOf(']', start)
  if (end < 0) return undefined
  return commandOf(line.slice(start + 3, end), line.slice(end + 1), { ...bracket, token })
}

type Dialect = {
  separator: string
  trims: boolean
  /** What stands for which mark, in the order in which the runner replaces them. */
  property: [string, string][]
  value: [string, string][]
  token?: string | undefined
}

const lineEnds: [string, string][] = [
  ['%0D', '\r'],
  ['%0A', '\n'],
]
const marks: [string, string][] = [['%3B', ';'], ...lineEnds, ['%5D', ']'], ['%25', '%']]
const bracket: Dialect = { separator: ';', trims: false, property: marks, value: marks }
const colons: Dialect = {
  separator: ',',
  trims: true,
  property: [...lineEnds, ['%3A', ':'], ['%2C', ','], ['%25', '%']],
  value: [...lineEnds, ['%25', '%']],
}

function commandOf(head: string, value: string, dialect: Dialect): Command | undefined {
  const space = head.indexOf(' ')
  const command = (space < 0 ? head : head.slice(0, space)).toLowerCase()
  if (!registered.has(command) && command !== dialect.token?.toLowerCase()) return undefined
  const properties: Record<string, string> = {}
  const list = space < 0 ? '' : head.slice(space + 1)
  for (const pair of (dialect.trims ? list.replace(outerBlanks, '') : list).split(dialect.separator)) {
    // Equals signs before the name and before the value are dropped, and what has no value then is none.
    const [, name, text] = /^=*([^=]+)=+([^=].*)$/s.exec(pair) ?? []
    if (name !== undefined && text !== undefined) properties[name.toLowerCase()] = unescaped(text, dialect.property)
  }
  return { command, properties, value: unescaped(value, dialect.value) }
}

function unescaped(text: string, pairs: [string, string][]): string {
  return pairs.reduce((part, [escaped, mark]) => part.replaceAll(escaped, mark), text)
}
