/** What canonical JSON may hold. */
export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [key: string]: Json }

/**
 * JSON in its one form (RFC 8785): keys in the order of their UTF-16 units, no spaces. What is
 * signed or hashed is this text, so that any program makes the same bytes of the same facts.
 */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  const fields = value as { readonly [key: string]: Json }
  const keys = Object.keys(fields).sort()
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonicalJson(fields[key] as Json)}`).join(',')}}`
}
