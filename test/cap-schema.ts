import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { validateXML } from 'xmllint-wasm'
import { root } from '../src/commands/session.ts'

const folder = join(root, 'test', 'schemas')
/** The standard's own file where somebody has put it, else our statement of its rules. */
const official = join(folder, 'CAP-v1.2.xsd')
const schema = existsSync(official) ? official : join(folder, 'cap-1.2-rules.xsd')

/** What xmllint finds wrong with a message by the schema of CAP 1.2; empty when it is valid. */
export async function faultsByCap(xml: string): Promise<string> {
  const { valid, errors } = await validateXML({
    xml: { fileName: 'message.xml', contents: xml },
    schema: { fileName: 'cap.xsd', contents: readFileSync(schema, 'utf8') },
  })
  return valid ? '' : errors.map(({ message }) => message).join('\n')
}
