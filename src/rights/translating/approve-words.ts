import type { City } from '../../kernel/city/index.ts'
import { roundDown } from '../../kernel/clock.ts'
import type { Tx } from '../../kernel/db/database.ts'
import type { Actor } from '../../kernel/http/actor.ts'
import { sourceHash } from '../../kernel/i18n/index.ts'
import type { Kernel } from '../../kernel/kernel.ts'
import { Problem } from '../../kernel/problem.ts'
import type { ApproveBody } from '../contract-translating.ts'
import type { GuideBook } from '../guides/guide-book.ts'
import { faultOfText } from '../guides/text-faults.ts'
import { type ApprovedWords, putWords } from './approved-words.ts'

/** What approving needs; `audit` writes who did it, in the same transaction. */
export interface Translating {
  kernel: Kernel
  book: GuideBook
  approved: ApprovedWords
  audit(
    tx: Tx,
    deed: { personId: string; action: string; object: string; detail: Record<string, unknown> },
  ): Promise<void>
}

/**
 * Approves words for texts of the guides; they are shown at once, on this machine and, within a page load, on
 * every other. All or nothing. Throws `rights/no-such-text`, `rights/no-such-language`, `rights/english-changed`
 * where a text is another than the reviewer read, and `rights/words` for what readers must not be shown.
 */
export async function approveWords(
  { kernel, book, approved, audit }: Translating,
  actor: Actor,
  bodies: readonly ApproveBody[],
): Promise<void> {
  for (const body of bodies) refuse(kernel.city, book, body)
  await kernel.db.transaction().execute(async (tx) => {
    for (const { lang, name, words, of, review, remark } of bodies) {
      await putWords(tx, {
        ...{ lang, name, words: words.trim(), source_hash: of, review, remark: remark ?? null },
        approved_by: actor.personId,
        created_at: roundDown(kernel.clock.now()),
      })
      await audit(tx, {
        personId: actor.personId,
        action: 'words.approved',
        object: `words:${lang}/${name}`,
        detail: { review, of },
      })
    }
  })
  await approved.refresh()
}

function refuse(city: City, book: GuideBook, { lang, name, words, of }: ApproveBody): void {
  if (lang === 'en' || !city.languages.some(({ code }) => code === lang))
    throw new Problem(
      'rights/no-such-language',
      422,
      `The guides are not translated into "${lang}" here.`,
    )
  const english = book.pack().english.get(name)
  if (english === undefined)
    throw new Problem('rights/no-such-text', 422, `No guide has a text "${name}".`)
  if (sourceHash(english) !== of)
    throw new Problem(
      'rights/english-changed',
      409,
      `The English of "${name}" has changed. Read it again; your words are still here.`,
    )
  const fault = faultOfText(words)
  if (fault) throw new Problem('rights/words', 422, `"${name}" ${fault}`)
}
