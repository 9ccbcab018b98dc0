/**
 * The pack's language that suits an Accept-Language header best (RFC 9110 section 12.5.4), or the
 * fallback. Never by place. Chinese is decided by script: zh-TW, zh-HK and zh-MO read Traditional.
 */
export function negotiateLanguage(
  header: string | undefined,
  offered: readonly string[],
  fallback: string,
): string {
  for (const { tag } of ranked(header ?? '')) {
    const match = bestMatch(tag, offered)
    if (match) return match
  }
  return fallback
}

function ranked(header: string): { tag: string; q: number }[] {
  return header
    .slice(0, 500)
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().split(';')
      const q = parameters.map((p) => /^\s*q=([\d.]+)\s*$/.exec(p)?.[1]).find(Boolean)
      return { tag: tag.trim().toLowerCase(), q: q === undefined ? 1 : Number(q) }
    })
    .filter(({ tag, q }) => tag !== '' && q > 0)
    .sort((a, b) => b.q - a.q)
}

function bestMatch(tag: string, offered: readonly string[]): string | undefined {
  const exact = offered.find((lang) => lang.toLowerCase() === tag)
  if (exact) return exact
  const [base = '', ...subtags] = tag.split('-')
  if (base === 'zh' || base === 'yue') {
    const traditional =
      subtags.some((s) => ['tw', 'hk', 'mo', 'hant'].includes(s)) || base === 'yue'
    const script = traditional ? 'zh-Hant' : 'zh-Hans'
    if (offered.includes(script)) return script
  }
  return offered.find((lang) => lang.toLowerCase().split('-')[0] === base)
}
