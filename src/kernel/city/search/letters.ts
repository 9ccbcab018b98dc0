// Letters of the scripts our languages use -> Latin letters that sound about the same. Folded as normalise.ts folds.

const CYRILLIC =
  'а=a б=b в=v г=g д=d е=e ж=zh з=z и=i к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=h ц=ts ч=ch ш=sh щ=sh ъ= ы=y ь= э=e ю=yu я=ya і=i є=ye ґ=g дж=j уа=wa уэ=we уи=wi уо=wo кс=x'
const ARABIC =
  'ا=a ب=b ت=t ث=th ج=j ح=h خ=kh د=d ذ=d ر=r ز=z س=s ش=sh ص=s ض=d ط=t ظ=z ع=a غ=g ف=f ق=k ك=k ل=l م=m ن=n ه=h و=w ي=y ى=a ة=a ء= پ=p چ=ch ژ=zh گ=g ڤ=v ک=k ی=y ے=e ہ=h ھ=h ں=n ٹ=t ڈ=d ڑ=r ۃ=a وو=u ؤ=w ئ=y'
const BENGALI =
  'অ=a আ=a ই=i ঈ=i উ=u ঊ=u এ=e ঐ=oi ও=o ঔ=ou ক=k খ=kh গ=g ঘ=g ঙ=ng চ=ch ছ=ch জ=j ঝ=j ঞ=n ট=t ঠ=t ড=d ঢ=d ণ=n ত=t থ=th দ=d ধ=d ন=n প=p ফ=f ব=b ভ=v ম=m য=j র=r ল=l শ=sh ষ=sh স=s হ=h ড়=r ঢ়=r য়=y ৎ=t ং=ng ঃ= ঁ= া=a ি=i ী=i ু=u ূ=u ে=e ৈ=oi ো=o ৌ=ou ৃ=ri ্= ্য=a ওয=w োয=w ়= ুই=wi উই=wi'
const HANGUL_FIRST = 'g kk n d tt r m b pp s ss  j jj ch k t p h'.split(' ')
const HANGUL_VOWEL = 'a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu  ui i'.split(' ')
const HANGUL_LAST = ' k k k n n n t l k m l l l p l m p p t t ng t t k t p t'.split(' ')

const table = (pairs: string): [string, string][] =>
  pairs.split(' ').map((pair) => {
    const [from = '', to = ''] = pair.split('=')
    return [from.normalize('NFKD'), to]
  })

const jamo = (sounds: string[], from: number): [string, string][] =>
  sounds.map((sound, i) => [String.fromCodePoint(from + i), sound])

/** Letter, or two or three that sound as one -> Latin letters. */
export const LETTERS: ReadonlyMap<string, string> = new Map([
  ...table(CYRILLIC),
  ...table(ARABIC),
  ...table(BENGALI),
  ...jamo(HANGUL_FIRST, 0x1100),
  ...jamo(HANGUL_VOWEL, 0x1161),
  ...jamo(HANGUL_LAST, 0x11a7),
])
