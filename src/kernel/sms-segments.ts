/** GSM 03.38's basic letters; those of its second table cost two. */
const basic = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
)
const double = new Set('^{}\\[~]|€\f')

/** Letters that a message costs in GSM 7-bit (3GPP TS 23.038); null if it has one that is not of it. */
export function gsmLetters(text: string): number | null {
  let letters = 0
  for (const letter of text) {
    if (basic.has(letter)) letters++
    else if (double.has(letter)) letters += 2
    else return null
  }
  return letters
}

/** How many text messages a text is sent as: 160 or 70 letters alone, 153 or 67 in each of several. */
export function segmentsOf(text: string): number {
  const gsm = gsmLetters(text)
  const letters = gsm ?? text.length
  const [alone, each] = gsm === null ? [70, 67] : [160, 153]
  return letters <= alone ? 1 : Math.ceil(letters / each)
}

/** Signs that phones of the last century lack, and what stands for them. */
const plainer: Record<string, string> = {
  ...{ '’': "'", '‘': "'", '“': '"', '”': '"', '«': '"', '»': '"', '–': '-', '—': '-', '…': '...' },
  ...{ ł: 'l', Ł: 'L', ç: 'c', '\u00a0': ' ', '\u202f': ' ' },
}
const latin = /\p{Script=Latin}/u
const mark = /\p{M}/gu

/**
 * A text as it is best sent: what is written in Latin letters goes without the accents that GSM 7-bit
 * lacks, since one of them would more than halve what a message holds. Other scripts are not touched.
 */
export function asTextMessage(text: string): string {
  const plain = [...text]
    .map((letter) => {
      if (basic.has(letter) || double.has(letter)) return letter
      return (
        plainer[letter] ?? (latin.test(letter) ? letter.normalize('NFD').replace(mark, '') : letter)
      )
    })
    .join('')
  return gsmLetters(plain) === null ? text : plain
}
