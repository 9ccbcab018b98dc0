import { type Activity, activities } from '../contract.ts'
import { type Token, tokensOf } from '../screening/tokens.ts'
import words from './words.json' with { type: 'json' }

/** What one text message says, as far as it can be read. */
export interface ReadMessage {
  lang: string | null
  command: 'stop' | 'start' | 'help' | 'rights' | 'check' | 'again' | null
  /** A whole answer: yes, no, "send", or one number. */
  answer: 'yes' | 'no' | 'send' | null
  number: number | null
  activity: Activity | null
  /** It speaks of agents at all. */
  ofAgents: boolean
  minutesAgo: number | null
  stillThere: boolean | null
  /** What is left when all that is taken away: where it is, most likely. */
  where: string
  text: string
}

interface Phrase {
  lang: string
  list: string
  words: { text: string; stem: boolean }[]
}

const activityLists: Record<string, Activity> = { stop_: 'stop', doorknock: 'door-knock' }
const phrases = new Map<string, Phrase[]>()
for (const [lang, lists] of Object.entries(words.languages))
  for (const [list, written] of Object.entries(lists))
    for (const phrase of written.split(',')) enter(lang, list, phrase)

/** Stems by their first two letters, whole words by themselves. */
function enter(lang: string, list: string, written: string): void {
  const parts: Phrase['words'] = []
  for (const { text } of tokensOf(written)) {
    const last = parts.at(-1)
    if (text === '*' && last) last.stem = true
    else parts.push({ text, stem: false })
  }
  const [first] = parts
  if (!first) return
  const key = first.stem ? `${first.text.slice(0, 2)}*` : first.text
  phrases.set(key, [...(phrases.get(key) ?? []), { lang, list, words: parts }])
}

interface Hit {
  lang: string
  list: string
  first: number
  end: number
}

const fits = (word: Phrase['words'][number] | undefined, token: Token | undefined): boolean =>
  word !== undefined &&
  token !== undefined &&
  (word.stem ? token.text.startsWith(word.text) : token.text === word.text)

/** Every phrase of every language that stands in these tokens. */
function hitsIn(tokens: readonly Token[]): Hit[] {
  return tokens.flatMap((token, first) =>
    [...(phrases.get(token.text) ?? []), ...(phrases.get(`${token.text.slice(0, 2)}*`) ?? [])]
      .filter(({ words: parts }) => parts.every((word, i) => fits(word, tokens[first + i])))
      .map(({ lang, list, words: parts }) => ({ lang, list, first, end: first + parts.length })),
  )
}

/** Reads one message; `lang` is the dialogue's, once it has one. Pure. */
export function readMessage(text: string, lang: string | null): ReadMessage {
  const tokens = tokensOf(text)
  const all = hitsIn(tokens)
  const spoken = lang ?? languageOf(text, all)
  // A command or an answer counts in any language; what a sentence says, in its own and in English.
  const hits = all.filter((hit) => hit.lang === spoken || hit.lang === 'en')
  const wholeIs = (list: string): boolean =>
    all.some((hit) => hit.list === list && hit.first === 0 && hit.end === lastWord(tokens))
  const time = timeIn(tokens, hits)
  return {
    lang: spoken,
    command: commandOf(all, wholeIs),
    answer: (['send', 'yes', 'no'] as const).find(wholeIs) ?? null,
    number: tokens.length === 1 && tokens[0]?.type === 'number' ? Number(tokens[0].text) : null,
    activity: activityIn(hits),
    ofAgents: hits.some(({ list }) => list === 'trigger' || list === 'people'),
    ...time,
    where: whereIn(text, tokens, hits),
    text,
  }
}

/** One past the last token that is not a full stop or the like. */
function lastWord(tokens: readonly Token[]): number {
  let end = tokens.length
  while (end > 1 && '.!,'.includes(tokens[end - 1]?.text ?? ' ')) end--
  return end
}

function commandOf(
  hits: readonly Hit[],
  wholeIs: (list: string) => boolean,
): ReadMessage['command'] {
  const whole = (['stop', 'start', 'help', 'rights', 'again'] as const).find(wholeIs)
  if (whole) return whole
  return hits.some(({ list, first }) => list === 'check' && first === 0) ? 'check' : null
}

function activityIn(hits: readonly Hit[]): Activity | null {
  for (const { list } of hits) {
    const name = activityLists[list] ?? list
    const activity = activities.find((one) => one === name && list !== 'stop')
    if (activity) return activity
  }
  return null
}

function timeIn(
  tokens: readonly Token[],
  hits: readonly Hit[],
): Pick<ReadMessage, 'minutesAgo' | 'stillThere'> {
  const unit = hits.find(
    ({ list, first }) =>
      (list === 'minutes' || list === 'hours') && tokens[first - 1]?.type === 'number',
  )
  const count = unit ? Number(tokens[unit.first - 1]?.text) : null
  const minutesAgo = count === null ? null : count * (unit?.list === 'hours' ? 60 : 1)
  if (hits.some(({ list }) => list === 'gone')) return { minutesAgo, stillThere: false }
  if (hits.some(({ list }) => list === 'now'))
    return { minutesAgo: minutesAgo ?? 0, stillThere: true }
  return { minutesAgo, stillThere: null }
}

/** Lists whose words say what and when, and so are no part of where. */
const notWhere = new Set(
  `trigger people vehicles now gone arrest raid stop_ checkpoint stakeout doorknock patrol`.split(
    ' ',
  ),
)

/** The stretch between the first and the last word that nothing else explains. */
function whereIn(text: string, tokens: readonly Token[], hits: readonly Hit[]): string {
  const explained = new Set<number>()
  const small = new Set<number>()
  for (const { list, first, end } of hits) {
    const counted = ['people', 'vehicles', 'minutes', 'hours'].includes(list)
    const from = counted && tokens[first - 1]?.type === 'number' ? first - 1 : first
    const goes = notWhere.has(list) || (from < first && counted)
    for (let at = from; at < end; at++) {
      if (goes) explained.add(at)
      else if (list === 'small') small.add(at)
    }
  }
  const open = tokens.map(
    (token, at) => !explained.has(at) && (token.type !== 'mark' || '&/'.includes(token.text)),
  )
  return longestRun(text, tokens, open, small)
}

function longestRun(
  text: string,
  tokens: readonly Token[],
  open: readonly boolean[],
  small: ReadonlySet<number>,
): string {
  let best: [first: number, end: number] = [0, 0]
  let first = 0
  for (let at = 0; at <= tokens.length; at++) {
    if (open[at]) continue
    let [from, end] = [first, at]
    while (from < end && small.has(from)) from++
    while (end > from && small.has(end - 1)) end--
    if (end - from > best[1] - best[0]) best = [from, end]
    first = at + 1
  }
  return text.slice(tokens[best[0]]?.start ?? 0, tokens[best[1] - 1]?.end ?? 0).trim()
}

const scripts: readonly [pattern: RegExp, lang: string][] = [
  [/\p{Script=Hangul}/u, 'ko'],
  [/\p{Script=Bengali}/u, 'bn'],
  [/\p{Script=Cyrillic}/u, 'ru'],
]
/** Letters of Urdu that Arabic does not have. */
const urdu = /[ٹڈڑںےگچپہھۓ]|آئس/u
/** Characters of everyday Traditional writing that Simplified does not have. */
const traditional =
  /[們個這來說車門見現會對開關問還邊東國灣島學樓廠麼號線羅館點時間員警察執獄攔帶幾]/u
const simplified = /[们个这来说车门见现会对开关问还边东国湾岛学楼厂么号线罗馆点时间员执狱拦带几]/u

/** The language of a message: by its script, else by which language's words it holds most of. */
function languageOf(text: string, hits: readonly Hit[]): string | null {
  if (/\p{Script=Han}/u.test(text)) {
    const old = text.match(/\p{Script=Han}/gu)?.some((one) => traditional.test(one)) ?? false
    return old && !simplified.test(text) ? 'zh-Hant' : 'zh-Hans'
  }
  if (/\p{Script=Arabic}/u.test(text)) return urdu.test(text) ? 'ur' : 'ar'
  return scripts.find(([pattern]) => pattern.test(text))?.[1] ?? mostVoted(hits)
}

function mostVoted(hits: readonly Hit[]): string | null {
  const votes = new Map<string, number>()
  for (const { lang, first, end } of hits) votes.set(lang, (votes.get(lang) ?? 0) + end - first)
  // English wins a tie: its words are in everybody's messages.
  const [best] = [...votes].sort(
    ([a, x], [b, y]) => y - x || Number(b === 'en') - Number(a === 'en'),
  )
  return best?.[0] ?? null
}
