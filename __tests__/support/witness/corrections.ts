/** Where GitHub’s description lags behind GitHub: properties that it sends in fact. */
import type { Tree } from '../../../scripts/openapi/lean.ts'

/** By schema, then by property. */
export const UNDESCRIBED: Record<string, Tree> = {
  // Since 2024 every error says its own status; the description has it for the plain ones only.
  'validation-error': { status: { type: 'string' } },
  // A refusal to make a label says so: { resource: 'Repository', field: 'label', code: 'unauthorized' }.
  'basic-error': { errors: { type: 'array', items: { type: 'object' } } },
}

/** The schemas with what is missing put in. */
export function corrected(schemas: Record<string, Tree>): Record<string, Tree> {
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => {
      const properties = { ...Object(schema.properties), ...UNDESCRIBED[name] }
      return [name, UNDESCRIBED[name] === undefined ? schema : { ...schema, properties }]
    }),
  )
}
