import compileModule from '@messageformat/core/compile-module.js'
import type { Plugin } from 'vite'
import { messageFormat, readCatalogue, textLanguages } from '../src/kernel/i18n/index.ts'

const prefix = 'virtual:texts'

/**
 * Gives pages their texts: `virtual:texts` maps a language to a loader, `virtual:texts/es` holds
 * that language compiled, so that a page ships only its own.
 */
export function textsPlugin(root = process.cwd()): Plugin {
  return {
    name: 'porchlight-texts',
    resolveId: (id) => (id.startsWith(prefix) ? `\0${id}` : undefined),
    load(id) {
      if (id === `\0${prefix}`) return loaders(root)
      if (id.startsWith(`\0${prefix}/`)) return language(root, id.slice(prefix.length + 2))
      return undefined
    },
  }
}

const loaders = (root: string): string =>
  `export default {${textLanguages(root)
    .map((lang) => `'${lang}': () => import('${prefix}/${lang}')`)
    .join(',')}}`

/** Texts of the desk and of the components page are not what a resident reads. */
const forPublic = (name: string): boolean => !/^(desk|incidents|web\.components)\./.test(name)

function language(root: string, lang: string): string {
  const { messages, status, fallbacks } = readCatalogue(root, lang)
  const compiled = compileModule(messageFormat(lang), messages)
  const meta = JSON.stringify({ lang, status, fallbacks: fallbacks.filter(forPublic).length })
  return `${compiled}\nexport const meta = ${meta}`
}
