import type { Texts } from '#web/texts.ts'

/** What the page's script says: the end of each key of `reports.photo.`, and the values it fills in itself. */
const said = {
  reading: [],
  unreadable: [],
  'no-video': [],
  hides: [],
  which: ['number', 'total'],
  faces: ['count'],
  'no-faces': [],
  looking: [],
  'faces-video': ['count'],
  'not-looked': [],
  covered: ['count'],
  undone: ['count'],
  second: ['second'],
  cleaning: [],
  'look-size': ['size'],
  'tick-missing': [],
  sending: [],
  sealing: [],
  lost: [],
  'lost-again': [],
  busy: [],
  'busy-again': [],
  'too-large': [],
  refused: [],
  'too-many': [],
  unexpected: [],
  'original-kept': [],
  'original-failed': [],
  'original-too-large': [],
} as const

/** The sentences for the script, in the page's language; a value it knows stands in braces until then. */
export function wordsFor(t: Texts, reportDays: number): Record<string, string> {
  const words = Object.entries(said).map(([key, names]) => [
    key,
    t(`reports.photo.${key}`, Object.fromEntries(names.map((name) => [name, `{${name}}`]))),
  ])
  return {
    ...Object.fromEntries(words),
    'unknown-receipt': t('reports.problem.unknown-receipt', { days: reportDays }),
    retracted: t('reports.problem.retracted'),
  }
}
