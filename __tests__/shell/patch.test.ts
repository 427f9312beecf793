/** The files of a patch, counted piece by piece, beside what the parser counts of the whole. */
import fc from 'fast-check'
import parseDiff from 'parse-diff'
import { changedFilesOf } from '../../src/shell/patch.ts'

const filesOf = (patch: string, size = 1 << 20) => {
  const bytes = Buffer.from(patch)
  const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
    bytes.subarray(at * size, (at + 1) * size),
  )
  return changedFilesOf(pieces)
}

const HUNK = '@@ -1,2 +1,2 @@ function x() {\n-old\n+new\n same\n'
const ROWS = [
  { name: 'nothing', patch: '', files: [] },
  { name: 'no patch', patch: 'Hello\n', files: [] },
  { name: 'one file', patch: `diff --git a/x.ts b/x.ts\n--- a/x.ts\n+++ b/x.ts\n${HUNK}`, files: [['x.ts', 1, 1]] },
  {
    name: 'a new and a deleted file',
    patch:
      'diff --git a/n b/n\nnew file mode 100644\n--- /dev/null\n+++ b/n\n@@ -0,0 +1 @@\n+one\ndiff --git a/d b/d\ndeleted file mode 100644\n--- a/d\n+++ /dev/null\n@@ -1 +0,0 @@\n-one\n\\ No newline at end of file\n',
    files: [
      ['n', 1, 0],
      ['d', 0, 1],
    ],
  },
  {
    name: 'a rename and a binary file',
    patch:
      'diff --git a/old.ts b/new.ts\nsimilarity index 100%\nrename from old.ts\nrename to new.ts\ndiff --git a/x.png b/x.png\nBinary files a/x.png and b/x.png differ\n',
    files: [
      ['new.ts', 0, 0],
      ['x.png', 0, 0],
    ],
  },
  {
    name: 'lines that look like heads',
    patch:
      'diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1,3 +1,3 @@\n--- a/y\n-diff --git a/z b/z\n+++ b/y\n+@@ -1 +1 @@\n same\n',
    files: [['x', 2, 2]],
  },
  {
    name: 'no line of git',
    patch: `--- a/x\n+++ b/x\n${HUNK}--- a/y\n+++ b/y\n${HUNK}`,
    files: [
      ['x', 1, 1],
      ['y', 1, 1],
    ],
  },
]
test.each(ROWS)('T-78 $name', ({ patch, files }) => {
  const expected = files.map(([path, added, removed]) => ({ path, added, removed }))
  for (const size of [1, 10, 1 << 20]) expect(filesOf(patch, size)).toEqual(expected)
})

test('T-78 whatever git writes, it is counted as the parser counts it', () => {
  const word = fc.stringMatching(/^[a-z+@ -]{0,12}$/)
  const line = fc.tuple(fc.constantFrom('+', '-', ' '), word).map(([mark, text]) => `${mark}${text}`)
  const hunk = fc.array(line, { minLength: 1, maxLength: 8 }).map((lines) => {
    const old = lines.filter((one) => !one.startsWith('+')).length
    const now = lines.filter((one) => !one.startsWith('-')).length
    return `@@ -1,${old} +1,${now} @@\n${lines.join('\n')}\n`
  })
  const file = fc.tuple(fc.stringMatching(/^[a-z]{1,8}$/), fc.array(hunk, { minLength: 1, maxLength: 3 }))
  fc.assert(
    fc.property(fc.array(file, { minLength: 1, maxLength: 4 }), fc.integer({ min: 1, max: 50 }), (files, size) => {
      const patch = files
        .map(([name, hunks]) => `diff --git a/${name} b/${name}\n--- a/${name}\n+++ b/${name}\n${hunks.join('')}`)
        .join('')
      const counted = parseDiff(patch).map(({ to, additions, deletions }) => ({
        path: to,
        added: additions,
        removed: deletions,
      }))
      expect(filesOf(patch, size)).toEqual(counted)
    }),
  )
})
