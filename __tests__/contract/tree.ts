/** The repository as the contract tests read it. */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/** The text of a file, its path counted from the top of the repository. */
export function read(file: string): string {
  return readFileSync(`${ROOT}${file}`, 'utf8')
}

/** Every file that is or would be committed, under a folder or with an ending if wanted. */
export function files(under = '', ending = ''): string[] {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 32 * 1024 * 1024,
  })
  return listed
    .split('\0')
    .filter((file) => file !== '' && file.startsWith(under) && file.endsWith(ending) && existsSync(`${ROOT}${file}`))
}

/** What stands between the markers of a generated part. */
export function generated(file: string, name: string): string {
  const [, part] = new RegExp(`<!-- generated: ${name} -->\\n\\n([\\s\\S]*?)\\n\\n<!-- /generated: ${name} -->`).exec(
    read(file),
  ) ?? [undefined, '']
  return part ?? ''
}
