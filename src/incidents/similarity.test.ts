import { expect, test } from 'vitest'
import pack from '../../cities/nyc/pack.json' with { type: 'json' }
import { fingerprint } from './fingerprint.ts'
import glossary from './glossary.json' with { type: 'json' }
import { conceptSimilarity, sharedConcepts } from './similarity.ts'

/** One event as people of the twelve languages might tell it. */
const told: Record<string, string> = {
  en: 'A white van and four masked agents in green vests arrested a man in front of the school',
  es: 'Una camioneta blanca y cuatro agentes enmascarados con chalecos verdes arrestaron a un hombre frente a la escuela',
  'zh-Hans': '一辆白色面包车和四名蒙面特工穿着绿色背心在学校前面逮捕了一名男子',
  'zh-Hant': '一輛白色廂型車和四名蒙面探員穿著綠色背心在學校前面逮捕了一名男子',
  ru: 'Белый фургон и четыре агента в масках и зелёных жилетах арестовали мужчину перед школой',
  bn: 'একটি সাদা ভ্যান এবং সবুজ ভেস্ট পরা চারজন মুখোশধারী এজেন্ট স্কুলের সামনে একজন পুরুষকে গ্রেপ্তার করেছে',
  ht: 'Yon van blan ak kat ajan ki gen mask ak jilè vèt arete yon gason devan lekòl la',
  ko: '흰색 밴과 초록색 조끼를 입은 복면 요원 네 명이 학교 앞에서 남자를 체포했습니다',
  ar: 'شاحنة صغيرة بيضاء وأربعة عملاء ملثمين يرتدون سترات خضراء اعتقلوا رجلا أمام المدرسة',
  ur: 'ایک سفید وین اور سبز واسکٹ پہنے چار نقاب پوش اہلکاروں نے اسکول کے سامنے ایک آدمی کو گرفتار کیا',
  fr: 'Une camionnette blanche et quatre agents masqués en gilets verts ont arrêté un homme devant l’école',
  pl: 'Biała furgonetka i czterech zamaskowanych agentów w zielonych kamizelkach aresztowało mężczyznę przed szkołą',
}
/** Another, not looked at while the glossary was written. */
const fresh: Record<string, string> = {
  en: 'Two ICE agents are knocking on doors in an apartment building, a black Ford SUV is parked outside',
  es: 'Dos agentes de ICE están tocando puertas en un edificio de apartamentos, hay una SUV Ford negra estacionada afuera',
  'zh-Hans': '两名ICE特工正在公寓楼里敲门，外面停着一辆黑色福特越野车',
  ru: 'Двое сотрудников ICE стучат в двери в жилом доме, снаружи припаркован чёрный внедорожник Форд',
  bn: 'দুইজন আইস এজেন্ট একটি অ্যাপার্টমেন্ট ভবনে দরজায় কড়া নাড়ছে, বাইরে একটি কালো ফোর্ড এসইউভি দাঁড়িয়ে আছে',
  ht: 'De ajan ICE ap frape pòt nan yon bilding, gen yon SUV Ford nwa ki pake deyò a',
  ko: 'ICE 요원 두 명이 아파트 건물에서 문을 두드리고 있고 밖에 검은색 포드 SUV가 주차되어 있어요',
  ar: 'عميلان من ICE يطرقون الأبواب في مبنى سكني، وسيارة فورد سوداء متوقفة في الخارج',
  ur: 'آئس کے دو اہلکار ایک عمارت میں دروازے کھٹکھٹا رہے ہیں، باہر ایک کالی فورڈ ایس یو وی کھڑی ہے',
  fr: "Deux agents de l'ICE frappent aux portes dans un immeuble, un SUV Ford noir est garé dehors",
  pl: 'Dwóch agentów ICE puka do drzwi w bloku, na zewnątrz stoi czarny SUV Ford',
}
const another =
  'Two black SUVs stood at the gas station; a woman was crying and her children ran away'
const of = (text: string) => {
  const made = fingerprint(text)
  if (!made) throw new Error(`No word in ${text}`)
  return made
}

test.each(Object.entries(told))('%s: the same event is alike, another is not', (_lang, text) => {
  const [english, here] = [of(told.en ?? ''), of(text)]
  expect(conceptSimilarity(english, here)).toBeGreaterThan(0.8)
  expect(sharedConcepts(english, here)).toContain('white van')
  expect(here.agents).toBe(4)
  expect(conceptSimilarity(of(another), here)).toBeLessThan(0.2)
})

test.each(Object.entries(fresh))('%s: so is one that the glossary never saw', (_lang, text) => {
  expect(conceptSimilarity(of(fresh.en ?? ''), of(text))).toBeGreaterThan(0.6)
})

test('case, accents, width and the digits of a script do not count', () => {
  const one = of('CAMIONETA BLANCA, 12 AGENTES, ARRESTÓ')
  for (const text of [
    'camioneta blanca, １２ agentes, arresto',
    'camioneta blanca ١٢ agentes arrestó',
  ])
    expect([...of(text).concepts]).toEqual([...one.concepts])
  expect(of('১২ জন পুলিশ').agents).toBe(12)
})

test('a text without a word has no fingerprint; a very long one is read in its first part', () => {
  expect(fingerprint(' .. !! ')).toBeNull()
  expect(of('a'.repeat(1_000_000)).grams.length).toBeLessThan(10)
})

test('every concept has a word in every language of the city', () => {
  const languages = pack.languages.map(({ code }) => code)
  const missing = Object.entries(glossary.concepts).flatMap(([concept, words]) =>
    languages.filter((lang) => !(lang in words)).map((lang) => `${concept} in ${lang}`),
  )
  expect(missing).toEqual([])
})
