// Purpose: texts in every language of the city pack, and which language a visitor reads.
// Stores nothing. Emits nothing. Never shows a translation whose English has changed since.
export {
  type Catalogue,
  packTextFolders,
  readCatalogue,
  readTexts,
  sourceHash,
  type TranslationStatus,
  textFilesOf,
  textFolders,
  textLanguages,
} from './catalogue.ts'
export { messageFormat } from './message-format.ts'
export { negotiateLanguage } from './negotiate.ts'
export { type Translator, translators } from './translator.ts'
