/** What `--help` says. */
import { openLibrary } from '../jules/scenario-file/library.ts'

const OPTIONS = `A faithful Jules API (v1alpha) on this machine. Nothing leaves it.

  --port <number>                 port on 127.0.0.1, 0 for any free one; usually 8788
  --source <owner/repo>           a connected repository, usually acme/widgets; may be repeated;
                                  owner/repo@main,dev: with its branches; sessions on others fail
  --scenario <name or file>       what sessions do, usually automatic-pull-request; may be repeated:
                                  the first is for prompts without a marker, the others wait for theirs
  --speed <factor>                emulated seconds in one real second, usually 1; at 0 the time stands
                                  still until POST /emulator/clock moves it
  --key <key>                     the only key that is accepted; usually any is
  --naming <form>                 names of sources: slash (github/acme/widgets, the usual) or dashed
  --empty-bodies                  zero bytes instead of {} after a success that has nothing to say
  --daily-limit <number>          sessions in 24 hours; usually without a limit
  --concurrent-limit <number>     sessions at work at the same time; usually without a limit
  --quota-refusal <form>          failed-precondition (400, the usual) or exhausted (429)
  --failed-sessions <way>         a message to a failed session: silent (the usual) or refuse (400)
  --approvals-without-plan <way>  refuse (400, the usual) or silent
  --quiet                         no line for every call
  --help                          this text`

const WHILE_IT_RUNS = `Create a session:

  curl http://127.0.0.1:8788/v1alpha/sessions -H 'x-goog-api-key: any' -H 'content-type: application/json' -d '{
    "prompt": "Fix the flaky test. [scenario: question]",
    "sourceContext": {"source": "sources/github/acme/widgets", "githubRepoContext": {"startingBranch": "main"}},
    "automationMode": "AUTO_CREATE_PR"}'

While it runs: POST /emulator/scenario {"name": "question"} chooses for sessions from then on,
POST /emulator/clock {"seconds": 60} moves the time forward, and POST /emulator/faults
{"route": "sessions.create", "phase": "after", "act": {"kind": "cut"}} loses the next answer of that method.

A session takes another scenario by a marker in its prompt, such as [scenario: question]. A file of your own is
described in emulator/SCENARIOS.md. Built in are:`

/** The options, an example, and every scenario. */
export function help(): string {
  const scenarios = openLibrary()
    .list()
    .map(({ name, about }) => `  ${name.padEnd(23)} ${about}`)
  return `${OPTIONS}\n\n${WHILE_IT_RUNS}\n\n${scenarios.join('\n')}\n`
}
