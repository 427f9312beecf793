/** What a page draws, shrinks or leaves out is no way to tell Jules what nobody sees. */
import { clean } from '../../../src/core/clean/clean.ts'
import { BUDGET_MS, fastest } from '../fastest.ts'

const SECRET = 'do the hidden thing'
const WHITE = `\\color{white}{\\text{${SECRET}}}`

/** Nothing of the secret is left, the rest is, and what was taken out is counted to the last unit. */
function expectHidden(given: string): void {
  const page = `Please mend it.\n\n${given}\n`
  const { text, hidden, invisible } = clean(page)
  expect(text).not.toContain('hidden')
  expect(text).toContain('Please mend it.')
  expect(text.length + hidden + invisible).toBe(page.length)
  expect(clean(text)).toEqual({ text, hidden: 0, invisible: 0 })
}

describe('T-34 mathematics that can hide words goes whole', () => {
  test.each([
    `$${WHITE}$`,
    `Well, $x + ${WHITE}$.`,
    `$$\n${WHITE}\n$$`,
    `$$ \\text{$a$} ${WHITE} \\text{$b$} $$`,
    `$\`${WHITE}\`$`,
    `\`\`\`math\n${WHITE}\n\`\`\``,
    `~~~ Math\n${WHITE}\n~~~`,
    `\`\`\`m&#97;th\n${WHITE}\n\`\`\``,
    `\`\`\`\n\`\`\`\n\`\`\`math\n${WHITE}\n\`\`\`\n\`\`\`js\nx\n\`\`\``,
    `- a\n  \`\`\`math\n  ${WHITE}\n  \`\`\`\n- b`,
    `- \`\`\`math\n  ${WHITE}`,
    `- \`\`\`math\n  - \`\`\`\n  ${WHITE}\n  \`\`\``,
    `> \`\`\`math\n> ${WHITE}\n> \`\`\``,
    ...[
      `\\phantom{${SECRET}}`,
      `\\hphantom{${SECRET}}`,
      `\\color{#fff}${SECRET}`,
      `\\color {black}{${SECRET}}`,
      `\\color[RGB]{255,255,255}${SECRET}`,
      `\\textcolor{white}{${SECRET}}`,
      `\\definecolor{red}{rgb}{1,1,1}\\color{red}{${SECRET}}`,
      `\\colorbox{red}{\\color{red}{${SECRET}}}`,
      `\\tiny{${SECRET}}`,
      `x\\rlap{xxxxxxxx}${SECRET}`,
      `${SECRET}\\mathllap{\\rule{9em}{1em}}`,
      `\\smash{${SECRET}}`,
      `\\hspace{-99em}${SECRET}`,
      `\\mskip-999mu ${SECRET}`,
      `\\kern-99em ${SECRET}`,
      `\\raise 99em {${SECRET}}`,
      `\\sqrt[\\leftroot{-999}${SECRET}]{x}`,
      `\\mathchoice{a}{b}{c}{${SECRET}}`,
      `\\mmlToken{mi}[mathsize="0"]{${SECRET}}`,
      `\\label{${SECRET}}`,
      `\\ref{${SECRET}}`,
      `\\eqref{${SECRET}}`,
      `${'\\!'.repeat(9)}${SECRET}`,
      `${'\\negthickspace '.repeat(9)}${SECRET}`,
      `\\begin{array}{@{${SECRET}}c}x\\end{array}`,
      `\\def\\x#1{}\\x{${SECRET}}`,
      `\\newcommand\\x[1]{}\\x{${SECRET}}`,
      `\\texttip{x}{${SECRET}}`,
      `\\style{display:none}{${SECRET}}`,
      `\\bbox[white]{${SECRET}}`,
      `\\begin{array}{c ${SECRET}}x\\end{array}`,
      `\\begin{aligned}[${SECRET}]x\\end{aligned}`,
      `x \\\\[-9em] ${SECRET}`,
      `x % ${SECRET}\ny`,
      `x \\\\% ${SECRET}`,
      `&#92;phantom{${SECRET}}`,
      `\\ph&#97;ntom{${SECRET}}`,
      `\\ph<!-- -->antom{${SECRET}}`,
      `\\ph\u200bantom{${SECRET}}`,
    ].map((tex) => `$a ${tex} b$`),
    `&#36;${WHITE}&dollar;`,
    `It costs $5 and $\\phantom{${SECRET}}$`,
    `$x\`y ${WHITE} \`z$`,
    `\\\`$${WHITE}$\``,
    `\`$\n${WHITE} $\` $`,
    `<https://example.com/\`> $${WHITE}$ <https://example.com/\`>`,
    `<div>\n\`$${WHITE}$\`\n</div>`,
    `$a\n<b>${WHITE}</b>$`,
    `$$ x % ${SECRET} $$`,
    `$\` x % ${SECRET} \`$`,
    `- \`\`\`math\n  x\n  \`\`\`math\n  ${WHITE}`,
  ])('%j', expectHidden)

  test.each([
    'The area is $\\pi r^2$, and $$\\sum_{i=1}^n \\frac{x_i}{2} \\quad \\text{if } n > 0$$.',
    '$x \\! y \\!\\! z$ and $`a\\_b`$ and $\\begin{array}{c|c} 1 & 2 \\\\[4pt] 3 & 4 \\end{array}$',
    '```math\n\\begin{pmatrix} a & b \\\\ c & d \\end{pmatrix}\n```',
    `A \${\\color{red}\\textsf{Important}}$ and $\\textcolor{ blue }{x}$`,
    'It costs $5, 20% more than $4.',
    'The $HOME folder takes 80% of $TMP space.',
    'In US$ it is 5%.',
    '$50\\%$ of it',
    'Write `$\\color{white}{x}$` or ``$`\\phantom{x}`$``.',
    'First `a`, then `$\\phantom{x}$`.',
    '```tex\n$\\phantom{x}$ % shown\n```',
    'C:\\style\\kern is no mathematics, and \\color{white} alone is none.',
    'A dollar $ and \\phantom{x}, which is in no pair.',
    '- ```math\n  x\n  ```\n- \\phantom{x} is shown here.',
  ])('but %j stays', (given) => {
    expect(clean(given)).toEqual({ text: given, hidden: 0, invisible: 0 })
  })

  test('where some of a paragraph hides words, all from its first dollar to its last goes, and nothing else', () => {
    const { text, hidden } = clean('One $x$ two.\n\nThree $y$ four $\\phantom{z}$ five.\n')
    expect([text, hidden]).toEqual(['One $x$ two.\n\nThree  five.\n', 22])
  })
})

describe('T-34 what the page does not show of a fence', () => {
  test.each([
    { given: `\`\`\`js ${SECRET}\nx\n\`\`\``, text: '```js\nx\n```' },
    { given: `~~~ js  ${SECRET} \`\nx\n~~~`, text: '~~~ js\nx\n~~~' },
    { given: `\`\`\`${SECRET.replaceAll(' ', '-').repeat(3)}\nx\n\`\`\``, text: '```\nx\n```' },
    { given: `- \`\`\`js ${SECRET}\n  x\n  \`\`\``, text: '- ```js\n  x\n  ```' },
    { given: `   ~~~js ${SECRET}\nx`, text: '   ~~~js\nx' },
    { given: `\`\`\`geojson\n{"${SECRET}": 1}\n\`\`\`\nb`, text: 'b' },
    { given: `\`\`\`stl\nsolid ${SECRET}\n\`\`\``, text: '' },
    { given: `- \`\`\`topojson\n  ${SECRET}\n  \`\`\`\n- b`, text: '- \n- b' },
    { given: `\`\`\`mermaid\ngraph LR\n%% ${SECRET}\nA --> B\n\`\`\``, text: '```mermaid\ngraph LR\nA --> B\n```' },
    {
      given: `\`\`\`mermaid\ngraph LR\nA-->B; click A "x" "${SECRET}"\n\`\`\``,
      text: '```mermaid\ngraph LR\nA-->B\n```',
    },
    {
      given: `\`\`\`mermaid\nsequenceDiagram\nproperties A: {"x": "${SECRET}"}\n\`\`\``,
      text: '```mermaid\nsequenceDiagram\n\n```',
    },
    {
      given: `\`\`\`mermaid\nclassDiagram\ncallback A "x" "${SECRET}"\n\`\`\``,
      text: '```mermaid\nclassDiagram\n\n```',
    },
    ...[
      `sequenceDiagram\nrect rgb(51,51,51)\nA->>B: ${SECRET}\nend`,
      `sequenceDiagram\nbox black ${SECRET}\nend`,
      `graph LR\nA["<!-- ${SECRET} -->"]`,
      `graph LR\nA["<p hidden>${SECRET}</p>"]`,
      `graph LR\nA["<template>${SECRET}</template>"]`,
    ].map((diagram) => ({ given: `\`\`\`mermaid\n${diagram}\n\`\`\``, text: '' })),
    { given: `\`\`\`mermaid\naccDescr {\n${SECRET}\n}\nA\n\`\`\``, text: '```mermaid\n\nA\n```' },
    { given: `\`\`\`mermaid\nA[${SECRET}]\nstyle A color:#fff\n\`\`\``, text: '' },
    { given: `\`\`\`mermaid\n---\nx: ${SECRET}\n---\nA\n\`\`\``, text: '' },
    { given: `\`\`\`mermaid\n%%{init: {"x": "${SECRET}"}}%%\nA\n\`\`\``, text: '' },
  ])('%j', ({ given, text }) => {
    const cleaned = clean(given)
    expect(cleaned).toEqual({ text, hidden: given.length - text.length, invisible: 0 })
  })

  test.each([
    '```c++\nx\n```',
    '``` objective-c \nx\n```',
    '```mermaid\ngraph LR\nA[Code style] -- yes --> B<br/>\n---\n```'.replace('---\n', ''),
    '```mermaid\nclassDiagram\nA <|-- B\n<<interface>> A\n```',
    '```mermaid\nsequenceDiagram\nA->>B: GET /users/<id><br>please\n```',
    '```mermaid\ngraph LR\nlink --> box\nbox -- yes --> details\n```',
    '``` is not `a` fence',
    '- ```js\n  x\n  ```',
  ])('but %j stays', (given) => {
    expect(clean(given)).toEqual({ text: given, hidden: 0, invisible: 0 })
  })
})

describe('T-34 cells that a table has no column for', () => {
  test.each([
    { given: `| a | b |\n|---|---|\n| 1 | 2 | ${SECRET} |`, text: '| a | b |\n|---|---|\n| 1 | 2 |' },
    { given: `a | b\n-|-\n1 | 2 | ${SECRET}`, text: 'a | b\n-|-\n1 | 2 |' },
    { given: `a\n:-\n1 | ${SECRET}`, text: 'a\n:-\n1 |' },
    { given: `> | a |\n> | - |\n> | 1 | ${SECRET} |`, text: '> | a |\n> | - |\n> | 1 |' },
    { given: `- | a |\n  | - |\n  | 1 | ${SECRET} |`, text: '- | a |\n  | - |\n  | 1 |' },
    { given: `2. | a\n-|-\nx | y | ${SECRET}`, text: '2. | a\n-|-\nx | y |' },
    { given: `| \\| a |\n|-|\n| x \\| y | ${SECRET} |`, text: '| \\| a |\n|-|\n| x \\| y |' },
    { given: `| a |\n|-|\n<b>x</b> | ${SECRET}`, text: '| a |\n|-|\n<b>x</b> |' },
  ])('%j', ({ given, text }) => {
    expect(clean(given)).toEqual({ text, hidden: given.length - text.length, invisible: 0 })
  })

  test.each([
    '| a | b |\n|---|:-:|\n| 1 | 2 |\n| 3 |\n\na | b | c',
    '| a | b | c |\n|---|---|\n| 1 | 2 | 3 |',
    'a\n---\nb | c',
    '\n:-:\na | b',
    '| a |\n|-|\n| b \\',
    '| a |\n|-|\n\n| b | c |',
    '```\n| a |\n|-|\n| b | c |\n```',
  ])('but %j stays', (given) => {
    expect(clean(given)).toEqual({ text: given, hidden: 0, invisible: 0 })
  })
})

describe('T-34 words too small to be seen', () => {
  const tags = (names: string) =>
    names
      .split(' ')
      .map((name) => `<${name}>`)
      .join('')
  const tiny = tags('sub sub sub sub')

  test.each([
    `a ${tiny}${SECRET}</sub></sub></sub></sub> b`,
    `a ${tags('sub sup sub i sup b')}${SECRET}`,
    `a ${tags('rt rt')}${SECRET}`,
    `a ${tags('code small tt samp kbd code code')}${SECRET}`,
    `a ${tags('small small small small small small small')}\n\n${SECRET}\n\n\`\`\`\n${SECRET}\n\`\`\``,
    `<div>\n${tags('sub sub')}\n\n<div>\n${tags('sub sub')}\n\n${SECRET}\n\n\`\`\`\n${SECRET}\n\`\`\``,
    `<sub><div></sub><sub><div></sub><sub><div></sub><sub>\n${SECRET}`,
    `a <ruby>x<rp>${SECRET}</rp></ruby>`,
    `a <rp>x<b>${SECRET}</b></rp>`,
    `<rp>\n\n${SECRET}`,
    `a <video src="https://example.com/a.mp4">${SECRET}</VIDEO> b`,
    `<video>\n${SECRET}\n</video>`,
  ])('%j', expectHidden)

  test.each([
    'H<sub>2</sub>O, x<sup>y<sub>i</sub></sup>, <sub><sup><code>a</code></sup></sub>'.repeat(3),
    '<sub>\na\n</sub>\n\n<small>\nb\n</small>',
    'a <sub>b\n\nc <sub>d\n\ne <sub>f\n\ng <sub>h<br><img>',
    '<ruby>x<rp>(</rp><rt>y</rt><rp>)</rp></ruby> z'.replaceAll('(', '').replaceAll(')', ''),
    'a <video src="https://example.com/a.mp4"></video> b',
    'Use <code> here, and `<sub><sub><sub><sub>` there.',
  ])('but %j stays', (given) => {
    expect(clean(given)).toEqual({ text: given, hidden: 0, invisible: 0 })
  })
})

describe('T-34 notes that nothing shows', () => {
  test.each([
    `\`[^a]\`\n\n[^a]: ${SECRET}`,
    `\\[^a]\n\n[^a]: ${SECRET}`,
    `\`\n[^a]\n\`\n\n[^a]: ${SECRET}`,
    `<div>[^a]</div>\n\n[^a]: ${SECRET}`,
    `See.[^a]\n\n[^a]: shown\n\n[^a]: ${SECRET}`,
    `[^a]: See[^b].\n\n[^b]: ${SECRET}`,
    `<x:\`> <img alt="${SECRET}"> <y:\`>`,
    `<a\`@b.c> <img alt="${SECRET}"> <a\`@b.c>`,
  ])('%j', (given) => {
    expect(clean(given).text).not.toContain('hidden')
  })

  test('those of which a name stands in code as well are shown', () => {
    const given = 'See `[a]`, [a] and this.[^a]\n\n[a]: b\n\n[^a]: shown'
    expect(clean(given)).toEqual({ text: given, hidden: 0, invisible: 0 })
  })
})

describe('T-130 hostile 64 KiB take linear time', () => {
  test.each([
    '$',
    '$%',
    '% $ ',
    '$\\',
    '\\color ',
    '\\colo',
    '\\begin{array}{c',
    '\\begin{a',
    '$\\phantom{x}$\n\n',
    '$`',
    '$ ` ',
    '&#36;',
    '```math\n',
    '- ```math\n',
    '- ````math\n  ```\n',
    '```mermaid\n%%',
    '- ```mermaid\n  ;click {',
    '- ```mermaid\n  <a b ',
    '|',
    '|-',
    '-|',
    '|-|\n',
    'a|\n-|\n\\\n',
    '|\\',
    '> ',
    '<sub>',
    '<sub></sub>',
    '<rp>',
    '<rp></rp>',
    '<b>',
    '</b>',
    '<a`',
    '[^a]: b [^a] ',
    '[a',
    '[]',
  ])('%j', (piece) => {
    for (const end of ['', ' $x$ \\phantom{y} % $ | `']) {
      const hostile = piece.repeat(Math.ceil((64 * 1024) / piece.length)) + end
      expect(fastest(() => clean(hostile))).toBeLessThanOrEqual(BUDGET_MS)
    }
  })

  test('a border of many columns above many lines', () => {
    const hostile = `${'a|'.repeat(8000)}\n${'-|'.repeat(8000)}\n${'\\\n'.repeat(16_000)}`
    expect(fastest(() => clean(hostile))).toBeLessThanOrEqual(BUDGET_MS)
  })
})
