import { hmac } from '../kernel/crypto.ts'
import type { ReportRow } from '../reports/index.ts'
import { fingerprint } from './fingerprint.ts'
import type { IncidentsRoom } from './room.ts'
import { overlap } from './similarity.ts'
import { plainWords } from './words.ts'

// Which reports are the same words sent again. It decides only what shares a row of the queue.

/** Letters of other scripts that are drawn like Latin ones (Unicode TS 39, the single-letter ones). */
const drawnAlike: Record<string, string> = {
  а: 'a',
  е: 'e',
  о: 'o',
  р: 'p',
  с: 'c',
  у: 'y',
  х: 'x',
  і: 'i',
  ѕ: 's',
  ј: 'j',
  ԁ: 'd',
  һ: 'h',
  к: 'k',
  м: 'm',
  т: 't',
  в: 'b',
  н: 'h',
  α: 'a',
  ε: 'e',
  ο: 'o',
  ρ: 'p',
  ν: 'v',
  ι: 'i',
  κ: 'k',
  τ: 't',
  υ: 'u',
  χ: 'x',
  ı: 'i',
}

/** Fewer words than these, and two people may well say the same of two events. */
const leastWords = 5

const folded = (text: string): string[] =>
  plainWords(text.replace(/\p{Cf}/gu, ''))
    .map((word) =>
      word.replace(/\p{N}+/gu, '').replace(/./gu, (letter) => drawnAlike[letter] ?? letter),
    )
    .filter((word) => word !== '')

/**
 * The key that reports of the same words share, after case, digits, punctuation, look-alike letters and the
 * names of their own places are taken out; null where a row of its own is due: a person of the desk
 * heard it, it has media, or its words are too few to tell one hand from two. Of those ranked last,
 * words however few count, and none at all are the same words. Keyed: without the server's secret
 * nobody can try texts against it.
 */
export function alikeKey(room: Pick<IncidentsRoom, 'kernel'>, report: ReportRow): string | null {
  if (report.source === 'desk' || report.media_count > 0) return null
  const places = new Set(folded(`${report.place_label ?? ''} ${report.place_text ?? ''}`))
  const words = folded(report.description ?? '').filter((word) => !places.has(word))
  if (words.length < leastWords && !report.ranked_last) return null
  const text = words.length > 0 ? words.join(' ') : `(no words) ${report.activity}`
  const key = hmac(room.kernel.secrets.receiptPepper, `alike ${text}`).slice(0, 32)
  return nearestKey(room, key, words.length < mostlyWords ? '' : text)
}

/** The key of an incident: the one all its reports share. Two who say nothing may well be two people. */
export function alikeOfAll(
  room: Pick<IncidentsRoom, 'kernel'>,
  reports: readonly ReportRow[],
): string | null {
  const [first, ...others] = reports
  if (!first) return null
  if (others.length > 0 && reports.some(({ description }) => !description)) return null
  const key = alikeKey(room, first)
  return key && others.every((report) => alikeKey(room, report) === key) ? key : null
}

/** Words a text must have for a nearly equal one to count as the same. */
const mostlyWords = 8
/** How much of their letters two texts share that one hand sent with a word changed. */
const nearly = 0.8
const mostKept = 200
const keptMinutes = 30

/** Letters of the texts seen of late, without their words, and the key each goes by. */
const keptBy = new WeakMap<object, Map<string, { grams: Uint32Array; key: string; at: number }>>()

/** The key of a text that is nearly this one and was seen before in this process; else its own. */
function nearestKey({ kernel }: Pick<IncidentsRoom, 'kernel'>, key: string, text: string): string {
  const kept = keptBy.get(kernel) ?? new Map()
  keptBy.set(kernel, kept)
  const known = kept.get(key)
  if (known) return known.key
  const grams = text ? fingerprint(text)?.grams : undefined
  if (!grams) return key
  const at = kernel.clock.now().getTime()
  for (const [own, one] of kept) {
    if (at - one.at < keptMinutes * 60_000 && kept.size < mostKept) break
    kept.delete(own)
  }
  const near = [...kept.values()].find((one) => overlap(one.grams, grams) >= nearly)
  kept.set(key, { grams, key: near?.key ?? key, at })
  return near?.key ?? key
}
