/**
 * The schema that GitHub's workflow parser imports as plain JSON, which jest will refuse in its next major version:
 * jest.config.js puts this module in its place.
 */
import { readFileSync } from 'node:fs'

const file = new URL('../../node_modules/@actions/workflow-parser/dist/workflow-v1.0.min.json', import.meta.url)

export default JSON.parse(readFileSync(file, 'utf8'))
