import { startClock, startJules } from '../../emulator/index.ts'

const API = { 'x-goog-api-key': 'any', 'content-type': 'application/json' }

test('a session whose creation is answered too late is there all the same', async () => {
  const clock = startClock({ speed: 0 })
  const jules = await startJules({ clock, sources: [{ owner: 'acme', repo: 'widgets' }] })
  jules.addFault({ name: 'cut', route: 'sessions.create', phase: 'after' })

  const body = JSON.stringify({ prompt: 'Fix the flaky test.', automationMode: 'AUTO_CREATE_PR' })
  await expect(fetch(`${jules.url}/sessions`, { method: 'POST', headers: API, body })).rejects.toThrow()
  clock.move(10 * 60_000)

  expect(jules.sessions()).toMatchObject([{ prompt: 'Fix the flaky test.', state: 'COMPLETED' }])
  await jules.stop()
})
