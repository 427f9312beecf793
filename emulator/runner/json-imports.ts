/**
 * GitHub's workflow parser imports JSON without saying so, which plain Node refuses. Imported before the parser, this
 * file says it for every `.json`.
 */
import { registerHooks } from 'node:module'

try {
  registerHooks({
    load: (url, context, next) =>
      next(url, url.endsWith('.json') ? { ...context, importAttributes: { type: 'json' } } : context),
  })
} catch {
  // A test runner with a module loader of its own (Jest) forbids hooks; it reads such JSON without them.
}
