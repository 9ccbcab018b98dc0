// The family plan: printed, or locked with words and kept on this phone. Nothing of it is ever sent.
import { Decrypter, Encrypter } from 'age-encryption'

const storeName = 'porchlight-plan'
/** As many letters, or half as many with three spaces between: short words are guessed. */
const fewest = { letters: 12, words: 4 }
/** scrypt's N as a power of two: a second or two on an old phone, and as much for each guess. */
const workFactor = 16

const plan = document.querySelector<HTMLFormElement>('[data-plan]')
const keep = document.querySelector<HTMLFormElement>('[data-plan-keep]')
const printing = document.querySelector<HTMLElement>('[data-plan-print]')
const part = <T extends HTMLElement>(name: string): T | null =>
  keep?.querySelector<T>(`[data-plan-${name}]`) ?? null

/** Says one of the page's own sentences. */
function say(key: string): void {
  const said = part('said')
  if (said) said.textContent = keep?.querySelector(`[data-plan-text="${key}"]`)?.textContent ?? ''
}

function kept(): string | null {
  try {
    return localStorage.getItem(storeName)
  } catch {
    return null
  }
}

const words = (): string =>
  keep?.querySelector<HTMLInputElement>('[name="words"]')?.value.normalize('NFKC').trim() ?? ''

const longEnough = (text: string): boolean =>
  text.length >= fewest.letters || text.split(/\s/).filter(Boolean).length >= fewest.words

const toText = (bytes: Uint8Array): string =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
const toBytes = (text: string): Uint8Array =>
  Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))

async function lock(): Promise<void> {
  if (!plan) return
  if (!longEnough(words())) return say('short')
  const fields = Object.fromEntries(
    [...new FormData(plan)].map(([name, value]) => [name, String(value)]),
  )
  const encrypter = new Encrypter()
  encrypter.setPassphrase(words())
  encrypter.setScryptWorkFactor(workFactor)
  const sealed = await encrypter.encrypt(JSON.stringify(fields))
  try {
    localStorage.setItem(storeName, toText(sealed))
    say('kept')
  } catch {
    say('failed')
  }
  look()
}

async function open(): Promise<void> {
  const sealed = kept()
  if (!plan || !sealed) return
  const decrypter = new Decrypter()
  decrypter.addPassphrase(words())
  try {
    const fields = JSON.parse(await decrypter.decrypt(toBytes(sealed), 'text')) as Record<
      string,
      string
    >
    for (const [name, value] of Object.entries(fields)) {
      const field = plan.elements.namedItem(name)
      if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)
        field.value = value
    }
    say('opened')
  } catch {
    say('wrong')
  }
}

function forget(): void {
  try {
    localStorage.removeItem(storeName)
  } catch {
    // Then nothing was kept either.
  }
  say('gone')
  look()
}

/** Shows what can be done: opening and deleting only where a plan is kept. */
function look(): void {
  const there = kept() !== null
  for (const name of ['open', 'forget']) {
    const button = part(name)
    if (button) button.hidden = !there
  }
}

if (plan && keep && printing) {
  printing.hidden = false
  keep.hidden = false
  printing.addEventListener('click', () => print())
  // Enter in a field of the plan sends nothing.
  plan.addEventListener('submit', (event) => event.preventDefault())
  keep.addEventListener('submit', (event) => {
    event.preventDefault()
    void lock()
  })
  part('open')?.addEventListener('click', () => void open())
  part('forget')?.addEventListener('click', forget)
  look()
  if (kept() !== null) say('waits')
}
