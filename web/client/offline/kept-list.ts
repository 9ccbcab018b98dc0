// The list of what is kept on this phone: filled from the page's own templates, with text only.
import { forgetReport, type KeptReport, keptHours, keptReports } from './kept-reports.ts'
import { askReceipt, sendReports } from './send-reports.ts'

/** Receipts that this page was told; nowhere else are they. */
const receipts = new Map<string, string>()

/** What a phone says of its line is often wrong: as long as something waits, it is tried. */
const againMilliseconds = 20_000
let again: ReturnType<typeof setTimeout> | undefined

/** Shows what is kept, tries to send what waits, and shows what became of it. */
export async function showKept(): Promise<void> {
  clearTimeout(again)
  await draw()
  for (const [id, receipt] of await sendReports()) receipts.set(id, receipt)
  await draw()
  const waits = (await keptReports()).some(({ state }) => state === 'waiting')
  if (waits) again = setTimeout(() => void showKept(), againMilliseconds)
}

let drawn = ''

/** Draws what has changed and nothing else: a button does not go from under a finger. */
async function draw(): Promise<void> {
  const section = document.querySelector<HTMLElement>('[data-kept]')
  const list = section?.querySelector('[data-kept-list]')
  if (!section || !list) return
  const reports = await keptReports()
  const now = reports.map(({ id, state }) => `${id} ${state}`).join()
  if (now === drawn) return
  drawn = now
  const items = reports.flatMap((report) => itemOf(report) ?? [])
  list.replaceChildren(...items)
  section.hidden = items.length === 0
  const status = document.querySelector('[data-kept-status]')
  if (status)
    status.textContent = items.map((item) => item.querySelector('strong')?.textContent).join(' ')
}

function itemOf(report: KeptReport): HTMLElement | null {
  const template = document.querySelector<HTMLTemplateElement>(
    `template[data-kept-item="${report.state}"]`,
  )
  const item = template?.content.firstElementChild?.cloneNode(true)
  if (!(item instanceof HTMLElement)) return null
  fillTimes(item, report)
  item.querySelector(`[data-why="${report.why}"]`)?.removeAttribute('hidden')
  if (report.state === 'refused' && !item.querySelector('[data-why]:not([hidden])'))
    item.querySelector('[data-why$="unexpected"]')?.removeAttribute('hidden')
  onPress(item, '[data-try]', showKept)
  onPress(item, '[data-forget]', async () => {
    await forgetReport(report.id)
    await draw()
  })
  receiptIn(item, report)
  return item
}

function onPress(item: HTMLElement, selector: string, act: () => Promise<void>): void {
  const button = item.querySelector<HTMLButtonElement>(selector)
  button?.addEventListener('click', () => {
    button.disabled = true
    void act().finally(() => {
      button.disabled = false
    })
  })
}

/** The receipt at once if this page sent the report; else it is asked for when it is wanted. */
function receiptIn(item: HTMLElement, report: KeptReport): void {
  const show = (): void => {
    const digits = receipts.get(report.id)
    if (!digits) return
    const code = item.querySelector('[data-receipt-code]')
    if (code) code.textContent = (digits.match(/.{4}/g) ?? []).join(' ')
    item.querySelector('[data-receipt]')?.removeAttribute('hidden')
    for (const part of item.querySelectorAll<HTMLElement>(
      '[data-show-receipt], [data-receipt-hint]',
    ))
      part.hidden = true
  }
  show()
  onPress(item, '[data-show-receipt]', async () => {
    const receipt = await askReceipt(report)
    if (receipt) receipts.set(report.id, receipt)
    show()
  })
}

const clock = new Intl.DateTimeFormat(document.documentElement.lang, {
  weekday: 'long',
  hour: 'numeric',
  minute: '2-digit',
})

function fillTimes(item: HTMLElement, { keptAt, sentAt }: KeptReport): void {
  const times = {
    '[since]': sentAt ?? keptAt,
    '[until]': (sentAt ?? keptAt) + keptHours * 3_600_000,
  }
  const texts = document.createTreeWalker(item, NodeFilter.SHOW_TEXT)
  for (let text = texts.nextNode(); text; text = texts.nextNode())
    for (const [slot, at] of Object.entries(times))
      text.nodeValue = (text.nodeValue ?? '').replace(slot, clock.format(at))
}
