import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from '../../commands/session.ts'
import { textFilesOf } from '../../kernel/i18n/index.ts'
import {
  audiences,
  linesOf,
  mostQuestions,
  type Outcome,
  verdict,
  type WarrantOption,
} from '../contract-warrant.ts'
import { forbiddenWords } from '../contract-warrant-faults.ts'
import { readWarrant } from './read-warrant.ts'

const guides = join(root, 'cities/nyc/guides')
const guide = readWarrant(guides)
if (!guide) throw new Error('New York has no warrant checker')
const { tree, texts } = guide
const languages = textFilesOf(join(guides, 'warrant')).map((file) => file.slice(0, -'.json'.length))

const card = (outcome: Outcome): string =>
  'card' in outcome ? outcome.card : JSON.stringify(outcome)
/** At the door of a home, a paper was shown. */
const door = ['no', 'home', 'yes']
const street = ['no', 'street']

interface Path {
  answers: Record<string, string>
  options: WarrantOption[]
  end: Extract<Outcome, { card: string }>
}

/** Every way through the tree, by asking `verdict` itself. */
function everyPath(answers: Record<string, string> = {}, options: WarrantOption[] = []): Path[] {
  const outcome = verdict(tree, answers)
  if ('card' in outcome) return [{ answers, options, end: outcome }]
  if ('wrong' in outcome) throw new Error(JSON.stringify(outcome))
  return (tree.nodes[outcome.ask]?.options ?? []).flatMap((option) =>
    everyPath({ ...answers, [outcome.ask]: option.id }, [...options, option]),
  )
}
const paths = everyPath()

describe('the traps of warrant-tree.md F', () => {
  it.each([
    ['T1 an I-205 prints "judge" in boxes', [...door, 'b', 'I-205', 'no'], 'CARD-I205'],
    ['T1 court words, an officer’s signature', [...door, 'a', 'officer'], 'CARD-MIXED'],
    ['T2 an I-200 prints "probable cause"', [...door, 'b', 'I-200'], 'CARD-I200'],
    [
      'T3 a clerk signs after an indictment',
      [...door, 'a', 'clerk', 'arrest', 'me'],
      'CARD-COURT-ARREST-ME',
    ],
    [
      'T4 "/s/" is a judge’s signature',
      [...door, 'a', 'judge', 'search', 'all yes'],
      'CARD-COURT-SEARCH',
    ],
    [
      'T5 for A at the home of B',
      [...door, 'a', 'judge', 'arrest', 'not-here'],
      'CARD-COURT-ARREST-THIRD',
    ],
    ['T6 the wrong floor', [...door, 'a', 'judge', 'search', 'any no'], 'CARD-COURT-SEARCH-DEFECT'],
    ['T7 an immigration judge’s order', [...door, 'c', 'order'], 'CARD-IJORDER'],
    [
      'T8 a page is missing',
      [...door, 'a', 'judge', 'search', 'some-no'],
      'CARD-COURT-SEARCH-DEFECT',
    ],
    [
      'T9 only "Department of Justice", no number',
      [...door, 'f', 'none', 'no'],
      'CARD-CANNOT-TELL',
    ],
    ['T10 glimpsed on a screen', [...street, 'f', 'none', 'yes'], 'CARD-CANNOT-TELL'],
    [
      'T11 a judge’s order about something else',
      [...door, 'a', 'judge', 'other'],
      'CARD-CANNOT-TELL',
    ],
    ['T12 a detainer waved at the door', [...door, 'b', 'I-247A'], 'CARD-I247A'],
    [
      'T13 police with a state warrant',
      [...door, 'a', 'judge', 'arrest', 'lives-here'],
      'CARD-COURT-ARREST-OWN',
    ],
    ['T14 "an emergency", and no paper', ['no', 'home', 'no paper'], 'CARD-NOPAPER-HOME'],
    [
      'T15 the name fits, the birth date may not',
      [...door, 'a', 'judge', 'arrest', 'unsure'],
      'CARD-COURT-LIKELY',
    ],
    ['T16 "judge" is said of any official', [...door, 'a', 'unsigned'], 'CARD-UNSIGNED'],
  ])('%s', (_trap, answers, expected) => {
    expect(card(verdict(tree, answers))).toBe(expected)
  })

  it('says what the traps need said', () => {
    const { messages } = texts('en')
    const said = (id: string): string => {
      const lines = linesOf(tree, id, 'resident')
      return [...lines.do.map((key) => messages[`do.${key}`]), messages[id]].join(' ')
    }
    expect(said('CARD-I205')).toContain(
      'Officers have been told they may force entry with it; courts are deciding.',
    )
    expect(said('CARD-I205')).toContain('If they come in anyway, do not resist.')
    expect(said('CARD-I247A')).toContain('no paper to enter a home')
    expect(said('CARD-NOPAPER-HOME')).toContain('an emergency, do not argue')
    expect(said('CARD-COURT-ARREST-OWN')).toContain('birth date')
    expect(messages['N3.hint']).toContain('is not a signature')
    expect(messages['N3.hint']).toContain('/s/')
    expect(messages['N2.hint']).toContain('Department of Justice')
    expect(messages['N5a.hint']).toContain('A and B')
  })
})

describe('the rest of warrant-tree.md D', () => {
  it.each([
    [['yes'], 'CARD-911'],
    [['no', 'workplace private area', 'no paper'], 'CARD-NOPAPER-STAFF'],
    [['no', 'school', 'refuses to show'], 'CARD-NOPAPER-STAFF'],
    [['no', 'jail', 'yes'], 'CARD-I247A'],
    [['no', 'g', 'not sure'], 'CARD-CUSTODY'],
    [[...door, 'd'], 'CARD-COURT-SUBPOENA'],
    [[...door, 'e', 'yes'], 'CARD-FAKE'],
    [[...door, 'a', 'cannot see'], 'CARD-COURT-LIKELY'],
    [[...door, 'a', 'judge', 'appear'], 'CARD-COURT-SUBPOENA'],
    [[...door, 'b', 'i138'], 'CARD-I138'],
    [[...door, 'b', 'Notice to Appear'], 'CARD-I862'],
    [[...door, 'b', 'I-286'], 'CARD-I286'],
    [[...door, 'b', 'I-213'], 'CARD-I213'],
    [[...door, 'b', 'I-871'], 'CARD-FASTTRACK'],
    [[...door, 'b', 'G-56'], 'CARD-CHECKIN'],
    [[...door, 'b', 'Notice of Inspection'], 'CARD-I9'],
    [[...door, 'b', 'other'], 'CARD-AGENCY-OTHER'],
    [[...door, 'c', 'hearing notice'], 'CARD-HEARING'],
    [[...door, 'f', 'AO 93', 'officer'], 'CARD-MIXED'],
    [[...door, 'f', 'I-…', 'I-200'], 'CARD-I200'],
  ])('%j ends in %s', (answers, expected) => {
    expect(card(verdict(tree, answers))).toBe(expected)
  })

  it('shows a card on the way where the place matters first', () => {
    expect(verdict(tree, ['no', 'car'])).toMatchObject({ ask: 'N2', shown: ['CARD-CAR'] })
    expect(verdict(tree, ['no', 'courthouse'])).toMatchObject({ ask: 'N2', shown: ['CARD-COURT'] })
    expect(verdict(tree, ['no', 'inside'])).toMatchObject({ ask: 'N2', shown: ['CARD-INSIDE'] })
  })
  it('says that a clerk signed, that a signature was not seen, and that it came by mail', () => {
    const clerk = verdict(tree, [...door, 'a', 'deputy clerk', 'search', 'all yes'])
    expect(clerk).toMatchObject({ flags: ['clerk-signed'] })
    expect(verdict(tree, [...door, 'a', 'cannot-see'])).toMatchObject({
      flags: ['signature-not-seen'],
    })
    const mailed = verdict(tree, ['no', 'mail', 'b', 'I-205', 'no'])
    expect(mailed).toMatchObject({ flags: ['by-mail'] })
    const lines = linesOf(tree, 'CARD-I205', 'resident', ['by-mail'])
    expect([...lines.do, ...lines.dont, ...lines.say].join(' ')).not.toMatch(/door|enter|open/)
  })
  it('reads a court’s page beside an I-205, as far as seven questions go', () => {
    expect(verdict(tree, [...door, 'b', 'I-205', 'yes', 'judge'])).toMatchObject({
      card: 'CARD-COURT-LIKELY',
      flags: ['not-all-looked-at'],
    })
  })
})

describe('answers that cannot be taken', () => {
  it.each([
    [['no', 'nowhere'], { wrong: 'unknown-option', at: '1', ask: 'N1' }],
    [{ N0: 'maybe' }, { wrong: 'unknown-option', at: 'N0', ask: 'N0' }],
    [{ N0: '' }, { wrong: 'unknown-option', at: 'N0', ask: 'N0' }],
    [
      { N0: 'no', N4: 'I-200' },
      { wrong: 'not-asked', at: 'N4', ask: 'N1' },
    ],
    [['yes', 'home'], { wrong: 'not-asked', at: '1', ask: null }],
    [
      { __proto__: null, constructor: 'x' },
      { wrong: 'not-asked', at: 'constructor', ask: 'N0' },
    ],
  ])('%j', (answers, outcome) => {
    expect(verdict(tree, answers as Record<string, string>)).toEqual(outcome)
  })
  it('takes letters, words and forms however they are written', () => {
    for (const word of ['I-200', 'i200', 'I 200', 'a', 'Warrant for Arrest of Alien'])
      expect(card(verdict(tree, [...door, 'dhs', word])), word).toBe('CARD-I200')
  })
})

describe('all paths', () => {
  it(`all ${paths.length} end in a card within ${mostQuestions} questions`, () => {
    expect(paths.length).toBeGreaterThan(300)
    for (const { answers, end } of paths) {
      expect(Object.keys(answers).length).toBeLessThanOrEqual(mostQuestions)
      expect(tree.cards).toHaveProperty([end.card])
    }
  })
  it('reach every card but those that are shown on the way, and every node', () => {
    const ends = new Set(paths.map(({ end }) => end.card))
    const onTheWay = new Set(paths.flatMap(({ end }) => end.shown))
    expect([...onTheWay].sort()).toEqual(['CARD-CAR', 'CARD-COURT', 'CARD-INSIDE', 'CARD-STREET'])
    expect([...ends, ...onTheWay].sort()).toEqual(Object.keys(tree.cards).sort())
    const nodes = new Set(paths.flatMap(({ answers }) => Object.keys(answers)))
    expect([...nodes].sort()).toEqual(Object.keys(tree.nodes).sort())
  })
  it('never end in a sure card after "not sure", unless a later look settled it', () => {
    for (const { options, end } of paths) {
      if (!tree.cards[end.card]?.sure) continue
      const last = options.findLastIndex(({ unknown }) => unknown)
      // "Could not read the top line" is settled by the form's number, the signature and what it says.
      expect(
        options.slice(last + 1).length,
        JSON.stringify(options.map(({ id }) => id)),
      ).toBeGreaterThanOrEqual(4)
    }
  })
  it('never end in a sure card where the paper was cut short', () => {
    for (const { end } of paths)
      if (end.flags.includes('not-all-looked-at'))
        expect(tree.cards[end.card]?.sure).toBeUndefined()
  })
  it('lead to a lawyer and say not to resist, for everybody, on every path', () => {
    for (const { end } of paths)
      for (const audience of audiences) {
        const lines = linesOf(tree, end.card, audience, end.flags)
        expect(lines.do).toContain('lawyer')
        expect(lines.dont).toContain('resist')
        expect(lines.dont).toContain('sign')
        expect(lines.dont).toContain('lie')
      }
  })
  it('give staff their protocol: who, copy, legal office, log', () => {
    for (const id of Object.keys(tree.cards)) {
      const lines = linesOf(tree, id, 'staff')
      for (const key of tree.always.doStaff) expect(lines.do, id).toContain(key)
      expect(linesOf(tree, id, 'resident').do).not.toContain('staff-log')
    }
  })
})

describe('the words', () => {
  it('are there in all languages of the city', () => {
    expect(languages.sort()).toEqual(
      readdirSync(join(root, 'web/texts'))
        .map((f) => f.slice(0, -5))
        .sort(),
    )
  })
  it('never rule on what is lawful, in English or what stands in English', () => {
    for (const lang of languages)
      for (const [key, text] of Object.entries(texts(lang).messages))
        for (const word of forbiddenWords)
          expect(text.toLowerCase(), `${lang} ${key}`).not.toContain(word)
  })
  it.each(languages.filter((lang) => lang !== 'en'))(
    '%s has its own for a lawyer and against resisting',
    (lang) => {
      const own = texts(lang)
      const english = texts('en').messages
      expect(own.fallbacks).toEqual([])
      for (const key of ['do.lawyer', 'dont.resist', 'page.hidden', ...Object.keys(tree.cards)])
        expect(own.messages[key], key).not.toBe(english[key])
    },
  )
  it('keep the English short', () => {
    for (const [key, text] of Object.entries(texts('en').messages))
      for (const sentence of text.split(/(?<=[.?!]) /))
        expect(sentence.split(' ').length, `${key}: ${sentence}`).toBeLessThanOrEqual(22)
  })
})
