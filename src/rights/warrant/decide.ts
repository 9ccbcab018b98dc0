import { Problem } from '../../kernel/problem.ts'
import { type Outcome, verdict } from '../contract-warrant.ts'
import type { WarrantBody } from '../contract-warrant-api.ts'
import type { WarrantGuide } from './read-warrant.ts'
import type { WarrantRoom } from './room.ts'
import { type CardView, cardView, nodeView } from './view.ts'

/** The API's answer to answers: the next question, or the card. Throws 422 for one that it cannot take. */
export function decide(room: WarrantRoom, guide: WarrantGuide, body: WarrantBody, lang: string) {
  const { audience } = body
  const outcome = verdict(guide.tree, body.answers)
  if ('wrong' in outcome) throw refusal(guide, outcome, lang)
  const { answered, flags } = outcome
  const { status, fallbacks } = guide.texts(lang)
  const shared = {
    lang,
    audience,
    answered,
    before: outcome.shown.map((id) => plainCard(cardView(room, guide, id, { lang, audience }))),
    translation: { status, inEnglish: fallbacks.length },
  }
  if ('ask' in outcome) return { next: nodeView(guide, outcome.ask, lang), ...shared }
  return {
    ...plainCard(cardView(room, guide, outcome.card, { lang, audience, flags })),
    flags,
    ...shared,
  }
}

/** A card as programs get it: lines are sentences; keys stay our own. */
function plainCard({ say, do: does, dont, notes, own: _own, ...card }: CardView) {
  return {
    ...card,
    notes: notes.map(({ text }) => text),
    say: say.map(({ english, translation, onlyIfTrue }) => ({ english, translation, onlyIfTrue })),
    do: does.map(({ text }) => text),
    dont: dont.map(({ text }) => text),
  }
}

function refusal(
  guide: WarrantGuide,
  { wrong, at, ask }: Extract<Outcome, { wrong: string }>,
  lang: string,
): Problem {
  const path = `answers.${at.slice(0, 40)}`
  if (wrong === 'unknown-option' && ask) {
    const options = nodeView(guide, ask, lang).options.map(({ id, letter }) => `${letter} (${id})`)
    return new Problem(
      'rights/unknown-option',
      422,
      `${ask} has no such answer; choose one of ${options.join(', ')}.`,
      [{ path, code: wrong, message: `Choose one of ${options.join(', ')}.` }],
    )
  }
  const told = ask
    ? `Answer ${ask} first.`
    : 'The answers before it already end in a card; leave it out.'
  return new Problem(
    'rights/not-asked',
    422,
    `There is an answer to a question that was not asked. ${told}`,
    [{ path, code: wrong, message: told }],
  )
}
