import { create } from 'xmlbuilder2'
import { limits } from '../../kernel/limits.ts'
import { Problem } from '../../kernel/problem.ts'
import type { ApproveBody } from '../contract-translating.ts'
import { readUnits, type Unit } from './read-xliff.ts'
import type { ToTranslate } from './to-translate.ts'

const namespace = 'urn:oasis:names:tc:xliff:document:2.0'
/** XLIFF 2.0, section 4.3.1.30: the states of a segment. */
const stateOf = { missing: 'initial', 'machine-draft': 'translated', source: 'final' } as const

/** The texts of one language as XLIFF 2.0 (OASIS), for translators' own tools; a unit a text. */
export function toXliff(texts: readonly ToTranslate[], lang: string): string {
  const file = create({ version: '1.0', encoding: 'UTF-8' })
    .ele(namespace, 'xliff', { version: '2.0', srcLang: 'en', trgLang: lang })
    .ele('file', { id: 'guides' })
  for (const { name, english, of, words, review } of texts) {
    const state = stateOf[review as keyof typeof stateOf] ?? 'reviewed'
    const unit = file.ele('unit', { id: name })
    unit.ele('notes').ele('note', { category: 'of' }).txt(of)
    const segment = unit.ele('segment', { state })
    segment.ele('source').txt(english)
    if (words !== null) segment.ele('target').txt(words)
  }
  return file.doc().end({ prettyPrint: true })
}

const refused = (sentence: string): Problem => new Problem('rights/xliff', 422, sentence)

/**
 * The translations in an XLIFF 2 file, as approvals by `review`. Throws `rights/xliff` with what to do: a
 * document type or an entity of its own (S33), another version, no target language, too many units, one id
 * twice. A unit without a target is left out.
 */
export function fromXliff(
  xml: string,
  how: { ofName: (name: string) => string | undefined; review: ApproveBody['review'] },
): ApproveBody[] {
  if (/<!(?:DOCTYPE|ENTITY)/i.test(xml))
    throw refused('Take the document type and its entities out of the file.')
  const read = readUnits(xml)
  if (!read) throw refused('The file is not well-formed XML; export it again.')
  const { version, lang, units } = read
  if (!version?.startsWith('2.')) throw refused('This is no XLIFF 2 file; save it as XLIFF 2.0.')
  if (!lang) throw refused('The file does not say its language: add trgLang.')
  refuseUnits(units)
  return units.flatMap(({ id, target, of }) => {
    const words = target.trim()
    const made = of ?? how.ofName(id) ?? '00000000'
    return words === '' ? [] : [{ lang, name: id, words, of: made, review: how.review }]
  })
}

function refuseUnits(units: readonly Unit[]): void {
  if (units.length > limits.xliffUnits)
    throw refused(`The file has more than ${limits.xliffUnits} units.`)
  const seen = new Set<string>()
  for (const { id } of units) {
    if (seen.has(id)) throw refused(`The unit "${id}" stands twice.`)
    seen.add(id)
  }
}
