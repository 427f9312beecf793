/** Records of other versions of the action: whatever they say, nothing is written over them, and nothing is started twice. */
import { makeSeal, unsealed } from '../../src/shell/github/seal.ts'
import { useStage } from '../support/stage/use-stage.ts'
import { JULES_KEY, labeled, last, type Told, verdict } from '../support/story.ts'

const stage = useStage()

const usual = { reads: true }
const VERSIONS = [
  { name: 'an older version', v: 0, reads: false },
  { name: 'this version', v: 1, ...usual },
  { name: 'a newer version', v: 2, reads: false },
]

/** The comment with our record in it. */
function carrier(world: Told) {
  const found = world.github.comments(world.issue).find(({ body }) => body.includes('<!-- jules-relay '))
  if (found === undefined) throw new Error('There is no tracking comment.')
  return found
}

/** Another version of the action has written the record, with the same key. */
function rewrite(world: Told, v: number): void {
  const comment = carrier(world)
  const encoded = unsealed(comment.body) ?? ''
  const record: unknown = { ...JSON.parse(Buffer.from(encoded, 'base64url').toString()), v }
  const seal = makeSeal(JULES_KEY, String(world.github.store.repository.id), world.issue)
  const text = comment.body.slice(0, comment.body.lastIndexOf('\n') + 1)
  comment.body = text + seal.close(Buffer.from(JSON.stringify(record)).toString('base64url'))
}

test.each(VERSIONS)('F-50 a record of $name', async ({ v, reads }) => {
  const { world, event } = await labeled({ start: stage.start, scenario: 'question' })
  await world.run(event, { runId: '7' }).done
  rewrite(world, v)
  const { body } = carrier(world)
  await world.run(event, { runId: '7', runAttempt: 2 }).done
  world.github.comment(world.ann, world.issue, '/jules reply By the calendar.')
  const answered = await world.run(last(world, 'issue_comment')).done
  await world.run({ name: 'schedule', payload: {} }, { inputs: { mode: 'sweep' } }).done

  expect(world.jules.sessions()).toHaveLength(1)
  if (reads) expect(verdict(answered)).toBe('pull-request/completed')
  else expect(carrier(world).body).toBe(body)
})
