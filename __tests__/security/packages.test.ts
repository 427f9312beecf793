/** What others wrote and we install: little of it in the bundle, all of it proved, and none of it run unasked. */
import { parse } from 'yaml'
import { files, read } from '../contract/tree.ts'

type Locked = { dev?: boolean; devOptional?: boolean; hasInstallScript?: boolean; resolved?: string; version?: string }
const lock: { lockfileVersion: number; packages: Record<string, Locked> } = JSON.parse(read('package-lock.json'))
const manifest = JSON.parse(read('package.json'))
const locked = Object.entries(lock.packages).filter(([path]) => path !== '')
const production = locked.filter(([, { dev, devOptional }]) => !dev && !devOptional).map(([path]) => nameOf(path))

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
}

test('T-152 no package of the bundle has an install script, and those of our tools are allowed or refused by name', () => {
  const scripted = locked.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => nameOf(path))
  expect(production.filter((name) => scripted.includes(name))).toEqual([])
  expect(Object.keys(manifest.allowScripts).sort()).toEqual(scripted.sort())
  const allowed = Object.entries(manifest.allowScripts).filter(([, allow]) => allow)
  // It fetches nothing: it puts the Node of its own package into place.
  expect(allowed.map(([name]) => name)).toEqual(['node'])
})

test('T-152 packages are installed from the lockfile alone', () => {
  expect(lock.lockfileVersion).toBe(3)
  const code = files().filter((file) => /^(?:scripts|\.ci|\.github|bench)\//.test(file))
  expect(code.filter((file) => /\bnpm (?:i|install|add|update|exec)\b|\bnpx\b/.test(read(file)))).toEqual([])
})

test('T-152 what is new waits for a week before anybody is asked to take it', () => {
  const { updates }: { updates: { cooldown?: { 'default-days'?: number } }[] } = parse(read('.github/dependabot.yml'))
  expect(updates.length).toBe(2)
  expect(updates.filter(({ cooldown }) => (cooldown?.['default-days'] ?? 0) < 7)).toEqual([])
})

test('T-153 no package comes from anywhere but a registry', () => {
  const wanted = Object.entries<string>({
    ...manifest.dependencies,
    ...manifest.devDependencies,
    ...manifest.overrides,
  })
  expect(wanted.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([])
  expect(locked.filter(([, { version }]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version ?? ''))).toEqual([])
})

test('T-154 each package of the bundle that we chose ourselves has a written reason', () => {
  const reasons = files('docs/decisions/').map((file) => read(file).split('\n')[0] ?? '')
  const chosen = Object.keys(manifest.dependencies)
  expect(chosen.filter((name) => !reasons.some((title) => title.includes(name)))).toEqual([])
})

test('T-131 T-135 no parser of Markdown or YAML is in the bundle', () => {
  const parsers = /^(?:yaml|js-yaml|marked|markdown-it|micromark.*|mdast-.*|remark.*|rehype.*|unified)$/
  expect(production.length).toBeGreaterThan(6)
  expect(production.filter((name) => parsers.test(name))).toEqual([])
})
