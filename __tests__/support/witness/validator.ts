/** Holds values against schemas, each of which is compiled when it is needed first, and tells what is wrong in words. */
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import { fullFormats } from 'ajv-formats/dist/formats.js'

/** What is wrong with a value by the schema at a pointer, such as `#/components/schemas/issue`; nothing if it is right. */
export type Validate = (pointer: string, value: unknown) => string[]

/** Most schemas are used a few times only: what matters is how soon they are ready. */
const QUICK = { validateSchema: false, inlineRefs: false, code: { optimize: false } }

/** Checks by the schemas in one document, which may point to each other. */
export function makeValidate(document: object): Validate {
  const ajv = new Ajv({ ...QUICK, strict: false, allErrors: true, formats: fullFormats })
  ajv.addSchema(document, 'document')
  const compiled = new Map<string, ValidateFunction>()
  return (pointer, value) => {
    const validate = compiled.get(pointer) ?? ajv.compile({ $ref: `document${pointer}` })
    compiled.set(pointer, validate)
    return validate(value) ? [] : (validate.errors ?? []).map(inWords)
  }
}

function inWords({ instancePath, message, params }: ErrorObject): string {
  const [detail] = [params.additionalProperty, params.allowedValues].filter((one) => one !== undefined)
  return `${instancePath} ${message}${detail === undefined ? '' : `: ${detail}`}`.trim()
}
