/** Media as Jules's activities bring them: what cannot be kept is counted, and the rest of the activity stays. */
import { readActivity } from '../../src/shell/jules/schema.ts'
import { fastest } from '../core/fastest.ts'
import { png } from '../support/picture.ts'

const MEBIBYTE = 1024 * 1024
const PNG = png().toString('base64')

function read(...media: unknown[]) {
  const changeSet = { gitPatch: { unidiffPatch: 'patch' } }
  const artifacts = [...media.map((one) => ({ media: one })), { changeSet }, { bashOutput: { command: 'ls' } }]
  return readActivity({ id: 'a1', progressUpdated: { title: 'Looked' }, artifacts })
}

test('a picture is read with its type', () => {
  expect(read({ data: PNG, mimeType: 'image/png' })).toMatchObject({
    media: [{ data: PNG, mimeType: 'image/png' }],
    leftOut: { large: 0, surplus: 0, unfit: 0, unreadable: 0 },
    patch: 'patch',
  })
})

test.each([
  { name: 'no data', media: { mimeType: 'image/png' } },
  { name: 'nothing at all', media: {} },
  { name: 'empty data', media: { data: '', mimeType: 'image/png' } },
  { name: 'a number', media: { data: 7, mimeType: 'image/png' } },
  { name: 'words', media: { data: 'not base64!', mimeType: 'image/png' } },
  { name: 'a line end', media: { data: 'AAAA\nAAAA', mimeType: 'image/png' } },
  { name: 'a lone surrogate', media: { data: 'AAA\ud800', mimeType: 'image/png' } },
  { name: 'one character too many', media: { data: 'AAAAA', mimeType: 'image/png' } },
  { name: 'padding in the middle', media: { data: 'AA==AAAA', mimeType: 'image/png' } },
  { name: 'padding that does not fit', media: { data: 'AAA==', mimeType: 'image/png' } },
  { name: 'padding three times', media: { data: 'A===', mimeType: 'image/png' } },
])('F-21 $name: left out, and the others stay', ({ media }) => {
  const activity = read({ data: PNG, mimeType: 'image/png' }, media)
  expect(activity).toMatchObject({ media: [{ data: PNG }], leftOut: { unreadable: 1 }, patch: 'patch' })
  expect(activity?.commands).toEqual([{ command: 'ls', exitCode: 0 }])
})

test('padding may be left away, as some encoders do', () => {
  expect(read({ data: 'AAA', mimeType: 'image/png' })?.media).toHaveLength(1)
  expect(read({ data: 'AAA=', mimeType: 'image/png' })?.media).toHaveLength(1)
})

test('a type that is no type is not carried along', () => {
  expect(read({ data: PNG, mimeType: 'x'.repeat(1000) }, { data: PNG, mimeType: 7 })?.media).toEqual([
    { data: PNG, mimeType: '' },
    { data: PNG, mimeType: '' },
  ])
})

test('T-101 more than 10 MiB are not even looked at', () => {
  const base64 = (bytes: number) => 'A'.repeat(Math.ceil((bytes * 4) / 3))
  const most = { data: base64(10 * MEBIBYTE), mimeType: 'image/png' }
  expect(read(most)).toMatchObject({ media: [most], leftOut: { large: 0 } })
  expect(read({ ...most, data: base64(10 * MEBIBYTE + 3) })).toMatchObject({ media: [], leftOut: { large: 1 } })

  const bomb = { ...most, data: '!'.repeat(100 * MEBIBYTE) }
  expect(read(bomb)).toMatchObject({ media: [], leftOut: { large: 1 } })
  // To look at each character once takes a hundred; what else the machine is doing does not last for five rounds.
  const rounds = Array.from({ length: 5 }, () => fastest(() => read(bomb)))
  expect(Math.min(...rounds)).toBeLessThan(20)
})
