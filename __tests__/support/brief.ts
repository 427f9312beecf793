/** For mutation tests: that a property is broken is enough, and its first moments show most of what they can. */
import fc from 'fast-check'

fc.configureGlobal({ endOnFailure: true, interruptAfterTimeLimit: 150 })
