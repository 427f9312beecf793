/** The emulated world as a library: a clock, a Jules, a GitHub, and both with a runner. See README.md. */
export { type Clock, type ClockOptions, startClock } from './clock.ts'
export { type GitHub, type GitHubOptions, startGitHub } from './github/index.ts'
export { type Jules, type JulesOptions, startJules } from './jules/index.ts'
export { cleanUp, startWorld, type World, type WorldOptions } from './world.ts'
