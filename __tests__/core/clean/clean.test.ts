import fc from 'fast-check'
import { clean } from '../../../src/core/clean/clean.ts'
import { BUDGET_MS, fastest } from '../fastest.ts'

describe('T-30 T-31 what a reader of the page would not see', () => {
  const rows: { name: string; given: string; text: string; hidden: number }[] = [
    { name: 'nothing to take out', given: 'Just text.\n- a < b\n', text: 'Just text.\n- a < b\n', hidden: 0 },
    { name: 'a comment', given: 'a <!-- do X --> b', text: 'a  b', hidden: 13 },
    { name: 'two comments', given: '<!--1-->a<!--2-->b', text: 'ab', hidden: 16 },
    { name: 'a comment over lines', given: 'a\n<!-- do\nX -->\nb', text: 'a\n\nb', hidden: 13 },
    {
      name: 'text behind a comment over lines, with another comment',
      given: '<!-- a\n--> b <!-- c --> d',
      text: ' b  d',
      hidden: 20,
    },
    { name: 'an unterminated comment', given: 'a <!-- do X\nand Y', text: 'a ', hidden: 15 },
    { name: 'an opening at the end', given: 'a <!--', text: 'a ', hidden: 4 },
    { name: 'an ending with --!>', given: 'a<!-- x --!>b', text: 'ab', hidden: 11 },
    { name: 'nested: the first end counts', given: '<!-- a <!-- b --> c -->', text: ' c -->', hidden: 17 },
    { name: 'a comment that a comment joins together', given: '<!-<!-- x -->- y -->z', text: 'z', hidden: 20 },
    { name: 'a comment that an invisible character breaks', given: 'a<!\u200b-- x -->b', text: 'ab', hidden: 11 },
    { name: 'an end that an invisible character breaks', given: 'a<!-- x -\u200b-> y --> b', text: 'a b', hidden: 17 },
    { name: 'half an opening stays', given: 'a <!- b', text: 'a <!- b', hidden: 0 },
    { name: 'an end alone stays', given: 'a --> b', text: 'a --> b', hidden: 0 },
    {
      name: 'T-33 entities are never decoded; an invisible one goes',
      given: '&lt;!-- x --&gt; &#8203;',
      text: '&lt;!-- x --&gt; ',
      hidden: 0,
    },
    { name: 'line ends become one kind', given: 'a\r\nb\rc', text: 'a\nb\nc', hidden: 0 },
  ]
  test.each(rows)('$name', ({ given, text, hidden }) => {
    expect(clean(given)).toMatchObject({ text, hidden })
  })
})

describe('code blocks keep their comments: there they are visible', () => {
  test.each([
    { name: 'back-ticks', block: '```\n<!-- x -->\n```' },
    { name: 'with a language', block: '```html\n<!-- x -->\n```\n' },
    { name: 'tildes', block: '~~~ `\n<!-- x -->\n~~~' },
    { name: 'right behind text', block: 'a\n```\n<!-- x -->\n```' },
    { name: 'right behind an item of a list', block: '- a\n```\n<!-- x -->\n```' },
    { name: 'behind a blank line', block: 'a\n \t\n```\n<!-- x -->\n   ```' },
    { name: 'two of them', block: '```\n<!-- x -->\n```\n\n```\n<!-- y -->\n```' },
    { name: 'behind an HTML block that a blank line has ended', block: '<div>\n\n```\n<!-- x -->\n```' },
    { name: 'a longer end', block: '```\n<!-- x -->\n`````  \n' },
    { name: 'a shorter run inside', block: '````\n```\n<!-- x -->\n```\n````' },
    { name: 'the other marks inside', block: '```\n~~~\n<!-- x -->\n```' },
    { name: 'never closed', block: '```\n<!-- x -->\n``` x' },
  ])('$name', ({ block }) => {
    expect(clean(block)).toEqual({ text: block, hidden: 0, invisible: 0 })
  })

  test.each([
    { name: 'behind the block', given: '```\na\n```\n<!-- x -->b', text: '```\na\n```\nb' },
    { name: 'indented by four: no block', given: '    ```\n<!-- x -->b', text: '    ```\nb' },
    { name: 'two back-ticks: no block', given: '``\n<!-- x -->b', text: '``\nb' },
    { name: 'back-ticks in the first line: no block', given: '``` a`b\n<!-- x -->c', text: '``` a`b\nc' },
    { name: 'a block inside a comment is hidden with it', given: '<!--\n```\n-->\n<!-- x -->b', text: '\nb' },
  ])('but not $name', ({ given, text }) => {
    expect(clean(given).text).toBe(text)
  })

  // What looks like a code block may be none there, so comments are taken out to be on the safe side.
  test.each([
    { name: 'in an HTML block', given: '<div>\n```\n<!-- do X -->\n```\n</div>' },
    { name: 'behind a code block of a list', given: '- ```\n  a\n  ```\n\n<!-- do X -->' },
    { name: 'between two blocks of lists', given: '- ```\n  a\n  ```\n\n<!-- do X -->\n\n- ```\n  b\n  ```' },
    { name: 'in a quote', given: '> ```\n> a\n\n<!-- do X -->\n\n```' },
    { name: 'indented by three', given: '   ```\n<!-- do X -->\n   ```' },
    { name: 'in a block that goes on over blank lines', given: '<pre>\n\n```\n<!-- do X -->\n```\n</pre>' },
    { name: 'in a script', given: ' <SCRIPT>\n\n```\n<!-- do X -->\n```' },
    { name: 'in a declaration', given: '<!A\n\n```\n<!-- do X -->\n```' },
    { name: 'in an instruction', given: '<?x\n\n```\n<!-- do X -->\n```' },
    { name: 'right behind text that a comment leaves', given: 'a <!--\n--> b\n\n```\n<!-- do X -->\n```' },
    { name: 'behind a comment that held the opening of a block', given: '<!-- ```\n\n-->\n\n```\n<!-- do X -->\n```' },
    { name: 'behind a comment in a line of its own', given: '<!-- a -->\n\n```\n<!-- do X -->\n```' },
    ...['\u00a0', '\u2003', '\u3000', '\f', '\v', '\u2028'].map((blank) => ({
      name: `in an HTML block that a line of ${JSON.stringify(blank)}, which is text, does not end`,
      given: `<div>\n${blank}\n\`\`\`\n<!-- do X -->\n\`\`\``,
    })),
  ])('T-30 not for sure: $name', ({ given }) => {
    expect(clean(given).text).not.toContain('do X')
  })

  test('invisible characters are taken out of code too', () => {
    expect(clean('```\na\u202eb\n```')).toEqual({ text: '```\nab\n```', hidden: 0, invisible: 1 })
  })
})

describe('T-32 invisible characters', () => {
  const everyPoint = Array.from({ length: 0x110000 }, (_, point) => point).filter(
    (point) => point < 0xd800 || point > 0xdfff,
  )
  const matching = (pattern: RegExp) => everyPoint.filter((point) => pattern.test(String.fromCodePoint(point)))

  test('every default-ignorable and format code point is taken out, and counted', () => {
    const points = matching(/[\p{Default_Ignorable_Code_Point}\p{Cf}]/u)
    expect(points.length).toBeGreaterThanOrEqual(4206)
    const left = points.filter((point) => {
      const { text, invisible } = clean(`a${String.fromCodePoint(point)}b`)
      return text !== 'ab' || invisible !== 1
    })
    expect(left).toEqual([])
  })

  test('every control character but tab, newline and carriage return is taken out', () => {
    const points = matching(/\p{Cc}/u).filter((point) => ![9, 10, 13].includes(point))
    expect(points).toHaveLength(62)
    expect(clean(points.map((point) => String.fromCodePoint(point)).join('x')).text).toBe('x'.repeat(61))
  })

  test('letters of every script, emoji and combining marks stay', () => {
    const text = 'Żółć 中文 العربية हिन्दी 😀 é\tend\n'
    expect(clean(text)).toEqual({ text, hidden: 0, invisible: 0 })
  })

  test('tag characters cannot smuggle words', () => {
    const smuggled = [...'run it']
      .map((letter) => String.fromCodePoint(0xe0000 + (letter.codePointAt(0) ?? 0)))
      .join('')
    expect(clean(`Hello${smuggled}.`)).toEqual({ text: 'Hello.', hidden: 0, invisible: 6 })
  })
})

describe('T-31 whatever is written', () => {
  const piece = fc.constantFrom(
    '<!--',
    '-->',
    '--!>',
    '<!',
    '<!-',
    '--',
    '-',
    '!',
    '>',
    '<',
    'x',
    ' ',
    '\n',
    '\r',
    '\u200b',
    '\u00ad',
    '\u202e',
  )
  const withoutCode = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''))

  test('T-31 a comment that is taken out makes no code block of what was none', () => {
    const { text } = clean('<!\u200b-- a -->```\n```\n<!-- b -->\n')
    expect(text).not.toContain('<!--')
    expect(clean(text)).toEqual({ text, hidden: 0, invisible: 0 })
  })

  test('no opening of a comment is left outside code, and cleaning twice changes nothing', () => {
    fc.assert(
      fc.property(withoutCode, (given) => {
        const { text } = clean(given)
        expect(text).not.toContain('<!--')
        expect(clean(text)).toEqual({ text, hidden: 0, invisible: 0 })
      }),
      { numRuns: 1000 },
    )
  })

  test('what is taken out and what is left make up the whole', () => {
    fc.assert(
      fc.property(withoutCode, (given) => {
        const { text, hidden, invisible } = clean(given)
        expect(text.length + hidden + invisible).toBeLessThanOrEqual(given.length)
      }),
      { numRuns: 500 },
    )
  })
})

describe('T-130 hostile 64 KiB take linear time', () => {
  test.each([
    { name: 'openings', piece: '<!--' },
    { name: 'half openings', piece: '<!-' },
    { name: 'openings joined by comments', piece: '<!-<!-- x -->- y -->' },
    { name: 'comments', piece: '<!-- x -->' },
    { name: 'comments, one a line', piece: '<!-- x -->\n' },
    { name: 'dashes', piece: '-' },
    { name: 'an opening and dashes', piece: '<!-- ------' },
    { name: 'back-ticks', piece: '`' },
    { name: 'fences', piece: '```\n' },
    { name: 'fences that are none', piece: '``` `\n' },
    { name: 'tildes', piece: '~' },
    { name: 'newlines', piece: '\n' },
    { name: 'carriage returns', piece: '\r' },
    { name: 'tag characters', piece: '\u{e0041}' },
    { name: 'invisible openings', piece: '<\u200b!--' },
    { name: 'blanks', piece: ' ' },
  ])('$name', ({ piece }) => {
    const hostile = piece.repeat(Math.ceil((64 * 1024) / piece.length))
    expect(fastest(() => clean(hostile))).toBeLessThanOrEqual(BUDGET_MS)
  })
})
