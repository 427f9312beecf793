/** A throw-away action for tests of the runner. Its input `do` says how it behaves. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const definition = `name: Throw-away
description: For tests
inputs:
  do: { description: What to do, default: report }
  jules-api-key: { description: A key, required: true }
  jules-api-url: { description: An address }
  mode: { description: A mode, default: auto }
  token: { description: A token, default: '\${{ github.token }}' }
  two words: { description: A name with a space }
runs: { using: node24, main: program.js }
`

const program = `
const { appendFileSync } = require('node:fs')
const put = (file, text) => appendFileSync(process.env[file], text)
const acts = {
  report() {
    console.log('environment ' + JSON.stringify(process.env))
    console.log('arguments ' + JSON.stringify(process.execArgv))
    console.log('folder ' + process.cwd())
    console.log('version ' + process.version)
  },
  speak() {
    process.stdout.write('::add-mask::hush\\nsay hush\\rnext')
    process.stdout.write(' line\\r\\n::notice title=a%2Cb,file=x.ts::two%0Alines\\n')
    console.log('::stop-commands::pause')
    console.log('::error::not heard')
    console.log('::pause::')
    console.error('  ::error::heard')
    console.log('::set-output name=printed::yes')
    put('GITHUB_OUTPUT', 'plain=1=2\\nblock<<END\\na\\n\\nEND of b\\nEND\\n')
    put('GITHUB_STEP_SUMMARY', '# Done\\n')
    put('GITHUB_ENV', 'A=1\\n')
    put('GITHUB_PATH', '/somewhere\\n')
    process.exitCode = 3
  },
  break() { put('GITHUB_OUTPUT', 'no delimiter\\n') },
  polite() {
    process.on('SIGINT', () => { console.log('SIGINT ' + Date.now()); process.exit(130) })
    wait()
  },
  stubborn() {
    for (const name of ['SIGINT', 'SIGTERM']) process.on(name, () => console.log(name + ' ' + Date.now()))
    wait()
  },
  async look() {
    const headers = { authorization: 'Bearer ' + process.env.INPUT_TOKEN, 'content-type': 'application/json' }
    const url = process.env.GITHUB_API_URL + '/repos/' + process.env.GITHUB_REPOSITORY + '/issues/1/comments'
    const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ body: '/jules hello' }) })
    console.log('status ' + answer.status)
  },
  leave() {
    const { spawn } = require('node:child_process')
    const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)'], { stdio: 'inherit', detached: true })
    console.log('left ' + child.pid)
    child.unref()
  },
  sleep() { setTimeout(() => {}, 30_000) },
}
function wait() { setInterval(() => {}, 1000); console.log('ready') }
acts[process.env.INPUT_DO]()
`

/** A second action beside it, in `staged`: each of its inputs says what one stage does, act by act. */
const staged = `name: Staged
description: For tests
inputs: { pre: { default: '' }, main: { default: '' }, post: { default: '' }, old: { deprecationMessage: Use main. } }
runs: { using: node24, pre: pre.js, main: main.js, post: post.js, post-if: 'POST-IF' }
`

const stageProgram = `
const { appendFileSync } = require('node:fs')
const acts = {
  print: (text) => console.log(text),
  put(text) {
    const [file, ...rest] = text.split(' ')
    appendFileSync(process.env['GITHUB_' + file], rest.join(' ') + '\\n')
  },
  show: (name) => console.log(name + '=' + process.env[name]),
  exit: (code) => { process.exitCode = Number(code) },
  ignore: (signal) => process.on(signal, () => console.log(signal)),
  wait: (ms) => { setTimeout(() => {}, Number(ms)); console.log('ready') },
}
module.exports = (stage) => {
  console.log('[' + stage + ']')
  for (const act of process.env['INPUT_' + stage.toUpperCase()].split(';').map((text) => text.trim())) {
    const [, verb, text] = /^(\\w+) ?(.*)$/.exec(act) ?? []
    if (verb) acts[verb](text)
  }
}
`

/** A third, in `single`, which has no stage but one. */
const single = staged.replace(/ (pre|post): \w+\.js,| post-if: .*(?= })/g, '')

export type ThrowAwayAction = { folder: string; remove(): void }

export function makeAction({ postIf = 'always()' }: { postIf?: string } = {}): ThrowAwayAction {
  const folder = mkdtempSync(join(tmpdir(), 'throw-away-action-'))
  writeFileSync(join(folder, 'action.yml'), definition)
  writeFileSync(join(folder, 'program.js'), program)
  for (const [name, text] of Object.entries({ staged: staged.replace('POST-IF', postIf), single })) {
    const inner = join(folder, name)
    mkdirSync(inner)
    writeFileSync(join(inner, 'action.yml'), text)
    writeFileSync(join(inner, 'stage.js'), stageProgram)
    for (const stage of ['pre', 'main', 'post']) {
      writeFileSync(join(inner, `${stage}.js`), `require('./stage.js')('${stage}')`)
    }
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** The value after a word at the start of a printed line. */
export function printed(stdout: string, word: string): string {
  const line = stdout.split(/\r\n|\r|\n/).find((candidate) => candidate.startsWith(`${word} `))
  return line?.slice(word.length + 1) ?? ''
}
