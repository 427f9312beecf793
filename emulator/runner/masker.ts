/** Hides secrets in what a job prints, in every form in which the real runner knows them. */
export type Masker = {
  /** What `::add-mask::` adds: the value, and each of its lines. */
  add(value: string): void
  mask(text: string): string
}

/** Secrets of the workflow are hidden also without quotes and blanks around them. */
export function makeMasker(secrets: string[] = []): Masker {
  const hidden = new Set<string>()

  function addValue(value: string): void {
    if (value === '' || hidden.has(value)) return
    for (const form of [value, ...encoders.map((encode) => encode(value))]) if (form !== '') hidden.add(form)
  }

  function add(value: string): void {
    for (const part of [value, ...linesOf(value)]) addValue(part)
  }

  function addSecret(value: string): void {
    if (value.trim() === '') return
    for (const quote of ["'", '"']) {
      if (value.startsWith(quote) && value.endsWith(quote))
        addValue(value.replaceAll(new RegExp(`^${quote}+|${quote}+$`, 'g'), ''))
    }
    for (const part of [
      value,
      value.replace(/^[\r\n ]+|[\r\n ]+$/g, ''),
      ...linesOf(value).map((line) => line.trim()),
    ]) {
      addValue(part)
    }
  }

  for (const secret of secrets) addSecret(secret)
  return { add, mask: (text) => hide(text, hidden) }
}

function linesOf(value: string): string[] {
  return value.split(/[\r\n]/).filter((line) => line !== '')
}

/** Overlapping and touching finds become one `***`. */
function hide(text: string, hidden: Set<string>): string {
  const finds = [...hidden].flatMap((value) => findsOf(text, value)).sort((one, other) => one.start - other.start)
  let shown = ''
  let at = 0
  for (const [index, { start, end }] of finds.entries()) {
    if (index === 0 || start > at) shown += `${text.slice(at, start)}***`
    at = Math.max(at, end)
  }
  return shown + text.slice(at)
}

/** Every place, also those that overlap. */
function findsOf(text: string, value: string): { start: number; end: number }[] {
  const finds = []
  for (let start = text.indexOf(value); start >= 0; start = text.indexOf(value, start + 1)) {
    finds.push({ start, end: start + value.length })
  }
  return finds
}

const encoders: ((value: string) => string)[] = [
  (value) => base64(value, 0),
  (value) => base64(value, 1),
  (value) => base64(value, 2),
  (value) => value.replaceAll('"', '\\"'),
  (value) => value.replaceAll("'", "''"),
  (value) => JSON.stringify(value).slice(1, -1),
  (value) => encodeURIComponent(value.toWellFormed()).replace(/[!'()*]/g, percent),
  (value) => value.replace(/[<>"'&]/g, (mark) => entities[mark] ?? mark),
  (value) => (value.length > 8 && /^".*"$/s.test(value) ? value.slice(1, -1) : ''),
  (value) => longEnough(value.slice(0, ampersand(value).end)),
  (value) => longEnough(ampersand(value).end === 0 ? '' : value.slice(ampersand(value).next)),
]

const entities: Record<string, string> = { '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;', '&': '&amp;' }

/** Behind an unknown text a value begins at one of three places of the base64 rhythm. */
function base64(value: string, shift: number): string {
  const bytes = Buffer.from(value)
  return (bytes.length > shift ? bytes.subarray(shift) : bytes).toString('base64')
}

function percent(mark: string): string {
  return `%${mark.charCodeAt(0).toString(16).toUpperCase()}`
}

/** PowerShell breaks lines of colour at an ampersand: where the part before it ends, and the part behind it begins. */
function ampersand(value: string): { end: number; next: number } {
  const joined = value.indexOf('&+')
  if (joined >= 0) return { end: joined + 2, next: joined + 3 }
  const end = value.lastIndexOf('&') + 1
  return { end, next: end }
}

function longEnough(section: string): string {
  return section.length >= 6 ? section : ''
}
