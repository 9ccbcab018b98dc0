import { limits } from '../kernel/limits.ts'
import { activities, NewReport, placeKinds } from './contract.ts'

/** A row of a file, made into a report; or the reason it is refused. */
export type ImportedRow =
  | { sourceId: string; report: NewReport; observedAt: Date | null; timeUncertaintyMinutes: number }
  | { sourceId: string | null; refused: string }

export interface ImportOptions {
  /** column of the file -> field of the API */
  map: Record<string, string>
  cityLess: boolean
  timeZone: string
  /** Day before month in dates such as 05/07/2010, as the whole file shows. */
  dayFirst: boolean
}

/** What the fields of the sightings export are called here; what else it holds says nothing to us. */
const sightingFields: Record<string, string> = {
  id: 'id',
  category: 'activity',
  lat: 'lat',
  lng: 'lon',
  occurred_at: 'observedAt',
  reported_at: 'reportedAt',
  text: 'description',
  text_en: 'textEn',
  original_language: 'language',
  place: 'placeText',
  has_media: 'hasMedia',
}

const activityWords: readonly [RegExp, (typeof activities)[number]][] = [
  [/raid|redada/i, 'raid'],
  [/check ?point|ret[eé]n/i, 'checkpoint'],
  [/traffic stop|stop|parada/i, 'stop'],
  [/door|knock|home/i, 'door-knock'],
  [/arrest|detain|detention|abduct|kidnap|deten/i, 'arrest'],
  [/stake|surveil|staging/i, 'stakeout'],
  [/patrol|sighting|presence|vehicle/i, 'patrol'],
]

/** Whether a row is of the sightings export rather than of our own fields. */
const isSighting = (fields: Record<string, unknown>): boolean =>
  'occurred_at' in fields || 'reported_at' in fields

/** Makes a row into a report. Unknown fields of our own format are refused by name. */
export function importedRow(
  fields: Record<string, unknown>,
  number: number,
  options: ImportOptions,
): ImportedRow {
  const mapped = renamed(fields, options.map)
  const sourceId =
    text(mapped.id) ??
    text(mapped.sourceId) ??
    (Object.keys(options.map).length > 0 ? `row-${number}` : null)
  if (!sourceId) return { sourceId: null, refused: 'id: every row needs the id its source gave it' }
  const time = timeOf(mapped, options)
  if (typeof time === 'string') return { sourceId, refused: time }
  const parsed = NewReport.safeParse(reportFields(mapped, time.observedAt))
  if (!parsed.success)
    return {
      sourceId,
      refused: parsed.error.issues
        .map((i) =>
          [
            i.path.join('.'),
            i.code === 'unrecognized_keys' ? `unknown field ${i.keys.join(', ')}` : i.message,
          ]
            .filter(Boolean)
            .join(': '),
        )
        .join('; '),
    }
  return { sourceId, report: parsed.data, ...time }
}

function renamed(
  fields: Record<string, unknown>,
  map: Record<string, string>,
): Record<string, unknown> {
  const given = Object.keys(map).length > 0
  const names = given ? { id: 'id', ...map } : isSighting(fields) ? sightingFields : null
  const known = Object.entries(fields).filter(([, value]) => value !== null)
  if (!names) return Object.fromEntries(known)
  return Object.fromEntries(
    known.flatMap(([key, value]) => (names[key] ? [[names[key], value]] : [])),
  )
}

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== ''
    ? value.trim()
    : typeof value === 'number'
      ? String(value)
      : undefined

const described = (words: string | undefined): { description?: string } =>
  words ? { description: words.slice(0, limits.descriptionCharacters) } : {}

/** The fields of the API, from a row's flat columns. */
function reportFields(
  row: Record<string, unknown>,
  observedAt: Date | null,
): Record<string, unknown> {
  const {
    id: _id,
    sourceId: _sourceId,
    reportedAt: _reportedAt,
    hasMedia,
    lat,
    lon,
    placeText,
    textEn,
    ...rest
  } = row
  const place = rest.place ?? placeOf(lat, lon, text(placeText))
  return {
    ...rest,
    activity: activityOf(rest.activity),
    place,
    observedAt: (observedAt ?? new Date(0)).toISOString(),
    firstHand: rest.firstHand === undefined ? false : boolean(rest.firstHand),
    placeKind: placeKinds.find((kind) => kind === rest.placeKind) ?? 'street',
    ...described(text(rest.description) ?? text(textEn)),
    ...(rest.stillThere === undefined ? {} : { stillThere: boolean(rest.stillThere) }),
    ...(rest.minorsPresent === undefined ? {} : { minorsPresent: boolean(rest.minorsPresent) }),
    ...(boolean(hasMedia) === true ? { media: [{ kind: 'link' }] } : {}),
  }
}

const boolean = (value: unknown): unknown =>
  value === 'true' || value === 'YES' || value === 'yes' || value === '1'
    ? true
    : value === 'false' || value === 'NO' || value === 'no' || value === '0'
      ? false
      : value

function placeOf(lat: unknown, lon: unknown, words: string | undefined): unknown {
  const point = { lat: number(lat), lon: number(lon) }
  if (point.lat !== undefined || point.lon !== undefined) return point
  return words ? { text: words.slice(0, 200) } : undefined
}

const number = (value: unknown): unknown =>
  typeof value === 'string' && value.trim() !== '' ? Number(value) : value

function activityOf(value: unknown): string {
  const word = text(value) ?? 'other'
  const known = activities.find((activity) => activity === word)
  return known ?? activityWords.find(([pattern]) => pattern.test(word))?.[1] ?? 'other'
}

/** A whole day off, where only the day or the time of posting is known. */
const dayMinutes = 1440

function timeOf(
  row: Record<string, unknown>,
  options: ImportOptions,
): { observedAt: Date | null; timeUncertaintyMinutes: number } | string {
  const given = text(row.observedAt)
  if (given) return parsedTime(given, options)
  const posted = text(row.reportedAt)
  if (!posted) return { observedAt: null, timeUncertaintyMinutes: dayMinutes }
  const time = parsedTime(posted, options)
  return typeof time === 'string' ? time : { ...time, timeUncertaintyMinutes: dayMinutes }
}

function parsedTime(
  given: string,
  options: ImportOptions,
): { observedAt: Date; timeUncertaintyMinutes: number } | string {
  const iso = isoTime(given, options.timeZone)
  const observedAt = iso ?? slashTime(given, options)
  if (!observedAt || Number.isNaN(observedAt.getTime()))
    return `observedAt: "${given.slice(0, 40)}" is not a time we can read; write it as 2026-01-31T14:05:00-05:00`
  const dayOnly = !/\d:\d/.test(given) || isMidnight(observedAt, options.timeZone)
  return { observedAt, timeUncertaintyMinutes: dayOnly ? dayMinutes : 10 }
}

/** Midnight to the second is how exports write a day whose time nobody knew. */
const isMidnight = (at: Date, timeZone: string): boolean =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime())
    .toZonedDateTimeISO(timeZone)
    .toPlainTime()
    .equals(Temporal.PlainTime.from('00:00'))

const isoPattern = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?)?(Z|[+-]\d{2}:?\d{2})?$/

/** A time without an offset is the city's own. */
function isoTime(given: string, timeZone: string): Date | null {
  const [, , , , offset] = isoPattern.exec(given) ?? []
  if (!isoPattern.test(given)) return null
  const text = given.replace(' ', 'T')
  return offset ? new Date(text) : inZone(() => Temporal.PlainDateTime.from(text), timeZone)
}

function slashTime(given: string, { dayFirst, timeZone }: ImportOptions): Date | null {
  const match = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?: (\d{1,2}):(\d{2}))?$/.exec(given)
  if (!match) return null
  const [a, b, year, hour, minute] = match.slice(1).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
  ]
  const [day, month] = dayFirst ? [a, b] : [b, a]
  return inZone(
    () => Temporal.PlainDateTime.from({ year, month, day, hour, minute }, { overflow: 'reject' }),
    timeZone,
  )
}

function inZone(read: () => Temporal.PlainDateTime, timeZone: string): Date | null {
  try {
    return new Date(read().toZonedDateTime(timeZone).epochMilliseconds)
  } catch {
    return null
  }
}

/** Whether dates such as 18/05/2010 in a file put the day first; false where nothing tells. */
export const putsDayFirst = (values: Iterable<string>): boolean => {
  for (const value of values) {
    const [, a, b] = /^(\d{1,2})\/(\d{1,2})\/\d{4}/.exec(value) ?? []
    if (Number(a) > 12) return true
    if (Number(b) > 12) return false
  }
  return false
}
