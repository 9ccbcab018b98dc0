import type { Db, Tx } from '../../kernel/db/database.ts'
import type { Approved } from '../guides/translations.ts'

/** What was approved, by language and name, as last read. */
export interface ApprovedWords {
  of(lang: string, name: string): Approved | undefined
  /** The remark of who approved it, for the next who looks. */
  remarkOf(lang: string, name: string): string | null
  /** Reads again what the database holds. Where it cannot be asked, what was last read goes on being shown. */
  refresh(): Promise<void>
  /** The same, unless it was read within `glanceMilliseconds`: for every reader's page. */
  glance(): Promise<void>
}

/** How old a reader's words may be on a machine other than the reviewer's. */
const glanceMilliseconds = 10_000

/** Begins empty: the pack's own words are shown until the first reading. */
export function makeApprovedWords(db: Db): ApprovedWords {
  let words = new Map<string, Approved & { remark: string | null }>()
  let readAt = Number.NEGATIVE_INFINITY
  const at = (lang: string, name: string): string => `${lang} ${name}`
  const self: ApprovedWords = {
    glance: async () => {
      if (performance.now() - readAt > glanceMilliseconds) await self.refresh()
    },
    of: (lang, name) => words.get(at(lang, name)),
    remarkOf: (lang, name) => words.get(at(lang, name))?.remark ?? null,
    async refresh() {
      readAt = performance.now()
      const rows = await db
        .selectFrom('guide_words')
        .selectAll()
        .execute()
        .catch(() => null)
      if (!rows) return
      words = new Map(
        rows.map((row) => [
          at(row.lang, row.name),
          { text: row.words, of: row.source_hash, review: row.review, remark: row.remark },
        ]),
      )
    },
  }
  return self
}

/** Writes approved words over those that were approved before. */
export const putWords = (
  tx: Tx,
  row: {
    lang: string
    name: string
    words: string
    source_hash: string
    review: 'native-reviewed' | 'lawyer-reviewed'
    remark: string | null
    approved_by: string
    created_at: Date
  },
): Promise<unknown> =>
  tx
    .insertInto('guide_words')
    .values(row)
    .onConflict((on) => on.columns(['lang', 'name']).doUpdateSet(row))
    .execute()
