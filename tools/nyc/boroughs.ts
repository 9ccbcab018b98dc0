const IDS: Record<string, string> = {
  manhattan: 'borough-manhattan',
  bronx: 'borough-bronx',
  'the bronx': 'borough-bronx',
  brooklyn: 'borough-brooklyn',
  queens: 'borough-queens',
  'staten island': 'borough-staten-island',
}
const BY_DIGIT = [
  '',
  'borough-manhattan',
  'borough-bronx',
  'borough-brooklyn',
  'borough-queens',
  'borough-staten-island',
]

/** Area id of a borough as the raw files write it, or '' for none. */
export function boroughId(name: string): string {
  return IDS[name.trim().toLowerCase()] ?? ''
}

/** Area id of a borough by its official digit (1 Manhattan to 5 Staten Island). */
export function boroughIdOf(digit: number): string {
  return BY_DIGIT[digit] ?? ''
}

/** Names in the languages of the city, where the city's own publications or the local press use them. */
export const BOROUGHS: Record<
  string,
  { name: string; label: Record<string, string>; aliases: string[] }
> = {
  'borough-manhattan': {
    name: 'Manhattan',
    label: {
      'zh-Hans': '曼哈顿',
      'zh-Hant': '曼哈頓',
      ru: 'Манхэттен',
      bn: 'ম্যানহাটন',
      ko: '맨해튼',
      ar: 'مانهاتن',
      ur: 'مین ہٹن',
    },
    aliases: ['manh', 'new york county'],
  },
  'borough-bronx': {
    name: 'The Bronx',
    label: {
      es: 'El Bronx',
      'zh-Hans': '布朗克斯',
      'zh-Hant': '布朗克斯',
      ru: 'Бронкс',
      bn: 'ব্রঙ্কস',
      ko: '브롱크스',
      ar: 'برونكس',
      ur: 'برونکس',
      fr: 'Le Bronx',
      ht: 'Bwonks',
    },
    aliases: ['bx', 'bronx', 'bronx county'],
  },
  'borough-brooklyn': {
    name: 'Brooklyn',
    label: {
      'zh-Hans': '布鲁克林',
      'zh-Hant': '布魯克林',
      ru: 'Бруклин',
      bn: 'ব্রুকলিন',
      ko: '브루클린',
      ar: 'بروكلين',
      ur: 'بروکلین',
      ht: 'Brouklin',
    },
    aliases: ['bklyn', 'bk', 'bkln', 'kings county'],
  },
  'borough-queens': {
    name: 'Queens',
    label: {
      'zh-Hans': '皇后区',
      'zh-Hant': '皇后區',
      ru: 'Квинс',
      bn: 'কুইন্স',
      ko: '퀸스',
      ar: 'كوينز',
      ur: 'کوئینز',
    },
    aliases: ['qns', 'queens county'],
  },
  'borough-staten-island': {
    name: 'Staten Island',
    label: {
      'zh-Hans': '史泰登岛',
      'zh-Hant': '史泰登島',
      ru: 'Статен-Айленд',
      bn: 'স্ট্যাটেন আইল্যান্ড',
      ko: '스태튼 아일랜드',
      ar: 'ستاتن آيلاند',
      ur: 'اسٹیٹن آئی لینڈ',
    },
    aliases: ['si', 'staten', 'richmond county'],
  },
}
