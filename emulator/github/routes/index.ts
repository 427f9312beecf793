/** All routes but the one that needs to know the limits. */
import { COMMENT_ROUTE } from './comments.ts'
import { CONTENT_ROUTE } from './contents.ts'
import { GRAPHQL_ROUTE } from './graphql.ts'
import { ISSUE_ROUTES } from './issues.ts'
import { LABEL_SET_ROUTES } from './label-sets.ts'
import { LABEL_ROUTES } from './labels.ts'
import type { Spec } from './plan.ts'
import { PULL_ROUTES } from './pulls.ts'
import { REACTION_LIST_ROUTES } from './reaction-lists.ts'
import { REACTION_ROUTES } from './reactions.ts'
import { REFERENCE_ROUTES } from './references.ts'
import { REPOSITORY_ROUTES } from './repository.ts'
import { REVIEW_ROUTES } from './reviews.ts'
import { THREAD_ROUTES } from './threads.ts'

/** What this GitHub can be asked; everything else is 501. */
export const ROUTES: Spec[] = [
  ...REPOSITORY_ROUTES,
  CONTENT_ROUTE,
  COMMENT_ROUTE,
  ...ISSUE_ROUTES,
  ...THREAD_ROUTES,
  ...LABEL_ROUTES,
  ...LABEL_SET_ROUTES,
  ...REACTION_ROUTES,
  ...REACTION_LIST_ROUTES,
  ...PULL_ROUTES,
  ...REVIEW_ROUTES,
  ...REFERENCE_ROUTES,
  GRAPHQL_ROUTE,
]
