import {
  chineseNameAfter,
  chineseNameBefore,
  koreanNameAfter,
  koreanNameBefore,
} from './names-east.ts'
import { isStop, nameAfter, type Sure } from './names-west.ts'
import type { Reading } from './reading.ts'

/** Holds back who is named after a title ("officer", "агент", "警官") or after "named", "se llama". */
export function findNames(reading: Reading): void {
  for (let at = 0; at < reading.tokens.length; at++) if (!reading.taken(at)) findAt(reading, at)
}

function findAt(reading: Reading, at: number): void {
  const cue = reading.is('nameCues', at)
  if (cue) {
    hold(reading, afterCue(reading, cue), 'cue')
    return
  }
  const title = reading.is('titles', at)
  if (title) {
    // "Sgt. Pulaski"; after a whole word a full stop ends the sentence.
    const short = reading.text(title - 1).length <= 5
    const marks = short ? '.:' : ':'
    hold(reading, reading.markIn(marks, title) ? title + 1 : title, 'title')
    holdBefore(reading, at)
    return
  }
  const group = reading.is('groups', at)
  if (group) hold(reading, group, 'group')
  const soft = reading.is('softCues', at)
  if (!group && soft && isWrittenAsName(reading, soft)) hold(reading, soft, 'title')
}

/** Whom they took or looked for: only what is written as a name, and is no street. */
function isWrittenAsName(reading: Reading, from: number): boolean {
  const [first, second] = [reading.at(from), reading.at(from + 1)]
  if (!first?.upper || first.script !== 'cased' || reading.shouted || first.caps) return false
  if ([1, 2, 3].some((ahead) => reading.is('streetAfter', from + ahead))) return false
  const full = second?.type === 'word' && second.upper && !second.caps && !isStop(reading, from + 1)
  return full || reading.is('names', from) > 0
}

function hold(reading: Reading, from: number, sure: Sure): void {
  if (reading.taken(from)) return
  const end = nameEnd(reading, from, sure)
  if (end > from) reading.hold({ kind: 'name', first: from, end })
}

function nameEnd(reading: Reading, from: number, sure: Sure): number {
  const script = reading.at(from)?.script
  if (script === 'han') return chineseNameAfter(reading, from, sure === 'cue')
  if (script !== 'hangul') return nameAfter(reading, from, sure)
  return sure === 'group' ? from : koreanNameAfter(reading, from, sure === 'cue')
}

/** Chinese and Korean put the title after the name. */
function holdBefore(reading: Reading, title: number): void {
  const first = Math.max(chineseNameBefore(reading, title), koreanNameBefore(reading, title))
  if (first >= 0 && !reading.taken(first)) reading.hold({ kind: 'name', first, end: title })
}

/** Past "is", a colon, quotes and a title: 'named "Officer Smith"'. */
function afterCue(reading: Reading, from: number): number {
  let at = from
  for (let steps = 0; steps < 5; steps++) {
    const next = reading.is('fillers', at) || reading.is('titles', at)
    if (!next && !reading.markIn(':"\'=,(-.', at)) break
    at = next || at + 1
  }
  return at
}
