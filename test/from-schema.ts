import fc from 'fast-check'

/** As much of JSON Schema as our own description of the API uses. */
export interface Schema {
  type?: string | string[]
  enum?: unknown[]
  const?: unknown
  anyOf?: Schema[]
  oneOf?: Schema[]
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  minimum?: number
  maximum?: number
  maxLength?: number
  minLength?: number
  maxItems?: number
  pattern?: string
  format?: string
}

/** Values that a schema describes, and now and then one just beside it. */
export function valuesOf(schema: Schema): fc.Arbitrary<unknown> {
  const right = rightValue(schema)
  return fc.oneof({ weight: 12, arbitrary: right }, wrongValue)
}

const wrongValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(null, true, -1, 1e308, '', 'null', '__proto__', '\u202e\u0000', [], {}),
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc.double(),
  fc.object({ maxDepth: 2 }),
)

function rightValue(schema: Schema): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum) return fc.constantFrom(...schema.enum)
  const several = schema.anyOf ?? schema.oneOf
  if (several) return fc.oneof(...several.map(valuesOf))
  const types = [schema.type ?? 'object'].flat()
  return fc.oneof(...types.map((type) => typed(type, schema)))
}

const typed = (type: string, schema: Schema): fc.Arbitrary<unknown> => {
  const makers: Record<string, () => fc.Arbitrary<unknown>> = {
    object: () => objectOf(schema),
    array: () => fc.array(valuesOf(schema.items ?? {}), { maxLength: (schema.maxItems ?? 5) + 1 }),
    string: () => stringOf(schema),
    number: () =>
      fc.double({ min: schema.minimum ?? -1000, max: schema.maximum ?? 1000, noNaN: true }),
    integer: () =>
      fc.integer({ min: bound(schema.minimum, -1000), max: bound(schema.maximum, 1000) }),
    boolean: () => fc.boolean(),
    null: () => fc.constant(null),
  }
  return makers[type]?.() ?? fc.anything()
}

const bound = (given: number | undefined, otherwise: number): number =>
  given === undefined ? otherwise : Math.max(-(2 ** 31), Math.min(2 ** 31 - 1, given))

function objectOf({ properties = {}, required = [] }: Schema): fc.Arbitrary<unknown> {
  const model = Object.fromEntries(
    Object.entries(properties).map(([name, property]) => [name, valuesOf(property)]),
  )
  return fc.record(model, { requiredKeys: required.filter((name) => name in model) })
}

function stringOf({
  format,
  pattern,
  minLength = 0,
  maxLength = 60,
}: Schema): fc.Arbitrary<string> {
  if (format === 'date-time') {
    const near = fc.integer({ min: -100, max: 10 })
    return near.map((hours) =>
      new Date(Date.parse('2026-11-23T18:00:00Z') + hours * 3_600_000).toISOString(),
    )
  }
  if (format === 'uuid') return fc.uuid()
  if (format === 'uri') return fc.webUrl({ validSchemes: ['https'] })
  if (pattern) return fc.stringMatching(new RegExp(pattern)).filter((text) => text.length < 500)
  return fc.string({ minLength, maxLength: Math.min(maxLength + 1, 5000), unit: 'grapheme' })
}
