/** The patch and the pictures of a session, as the job's later steps find them. */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { FILES } from '../support/due-label.ts'
import { ended, endWorlds, JULES_KEY, last, tell, tellDirectly, verdict } from '../support/story.ts'

afterEach(endWorlds)

test('the patch of a session applies to the files that it was made for', async () => {
  const world = await tell({ scenario: 'automatic-pull-request' })
  world.github.label(world.ann, world.issue, 'ask-jules')
  const { outputs, result } = await ended(world, 'issues')

  const folder = outputs['files-path'] ?? ''
  const name = `${outputs['session-id']}.patch`
  expect(dirname(folder)).toBe(result.folder)
  expect(readdirSync(folder)).toEqual([name])
  expect(result.summary).toContain(`**Files:** \`${name}\`, in the folder of \`files-path\`.`)
  expect(JSON.parse(outputs.result ?? '')['files-path']).toBe(folder)
  const applied = applyTo(FILES, readFileSync(join(folder, name), 'utf8'))
  expect(applied).toContain('dueLabel(due, now = new Date())')
})

test('a picture that Jules took is there under a name of ours', async () => {
  const world = await tell({ scenario: 'media' })
  world.github.label(world.ann, world.issue, 'ask-jules')
  const { outputs, result } = await ended(world, 'issues')

  const folder = outputs['files-path'] ?? ''
  const name = readdirSync(folder).find((file) => file.endsWith('.png')) ?? ''
  const picture = readFileSync(join(folder, name))
  expect(name).toBe(`001-${createHash('sha256').update(picture).digest('hex').slice(0, 12)}.png`)
  expect(picture.toString('latin1', 1, 4)).toBe('PNG')
  expect(readdirSync(folder)).toHaveLength(2)
  expect(result.summary).toContain(`\`${name}\``)
  expect(result.summary).not.toContain('Left out')
})

test('T-77 T-100 T-101 F-21 secrets and what is no picture are kept out, and counted', async () => {
  const world = await tellDirectly({ scenario: 'media' })
  const bad = [
    { media: { mimeType: 'image/svg+xml', data: btoa('<svg/>') } },
    { media: { mimeType: 'image/png', data: 'not base64!' } },
    { media: { mimeType: 'image/png', data: 'A'.repeat(14_000_000) } },
  ]
  const worse = (body: unknown) =>
    JSON.parse(
      JSON.stringify(body)
        .replaceAll('in words, as seen', `in ${JULES_KEY} as seen`)
        .replace(/"artifacts":\[\{"media"/, `"artifacts":[${bad.map((one) => JSON.stringify(one)).join()},{"media"`),
    )
  for (const route of ['activities.list', 'sessions.get'])
    world.jules.server.faults.add({
      route,
      phase: 'after',
      times: 99,
      act: { kind: 'change', change: (answer) => ({ ...answer, body: worse(answer.body) }) },
    })
  world.github.label(world.ann, world.issue, 'ask-jules')
  const { outputs, summary } = await world.run(last(world, 'issues', 'labeled')).done

  const folder = outputs['files-path'] ?? ''
  const patch = readFileSync(join(folder, `${outputs['session-id']}.patch`), 'utf8')
  expect(patch).toContain('in *** as seen')
  expect(patch).not.toContain(JULES_KEY.slice(0, 12))
  expect(readdirSync(folder)).toHaveLength(2)
  expect(summary).toMatch(/Left out: 1 \(too large\), 1 \(not a PNG, .+\), 1 \(unreadable\)\.$/m)
})

test('F-45 a runner that takes no files still gets everything else', async () => {
  const world = await tellDirectly({ scenario: 'media', environment: { RUNNER_TEMP: '/nowhere/at/all' } })
  world.github.label(world.ann, world.issue, 'ask-jules')
  const result = await world.run(last(world, 'issues', 'labeled')).done

  expect(verdict(result)).toBe('pull-request/completed')
  expect(result.code).toBe(0)
  expect(result.outputs['files-path']).toBe('')
  expect(result.annotations.map(({ message }) => message)).toContainEqual(expect.stringContaining('could not be saved'))
})

test('nothing is kept where nothing was made', async () => {
  const world = await tell({ scenario: 'nothing-done' })
  world.github.label(world.ann, world.issue, 'ask-jules')
  const { outputs, result } = await ended(world, 'issues')
  expect(outputs['files-path']).toBe('')
  expect(readdirSync(result.folder).filter((name) => name.startsWith('jules-relay'))).toEqual([])
  expect(result.summary).not.toContain('**Files:**')
})

/** What the first file is after the patch. */
function applyTo(files: Record<string, string>, patch: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'jules-patch-'))
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    }
    execFileSync('git', ['apply', '--whitespace=error-all', '-'], { cwd: folder, input: patch })
    return readFileSync(join(folder, Object.keys(files)[0] ?? ''), 'utf8')
  } finally {
    rmSync(folder, { recursive: true })
  }
}
