/** What a reader of the page would not see does not reach Jules, and what they see does. */
import { clean } from '../../../src/core/clean/clean.ts'

const SECRET = 'do the hidden thing'
const tagged = [...SECRET].map((letter) => String.fromCodePoint(0xe0000 + (letter.codePointAt(0) ?? 0))).join('')

describe('T-34 hidden by the markup', () => {
  test.each([
    `![${SECRET}](https://github.com/user-attachments/a.png)`,
    `![a [${SECRET}] b](a.png)`,
    `![${SECRET}][pic]\n\n[pic]: a.png`,
    `![${SECRET} and very much more of it besides]\n\n[${SECRET} and very much more of it besides]: a.png`,
    `[link](https://example.com "${SECRET}")`,
    `[link](https://example.com '${SECRET}')`,
    `[link](https://example.com (${SECRET}))`,
    `[link](https://example.com\n"${SECRET}")`,
    `[link]( https://example.com "a \\" ${SECRET}" )`,
    `[link](x "a ](b ${SECRET} c")`,
    `[link](<a b> "${SECRET}")`,
    `[link](<${SECRET}>)`,
    `[link](<a> (${SECRET}))`,
    `[link][${SECRET} and very much more of it besides]\n\n[${SECRET} and very much more of it besides]: a`,
    `[//]: # (${SECRET})`,
    `[//]: # "${SECRET}"`,
    `[comment]: <> (${SECRET})`,
    `[x]: <${SECRET}>`,
    `[${SECRET}]: a`,
    `[${SECRET}\n]: a`,
    `> [x]: # (${SECRET})`,
    `- [x]: # (${SECRET})`,
    `[x]:\n#\n'${SECRET}'`,
    `[x]\n\n[x]: a "${SECRET}"`,
    `[x]\n\n[x]: <2 ${SECRET}>`,
    `[^note]: ${SECRET}`,
    `[^note]: a\n${SECRET}`,
    `[^note]: a\n\n    ${SECRET}`,
    `<img alt="${SECRET}" src="a.png">`,
    `<img alt="a > ${SECRET}" src="a.png">`,
    `<img\nalt='${SECRET}'\nsrc=a.png>`,
    `<picture><source srcset="${SECRET}"><img src="a.png" title="${SECRET}"></picture>`,
    `a <b ${SECRET}>c</b>`,
    `a <span data-x="${SECRET}" ${SECRET}>b</span>`,
    `<a href="${SECRET}">b</a>`,
    `<a title="\`">b</a> <i title="${SECRET}">\`</i>`,
    `<details title="${SECRET}"><summary>s</summary>b</details>`,
    `<div ${SECRET}, and "more">b</div>`,
    `<div "${SECRET}">b</div>`,
    `<div title="${SECRET}`,
    `<div title="a\n\n${SECRET}">b`,
    `<div title='a\n\n${SECRET}'>b`,
    `<div>\n<p ${SECRET}, too>b`,
    `> <div ${SECRET}, too>b`,
    `<div>\n\\<p ${SECRET}, too>`,
    `a <b c="${SECRET}", d>`,
    `<div ${SECRET}`,
    `<br/${SECRET}/>`,
    `</div ${SECRET}, too>`,
    `<div>\n</ ${SECRET}>`,
    `<div>\n</ ${SECRET}`,
    `a <!x ${SECRET}>`,
    `<!x ${SECRET}`,
    `<?php ${SECRET} ?>`,
    `<?\n\n${SECRET} ?>`,
    `<![CDATA[${SECRET}]]>`,
    `<pre>\n\n<p ${SECRET}, too>\n</pre>`,
    `\`\n\`<img alt="${SECRET}">\``,
    `a\`\`b \`<img alt="${SECRET}">\``,
    `<div>\n\`<p title="${SECRET}">\``,
    `\\\`<img alt="${SECRET}">\\\``,
    `\`\u200b\`\`\n<!-- ${SECRET} -->\n`,
    tagged,
  ])('%j', (given) => {
    const { text, hidden, invisible } = clean(`Please mend it.\n\n${given}\n`)
    expect(text).not.toMatch(/hidden thing|\p{Cf}/u)
    expect(text).toContain('Please mend it.')
    expect(hidden + invisible).toBeGreaterThan(0)
  })
})

test('T-34 a name that is longer than a name is shown once, where the text has it', () => {
  const name = 'a very long name for what is only a link after all'
  expect(clean(`See [${name}].\n\n[${name}]: a\n`).text).toBe(`See [${name}].\n\n\n`)
})

describe('what is shown stays', () => {
  test.each([
    'Map<String, Integer> and List<T>, a < b, b > c, x <- y, <3',
    '`<input type="text" disabled>` and ``<a title="`">``',
    '```html\n<img alt="shown">\n```',
    '~~~\n[//]: # (shown)\n~~~',
    'See [the docs](https://example.com/a_(b)) and <https://example.com/x>, <ann@example.com>.',
    'As [said] here [before].\n\n[said]: https://example.com\n[before]: <https://example.com>',
    'A note.[^1]\n\n[^1]: It is shown.',
    '- [ ] a box\n- [x] another\n\n[1] is not a link.',
    '[error]: it failed (badly) today',
    '<details><summary>More</summary>\n\nshown\n\n</details>',
    '<kbd>Ctrl</kbd> + <kbd>C</kbd><br/>',
    '![](a.png) <img src="a.png" width="100" height="50%">',
    '&lt;!-- shown --&gt; &amp;#8203; &copy; & &; &#65; &#x110000; &#99999999;',
    'a &b; c &nbsp; d\\<b shown>',
    'if (a && b[i](c) || d["e"](f "g")) {}'.replace(' "g"', ''),
    'He said "wow![1]" (twice) \\![alt](u)',
    '</>',
    'a <b and, c> d <!- e',
    'a [b](c d) e [f]( "g" h) [i](<j k',
    '"quoted" and it\'s <y, z',
    'emoji 😀 é 中文 العربية',
  ])('%j', (given) => {
    expect(clean(given)).toEqual({ text: given, hidden: 0, invisible: 0 })
  })
})

describe('T-33 entities that nobody sees', () => {
  const named = 'shy zwnj zwj lrm rlm ZeroWidthSpace NegativeThinSpace NegativeMediumSpace NegativeThickSpace'.split(
    ' ',
  )
  const more = 'NegativeVeryThinSpace NoBreak ApplyFunction af InvisibleTimes it InvisibleComma ic'.split(' ')
  const points = [
    0xad, 0x34f, 0x61c, 0x115f, 0x17b4, 0x180e, 0x200b, 0x200d, 0x202e, 0x2060, 0x2064, 0x3164, 0xfe0f, 0xfeff,
  ]
  const numbers = [...points, 0x1d173, 0xe0001, 0xe0041, 0xe007f, 0xe0100, 0, 7, 0x85].flatMap((point) => [
    `#${point};`,
    `#x${point.toString(16)};`,
    `#X${point.toString(16).toUpperCase()}`,
  ])
  const all = [...named.map((name) => `${name};`), ...more.map((name) => `${name};`), ...numbers]

  test('there are many ways to write them', () => {
    expect(all.length).toBeGreaterThan(40)
  })

  test.each(all)('&%s', (name) => {
    expect(clean(`a&${name} b`)).toEqual({ text: 'a b', hidden: 0, invisible: 1 })
  })

  test('joined out of pieces', () => {
    expect(clean('a&#8203&shy;;b &#x20&#8203;0B;c').text).not.toMatch(/&#(?:8203|x200b)/i)
  })

  test.each(['&lt;!-- a --&gt;', '&#60;!-- a --&#62;', '&commat;ann', '&amp;#8203;', '&amp;lt;!--'])(
    '%s is not decoded',
    (text) => {
      expect(clean(text).text).toBe(text)
    },
  )
})

describe('T-31 T-130 hidden deeper than anybody would who means well', () => {
  const deep = (depth: number): string => (depth === 0 ? 'x' : `<\u200b!-- ${'-->'.repeat(1)}<!${deep(depth - 1)}`)

  test.each([1, 5, 20, 200])('%i deep: nothing is left of it, and cleaning again changes nothing', (depth) => {
    const nested = '&#x20'.repeat(depth) + '&shy;'.repeat(depth) + '0B;'.repeat(depth)
    for (const given of [deep(depth), nested, `${'&'.repeat(depth)}shy;${'shy;'.repeat(depth)}`]) {
      const once = clean(given).text
      expect(once).not.toMatch(/<!--|\p{Cf}/u)
      expect(clean(once)).toEqual({ text: once, hidden: 0, invisible: 0 })
    }
  })

  test('halves of a character do not come together', () => {
    const text = clean(`a\udb40${'[]'.repeat(3)}<!-- -->\udc41b`).text
    expect(text).not.toMatch(/\p{Cf}/u)
    expect(text.isWellFormed()).toBe(true)
  })

  test('what could still hide something loses the signs that it is made of', () => {
    const given = `keep ${'&'.repeat(20)}shy;${'shy;'.repeat(20)} this`
    const { text, invisible, hidden } = clean(given)
    expect(text).toMatch(/^keep .* this$/)
    expect(text).not.toContain('&')
    expect(invisible).toBe(8)
    expect(hidden).toBeGreaterThan(0)
  })
})
