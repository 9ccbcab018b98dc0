/** A text as the set of its overlapping runs of letters, for comparing texts of any script. */
export interface Fingerprint {
  grams: Map<string, number>
  norm: number
  words: Set<string>
}

const gramLength = 4
const mostCharacters = 1000

/** Words that say nothing about which event a text is of, in the two commonest languages. */
const empty = new Set(
  'the and was were with there they this that have from are for ice agents agent people person street avenue los las una que con por para del esta agentes personas calle'.split(
    ' ',
  ),
)

/** The fingerprint of a text: case, accents and punctuation do not count. */
export function fingerprint(text: string): Fingerprint {
  const plain = text
    .slice(0, mostCharacters)
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
  const grams = new Map<string, number>()
  const padded = ` ${plain} `
  for (let i = 0; i + gramLength <= padded.length; i++) {
    const gram = padded.slice(i, i + gramLength)
    grams.set(gram, (grams.get(gram) ?? 0) + 1)
  }
  const norm = Math.sqrt([...grams.values()].reduce((sum, n) => sum + n * n, 0))
  return {
    grams,
    norm,
    words: new Set(plain.split(' ').filter((word) => word.length > 3 && !empty.has(word))),
  }
}

/** Cosine of two fingerprints, 0 (nothing shared) to 1 (the same). */
export function similarity(a: Fingerprint, b: Fingerprint): number {
  if (a.norm === 0 || b.norm === 0) return 0
  const [small, large] = a.grams.size < b.grams.size ? [a, b] : [b, a]
  let dot = 0
  for (const [gram, count] of small.grams) dot += count * (large.grams.get(gram) ?? 0)
  return dot / (a.norm * b.norm)
}

/** Up to three telling words that both texts hold, longest first. */
export const sharedWords = (a: Fingerprint, b: Fingerprint): string[] =>
  [...a.words]
    .filter((word) => b.words.has(word))
    .sort((x, y) => y.length - x.length)
    .slice(0, 3)
