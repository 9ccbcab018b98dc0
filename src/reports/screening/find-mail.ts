import type { Reading } from './reading.ts'

const atSigns = new Set(['@', '＠'])
const opening = '([{<*"\''
const closing = ')]}>*"\''
const topDomains = new Set(
  'com net org edu gov io me us info co uk mx es fr ru pl ht ca app dev nyc cn hk tw kr pk bd biz mil'.split(
    ' ',
  ),
)
const providers = new Set(
  'gmail yahoo hotmail outlook proton protonmail icloud aol yandex mail live msn qq naver daum hanmail tutanota gmx zoho'.split(
    ' ',
  ),
)
/** Sites whose addresses name a person. */
const socialSites = new Set(
  'facebook fb instagram instagr twitter x t tiktok snapchat telegram wa linkedin youtube vk threads bsky ok weibo venmo cashapp cash onlyfans reddit whatsapp'.split(
    ' ',
  ),
)
/** Most tokens that a name before or a host after an @ is made of. */
const longest = 24

/** Holds back e-mail addresses, however they are disguised, handles and links to profiles. */
export function findMailAndHandles(reading: Reading): void {
  for (let at = 0; at < reading.tokens.length; at++) {
    if (reading.taken(at)) continue
    const sign = atSign(reading, at)
    if (sign && mail(reading, sign)) continue
    if (handle(reading, at) || link(reading, at)) continue
    cuedHandle(reading, at)
  }
}

interface Sign {
  first: number
  end: number
  /** Written as the sign itself, not as a word for it. */
  plain: boolean
}

/** `@`, `(at)`, `[arroba]`, ` at `. */
function atSign(reading: Reading, at: number): Sign | null {
  const open = opening.includes(reading.mark(at) || ' ') ? 1 : 0
  const start = at + open
  const plain = atSigns.has(reading.mark(start))
  const end = plain ? start + 1 : reading.is('at', start)
  if (!end) return null
  if (open && !closing.includes(reading.mark(end) || ' ')) return null
  return { first: at, end: end + open, plain: plain || open === 1 }
}

const ofName = (reading: Reading, index: number): boolean => {
  const token = reading.at(index)
  return token !== undefined && (token.type !== 'mark' || '._-+%'.includes(token.text))
}

/** Where the name before the sign begins: what hangs together, or one spaced word and what hangs on it. */
function nameBefore(reading: Reading, sign: Sign): number {
  let first = sign.first
  while (first > 0 && sign.first - first < longest && ofName(reading, first - 1)) {
    if (first < sign.first && reading.at(first)?.spaced) break
    first--
  }
  while (first < sign.first && reading.mark(first)) first++
  return first
}

/** One past the host after the sign, and whether a dot of any kind stood in it. */
function hostAfter(reading: Reading, from: number): { end: number; dotted: boolean; top: boolean } {
  let end = from
  let dotted = false
  let top = false
  while (end < reading.tokens.length && end - from < longest) {
    const dot = end > from ? dotAt(reading, end) : 0
    if (dot && reading.at(dot)?.type === 'word') {
      dotted = true
      top = topDomains.has(reading.at(dot)?.text ?? '')
      end = dot + 1
    } else if (end === from || (reading.attached(end) && ofHost(reading, end))) end++
    else break
  }
  return { end, dotted, top }
}

const ofHost = (reading: Reading, index: number): boolean =>
  reading.at(index)?.type !== 'mark' || (reading.mark(index) === '-' && reading.attached(index + 1))

/** One past `.`, `(dot)`, `punto`; 0 if none is here. A full stop ends a sentence when a space follows. */
function dotAt(reading: Reading, at: number): number {
  if (reading.mark(at) === '.' || reading.mark(at) === '。')
    return reading.attached(at + 1) || reading.at(at)?.spaced ? at + 1 : 0
  const open = opening.includes(reading.mark(at) || ' ') ? 1 : 0
  const dot = reading.mark(at + open) === '.' ? at + open + 1 : reading.is('dot', at + open)
  if (!dot) return 0
  return open && !closing.includes(reading.mark(dot) || ' ') ? 0 : dot + open
}

function mail(reading: Reading, sign: Sign): boolean {
  const first = nameBefore(reading, sign)
  if (first === sign.first || reading.at(sign.end)?.type === 'mark') return false
  const { end, dotted, top } = hostAfter(reading, sign.end)
  const provider = providers.has(reading.at(sign.end)?.text ?? '')
  // "follow @name": a sign that begins a word is a handle's.
  const inside = sign.plain && reading.attached(sign.first) && reading.attached(sign.end)
  if (!(dotted && top) && !provider && !inside) return false
  // "agents at foodbazaar.com": a word for the sign needs more than an address of the web.
  if (!sign.plain && !provider && !spelledDot(reading, sign.end, end)) return false
  reading.hold({ kind: 'email', first, end })
  return true
}

function spelledDot(reading: Reading, from: number, end: number): boolean {
  for (let at = from; at < end; at++) if (reading.is('dot', at)) return true
  return false
}

/** @name */
function handle(reading: Reading, at: number): boolean {
  if (!atSigns.has(reading.mark(at))) return false
  const end = endOfHandle(reading, at + 1)
  if (end === at + 1 || reading.at(at + 1)?.spaced) return false
  // "@ 82nd" and "@3pm" are places and times.
  if (reading.at(at + 1)?.type === 'number') return false
  reading.hold({ kind: 'handle', first: at, end })
  return true
}

function endOfHandle(reading: Reading, from: number): number {
  let end = from
  while (end - from < longest) {
    const token = reading.at(end)
    if (!token || (end > from && token.spaced)) break
    const inside = token.type !== 'mark' || ('._-'.includes(token.text) && followed(reading, end))
    if (!inside) break
    end++
  }
  return end
}

const followed = (reading: Reading, index: number): boolean =>
  reading.attached(index + 1) &&
  (reading.at(index + 1)?.type !== 'mark' || reading.mark(index + 1) === '_')

/** facebook.com/name, t.me/name; whatever hangs on it goes with it. */
function link(reading: Reading, at: number): boolean {
  if (!socialSites.has(reading.at(at)?.text ?? '')) return false
  const dot = reading.mark(at + 1) === '.' && topDomains.has(reading.at(at + 2)?.text ?? '')
  if (!dot || reading.mark(at + 3) !== '/' || !reading.attached(at + 4)) return false
  let end = at + 4
  while (end - at < 120 && reading.attached(end)) end++
  reading.hold({ kind: 'handle', first: at, end })
  return true
}

const links = new Set('is es est 是 se to jest = это ہے 은 는'.split(' '))

/** "ig: name", "微信号 name", "telegram is name_1". */
function cuedHandle(reading: Reading, at: number): void {
  const cue = reading.is('handleCues', at)
  if (!cue) return
  const { from, marked, said } = pastLinks(reading, cue)
  const token = reading.at(from)
  if (!token || token.type === 'mark' || token.script !== 'cased' || !(marked || said)) return
  const end = endOfHandle(reading, from)
  const parts = reading.tokens.slice(from, end)
  const long = parts.reduce((sum, part) => sum + part.text.length, 0) >= 3
  // A word alone after "is" may be any word; a name with a digit or a mark in it is none.
  const odd = parts.some((part) => part.type !== 'word')
  if (long && (marked || odd) && !reading.is('nameStops', from))
    reading.hold({ kind: 'handle', first: from, end })
}

function pastLinks(
  reading: Reading,
  cue: number,
): { from: number; marked: boolean; said: boolean } {
  let from = cue
  let marked = false
  let said = false
  for (let steps = 0; steps < 3; steps++) {
    if (':：=-'.includes(reading.mark(from) || ' ')) marked = true
    else if (links.has(reading.at(from)?.text ?? '')) said = true
    else break
    from++
  }
  return { from, marked, said }
}
