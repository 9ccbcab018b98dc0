import { activities, NewReport, placeKinds } from '#src/reports/contract.ts'
import { textOf } from '../problem.ts'
import { type Draft, fields, minutesAgo, type Wrong } from './draft.ts'

type App = App.Locals['app']

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** What was typed so far. A form that lost its key gets a new one. */
export function readDraft(form: FormData, app: App): Draft {
  const draft = Object.fromEntries(fields.map((field) => [field, textOf(form, field)])) as Draft
  return { ...draft, key: uuid.test(draft.key) ? draft.key : app.pages.newKey() }
}

const wrong = (field: string, text: string): Wrong => ({ field, text: `reports.error.${text}` })
const shortText = 200

/** What is wrong with step 1. */
export function whatErrors({ activity, firstHand, size }: Draft): Wrong[] {
  return [
    ...((activities as readonly string[]).includes(activity)
      ? []
      : [wrong('activity', 'activity')]),
    ...(['yes', 'no'].includes(firstHand) ? [] : [wrong('firstHand', 'first-hand')]),
    ...(size.length > shortText ? [wrong('size', 'size')] : []),
  ]
}

/** What is wrong with step 2. */
export function whereErrors({ choice, place, placeKind }: Draft): Wrong[] {
  const known =
    /^place:./.test(choice) || choice === 'point' || (choice === 'words' && place.trim())
  return [
    ...(place.length > shortText ? [wrong('place', 'place-long')] : []),
    ...(known ? [] : [wrong('choice', 'choice')]),
    ...((placeKinds as readonly string[]).includes(placeKind)
      ? []
      : [wrong('placeKind', 'place-kind')]),
  ]
}

/** A form that was left open for longer is strange. What is too old to warn of the rules refuse. */
const believedMilliseconds = 7 * 24 * 3_600_000

/** The moment somebody said "just now" on this form; a strange one counts as now. */
function saidAt({ asOf }: Draft, now: Date): Date {
  const at = new Date(asOf)
  const age = now.getTime() - at.getTime()
  return age >= 0 && age < believedMilliseconds ? at : now
}

/** When it was seen, or what is wrong with the answer. The day and time are of the city's clocks. */
export function observedAt(draft: Draft, now: Date, timeZone: string): Date | Wrong {
  const minutes = minutesAgo[draft.when]
  if (minutes !== undefined) return new Date(saidAt(draft, now).getTime() - minutes * 60_000)
  if (draft.when !== 'other') return wrong('when', 'when')
  try {
    const local = Temporal.PlainDate.from(draft.date).toPlainDateTime(
      Temporal.PlainTime.from(draft.time),
    )
    return new Date(local.toZonedDateTime(timeZone).epochMilliseconds)
  } catch {
    return wrong('date', 'when-exact')
  }
}

const yesOrNo = (answer: string): boolean | undefined =>
  answer === 'yes' ? true : answer === 'no' ? false : undefined
const sizeOf = (typed: string): string | number | undefined => {
  const words = typed.trim()
  return /^\d{1,4}$/.test(words) ? Number(words) : words || undefined
}

function placeOf({ choice, place, lat, lon, accuracy }: Draft): unknown {
  if (choice === 'words') return { text: place.trim() }
  if (choice !== 'point') return { placeId: choice.slice('place:'.length) }
  const metres = Math.min(Number(accuracy), 100_000)
  return { lat: Number(lat), lon: Number(lon), ...(metres >= 0 && { accuracyMetres: metres }) }
}

/** The draft as the report it makes, or what the rules of reports say is wrong with it. */
export function reportOf(draft: Draft, seen: Date): NewReport | Wrong[] {
  const parsed = NewReport.safeParse({
    activity: draft.activity,
    place: placeOf(draft),
    placeKind: draft.placeKind,
    observedAt: seen.toISOString(),
    firstHand: draft.firstHand === 'yes',
    size: sizeOf(draft.size),
    stillThere: yesOrNo(draft.stillThere),
    detained: yesOrNo(draft.detained),
    minorsPresent: yesOrNo(draft.minors),
    description: draft.description.trim() || undefined,
    contact: draft.contact.trim() || undefined,
  })
  return parsed.success
    ? parsed.data
    : parsed.error.issues.map(({ path, code }) => refused(String(path[0]), code))
}

/** Which text tells of a field that the rules refuse. */
function refused(path: string, code: string): Wrong {
  if (code === 'custom') return wrong(path, 'broken-character')
  if (path === 'description')
    return { ...wrong('description', 'description-long'), values: { most: 4000 } }
  if (path === 'contact') return wrong('contact', 'contact-long')
  if (path === 'size') return wrong('size', 'size')
  if (path === 'place') return wrong('place', 'place')
  return { field: 'send', text: 'reports.problem.invalid' }
}
