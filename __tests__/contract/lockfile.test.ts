/** The lockfile installs everywhere, from any registry, and exactly what was reviewed. */
import { read } from './tree.ts'

type Locked = {
  version?: string
  integrity?: string
  resolved?: string
  link?: boolean
  optionalDependencies?: Record<string, string>
}
const locked: Record<string, Locked> = JSON.parse(read('package-lock.json')).packages
const names = new Set(
  Object.keys(locked).map((path) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)),
)

test('every package for another platform is in it: without them a fresh clone cannot be installed', () => {
  const wanted = Object.values(locked).flatMap(({ optionalDependencies = {} }) => Object.keys(optionalDependencies))
  expect(wanted.filter((name) => !names.has(name))).toEqual([])
})

test('T-153 every package has its checksum, and none names an address', () => {
  const packages = Object.entries(locked).filter(([path]) => path !== '')
  expect(packages.filter(([, { integrity }]) => integrity === undefined).map(([path]) => path)).toEqual([])
  expect(packages.filter(([, { resolved }]) => resolved !== undefined).map(([path]) => path)).toEqual([])
})
