import { type NewSubscription, NewSubscription as Subscription } from '#src/alerts/contract.ts'
import { type Width, widths } from '#src/alerts/contract-widths.ts'
import type { App } from '#src/app.ts'
import { type Draft, emptyDraft, mostPlaces } from './draft.ts'

/** Longer answers are nobody's. */
const mostLetters = 300

/** What the form of a phone without script holds; of places only those that the city has. */
export function readDraft(form: FormData, app: App, lang: string): Draft {
  const text = (name: string): string => String(form.get(name) ?? '').slice(0, mostLetters)
  const all = (name: string): string[] => form.getAll(name).map(String).slice(0, mostPlaces)
  const empty = emptyDraft(lang)
  const remove = text('remove')
  const ids = [...new Set([...all('chosen'), ...(form.has('add') ? [text('add')] : [])])]
  const width = text('width')
  return {
    ...empty,
    query: form.has('add') ? '' : text('place'),
    chosen: ids
      .filter((id) => id !== remove)
      .slice(0, mostPlaces)
      .flatMap((placeId) => {
        const label = app.pages.placeLabel(placeId)
        return label ? [{ placeId, label }] : []
      }),
    width: Object.hasOwn(widths, width) ? (width as Width) : empty.width,
    wants: all('wants'),
    language: text('language') || lang,
    quiet: all('quiet'),
    from: text('from') || empty.from,
    to: text('to') || empty.to,
    channel: text('channel'),
    phone: text('phone'),
    email: text('email'),
  }
}

/** The draft as the API takes it, or which text says what is wrong. */
export function subscriptionOf(draft: Draft, app: App): NewSubscription | string {
  if (draft.chosen.length === 0) return 'no-places'
  if (draft.channel !== 'sms' && draft.channel !== 'email') return 'channel-off'
  const cells = draft.chosen.flatMap(({ placeId }) => app.pages.cellsAround(placeId, draft.width))
  const read = Subscription.safeParse({
    channel: draft.channel,
    language: draft.language,
    cells: [...new Set(cells)],
    wants: draft.wants.length > 0 ? draft.wants : ['alerts'],
    quiet: draft.quiet.includes('on')
      ? { from: draft.from, to: draft.to, wake: draft.quiet.includes('wake') }
      : null,
    ...(draft.channel === 'sms' ? { phone: draft.phone } : { email: draft.email }),
  })
  return read.success ? read.data : 'unexpected'
}

const texts: Record<string, string> = {
  'alerts/too-wide': 'too-wide',
  'alerts/outside-the-city': 'outside',
  'alerts/channel-off': 'channel-off',
  'alerts/endpoint-missing': 'address',
  'alerts/endpoint-refused': 'address',
  'alerts/number-refused': 'address',
}

/** Which text says what the API refused; null where it is no refusal of alerts. */
export const textOfProblem = (error: unknown): string | null =>
  texts[(error as { code?: string }).code ?? ''] ?? null
