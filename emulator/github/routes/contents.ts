/** Files of the repository. */
import { READ_CONTENTS } from '../permission.ts'
import { notFound } from '../refusal.ts'
import { renderContent } from '../render/content.ts'
import { REPOSITORY, type Spec } from './plan.ts'

/** Reading a file, or what is in a folder. */
export const CONTENT_ROUTE: Spec = {
  name: 'repos.getContent',
  method: 'GET',
  pattern: `${REPOSITORY}/contents/:path*`,
  need: READ_CONTENTS,
  handle: ({ store, request }) => {
    const body = renderContent(store, (request.params.path ?? '').replace(/\/+$/, ''))
    if (body === undefined) throw notFound()
    return { body }
  },
}
