/** Languages whose own name the browser tables lack or write in another language. */
const known: Record<string, string> = {
  ht: 'Kreyòl ayisyen',
  'zh-Hans': '简体中文',
  'zh-Hant': '繁體中文',
}

/** A language's name as its own speakers write it, so that they find it on a page they cannot read. */
export function ownName(lang: string): string {
  const name =
    known[lang] ?? new Intl.DisplayNames([lang, 'en'], { type: 'language' }).of(lang) ?? lang
  return name.charAt(0).toLocaleUpperCase(lang) + name.slice(1)
}
