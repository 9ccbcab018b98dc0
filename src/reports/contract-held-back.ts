/** What identifies a person in somebody's words, by kind. */
export const heldKinds = [
  'phone',
  'email',
  'plate',
  'badge',
  'number',
  'name',
  'handle',
  'address',
] as const
export type HeldKind = (typeof heldKinds)[number]

/**
 * What stands in a text in place of what was held back. Signs and no letters: no language's words get
 * into what people wrote, linking finds nothing to compare in them, and pages say them in words.
 */
const signs: Record<HeldKind, string> = {
  phone: '☎',
  email: '✉',
  plate: '▭',
  badge: '✪',
  number: '#',
  name: '☺',
  handle: '@',
  address: '⌂',
}

/** The marker of a kind: `⟦☎⟧`. */
export const markerOf = (kind: HeldKind): string => `⟦${signs[kind]}⟧`

const kindsBySign = new Map(heldKinds.map((kind) => [signs[kind], kind]))

/** A text with each marker put in words by `say`; whatever else it holds stays as it is. */
export const markersInWords = (text: string, say: (kind: HeldKind) => string): string =>
  text.replace(/⟦(.)⟧/gu, (marker, sign: string) => {
    const kind = kindsBySign.get(sign)
    return kind ? say(kind) : marker
  })
