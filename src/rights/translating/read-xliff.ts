import sax from 'sax'

/** A unit of a file: its id, its target, and the note that names the English it was made from. */
export interface Unit {
  id: string
  target: string
  of?: string
}

/** What an XLIFF file says of itself, and its units. */
export interface ReadXliff {
  version?: string | undefined
  lang?: string | undefined
  units: Unit[]
}

/** Reads an XLIFF file; null where it is no well-formed XML, or holds an entity that XML itself does not name. */
export function readUnits(xml: string): ReadXliff | null {
  const parser = sax.parser(true, { xmlns: false })
  const read: ReadXliff = { units: [] }
  const inside: string[] = []
  let note = false
  parser.onopentag = ({ name, attributes }) => {
    const tag = localName(name)
    inside.push(tag)
    if (tag === 'xliff')
      Object.assign(read, { version: attributes.version, lang: attributes.trgLang })
    if (tag === 'unit') read.units.push({ id: String(attributes.id ?? ''), target: '' })
    note = tag === 'note' && attributes.category === 'of'
  }
  parser.onclosetag = () => void inside.pop()
  const take = (text: string): void => {
    const unit = read.units.at(-1)
    if (!unit) return
    if (inside.includes('target')) unit.target += text
    else if (note && inside.at(-1) === 'note') unit.of = (unit.of ?? '') + text.trim()
  }
  parser.ontext = take
  parser.oncdata = take
  try {
    // Without a listener the parser throws at the first fault.
    parser.write(xml).close()
  } catch {
    return null
  }
  return inside.length === 0 && read.version !== undefined ? read : null
}

const localName = (name: string): string => name.split(':').at(-1) ?? name
