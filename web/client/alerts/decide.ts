// What a phone does with a word that came, whichever way and in whatever order: pure, so that every order can be tried.
import type { Alert } from '#src/alerts/contract-alert.ts'
import { drillOrigin } from '#src/alerts/contract-prefix.ts'

/** What this phone knows of an incident. */
export interface Seen {
  revision: number
  cancelled: boolean
  /** Milliseconds since 1970: until then it is remembered. */
  until: number
}
export type SeenAlerts = Readonly<Record<string, Seen>>

/**
 * `show` it; `again`: this very word was here before, holds, and has not ended; `known`: it or a later word was
 * here before; `late`: its time is over; `foreign`: not of this deployment, a drill where none was asked for, of the
 * future, or of a form that this program does not know.
 */
export type Verdict = 'show' | 'again' | 'known' | 'late' | 'foreign'

/** A phone whose clock goes wrong by less still hears. */
const clockErrorMilliseconds = 10 * 60_000
/** Far longer than any alert is shown: a start that comes this late after its end has expired itself. */
const rememberedMilliseconds = 7 * 24 * 3_600_000

/** Whether a word takes back, or ends, what was said before. */
export const cancels = ({ kind }: Pick<Alert, 'kind'>): boolean =>
  kind === 'correction' || kind === 'all-clear'

/**
 * Decides on a word whose signature holds, and answers what is known from now on. Of two words of one
 * number the cancel holds; nothing is shown twice, nor after its end.
 */
export function decide(
  alert: Alert,
  seen: SeenAlerts,
  { origin, now, drills = false }: { origin: string; now: number; drills?: boolean },
): { verdict: Verdict; seen: SeenAlerts } {
  const mine = alert.drill ? drills && drillOrigin(origin) : origin
  if (alert.v !== 1 || alert.origin !== mine) return { verdict: 'foreign', seen }
  if (!(Date.parse(alert.sentAt) <= now + clockErrorMilliseconds))
    return { verdict: 'foreign', seen }
  const before = seen[alert.id]
  const isLate = !(Date.parse(alert.expiresAt) > now)
  if (before && !isLater(alert, before))
    return { verdict: isSame(alert, before) && !isLate ? 'again' : 'known', seen }
  const left = Object.entries(seen).filter(([, { until }]) => until > now)
  const known: Seen = {
    revision: alert.revision,
    cancelled: cancels(alert),
    until: now + rememberedMilliseconds,
  }
  return {
    verdict: isLate ? 'late' : 'show',
    seen: { ...Object.fromEntries(left), [alert.id]: known },
  }
}

const isLater = (alert: Alert, { revision, cancelled }: Seen): boolean =>
  alert.revision > revision || (alert.revision === revision && cancels(alert) && !cancelled)

const isSame = (alert: Alert, { revision, cancelled }: Seen): boolean =>
  alert.revision === revision && cancels(alert) === cancelled

/** Which way a word came: by a push service, by the open page's stream, or in the feed that this phone asks for. */
export type Way = 'push' | 'stream' | 'feed'

/**
 * What is done about it. `aloud`: shown with a sound, once whichever ways it comes. `quietly`: shown again in its own
 * place without a sound, since a browser demands something for every push. `instead`: a push whose words are not
 * shown. `nothing`: there is no push to answer for.
 */
export type Act = 'aloud' | 'quietly' | 'instead' | 'nothing'

/** What to do about a word that came this way. `knew`: something of its number was here before. */
export function actOn(
  way: Way,
  alert: Pick<Alert, 'kind'>,
  { verdict, knew }: { verdict: Verdict; knew: boolean },
): Act {
  if (way === 'push') {
    if (verdict === 'show') return 'aloud'
    return verdict === 'again' ? 'quietly' : 'instead'
  }
  // The feed and the stream tell everybody; the end of what this phone never heard of is no news. A push was told.
  return verdict === 'show' && (knew || !cancels(alert)) ? 'aloud' : 'nothing'
}
