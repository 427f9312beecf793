import fc from 'fast-check'
import { type Command, parseCommand } from '../../../src/core/intent/command.ts'
import { characters } from '../../support/hostile/text.ts'
import { BUDGET_MS, fastest } from '../fastest.ts'

const parse = (comment: string) => parseCommand(comment, '/jules')
const say = (text: string, flags: object = {}) => ({ verb: 'say', text, flags, cut: false })
const unclear = (why: string, words: string, verbMeant?: string) => ({ verb: 'unclear', why, words, verbMeant })

describe('T-18 not a command', () => {
  test.each([
    { name: 'empty', comment: '' },
    { name: 'blank lines only', comment: ' \n\t\n\r\n' },
    { name: 'prose', comment: 'Please look at this.' },
    { name: 'quoted mail reply', comment: '> /jules approve' },
    { name: 'after a quote', comment: '> some words\n/jules approve' },
    { name: 'fenced', comment: '```\n/jules approve\n```' },
    { name: 'tilde fence', comment: '~~~\n/jules approve\n~~~' },
    { name: 'indented by four blanks', comment: '    /jules approve' },
    { name: 'indented by one blank', comment: ' /jules approve' },
    { name: 'indented by a tab', comment: '\t/jules approve' },
    { name: 'behind a no-break space', comment: '\u00a0/jules approve' },
    { name: 'no-break space behind the word', comment: '/jules\u00a0approve' },
    { name: 'line of a no-break space before', comment: '\u00a0\n/jules approve' },
    { name: 'full-width slash', comment: '／jules approve' },
    { name: 'Cyrillic е', comment: '/julеs approve' },
    { name: 'another word', comment: '/julesx approve' },
    { name: 'another case', comment: '/Jules approve' },
    { name: 'followed by a stop', comment: '/jules.' },
    { name: 'mid-line', comment: 'try /jules approve' },
    { name: 'second line', comment: 'Hello\n/jules approve' },
    { name: 'in a code span', comment: '`/jules approve`' },
    { name: 'in an HTML comment', comment: '<!-- /jules approve -->' },
    { name: 'behind an HTML comment', comment: '<!-- x -->/jules approve' },
    { name: 'in bold', comment: '**/jules** approve' },
    { name: 'zero-width space first', comment: '\u200b/jules approve' },
    { name: 'two byte order marks', comment: '\uFEFF\uFEFF/jules approve' },
  ])('$name', ({ comment }) => {
    expect(parse(comment)).toBeUndefined()
  })
})

describe('T-18 the same command in other clothes', () => {
  test.each([
    { name: 'plain', comment: '/jules approve' },
    { name: 'newline behind', comment: '/jules approve\n' },
    { name: 'CRLF', comment: '/jules approve\r\n' },
    { name: 'lone CR', comment: '/jules approve\r' },
    { name: 'byte order mark', comment: '\uFEFF/jules approve' },
    { name: 'blank lines before', comment: '\n \t\n\r\n/jules approve' },
    { name: 'byte order mark and CRLF lines before', comment: '\uFEFF\r\n\r\n/jules approve\r\n' },
    { name: 'tab between', comment: '/jules\tapprove' },
    { name: 'many blanks', comment: '/jules   approve   ' },
    { name: 'capital verb', comment: '/jules Approve' },
  ])('$name', ({ comment }) => {
    expect(parse(comment)).toEqual({ verb: 'approve', plan: '' })
  })

  test('another command word is the one that counts', () => {
    expect(parseCommand('@bot status', '@bot')).toEqual({ verb: 'status' })
    expect(parseCommand('/jules status', '@bot')).toBeUndefined()
  })
})

describe('what a command asks', () => {
  const rows: { name: string; comment: string; command: object }[] = [
    { name: 'bare', comment: '/jules', command: { verb: 'bare' } },
    { name: 'bare with blanks', comment: '/jules  \n\n', command: { verb: 'bare' } },
    { name: 'bare but for what nobody sees', comment: '/jules \u200b\u2060\n', command: { verb: 'bare' } },
    {
      name: 'a reply of what nobody sees',
      comment: '/jules reply \u200b',
      command: { verb: 'reply', text: '', cut: false },
    },
    { name: 'status', comment: '/jules status', command: { verb: 'status' } },
    { name: 'retry', comment: '/jules retry', command: { verb: 'retry' } },
    { name: 'stop', comment: '/jules STOP', command: { verb: 'stop' } },
    { name: 'help', comment: '/jules help\n', command: { verb: 'help' } },
    {
      name: 'approve a plan by id',
      comment: '/jules approve a1b2c3d4',
      command: { verb: 'approve', plan: 'a1b2c3d4' },
    },
    { name: 'free text', comment: '/jules fix the date test', command: say('fix the date test') },
    {
      name: 'free text over lines',
      comment: '/jules fix it:\r\n\r\n- a\r\n- b\r\n',
      command: say('fix it:\n\n- a\n- b'),
    },
    { name: 'free text on the next line', comment: '/jules\nfix it', command: say('fix it') },
    { name: 'new', comment: '/jules new fix it', command: { verb: 'new', text: 'fix it', flags: {}, cut: false } },
    { name: 'plan', comment: '/jules plan fix it', command: { verb: 'plan', text: 'fix it', flags: {}, cut: false } },
    { name: 'reject', comment: '/jules reject no tests', command: { verb: 'reject', text: 'no tests', cut: false } },
    { name: 'reply', comment: '/jules reply yes', command: { verb: 'reply', text: 'yes', cut: false } },
    {
      name: 'reply keeps what looks like flags',
      comment: '/jules reply --no-pr',
      command: { verb: 'reply', text: '--no-pr', cut: false },
    },
    { name: 'a lone verb below the first line is text', comment: '/jules\nstatus', command: say('status') },
  ]
  test.each(rows)('$name', ({ comment, command }) => {
    expect(parse(comment)).toEqual(command)
  })
})

describe('flags', () => {
  const rows: { name: string; comment: string; command: object }[] = [
    { name: 'branch', comment: '/jules --branch dev fix it', command: say('fix it', { branch: 'dev' }) },
    {
      name: 'branch with =',
      comment: '/jules --branch=release/1.x fix it',
      command: say('fix it', { branch: 'release/1.x' }),
    },
    {
      name: 'title in quotes',
      comment: '/jules new --title "Two words" fix it',
      command: { verb: 'new', text: 'fix it', flags: { title: 'Two words' }, cut: false },
    },
    {
      name: 'title in quotes with =',
      comment: '/jules --title="Two words" fix it',
      command: say('fix it', { title: 'Two words' }),
    },
    {
      name: 'title in the quotes of a phone',
      comment: '/jules --title “Two words” fix it',
      command: say('fix it', { title: 'Two words' }),
    },
    {
      name: 'title in quotes as they are written elsewhere',
      comment: '/jules --title „Two words“ fix it',
      command: say('fix it', { title: 'Two words' }),
    },
    { name: 'title of one word', comment: '/jules --title One fix it', command: say('fix it', { title: 'One' }) },
    {
      name: 'no-pr',
      comment: '/jules plan --no-pr look',
      command: { verb: 'plan', text: 'look', flags: { noPullRequest: true }, cut: false },
    },
    {
      name: 'all of them',
      comment: '/jules --no-pr --branch dev --title "T" go',
      command: say('go', { noPullRequest: true, branch: 'dev', title: 'T' }),
    },
    { name: 'the last of two counts', comment: '/jules --branch a --branch b go', command: say('go', { branch: 'b' }) },
    {
      name: 'flags, then the text below',
      comment: '/jules --branch dev\nfix it',
      command: say('fix it', { branch: 'dev' }),
    },
    { name: 'flags and no text', comment: '/jules --no-pr', command: say('', { noPullRequest: true }) },
    { name: 'T-37 flag behind a word is text', comment: '/jules add a --json flag', command: say('add a --json flag') },
    {
      name: 'T-37 flag behind a word of new is text',
      comment: '/jules new add --repo other',
      command: { verb: 'new', text: 'add --repo other', flags: {}, cut: false },
    },
    { name: 'flag on the second line is text', comment: '/jules\n--branch dev', command: say('--branch dev') },
    { name: 'a dash is text', comment: '/jules - one\n- two', command: say('- one\n- two') },
  ]
  test.each(rows)('$name', ({ comment, command }) => {
    expect(parse(comment)).toEqual(command)
  })

  test.each([
    { name: 'T-37 repository', comment: '/jules --repo other/private fix', words: '--repo' },
    { name: 'T-37 source', comment: '/jules --source=sources/github/a/b fix', words: '--source=sources/github/a/b' },
    { name: 'T-37 address', comment: '/jules new --jules-api-url http://evil fix', words: '--jules-api-url' },
    { name: 'T-37 limit', comment: '/jules plan --wait-minutes 350 fix', words: '--wait-minutes' },
    { name: 'T-36 placeholder', comment: '/jules --{{secrets.KEY}}$& fix', words: '--{{secrets.KEY}}$&' },
    { name: 'T-134 prototype', comment: '/jules --__proto__=x fix', words: '--__proto__=x' },
    { name: 'T-134 constructor', comment: '/jules --constructor.prototype x', words: '--constructor.prototype' },
    { name: 'T-133 two dashes alone', comment: '/jules -- fix', words: '--' },
    { name: 'T-133 unbalanced quote', comment: '/jules --title "open fix it', words: '--title' },
    { name: 'words behind the quote', comment: '/jules --title "a\\"b" fix it', words: '--title' },
    { name: 'single quotes', comment: "/jules --title 'Two words' fix it", words: '--title' },
    { name: 'title without a value', comment: '/jules --title', words: '--title' },
    { name: 'empty title', comment: '/jules --title "" go', words: '--title' },
    { name: 'title too long', comment: `/jules --title "${'x'.repeat(201)}" go`, words: '--title' },
    { name: 'branch that begins with a dash', comment: '/jules --branch -x go', words: '--branch' },
    { name: 'branch with a colon', comment: '/jules --branch a:b go', words: '--branch' },
    { name: 'branch without a value', comment: '/jules --branch', words: '--branch' },
    { name: 'no-pr with a value', comment: '/jules --no-pr=yes go', words: '--no-pr=yes' },
    { name: 'another case', comment: '/jules --Branch dev go', words: '--Branch' },
    { name: 'a good one first', comment: '/jules --no-pr --force go', words: '--force' },
  ])('refused: $name', ({ comment, words }) => {
    expect(parse(comment)).toEqual(unclear('unknown-flag', words))
    expect(Reflect.get({}, 'polluted')).toBeUndefined()
  })

  test('T-37 a long flag is quoted only in part', () => {
    expect(parse(`/jules --${'x'.repeat(500)} go`)).toMatchObject({ why: 'unknown-flag', words: `--${'x'.repeat(98)}` })
  })
})

describe('two readings: nothing is done', () => {
  test.each([
    { name: 'stop with words', comment: '/jules stop being silly', words: 'stop being silly', verb: 'stop' },
    {
      name: 'status with words',
      comment: '/jules Status page is broken',
      words: 'Status page is broken',
      verb: 'status',
    },
    { name: 'help with words', comment: '/jules help me', words: 'help me', verb: 'help' },
    { name: 'retry with words', comment: '/jules retry with node 24', words: 'retry with node 24', verb: 'retry' },
    {
      name: 'approve with words',
      comment: '/jules approve but no tests',
      words: 'approve but no tests',
      verb: 'approve',
    },
    {
      name: 'approve with one word that is no id',
      comment: '/jules approve everything',
      words: 'approve everything',
      verb: 'approve',
    },
    { name: 'words on the next line', comment: '/jules stop\nI mean it', words: 'stop I mean it', verb: 'stop' },
    {
      name: 'approve with an id and words',
      comment: '/jules approve a1b2c3d4 now',
      words: 'approve a1b2c3d4 now',
      verb: 'approve',
    },
  ])('$name', ({ comment, words, verb }) => {
    expect(parse(comment)).toEqual(unclear('ambiguous', words, verb))
  })

  test('what is quoted back is short', () => {
    const command = parse(`/jules stop ${'x'.repeat(1000)}`)
    expect(command?.verb === 'unclear' && command.words.length).toBe(200)
  })
})

describe('did you mean', () => {
  test.each([
    { name: 'one letter left out', typed: 'aprove', meant: 'approve' },
    { name: 'one letter added', typed: 'statuss', meant: 'status' },
    { name: 'one letter changed', typed: 'retrx', meant: 'retry' },
    { name: 'two neighbours swapped', typed: 'sotp', meant: 'stop' },
    { name: 'first letter left out', typed: 'eject', meant: 'reject' },
    { name: 'last letter left out', typed: 'repl', meant: 'reply' },
    { name: 'in capitals', typed: 'HELPP', meant: 'help' },
    { name: 'one letter more than a short verb', typed: 'planx', meant: 'plan' },
    { name: 'four letters at distance 1 of three', typed: 'news', meant: 'new' },
  ])('$name: $typed', ({ typed, meant }) => {
    expect(parse(`/jules ${typed}`)).toEqual(unclear('did-you-mean', typed, meant))
  })

  test.each([
    { name: 'two slips', comment: '/jules aproev' },
    { name: 'three letters', comment: '/jules sto' },
    { name: 'two words', comment: '/jules aprove it' },
    { name: 'words on the next line', comment: '/jules aprove\nit' },
    { name: 'far away', comment: '/jules refactor' },
    { name: 'two letters longer', comment: '/jules statusss' },
    { name: 'two changed letters at once', comment: '/jules stxx' },
  ])('free text: $name', ({ comment }) => {
    expect(parse(comment)).toMatchObject({ verb: 'say' })
  })
})

describe('limits', () => {
  test('T-132 a command at the end of 256 KiB of blank lines is none', () => {
    expect(parse(`${'\n'.repeat(256 * 1024)}/jules status`)).toBeUndefined()
    expect(parse(`${' '.repeat(256 * 1024)}\n/jules status`)).toBeUndefined()
    expect(parse(`${'\r\n'.repeat(128 * 1024)}/jules status`)).toBeUndefined()
    expect(parse(`${'x'.repeat(256 * 1024)}\n/jules status`)).toBeUndefined()
  })

  test('T-132 a command just within 4 KiB is one', () => {
    expect(parse(`${'\n'.repeat(4000)}/jules status`)).toEqual({ verb: 'status' })
  })

  test('a text of 60 KiB is whole, a longer one is cut and says so', () => {
    const fits = parse(`/jules fix ${'x'.repeat(50_000)}`)
    expect(fits).toMatchObject({ verb: 'say', cut: false })
    const long = parse(`/jules fix\n${'x'.repeat(100_000)}`)
    expect(long).toMatchObject({ verb: 'say', cut: true })
    expect(long?.verb === 'say' && long.text.length).toBeLessThanOrEqual(60 * 1024)
    expect(parse(`/jules reply ${'x'.repeat(70_000)}`)).toMatchObject({ verb: 'reply', cut: true })
  })

  test.each([
    { name: 'one byte', piece: 'x' },
    { name: 'two bytes', piece: 'ß' },
    { name: 'three bytes', piece: '語' },
    { name: 'four bytes', piece: '😀' },
  ])('limits are bytes: letters of $name', ({ piece }) => {
    const size = new TextEncoder().encode(piece).length
    const room = Math.floor((60 * 1024 - 1) / size)
    const [fits, long] = [room, room + 1].map((count) => parse(`/jules new\n${piece.repeat(count)}`))
    expect(fits).toEqual({ verb: 'new', text: piece.repeat(room), flags: {}, cut: false })
    expect(long).toEqual({ verb: 'new', text: piece.repeat(room), flags: {}, cut: true })
    const behind = parse(`/jules --title "${piece.repeat(4096 / size)}" x`)
    expect(behind).toMatchObject({ verb: 'unclear', why: 'unknown-flag' })
  })

  test.each([0, 1])('what is cut is cut at a whole character (shifted by %i)', (shift) => {
    const astral = `${'x'.repeat(shift)}${'😀'.repeat(40_000)}`
    const comments = [`/jules fix\n${astral}`, `/jules ${astral}`, `/jules stop ${astral}`, `/jules --${astral} x`]
    for (const comment of [...comments, `/jules reply ${astral}`])
      expect(JSON.stringify(parse(comment))).not.toMatch(/\\ud[89a-f]/)
  })

  test('a flag that begins behind 4 KiB is not looked for', () => {
    const command = parse(`/jules ${' '.repeat(5000)}--repo x`)
    expect(command).toEqual(say('--repo x'))
  })

  test('T-133 ten thousand flags are read or refused, never thrown over', () => {
    expect(parse(`/jules ${'--no-pr '.repeat(10_000)}`)).toMatchObject({ verb: 'say', flags: { noPullRequest: true } })
    expect(parse(`/jules ${'"'.repeat(10_000)}`)).toMatchObject({ verb: 'say' })
  })

  test.each([
    { name: 'blanks', piece: ' ' },
    { name: 'quotes', piece: '"' },
    { name: 'dashes', piece: '-' },
    { name: 'flags', piece: '--title "' },
    { name: 'newlines', piece: '\n' },
    { name: 'carriage returns', piece: '\r' },
    { name: 'letters', piece: 'a' },
  ])('T-130 64 KiB of $name take linear time', ({ piece }) => {
    const hostile = `/jules ${piece.repeat(Math.ceil((64 * 1024) / piece.length))}`
    expect(fastest(() => parse(hostile))).toBeLessThanOrEqual(BUDGET_MS)
  })
})

describe('whatever is written', () => {
  const words = fc.array(
    fc.constantFrom(
      '/jules',
      ' ',
      '\n',
      '\r\n',
      '--',
      '--title',
      '"',
      '=',
      'stop',
      'new',
      'approve',
      'x',
      '\t',
      '\uFEFF',
    ),
    { maxLength: 20 },
  )
  test('T-133 any comment is a command or none, and never an exception', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          characters(20),
          words.map((parts) => parts.join('')),
        ),
        (comment) => {
          const command = parse(comment)
          expect(command === undefined || typeof command.verb === 'string').toBe(true)
        },
      ),
      { numRuns: 1000 },
    )
  })

  test('the text of a reply is what was written', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 200 }), (text) => {
        const command: Command | undefined = parse(`/jules reply ${text}`)
        expect(command).toEqual({ verb: 'reply', text: text.replaceAll('\r\n', '\n').trim(), cut: false })
      }),
      { numRuns: 500 },
    )
  })
})
