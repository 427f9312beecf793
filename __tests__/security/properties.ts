/**
 * What holds whatever is written (P1 to P15 of docs/threats.md). `npm test` tries each with some thousand texts, `scripts/fuzz.ts` with as
 * many as one likes. P7 to P10 and P12 are about whole runs (`runs.ts`); random schedules hold them too (`npm run faults`).
 */
import fc from 'fast-check'
import { startLog } from '../../emulator/runner/log.ts'
import { makeMasker } from '../../emulator/runner/masker.ts'
import { makeTold } from '../../emulator/runner/told.ts'
import { clean } from '../../src/core/clean/clean.ts'
import { readConfig } from '../../src/core/config.ts'
import { labelsOf } from '../../src/core/decision/doctor/template.ts'
import { composePrompt, readCorrelation } from '../../src/core/decision/prompt/prompt.ts'
import { parseEvent } from '../../src/core/event/parse.ts'
import { parseCommand } from '../../src/core/intent/command.ts'
import { deriveIntent } from '../../src/core/intent/derive.ts'
import { decodeRecord, encodeRecord } from '../../src/core/record-text.ts'
import { COMMENT_LIMIT, renderComment } from '../../src/core/report/comment.ts'
import { cell, fence, span } from '../../src/core/report/markdown.ts'
import { renderNote } from '../../src/core/report/note.ts'
import { redactor, withoutTokens } from '../../src/core/report/redact.ts'
import { outputsOf } from '../../src/core/report/result.ts'
import { renderSummary } from '../../src/core/report/summary.ts'
import { hasRecord, makeSeal, noteKey, unsealed } from '../../src/shell/github/seal.ts'
import { delayBefore, readRetryAfter } from '../../src/shell/retry.ts'
import { harmless } from '../../src/shell/runner/log.ts'
import { inputs, KEY, REPOSITORY, record, SUBJECT } from '../core/builders.ts'
import { full, NOTES } from '../core/report/full.ts'
import { scan } from '../core/report/scanner.ts'
import { commandText, hostileText } from '../support/hostile/text.ts'

export type Property = { name: string; holds: fc.IRawProperty<unknown> }

const text = hostileText()
const SECRET = 'AQ.x7Kd92mQpLz_TfV81-bNcWsYhJrEuGi35o'
const redactSecrets = redactor([SECRET])
const redact = (words: string) => withoutTokens(redactSecrets(words))
const seal = makeSeal(SECRET, '1000', 12)

/** A whole page, and no word of Jules outside of code: `mark` is part of each. */
function isPage(page: string, limit: number, mark?: string): boolean {
  const { closed, outside } = scan(page)
  return page.length <= limit && page.isWellFormed() && closed && (mark === undefined || !outside.includes(mark))
}

function holdsNoPiece(given: string): boolean {
  for (let at = 0; at + 12 <= SECRET.length; at += 1) if (given.includes(SECRET.slice(at, at + 12))) return false
  return true
}

/** What ends a comment: some records, as they are written. */
const SEALED = [0, 1, 7, 2 ** 31].map((seq) => ({ seq, line: seal.close(encodeRecord(record({ seq, plan: 'p1' }))) }))
/** No word of Jules is in it, once the one mark is cut out: every text holds the mark. */
const MARK = 'c4nary'

export const PROPERTIES: Property[] = [
  {
    name: 'T-50 T-52 P1 no words are a record of ours, and none breaks what looks for one',
    holds: fc.property(text, (words) => {
      for (const read of [hasRecord, unsealed, noteKey]) read(words)
      return seal.open(words) === undefined && decodeRecord(words) === undefined
    }),
  },
  {
    name: 'T-31 T-34 P2 what is cleaned stays as it is when it is cleaned again, and holds no opening of a comment outside code',
    holds: fc.property(text, (words) => {
      const { text: once, hidden, invisible } = clean(words)
      const again = clean(once)
      const sized = once.length + hidden + invisible <= words.length
      return again.text === once && again.hidden + again.invisible === 0 && sized && !/[\p{Cf}\p{DI}]/u.test(once)
    }),
  },
  {
    name: 'T-52 T-70 T-71 T-72 T-73 T-74 T-75 T-82 P1 P3 P4 a comment is within its limit, no word of Jules stands outside code, and its record is what was written there',
    holds: fc.property(text, fc.constantFrom(...SEALED), (words, { seq, line }) => {
      const page = renderComment(full(`${MARK}${words}${MARK}`), '/jules')
      const posted = `${redact(page)}\n\n${line}`
      const opened = decodeRecord(seal.open(posted) ?? '')
      const isOurs = opened?.seq === seq && opened.session === record().session
      return isPage(page, COMMENT_LIMIT - 6000, MARK) && isOurs && posted.split('<!-- jules-relay ').length === 2
    }),
  },
  {
    name: 'T-97 P3 P4 the same for the summary and the short comments',
    holds: fc.property(text, fc.constantFrom(...NOTES), (words, kind) => {
      const one = full(`${MARK}${words}${MARK}`)
      const pages = [renderSummary(one, '/jules'), renderNote(kind, `${MARK}${words}`, one, '/jules')]
      return pages.every((page) => isPage(page, 300 * 1024, MARK))
    }),
  },
  {
    name: 'T-74 T-81 P3 P4 a fence, a span and a cell hold all that is in them',
    holds: fc.property(text, fc.integer({ min: 40, max: 2000 }), (words, limit) => {
      const block = fence(words, { limit, wrap: 40 })
      const lines = [span(words, limit), cell(words, limit)]
      return (
        isPage(block, limit) &&
        lines.every(
          (line) => !/[\n\r|]/.test(line.replaceAll('|', words.includes('|') ? '' : '|')) && line.isWellFormed(),
        )
      )
    }),
  },
  {
    name: 'T-111 P5 an address that is accepted is that of Jules or of this machine',
    holds: fc.property(
      fc.constantFrom('https', 'http', 'HTTPS', 'ftp'),
      fc.constantFrom(...HOSTS()),
      text,
      (scheme, host, more) => {
        const read = readConfig(inputs({ 'jules-api-url': `${scheme}://${host}${more}` }))
        if ('problems' in read) return true
        const { protocol, hostname, username, search } = new URL(read.config.julesUrl)
        const here = ['127.0.0.1', 'localhost', '[::1]'].includes(hostname) && protocol === 'http:'
        return (here || (protocol === 'https:' && hostname === 'jules.googleapis.com')) && username + search === ''
      },
    ),
  },
  {
    name: 'T-77 P6 no twelve characters of a secret are left',
    holds: fc.property(text, text, fc.nat(36), fc.nat(36), (before, behind, from, length) => {
      const given = `${before}${SECRET.slice(from, from + length)}${SECRET}${behind}`
      return holdsNoPiece(redact(given)) && holdsNoPiece(redact(JSON.stringify([given])))
    }),
  },
  {
    name: 'T-77 P6 what is redacted is still JSON, and a page still closes its fences',
    holds: fc.property(text, fc.nat(20), (words, cut) => {
      const leak = `-----BEGIN PRIVATE KEY-----\n${words}${SECRET.slice(cut)}`
      const { result } = outputsOf(full(leak), '/jules')
      const told = JSON.parse(redact(result))
      const page = redact(renderComment(full(leak), '/jules'))
      return told.outcome === 'waiting-for-reply' && scan(page).closed && page.endsWith('</sub>')
    }),
  },
  {
    name: 'T-90 T-91 T-93 nothing that is logged is a command of the runner',
    holds: fc.property(fc.oneof(text, commandText), (words) => {
      const log = startLog({ told: makeTold(makeMasker()) })
      const stream = log.stream()
      stream.take(`${harmless(words)}\n`)
      stream.end()
      return log.commands.length === 0
    }),
  },
  {
    name: 'T-35 T-36 the text of others stands between two borders, and our key on the last line',
    holds: fc.property(text, text, (title, body) => {
      const boundary = '0badc0de'
      const { prompt } = composePrompt({
        repository: REPOSITORY,
        thread: { number: 12, kind: 'issue' },
        key: KEY,
        words: 'Mend it.',
        instructions: '',
        subject: { title: `${title}${boundary}`, body },
        boundary,
      })
      const lines = prompt.split('\n')
      const border = /^----- begin (\S+) -----$/.exec(lines.find((line) => line.startsWith('----- begin ')) ?? '')?.[1]
      const kept = clean(title).text + clean(body).text
      const last = readCorrelation(lines.at(-1) ?? '', REPOSITORY)
      const marks = border === undefined ? 0 : prompt.split(border).length - 1
      return last?.key === KEY && marks === 2 && !kept.includes(border ?? '')
    }),
  },
  {
    name: 'T-18 T-132 T-133 any comment is a command or none, the same however often it is read',
    holds: fc.property(text, fc.boolean(), (words, begins) => {
      const comment = begins ? `/jules ${words}` : words
      const command = parseCommand(comment, '/jules')
      const known = command === undefined || typeof command.verb === 'string'
      const meant = /^\ufeff?(?:[ \t]*[\r\n])*\/jules(?=[ \t\r\n]|$)/.test(comment)
      return known && (command === undefined || meant)
    }),
  },
  {
    name: 'T-134 F-47 any payload is an event, and nothing inherited is read',
    holds: fc.property(
      fc.constantFrom(...EVENTS()),
      fc.object({ key: KEYS(), maxDepth: 4 }),
      text,
      ([event, action], value, body) => {
        const payload = { ...value, action, issue: { number: 1, ...value }, comment: { id: 1, body, ...value } }
        const parsed = parseEvent(event, payload)
        deriveIntent(parsed, { ...WORDS, prompt: '' }, { repository: REPOSITORY, id: '1', hasKey: true })
        return parsed.name === event && Reflect.get({}, 'polluted') === undefined
      },
    ),
  },
  {
    name: 'T-09 T-135 any template has labels or none',
    holds: fc.property(text, (words) => labelsOf('x.yml', words).every((label) => typeof label === 'string')),
  },
  {
    name: 'T-140 P13 a pause is never endless, whatever a server asks for',
    holds: fc.property(
      fc.oneof(text, fc.double().map(String)),
      fc.nat(5),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (header, attempt, random) => {
        const asked = readRetryAfter(header, 0)
        const own = delayBefore(attempt, undefined, random)
        return (asked === undefined || (asked >= 0 && Number.isFinite(asked))) && own >= 0 && own <= 20_000
      },
    ),
  },
  {
    name: 'T-20 the subject of a prompt is that of the payload',
    holds: fc.property(text, (body) => {
      const payload = { action: 'labeled', issue: { number: 1, updated_at: '2026-11-20T11:58:00Z', ...SUBJECT, body } }
      const { what } = parseEvent('issues', payload)
      return what.kind === 'labeled' && what.subject.body === body
    }),
  },
]

function HOSTS(): string[] {
  const own = ['jules.googleapis.com', 'localhost:8788', '127.0.0.1', '[::1]:1']
  return [
    ...own,
    ...own.flatMap((host) => [
      `${host}.evil.example`,
      `evil@${host}`,
      `${host}@evil.example`,
      `${host}\\@evil.example`,
    ]),
    '0x7f.1',
    '2130706433',
    'jules。googleapis.com',
  ]
}

function EVENTS(): [string, string][] {
  return [
    ['issues', 'labeled'],
    ['issue_comment', 'created'],
    ['issue_comment', 'edited'],
    ['pull_request', 'opened'],
    ['pull_request_review', 'submitted'],
    ['pull_request_review_comment', 'created'],
    ['workflow_dispatch', ''],
  ]
}

function KEYS(): fc.Arbitrary<string> {
  const named = [
    '__proto__',
    'constructor',
    'prototype',
    'id',
    'login',
    'type',
    'user',
    'sender',
    'body',
    'number',
    'polluted',
    'label',
    'name',
    'pull_request',
  ]
  return fc.constantFrom(...named)
}

const WORDS = {
  triggerLabel: 'ask-jules',
  command: '/jules',
  issueNumber: '',
  mode: 'auto',
  sessionId: '',
  tickBoxes: false,
}
