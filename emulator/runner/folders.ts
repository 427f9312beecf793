/** Where a job lives on disk, laid out as on a hosted runner. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export type RunFolders = {
  temp: string
  workspace: string
  tools: string
  commands: string
  eventFile: string
  /** An empty home, so that no setting of this machine is found in it. */
  home: string
}

const roots: string[] = []

/** Makes a fresh set, with the event in its file. */
export function makeFolders(repository: string, payload: object): RunFolders {
  const root = mkdtempSync(join(tmpdir(), 'jules-relay-run-'))
  roots.push(root)
  const name = repository.split('/')[1] ?? 'repository'
  const temp = join(root, '_temp')
  const events = join(temp, '_github_workflow')
  const workspace = join(root, name, name)
  const tools = join(root, '_tool')
  const home = join(root, 'home')
  for (const folder of [workspace, tools, events, home]) mkdirSync(folder, { recursive: true })
  const eventFile = join(events, 'event.json')
  writeFileSync(eventFile, JSON.stringify(payload, null, 2))
  return { temp, workspace, tools, commands: join(temp, '_runner_file_commands'), eventFile, home }
}

/** Removes the folders of all jobs so far. */
export function cleanUp(): void {
  for (const root of roots.splice(0)) rmSync(root, { recursive: true, force: true })
}
