/** The answers have the types that GitHub's own client promises: the compiler proves it, this file has it do so. */
import type { RestEndpointMethodTypes as Methods } from '@octokit/rest'
import { renderContent } from '../../emulator/github/render/content.ts'
import { renderComment, renderLabel, renderReaction, renderRestIssue } from '../../emulator/github/render/issue.ts'
import { renderFile, renderPull } from '../../emulator/github/render/pull.ts'
import { renderBranch, renderFullRepository, renderShortBranch } from '../../emulator/github/render/repository.ts'
import { renderRestReview, renderReviewComment } from '../../emulator/github/render/review.ts'
import { renderListedPull } from '../../emulator/github/routes/pulls.ts'

type Data<A extends keyof Methods, B extends keyof Methods[A]> = Methods[A][B] extends { response: { data: infer D } }
  ? D
  : never

type Renders<T> = (...given: never[]) => T

const RENDERERS = {
  'issues.get': renderRestIssue satisfies Renders<Data<'issues', 'get'>>,
  'issues.getComment': renderComment satisfies Renders<Data<'issues', 'getComment'>>,
  'issues.getLabel': renderLabel satisfies Renders<Data<'issues', 'getLabel'>>,
  'reactions.createForIssue': renderReaction satisfies Renders<Data<'reactions', 'createForIssue'>>,
  'pulls.get': renderPull satisfies Renders<Data<'pulls', 'get'>>,
  'pulls.list': renderListedPull satisfies Renders<Data<'pulls', 'list'>[number]>,
  'pulls.listFiles': renderFile satisfies Renders<Data<'pulls', 'listFiles'>[number]>,
  'pulls.getReview': renderRestReview satisfies Renders<Data<'pulls', 'getReview'>>,
  'pulls.getReviewComment': renderReviewComment satisfies Renders<Data<'pulls', 'getReviewComment'>>,
  'repos.get': renderFullRepository satisfies Renders<Data<'repos', 'get'>>,
  'repos.getContent': renderContent satisfies Renders<Data<'repos', 'getContent'> | undefined>,
  'repos.getBranch': renderBranch satisfies Renders<Data<'repos', 'getBranch'>>,
  'repos.listBranches': renderShortBranch satisfies Renders<Data<'repos', 'listBranches'>[number]>,
}

test('every kind of thing that is read is held against the client', () => {
  const groups = new Set(Object.keys(RENDERERS).map((name) => name.split('.')[0]))
  expect([...groups]).toEqual(['issues', 'reactions', 'pulls', 'repos'])
})
