/** Is it an Event, and nothing but that? Written out by hand, so that no part of a payload goes further unseen. */
import type { What } from '../../../src/core/event/event.ts'
import {
  among,
  type Check,
  either,
  isFlag,
  isLike,
  isText,
  isTextUpTo,
  isWhole,
  maybe,
  only,
} from '../../support/shape.ts'

const isNumber: Check = (value) => isWhole(value) && Number(value) > 0

/** Logins go into addresses and mentions, so nothing else counts as one. */
const isLogin = isLike(/^[\w.-]{1,100}(\[bot\])?$/)
const isPerson = only({ login: isLogin, id: isWhole, bot: isFlag })
const isThread = only({ number: isNumber, kind: among('issue', 'pull-request') })
const isSubject = only({
  title: isText,
  body: isText,
  author: maybe(isPerson),
  commit: maybe(isLike(/^[0-9a-f]{40}$/)),
})
const COMMENT = { id: isWhole, body: isText, author: maybe(isPerson), url: isText }
const isComment = only(COMMENT)
const isPassage = only({ path: isTextUpTo(500), line: maybe(isWhole), before: isFlag, hunk: isText })
const isLineComment = only({ ...COMMENT, passage: isPassage, review: isWhole, at: isText, changed: isText })
const isReview = only({ id: isWhole, body: isText, author: maybe(isPerson), at: isText })
/** Part of what names a request for ever; the record that holds it is small. */
const isTime = isTextUpTo(40)

const WHAT: Record<What['kind'], Record<string, Check>> = {
  labeled: { thread: isThread, subject: isSubject, label: isText, at: isTime },
  commented: { thread: isThread, subject: isSubject, comment: isComment },
  'comment-edited': { thread: isThread, subject: isSubject, comment: isComment, before: isText, at: isText },
  'review-commented': { thread: isThread, subject: isSubject, comment: isLineComment },
  reviewed: { thread: isThread, subject: isSubject, review: isReview },
  'pull-request-news': {
    thread: isThread,
    branch: isText,
    body: isText,
    news: among('opened', 'reopened', 'merged', 'closed'),
  },
  'issue-closed': { thread: isThread },
  other: {},
}

const isWhat = either(...Object.entries(WHAT).map(([kind, parts]) => only({ kind: among(kind), ...parts })))

export const isEvent = only({
  name: isText,
  action: isText,
  repository: isText,
  sender: maybe(isPerson),
  fork: isFlag,
  what: isWhat,
})

export const isSubjectOrNone = maybe(isSubject)
export const isThreadOrNone = maybe(isThread)
