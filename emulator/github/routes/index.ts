/** All routes but the one that needs to know the rate. */
import { CONTENT_ROUTE } from './contents.ts'
import { GRAPHQL_ROUTE } from './graphql.ts'
import { ISSUE_ROUTES } from './issues.ts'
import { LABEL_ROUTES } from './labels.ts'
import type { Spec } from './plan.ts'
import { PULL_ROUTES } from './pulls.ts'
import { REACTION_ROUTES } from './reactions.ts'
import { REPOSITORY_ROUTES } from './repository.ts'
import { REVIEW_ROUTES } from './reviews.ts'

/** What this GitHub can be asked; everything else is 501. */
export const ROUTES: Spec[] = [
  ...REPOSITORY_ROUTES,
  CONTENT_ROUTE,
  ...ISSUE_ROUTES,
  ...LABEL_ROUTES,
  ...REACTION_ROUTES,
  ...PULL_ROUTES,
  ...REVIEW_ROUTES,
  GRAPHQL_ROUTE,
]
