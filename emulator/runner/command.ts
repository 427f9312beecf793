/** Workflow commands in a program's output, read as the runner's `ActionCommand` does. */
export type Command = { command: string; properties: Record<string, string>; value: string }

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

/** The command in a line: `::name key=value::text` at its start, or the older `##[name key=value]text` anywhere. */
export function parseCommand(line: string): Command | undefined {
  return parseColons(line.trimStart()) ?? parseBracket(line)
}

function parseColons(line: string): Command | undefined {
  const end = line.startsWith('::') ? line.indexOf('::', 2) : -1
  if (end < 0) return undefined
  return commandOf(line.slice(2, end), line.slice(end + 2), { separator: ',', unescape: unescapeColons })
}

function parseBracket(line: string): Command | undefined {
  const start = line.indexOf('##[')
  const end = start < 0 ? -1 : line.indexOf(']', start)
  if (end < 0) return undefined
  return commandOf(line.slice(start + 3, end), line.slice(end + 1), { separator: ';', unescape: unescapeBracket })
}

type Dialect = { separator: string; unescape(text: string, where: 'property' | 'value'): string }

function commandOf(head: string, value: string, dialect: Dialect): Command | undefined {
  const space = head.indexOf(' ')
  const command = (space < 0 ? head : head.slice(0, space)).toLowerCase()
  if (!registered.has(command)) return undefined
  const properties: Record<string, string> = {}
  for (const pair of space < 0
    ? []
    : head
        .slice(space + 1)
        .trim()
        .split(dialect.separator)) {
    const equals = pair.indexOf('=')
    if (equals >= 0) properties[pair.slice(0, equals)] = dialect.unescape(pair.slice(equals + 1), 'property')
  }
  return { command, properties, value: dialect.unescape(value, 'value') }
}

function unescapeColons(text: string, where: 'property' | 'value'): string {
  const lines = text.replaceAll('%0D', '\r').replaceAll('%0A', '\n')
  const marks = where === 'property' ? lines.replaceAll('%3A', ':').replaceAll('%2C', ',') : lines
  return marks.replaceAll('%25', '%')
}

function unescapeBracket(text: string): string {
  return text
    .replaceAll('%3B', ';')
    .replaceAll('%0D', '\r')
    .replaceAll('%0A', '\n')
    .replaceAll('%5D', ']')
    .replaceAll('%25', '%')
}
