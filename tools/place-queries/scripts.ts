// Names as newspapers and neighbours of each language write them, and what stands around them.
import spellings from './other-scripts.json' with { type: 'json' }

/** Street or place name of the data -> language -> spelling. */
export const OTHER_SCRIPTS: Record<string, Record<string, string>> = spellings

/** "A and B" in each language: words that go before, between and after the two names. */
export const JOINED: Record<string, [before: string, between: string, after: string][]> = {
  en: [
    ['', ' & ', ''],
    ['', ' and ', ''],
    ['corner of ', ' and ', ''],
    ['', ' / ', ''],
    ['', ' @ ', ''],
    ['', ' x ', ''],
    ['', ' near ', ''],
    ['intersection of ', ' and ', ''],
  ],
  es: [
    ['', ' y ', ''],
    ['', ' con ', ''],
    ['esquina de ', ' y ', ''],
    ['la ', ' con la ', ''],
    ['en la esquina de la ', ' con la ', ''],
    ['', ' esquina ', ''],
    ['cerca de ', ' y ', ''],
  ],
  'zh-Hans': [
    ['', '和', ''],
    ['', '与', '交界'],
    ['', '和', '路口'],
    ['', '跟', ''],
    ['', ' ', '附近'],
  ],
  'zh-Hant': [
    ['', '和', ''],
    ['', '與', '交界'],
    ['', '和', '路口'],
    ['', '同', ''],
  ],
  ru: [
    ['', ' и ', ''],
    ['угол ', ' и ', ''],
    ['на углу ', ' и ', ''],
    ['пересечение ', ' и ', ''],
    ['около ', ' и ', ''],
  ],
  bn: [
    ['', ' এবং ', ''],
    ['', ' ও ', ''],
    ['', ' আর ', ' এর মোড়'],
    ['', ' ও ', ' এর কাছে'],
  ],
  ht: [
    ['', ' ak ', ''],
    ['kwen ', ' ak ', ''],
    ['', ' epi ', ''],
    ['bò ', ' ak ', ''],
    ['nan kwen ', ' avèk ', ''],
  ],
  ko: [
    ['', ' & ', ''],
    ['', ' 와 ', ''],
    ['', ' 과 ', ' 사거리'],
    ['', ' ', ' 근처'],
    ['', ' 그리고 ', ''],
  ],
  ar: [
    ['', ' و ', ''],
    ['تقاطع ', ' و ', ''],
    ['زاوية ', ' مع ', ''],
    ['قرب ', ' و ', ''],
  ],
  ur: [
    ['', ' اور ', ''],
    ['', ' اور ', ' کا کونا'],
    ['', ' اور ', ' کے قریب'],
    ['کارنر ', ' اور ', ''],
  ],
  fr: [
    ['', ' et ', ''],
    ['angle de ', ' et ', ''],
    ['coin de ', ' et ', ''],
    ["à l'angle de ", ' et de ', ''],
    ['près de ', ' et ', ''],
    ['intersection ', ' et ', ''],
  ],
  pl: [
    ['', ' i ', ''],
    ['róg ', ' i ', ''],
    ['na rogu ', ' i ', ''],
    ['skrzyżowanie ', ' i ', ''],
    ['przy ', ' i ', ''],
    ['obok ', ' i ', ''],
  ],
}

/** 82 in the digits of a language; Chinese as it is read, 八十二. */
export function digitsIn(lang: string, n: number, spelt: boolean): string {
  const zero = { ar: 0x660, ur: 0x6f0, bn: 0x9e6 }[lang]
  if (zero !== undefined)
    return [...String(n)].map((digit) => String.fromCodePoint(zero + Number(digit))).join('')
  return spelt && lang.startsWith('zh') ? chineseNumber(n) : String(n)
}

const HAN = '零一二三四五六七八九'

function chineseNumber(n: number): string {
  if (n >= 1000) return String(n)
  const [hundreds, tens, ones] = [Math.floor(n / 100), Math.floor(n / 10) % 10, n % 10]
  const one = ones ? (HAN[ones] as string) : ''
  if (hundreds === 0) return (tens === 0 ? '' : `${tens > 1 ? HAN[tens] : ''}十`) + one
  const rest = tens ? `${HAN[tens]}十${one}` : ones ? `零${one}` : ''
  return `${HAN[hundreds]}百${rest}`
}
