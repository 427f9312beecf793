import type { Files } from '../../../src/core/effect/files.ts'
import { renderFiles } from '../../../src/core/report/files.ts'

const none: Files = {
  folder: '',
  names: [],
  leftOut: { large: 0, surplus: 0, unfit: 0, unreadable: 0 },
  failed: false,
}

test.each<{ name: string; files: Partial<Files>; line: string }>([
  { name: 'nothing', files: {}, line: '' },
  {
    name: 'files',
    files: { folder: '/tmp/x', names: ['12.patch', '001-aabbccddeeff.png'] },
    line: '**Files:** `12.patch`, `001-aabbccddeeff.png`, in the folder of `files-path`.',
  },
  {
    name: 'all were left out',
    files: { leftOut: { large: 1, surplus: 2, unfit: 3, unreadable: 4 } },
    line:
      '**Files:** Left out: 1 (too large), 2 (beyond the newest 20 files or 25 MiB), ' +
      '3 (not a PNG, JPEG, GIF or WebP picture, or declared as something else), 4 (unreadable).',
  },
  {
    name: 'one was left out',
    files: { names: ['12.patch'], leftOut: { ...none.leftOut, large: 1 } },
    line: '**Files:** `12.patch`, in the folder of `files-path`. Left out: 1 (too large).',
  },
  { name: 'a full disk', files: { failed: true }, line: '**Files:** They could not be saved on this runner.' },
])('the line for $name', ({ files, line }) => {
  expect(renderFiles({ ...none, ...files })).toBe(line)
})
