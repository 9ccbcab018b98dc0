import type { Page } from 'playwright-core'
import { cornerToType, eventOf, isJunk, type Poured } from './reports.ts'

/**
 * How long a person takes, by the keystroke-level model (Card, Moran and Newell 1980): a key of an
 * average typist 0.28 s, a mental preparation 1.2 s (Kieras 2001). Reading a row is our own guess.
 */
export const pace = { key: 0.28, decision: 1.2, row: 3 }

/** What one hour at the keyboard was made of. */
export interface Tally {
  keys: number
  /** Rows, opened incidents and pairs that were read. */
  read: number
  decisions: number
  /** Time from a key until the page had answered. */
  waitedSeconds: number
}

/** The minutes of a person at that pace, the machine's own waiting included. */
export const minutesOf = ({ keys, read, decisions, waitedSeconds }: Tally): number =>
  (keys * pace.key + decisions * pace.decision + read * pace.row + waitedSeconds) / 60

interface Row {
  line: string
  words: string[]
  text: string
  group: boolean
  proposal: string | null
  noPlace: boolean
  part: string
}

/** Somebody at the desk who has a keyboard and no mouse. */
export function operatorAt(page: Page, reports: readonly Poured[]) {
  const tally: Tally = { keys: 0, read: 0, decisions: 0, waitedSeconds: 0 }
  const placed = new Map<string, number>()
  /** Rows that were opened and left for a verifier. */
  const left = new Set<string>()
  const apart = new Set<string>()

  async function press(key: string): Promise<void> {
    tally.keys++
    await page.keyboard.press(key)
  }
  async function waits(until: Promise<unknown>): Promise<void> {
    const since = performance.now()
    await until
    tally.waitedSeconds += (performance.now() - since) / 1000
  }
  /** The row with the focus, as it stands on the screen. */
  const row = (): Promise<Row | null> =>
    page.evaluate(() => {
      const line = document.activeElement?.closest<HTMLElement>('[data-line]')
      if (!line) return null
      return {
        line: line.dataset.line ?? '',
        words: [...line.querySelectorAll('.words')].map((one) => one.textContent ?? ''),
        text: line.textContent ?? '',
        group: line.querySelector('a')?.getAttribute('href')?.includes('?open=') ?? false,
        proposal:
          /[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(
            [...line.querySelectorAll('.detail')].at(-1)?.textContent ?? '',
          )?.[0] ?? null,
        noPlace: document.querySelector('[aria-keyshortcuts="P"]') !== null,
        part: line.closest('section')?.getAttribute('aria-labelledby') ?? '',
      }
    })
  /** Until the focus is on a row, another one if it was on this. */
  const focusLeaves = (line: string) =>
    page.waitForFunction((before) => {
      const now = document.activeElement?.closest<HTMLElement>('[data-line]')?.dataset.line
      return now !== undefined && now !== before
    }, line)
  const status = () =>
    page.waitForFunction(() => document.querySelector('[role="status"].said')?.textContent !== '')

  async function setAside({ line }: Row): Promise<void> {
    tally.decisions++
    await press('s')
    await waits(focusLeaves(line))
  }
  async function backToQueue(): Promise<void> {
    await press('q')
    await waits(page.waitForFunction(() => document.activeElement?.closest('[data-line]')))
  }
  async function done(): Promise<void> {
    await page.locator('[data-done]').waitFor()
  }
  /** Two accounts with photos are two witnesses: it is confirmed, and waits for its second person. */
  async function confirm({ line }: Row): Promise<void> {
    tally.read++
    tally.decisions++
    await press('f')
    await waits(page.locator('[data-do="find"] input:focus').waitFor())
    const pictured = await page.locator('article', { hasText: /photo/ }).count()
    if (pictured < 2) left.add(line)
    else {
      await press('1')
      await press('Control+Enter')
      await waits(done())
    }
    await backToQueue()
  }
  /** What a rule joined and is two events is taken apart: every report that is not of the first one's event leaves. */
  async function takeApart({ line }: Row): Promise<void> {
    tally.read++
    tally.decisions++
    apart.add(line)
    await press('Enter')
    await waits(page.locator('form#split').waitFor())
    const told = await page.locator('article:has(input[name="report"])').allInnerTexts()
    const [first, ...others] = told.map((text) => eventOf([text], reports) ?? 'junk')
    const foreign = others.map((event) => event !== first)
    await press('r')
    for (const leaves of foreign) {
      await press('r')
      if (leaves) await press(' ')
    }
    if (foreign.some(Boolean)) {
      await press('t')
      await waits(done())
    }
    await backToQueue()
  }
  async function place(event: string): Promise<void> {
    tally.read++
    tally.decisions++
    placed.set(event, placed.size)
    await press('p')
    await waits(page.locator('[data-do="place"] input:focus').waitFor())
    for (const letter of cornerToType(70 + placed.size)) {
      tally.keys++
      await page.keyboard.type(letter)
    }
    await waits(page.getByRole('option').first().waitFor())
    await press('Enter')
    await press('Enter')
    await waits(done())
    await backToQueue()
  }
  /** Reads the two side by side: the other one's words are in the list. */
  async function decidePair(here: Row): Promise<void> {
    tally.read++
    tally.decisions++
    const other = await page.locator(`[data-line="${here.proposal}"] .words`).allTextContents()
    const same = eventOf(here.words, reports) === eventOf(other, reports)
    await press(same ? 'm' : 'd')
    await waits(
      page.waitForFunction((proposal) => {
        const line = document.activeElement?.closest<HTMLElement>('[data-line]')
        return (
          line && ![...line.querySelectorAll('.detail')].at(-1)?.textContent?.includes(proposal)
        )
      }, here.proposal ?? ''),
    )
  }

  return {
    tally,
    row,
    press,
    status,
    /** Decides on the row under the cursor; `stays` where it is left for a verifier, and the cursor on it. */
    async dealWith(here: Row, seen: boolean): Promise<'stays' | 'moved'> {
      if (!seen) tally.read++
      const deed = deedFor(here)
      if (deed) {
        await deed()
        return 'moved'
      }
      if (!seen) tally.decisions++
      return 'stays'
    },
  }

  function deedFor(here: Row): (() => Promise<void>) | null {
    if (here.words.length > 0 && here.words.every(isJunk)) return () => setAside(here)
    if (here.proposal) return () => decidePair(here)
    const events = new Set(here.words.map((text) => eventOf([text], reports) ?? 'junk'))
    if (events.size > 1 && !apart.has(here.line)) return () => takeApart(here)
    const event = eventOf(here.words, reports)
    if (event && here.noPlace) return () => place(event)
    // Two accounts with photos, or more, are enough to confirm from the desk.
    const several = /\b[2-9] reports/.test(here.text) && !left.has(here.line)
    return event?.startsWith('twin') && several ? () => confirm(here) : null
  }
}
