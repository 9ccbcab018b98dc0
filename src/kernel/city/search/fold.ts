// From what people type to letters that compare equal: case, accents, digits of other scripts, traditional characters.

/** Longer text than this holds no address worth reading, and costs time. */
export const LONGEST_QUERY = 200

const ARABIC_MARKS = '\u0610-\u061A\u064B-\u065F\u0670\u0640'
const MARKS = new RegExp(
  `[\\u0300-\\u036F\\u200B-\\u200F\\u202A-\\u202E\\u2060-\\u206F${ARABIC_MARKS}]`,
  'g',
)
const OTHER_FORMS = new Map<string, string>([
  ...['łl', 'øo', 'ßss', 'đd', 'ıi', 'æae', 'œoe'].map((pair): [string, string] => [
    pair[0] as string,
    pair.slice(1),
  ]),
  // Traditional -> simplified, as far as names of places here need it.
  ...'罗羅 仑崙 杰傑 逊遜 缅緬 与與 汇匯 园園 区區 兰蘭 顿頓 华華 东東 门門 买買 国國 岛島 乐樂 头頭 桥橋 广廣 场場 号號 邓鄧 联聯 合合 长長 湾灣 滩灘 凯凱 尔爾 莱萊 坚堅 费費 纽紐 约約 鲁魯 维維 诺諾 贝貝 宾賓 达達 爱愛 奥奧 亚亞 萨薩 莲蓮 荫蔭 铁鐵 车車 应應 汤湯 麦麥 伦倫 圣聖 乔喬 泽澤 绿綠 蓝藍 云雲 龙龍 马馬 里裡 边邊 转轉 处處 间間 灵靈 礼禮 红紅 银銀 黄黃 杨楊 阳陽 钱錢 卫衛 历歷 战戰 实實 纪紀 总總 统統 剧劇 银銀 线線 图圖 书書 馆館 医醫 学學 师師 级級 县縣 邮郵 编編 码碼 湖湖 伟偉 赛賽 丽麗 时時 机機 动動 块塊 万萬 两兩 几幾 后後 赫赫 贺賀 荣榮 严嚴 叶葉 别別 刘劉 办辦 务務'
    .split(' ')
    .map((pair): [string, string] => [pair[1] as string, pair[0] as string]),
])
/** First code points of runs of ten digits in the scripts of our languages. */
const DIGIT_RUNS = [0x0660, 0x06f0, 0x0966, 0x09e6]

/** Lower case without accents, marks, tatweel or foreign digits; apostrophes vanish. At most 400 characters. */
export function fold(text: string): string {
  const lower = text
    .slice(0, LONGEST_QUERY)
    .normalize('NFKD')
    .slice(0, 2 * LONGEST_QUERY)
    .toLowerCase()
  const plain = lower.replace(MARKS, '').replace(/['’‘ʼ`´"“”]/g, '')
  // Most of what is typed is plain English.
  if (/^[\0-\x7f]*$/.test(plain)) return plain
  return plain
    .replace(/[łøßđıæœ\p{Script=Han}]/gu, (letter) => OTHER_FORMS.get(letter) ?? letter)
    .replace(/[٠-٩۰-۹०-९০-৯]/g, westernDigit)
}

/** Words of a folded text; street separators come out as single characters (& / @ + , ; |) and a hyphen as space. */
export function splitWords(folded: string): string[] {
  return folded.match(/[\p{L}\p{N}\p{M}]+|[&/@+,;|\\]/gu) ?? []
}

function westernDigit(digit: string): string {
  const code = digit.charCodeAt(0)
  const start = DIGIT_RUNS.find((first) => code >= first && code < first + 10)
  return start === undefined ? digit : String(code - start)
}
