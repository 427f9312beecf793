import fc from 'fast-check'
import {
  cell,
  cut,
  fence,
  pullRequestLink,
  sessionLink,
  span,
  visible,
  within,
} from '../../../src/core/report/markdown.ts'
import { characters } from '../../support/hostile/text.ts'
import { BUDGET_MS, fastest } from '../fastest.ts'
import { HOSTILE } from './hostile.ts'
import { scan } from './scanner.ts'

const hostileText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '`',
        '```',
        '~~~',
        '\n',
        '\r',
        '\u2028',
        ' ',
        '\t',
        '    ',
        '@',
        '#1',
        '<b>',
        '|',
        '\u202e',
        '\u{e0041}',
        '\ud800',
        '\u001b[31m',
        '😀',
        'c4nary',
      ),
      characters(4),
    ),
    { maxLength: 40 },
  )
  .map((pieces) => pieces.join(''))

describe('what stands in code does nothing', () => {
  test.each(HOSTILE)('$name', ({ text }) => {
    for (const markdown of [
      fence(text, { limit: 1000 }),
      fence(text, { limit: 1000, wrap: 10 }),
      fence(text, { limit: 1000, language: 'diff' }),
    ]) {
      const { outside, closed } = scan(`${markdown}\n\nafter`)
      expect(outside).not.toMatch(/c4nary|[@<]/)
      expect(outside).toContain('after')
      expect(closed).toBe(true)
    }
    expect(span(text)).not.toMatch(/[\n\r\u2028\u2029\u0085]/)
    expect(scan(`before ${span(text)} after`)).toEqual({ outside: 'before  after', closed: true })
  })

  test('T-74 no byte of a text stands outside its fence, and its fence is closed', () => {
    fc.assert(
      fc.property(
        hostileText,
        fc.integer({ min: 1, max: 200 }),
        fc.option(fc.constant(20), { nil: undefined }),
        (text, limit, wrap) => {
          const markdown = fence(text, { limit, ...(wrap !== undefined && { wrap }) })
          expect(scan(`before\n\n${markdown}\n\nafter`)).toEqual({
            outside: expect.stringMatching(/^before\n\n*text\n\n*after$/),
            closed: true,
          })
          expect(markdown.isWellFormed()).toBe(true)
        },
      ),
      { numRuns: 1000 },
    )
  })

  test('T-81 a span is one line, well-formed, and holds all of its text', () => {
    fc.assert(
      fc.property(hostileText, fc.integer({ min: 1, max: 250 }), (text, limit) => {
        const markdown = span(text, limit)
        expect(markdown).toMatch(/^`[^\n\r\u2028\u2029\u0085]*`$/)
        expect(scan(`before ${markdown} after`).outside).toBe('before  after')
        expect(markdown.isWellFormed()).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })

  test('T-74 a fence is longer than any run of back-ticks inside', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 12 }), { maxLength: 8 }), (lengths) => {
        const text = lengths.map((length) => '`'.repeat(length)).join('x')
        expect(fence(text, { limit: 1000 }).indexOf('t')).toBe(Math.max(3, ...lengths.map((length) => length + 1)))
      }),
      { numRuns: 300 },
    )
  })
})

describe('fences', () => {
  test.each([
    { name: 'plain', text: 'a\nb', markdown: '```text\na\nb\n```' },
    { name: 'empty', text: '', markdown: '```text\n\n```' },
    { name: 'back-ticks inside', text: '```', markdown: '````text\n```\n````' },
    { name: 'as long as may be', text: 'x'.repeat(18), markdown: `\`\`\`text\n${'x'.repeat(18)}\n\`\`\`` },
    { name: 'too long', text: 'x'.repeat(19), markdown: `\`\`\`text\n${'x'.repeat(17)}…\n\`\`\`` },
  ])('$name', ({ text, markdown }) => {
    expect(fence(text, { limit: 30 })).toBe(markdown)
  })

  test('T-82 the limit counts the marks, which back-ticks make long', () => {
    const text = fc.array(fc.oneof(fc.constantFrom('`', '``````````', '\u200b', '\n', '😀', 'word '), fc.string()), {
      maxLength: 60,
    })
    const options = fc.record({
      limit: fc.integer({ min: 13, max: 400 }),
      language: fc.constantFrom('diff', 'text'),
      wrap: fc.constantFrom(10, 90),
    })
    fc.assert(
      fc.property(text, options, (pieces, given) => {
        expect(fence(pieces.join(''), given).length).toBeLessThanOrEqual(given.limit)
      }),
      { numRuns: 1000 },
    )
    expect(fence('`'.repeat(9000), { limit: 8000 }).length).toBeLessThanOrEqual(8000)
  })

  test.each([
    { name: 'a short line', text: 'one two', lines: ['one two'] },
    { name: 'a long line', text: 'one two three four', lines: ['one two', 'three four'] },
    { name: 'a long word stays whole', text: 'a abcdefghijklmnop b', lines: ['a', 'abcdefghijklmnop', 'b'] },
    { name: 'a long word alone', text: 'abcdefghijklmnop', lines: ['abcdefghijklmnop'] },
    { name: 'its own lines stay', text: 'one\n\none two three four', lines: ['one', '', 'one two', 'three four'] },
  ])('prose is wrapped at blanks: $name', ({ text, lines }) => {
    expect(fence(text, { limit: 1000, wrap: 10 })).toBe(['```text', ...lines, '```'].join('\n'))
  })

  test('wrapping loses no word', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z]{1,15}$/), { minLength: 1, maxLength: 40 }), (words) => {
        const body = fence(words.join(' '), { limit: 10_000, wrap: 20 }).split('\n').slice(1, -1)
        expect(body.join(' ')).toBe(words.join(' '))
        for (const line of body) expect(line.length <= 21 || !line.includes(' ')).toBe(true)
      }),
      { numRuns: 300 },
    )
  })
})

describe('T-81 spans', () => {
  test.each([
    { name: 'plain', text: 'a b', markdown: '`a b`' },
    { name: 'nothing', text: '', markdown: '` `' },
    { name: 'blanks', text: ' \n\t ', markdown: '` `' },
    { name: 'newlines', text: ' a\r\n\nb ', markdown: '`a b`' },
    { name: 'a back-tick inside', text: 'a`b', markdown: '``a`b``' },
    { name: 'a back-tick first', text: '`a', markdown: '`` `a ``' },
    { name: 'a back-tick last', text: 'a``', markdown: '``` a`` ```' },
    { name: 'too long', text: 'x'.repeat(300), markdown: `\`${'x'.repeat(199)}…\`` },
  ])('$name', ({ text, markdown }) => {
    expect(span(text)).toBe(markdown)
  })
})

describe('T-81 spans for table cells', () => {
  test.each([
    { name: 'plain', text: 'a b', markdown: '`a b`' },
    { name: 'a bar would end the cell', text: 'X|@acme/all', markdown: '`X¦@acme/all`' },
    { name: 'bars and back-ticks', text: '|`|', markdown: '``¦`¦``' },
    { name: 'too long', text: `|${'x'.repeat(300)}`, markdown: `\`¦${'x'.repeat(198)}…\`` },
  ])('$name', ({ text, markdown }) => {
    expect(cell(text)).toBe(markdown)
  })
})

describe('T-76 what cannot be seen is named or gone', () => {
  test.each([
    { name: 'colours', text: '\u001b[31mred\u001b[0m', shown: 'red' },
    { name: 'cursor moves', text: 'a\u001b[2K\u001b[1Gb', shown: 'ab' },
    { name: 'a title', text: '\u001b]0;title\u0007a', shown: 'a' },
    { name: 'a link', text: '\u001b]8;;https://evil.example\u001b\\a\u001b]8;;\u001b\\', shown: 'a' },
    { name: 'a reset', text: '\u001bMa', shown: 'a' },
    { name: 'a lone escape', text: 'a\u001b', shown: 'a⟨U+001B⟩' },
    { name: 'a bell', text: 'a\u0007', shown: 'a⟨U+0007⟩' },
    { name: 'a right-to-left override', text: 'a\u202eb', shown: 'a⟨U+202E⟩b' },
    { name: 'a zero-width space', text: 'a\u200bb', shown: 'a⟨U+200B⟩b' },
    { name: 'a tag character', text: 'a\u{e0041}', shown: 'a⟨U+E0041⟩' },
    { name: 'a lone surrogate', text: 'a\ud800', shown: 'a⟨U+D800⟩' },
    { name: 'a C1 control', text: 'a\u009bb', shown: 'a⟨U+009B⟩b' },
    { name: 'NUL', text: 'a\u0000b', shown: 'a⟨U+0000⟩b' },
    { name: 'line breaks of every kind', text: 'a\r\nb\rc\u0085d\u2028e\u2029f', shown: 'a\nb\nc\nd\ne\nf' },
    { name: 'a title without an end', text: '\u001b]title', shown: '' },
    { name: 'the beginning of a hidden line of ours', text: '<!-- jules-relay', shown: '<! -- jules-relay' },
    { name: 'the same without blanks', text: 'a<!--jules-relay', shown: 'a<! --jules-relay' },
    { name: 'the same with many blanks', text: '<!-- \t jules-note', shown: '<! -- \t jules-note' },
    { name: 'other hidden lines stay', text: '<!-- note: jules-relay -->', shown: '<!-- note: jules-relay -->' },
    { name: 'tab and newline stay', text: 'a\tb\nc', shown: 'a\tb\nc' },
    { name: 'letters of every script stay', text: 'Żółć 中文 😀 हिन्दी', shown: 'Żółć 中文 😀 हिन्दी' },
  ])('$name', ({ text, shown }) => {
    expect(visible(text)).toBe(shown)
  })
})

describe('T-82 cutting', () => {
  test.each([
    { name: 'short enough', text: 'abc', limit: 3, cutTo: 'abc' },
    { name: 'too long', text: 'abcd', limit: 3, cutTo: 'ab…' },
    { name: 'never half a character', text: 'a😀b', limit: 3, cutTo: 'a…' },
    { name: 'a whole character', text: 'a😀bc', limit: 4, cutTo: 'a😀…' },
    { name: 'to one', text: 'abc', limit: 1, cutTo: '…' },
  ])('$name', ({ text, limit, cutTo }) => {
    expect(cut(text, limit)).toBe(cutTo)
  })

  test('at most the limit, and never half a character', () => {
    fc.assert(
      fc.property(characters(60), fc.integer({ min: 1, max: 60 }), (text, limit) => {
        expect(cut(text, limit).length).toBeLessThanOrEqual(limit)
        expect(cut(text, limit).isWellFormed()).toBe(true)
      }),
      { numRuns: 500 },
    )
  })
})

describe('T-82 a page within its limit', () => {
  const needed = (text: string) => ({ text, needed: true })
  const extra = (text: string) => ({ text, needed: false })
  const page = [needed('head'), extra('one'), extra('two'), extra(''), needed('foot')]
  test.each([
    { name: 'all of it', limit: 20, shown: 'head\n\none\n\ntwo\n\nfoot' },
    { name: 'without the last that is not needed', limit: 18, shown: 'head\n\none\n\n…\n\nfoot' },
    { name: 'without all that is not needed, said once', limit: 17, shown: 'head\n\n…\n\nfoot' },
    { name: 'not even all that is needed', limit: 5, shown: 'head…' },
  ])('$name', ({ limit, shown }) => {
    expect(within(page, limit, '…')).toBe(shown)
  })

  test('whatever its parts: it ends, within the limit, with the parts in their order', () => {
    const part = fc.record({ text: fc.string({ maxLength: 12 }), needed: fc.boolean() })
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), fc.integer({ min: 1, max: 100 }), (parts, limit) => {
        const shown = within(parts, limit, 'left out')
        expect(shown.length).toBeLessThanOrEqual(limit)
        const all = parts.filter(({ text }) => text !== '').map(({ text }) => text)
        if (all.join('\n\n').length <= limit) expect(shown).toBe(all.join('\n\n'))
      }),
      { numRuns: 500 },
    )
  })
})

describe('T-79 links to pull requests', () => {
  const REAL = 'https://github.com/acme/widgets/pull/34'
  test('the real one, in whatever letters', () => {
    expect(pullRequestLink(REAL, 'acme/widgets')).toEqual({ url: REAL, number: 34 })
    expect(pullRequestLink('https://github.com/Acme/Widgets/pull/34', 'acme/widgets')?.number).toBe(34)
    expect(pullRequestLink('https://github.com/acme/widgets/pull/7', 'acme/widgets')?.number).toBe(7)
    expect(pullRequestLink('https://github.com/acme/widgets/pull/1234567890', 'acme/widgets')?.number).toBe(1234567890)
  })

  test.each([
    'javascript:alert(1)//github.com/acme/widgets/pull/34',
    'data:text/html,https://github.com/acme/widgets/pull/34',
    'http://github.com/acme/widgets/pull/34',
    'https://github.com.evil.example/acme/widgets/pull/34',
    'https://evil.example/github.com/acme/widgets/pull/34',
    'https://github.com@evil.example/acme/widgets/pull/34',
    'https://user@github.com/acme/widgets/pull/34',
    'https://user:pass@github.com/acme/widgets/pull/34',
    'https://github.com:8443/acme/widgets/pull/34',
    'https://github.com:443/acme/widgets/pull/34',
    'https://www.github.com/acme/widgets/pull/34',
    'https://gіthub.com/acme/widgets/pull/34',
    'https://github.com/acme/other/pull/34',
    'https://github.com/acme/widgets/pull/34/files',
    'https://github.com/acme/widgets/pull/34#x',
    'https://github.com/acme/widgets/pull/34?x',
    'https://github.com/acme/widgets/pull/034',
    'https://github.com/acme/widgets/pull/0',
    'https://github.com/acme/widgets/pull/-1',
    'https://github.com/acme/widgets/pull/34)',
    'https://github.com/acme/widgets/pull/34\n',
    ' https://github.com/acme/widgets/pull/34',
    'https://github.com/acme/widgets/issues/34',
    'https://github.com/acme/../acme/widgets/pull/34',
    'https://github.com/acme/widgets/pull/99999999999',
    '//github.com/acme/widgets/pull/34',
    '',
  ])('none: %j', (url) => {
    expect(pullRequestLink(url, 'acme/widgets')).toBeUndefined()
  })
})

describe('T-80 links to sessions', () => {
  test.each([
    'https://jules.google.com/session/12033588725295054001',
    'https://jules.google.com/task/12033588725295054001',
  ])('one: %s', (url) => {
    expect(sessionLink(url)).toBe(url)
  })

  test.each([
    'http://jules.google.com/session/1',
    'https://jules.google.com.evil.example/session/1',
    'https://jules.google.com@evil.example/session/1',
    'https://evil.example/jules.google.com/session/1',
    'https://jules.google.com:444/session/1',
    'https://jules.google.com/session/1)',
    'javascript:alert(1)//https://jules.google.com/session/1',
    'https://jules.google.com/session/../x',
    'https://jules.google.com/session/1?x=1',
    'https://jules.google.com/',
    'javascript:alert(1)',
    'https://jules.google.com/session/1\n',
    '',
  ])('none: %j', (url) => {
    expect(sessionLink(url)).toBeUndefined()
  })
})

describe('T-130 hostile 64 KiB take linear time', () => {
  test.each([
    { name: 'back-ticks', piece: '`' },
    { name: 'runs of back-ticks', piece: '``` `` ' },
    { name: 'escapes', piece: '\u001b' },
    { name: 'open sequences', piece: '\u001b[' },
    { name: 'long open sequences', piece: '\u001b[0' },
    { name: 'open titles', piece: '\u001b]' },
    { name: 'newlines', piece: '\n' },
    { name: 'carriage returns', piece: '\r' },
    { name: 'blanks', piece: ' ' },
    { name: 'words', piece: 'a ' },
    { name: 'letters', piece: 'a' },
    { name: 'invisible characters', piece: '\u200b' },
    { name: 'astral characters', piece: '😀' },
  ])('$name', ({ piece }) => {
    const hostile = piece.repeat(Math.ceil((64 * 1024) / piece.length))
    expect(fastest(() => fence(hostile, { limit: 64 * 1024, wrap: 90 }))).toBeLessThanOrEqual(BUDGET_MS)
    expect(fastest(() => span(hostile, 64 * 1024))).toBeLessThanOrEqual(BUDGET_MS)
  })
})
