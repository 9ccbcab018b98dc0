// What the page gives its script: the tree, and the words of one language.
import type { WarrantTree } from '#src/rights/contract-warrant.ts'

interface Contact {
  id: string
  name: string
  phone: string
  hours: string | null
}

export interface Phone {
  tree: WarrantTree
  /** Words of cards by key: `CARD-I200`, `do.lawyer`. */
  texts: Record<string, string>
  /** What is said aloud is said in English. */
  english: Record<string, string>
  sources: Record<string, string>
  contacts: Contact[]
  greyDays: number
  /** The sentences about two days, `asOf reviewBy`. */
  dated: { pair: string; known: string; grey: string }[]
  /** The page's own words: `verdict.SAFETY`, `page.hidden`. */
  words: Record<string, string>
}

/** Reads it from the page; null where the page has none. */
export function readPhone(): Phone | null {
  const text = document.querySelector('[data-phone]')?.textContent
  return text ? (JSON.parse(text) as Phone) : null
}
