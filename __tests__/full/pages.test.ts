/** Pages that are too large at their ends, and a service that shows no part of one. */
import { stopServers } from '../shell/jules-server.ts'
import { activitiesWith, upTo } from '../shell/large-pages.ts'

afterEach(stopServers)

test('T-101 the first and the last activity can be too large as well', async () => {
  const { ids, leftOut } = await activitiesWith({ count: 101, large: [0, 100] })
  expect(ids).toEqual(upTo(100).slice(1))
  expect(leftOut).toEqual(['', '100'])
})

test('a service that shows no part of a page: what comes behind is missing, and it is said', async () => {
  const { ids, leftOut } = await activitiesWith({ large: [137], mask: false })
  expect(ids).toEqual(upTo(137))
  expect(leftOut).toEqual(['137'])
})
