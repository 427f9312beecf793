/** `/emulator/sessions`: every session with its activities, and changing one by hand. */
import { OBJECT, OBJECTS, readGiven, TEXT } from '../given.ts'
import { type AdminRoute, adminRoute, type Steered } from './route.ts'

export function sessionAdminRoutes({ jules }: Steered): AdminRoute[] {
  return [
    adminRoute({
      method: 'GET',
      path: '/sessions',
      about: 'All sessions, newest first, archived ones too, with their activities.',
      act: () => ({ sessions: jules().sessions() }),
    }),
    adminRoute({
      method: 'POST',
      path: '/sessions/:id',
      about: 'Changes a session by hand: its `state`, its `outputs`, or one `activity` more.',
      act: (body, { params: { id = '' } }) => {
        jules().alter(id, readGiven(body, { state: TEXT, outputs: OBJECTS, activity: OBJECT }))
        return jules()
          .sessions()
          .find((session) => session.id === id)
      },
    }),
  ]
}
