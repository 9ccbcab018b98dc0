import type { Alert } from '../../contract-alert.ts'
import { escapeHtml, htmlPage } from '../../html.ts'
import { cityName, longWords, type Wording } from '../../words.ts'

/** A letter without its address. */
export interface Letter {
  subject: string
  text: string
  html: string
}

/** Where a mail program ends what brings a letter, by one click (RFC 8058). */
export const unsubscribeUrl = (origin: string, capability: string): string =>
  `${origin}/api/v1/subscriptions/${capability}/unsubscribe`

/** An alert as a letter: what pages say of it, where to look again, how to end it. */
export function alertLetter(
  { wording, origin, lang }: { wording: Wording; origin: string; lang: string },
  alert: Alert,
  capability: string,
): Letter {
  const t = wording.translator(lang)
  const { headline, text, instruction } = longWords(wording, alert, lang)
  return letter(t, headline, [
    { text },
    { text: instruction },
    {
      text: t('alerts.mail.read', { url: mark }),
      url: `${origin}/${t.lang}/${alert.drill ? 'drills' : 'live'}/${alert.id}`,
    },
    { text: t(alert.drill ? 'alerts.drill.what' : 'alerts.mail.why') },
    {
      text: t('alerts.mail.stop', { url: mark }),
      url: `${origin}/${t.lang}/alerts/off/${capability}`,
    },
  ])
}

/** The question whether it was they who asked. */
export function questionLetter(
  { wording, origin, lang }: { wording: Wording; origin: string; lang: string },
  confirm: string,
): Letter {
  const t = wording.translator(lang)
  const city = cityName(wording, lang)
  return letter(t, t('alerts.ask.mail-subject', { city }), [
    { text: t('alerts.ask.mail-text', { city }) },
    {
      text: t('alerts.ask.mail-link', { url: mark }),
      url: `${origin}/${t.lang}/alerts/confirm/${confirm}`,
    },
  ])
}

/** Stands for an address until it is put in: as a text, or as a link. */
const mark = '\u0000'

interface Paragraph {
  text: string
  url?: string
}

function letter(
  t: Parameters<typeof htmlPage>[0],
  subject: string,
  paragraphs: readonly Paragraph[],
): Letter {
  const plain = paragraphs.map(({ text, url = '' }) => text.replace(mark, url))
  const html = paragraphs.map(({ text, url = '' }) => {
    const shown = escapeHtml(url)
    return `<p>${escapeHtml(text).replace(mark, `<a dir="ltr" href="${shown}" style="overflow-wrap:anywhere">${shown}</a>`)}</p>`
  })
  return {
    subject,
    text: `${[subject, ...plain].join('\n\n')}\n`,
    html: htmlPage(t, subject, `<h1>${escapeHtml(subject)}</h1>${html.join('')}`),
  }
}
