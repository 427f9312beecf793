/** Is what passed between a program and the emulated GitHub what GitHub describes? */
import type { Call } from '../../../emulator/server.ts'
import { operations } from './description.ts'
import { ON_PURPOSE } from './on-purpose.ts'
import { faultsOfRequest } from './request.ts'
import { faultsOfResponse } from './response.ts'

/** What is wrong with a call, in words; a fault that a test ordered excuses the answer, never the request. */
export function faultsOfCall(call: Call): string[] {
  const { route, method, path, own } = call
  const isUnplanned = own?.status === 501 && call.headers[ON_PURPOSE] !== undefined
  const answered =
    isUnplanned || route === undefined || route === 'absent' || own === undefined
      ? []
      : faultsOfResponse(route, call, own)
  const status = own === undefined ? call.status : (own.status ?? 200)
  return [...faultsOfAsking(call), ...answered].map((fault) => `${method} ${path} → ${status}: ${fault}`)
}

function faultsOfAsking(call: Call): string[] {
  const wrong = wrongRequest(call)
  if (call.headers[ON_PURPOSE] === undefined) return wrong
  // What the emulator says plainly that it does not do may be right at GitHub.
  return wrong.length > 0 || call.own?.status === 501 ? [] : ['the request is marked as wrong on purpose and is right']
}

function wrongRequest(call: Call): string[] {
  const { route } = call
  if (route === 'absent') return []
  if (route === undefined) return ['the emulated GitHub has no such route']
  if (operations[route] === undefined) return [`${route} is not described; \`npm run openapi\` takes it over`]
  return faultsOfRequest(route, call)
}
