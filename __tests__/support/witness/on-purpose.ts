/** The header by which a test says that it sends a wrong request on purpose, to see it refused. */
export const ON_PURPOSE = 'x-wrong-on-purpose'

/** Headers of a request that is wrong on purpose. */
export const WRONG = { [ON_PURPOSE]: 'yes' }
