/** The steps of the form, and which answers each asks for. Everything else is carried in hidden fields. */
export const asked = {
  what: ['activity', 'firstHand', 'size', 'stillThere', 'minors', 'detained'],
  where: ['place', 'placeId', 'lat', 'lon', 'accuracy', 'choice', 'searched', 'placeKind'],
  when: ['when', 'date', 'time', 'description', 'contact', 'effort'],
} as const
export type Step = keyof typeof asked

/** `key` makes a double tap one report; `asOf` is the moment that "just now" was said. */
const alwaysCarried = ['key', 'asOf'] as const

export const fields = [...alwaysCarried, ...asked.what, ...asked.where, ...asked.when] as const
export type Field = (typeof fields)[number]

/** A report while it is being written: what was typed, as it was typed. */
export type Draft = Record<Field, string>

/**
 * Which of the places somebody has chosen. The form of three steps asks; on one page what was tapped
 * on the list counts, then the words as they are, then the phone's position.
 */
export function choiceOf({ choice, placeId, place, lat }: Draft): string {
  if (choice) return choice
  if (placeId) return `place:${placeId}`
  return place.trim() || !lat ? 'words' : 'point'
}

/** The answers that a step does not ask for. */
export const carried = (step: Step): Field[] =>
  fields.filter((field) => !(asked[step] as readonly Field[]).includes(field))

/** Something to put right: the id of the field, and the text that says so. */
export interface Wrong {
  field: string
  text: string
  values?: Record<string, unknown>
}

/** "Just now" and the like, in minutes. */
export const minutesAgo: Readonly<Record<string, number>> = {
  now: 0,
  '10': 10,
  '30': 30,
  '60': 60,
}
