import loaders from 'virtual:texts'
import { createContext } from 'svelte'

/** Turns a key and its values into a sentence of the page's language. */
export interface Texts {
  (key: string, values?: Record<string, unknown>): string
  lang: string
  dir: 'ltr' | 'rtl'
  /** `source` is English; drafts of ours say so on every page until a native speaker has read them. */
  status: 'source' | 'machine-draft' | 'native-reviewed' | 'lawyer-reviewed'
  /** How many sentences stand in English because their translation is missing or out of date. */
  fallbacks: number
}

const rightToLeft = new Set(['ar', 'ur'])

/** Loads one language; English stands in, and says so, where we have no texts in it. */
export async function loadTexts(lang: string): Promise<Texts> {
  const load = Object.hasOwn(loaders, lang) ? loaders[lang] : loaders.en
  if (!load) throw new Error('the texts are not built')
  const { default: messages, meta } = await load()
  const translate = (key: string, values: Record<string, unknown> = {}): string => {
    const message = messages[key]
    if (message === undefined) throw new Error(`no text is called ${key}`)
    return typeof message === 'string' ? message : message(values)
  }
  return Object.assign(translate, {
    lang,
    dir: rightToLeft.has(lang) ? ('rtl' as const) : ('ltr' as const),
    status: meta.status,
    fallbacks: meta.fallbacks,
  })
}

/** The page's texts, for components that would otherwise be handed every word. */
export const [useTexts, provideTexts] = createContext<Texts>()
