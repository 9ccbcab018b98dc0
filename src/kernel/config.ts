import { randomBytes } from 'node:crypto'
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  writeFileSync,
} from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { ModelFault, readGraphModel } from './graph-model.ts'

/** Everything an operator may set. Flag wins over environment wins over `porchlight.json`. */
const Config = z.object({
  port: z.coerce.number().int().min(0).max(65535).default(8080),
  host: z.string().min(1).optional(),
  data: z.string().min(1).default('./data'),
  city: z
    .string()
    .regex(/^[a-z][a-z0-9-]*$/, 'a folder name under cities/')
    .default('nyc'),
  databaseUrl: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  publicUrl: z.url({ protocol: /^https?$/ }).optional(),
  otelUrl: z.url({ protocol: /^https?$/ }).optional(),
  baseMap: z.string().min(1).optional(),
  /** Whom phones seal untouched photos and video to: an age recipient, whose identity is not on this machine. */
  evidenceRecipient: z
    .string()
    .regex(/^age1[02-9ac-hj-np-z]{58}$/, 'it is no age recipient (age1...)')
    .optional(),
  /** A graph model of TensorFlow.js by which phones look for faces (docs/media-phone.md). */
  faceModel: z.string().min(1).optional(),
  /** A socket where somebody else runs the signer of alerts: `porchlight signer --listen`. */
  signer: z.string().min(1).optional(),
  /** Files that hold the keys of who may hand us text messages (docs/sms.md); never the keys themselves. */
  smsTwilioTokenFile: z.string().min(1).optional(),
  smsGenericKeyFile: z.string().min(1).optional(),
  /** By whom text messages go out, with what body, as whom, how fast (docs/operating.md, Sending). */
  smsUrl: z.string().min(1).max(2000).optional(),
  smsBody: z.string().min(1).max(4000).optional(),
  smsOutKeyFile: z.string().min(1).optional(),
  smsRate: z.coerce.number().positive().max(1000).optional(),
  /** By whom e-mail goes out, and as whom. */
  smtpUrl: z.string().min(1).max(2000).optional(),
  smtpKeyFile: z.string().min(1).optional(),
  mailFrom: z.string().min(3).max(254).optional(),
})

/** The configuration as the program holds it; no secret is in it. */
export type Config = z.infer<typeof Config> & { root: string }

/** What the environment calls each option; anything else in the environment is not read. */
const environmentNames: Record<keyof z.infer<typeof Config>, string> = {
  port: 'PORT',
  host: 'HOST',
  data: 'PORCHLIGHT_DATA',
  city: 'PORCHLIGHT_CITY',
  databaseUrl: 'DATABASE_URL',
  publicUrl: 'PUBLIC_URL',
  otelUrl: 'OTEL_EXPORTER_OTLP_ENDPOINT',
  baseMap: 'PORCHLIGHT_BASE_MAP',
  evidenceRecipient: 'PORCHLIGHT_EVIDENCE_RECIPIENT',
  signer: 'PORCHLIGHT_SIGNER',
  faceModel: 'PORCHLIGHT_FACE_MODEL',
  smsTwilioTokenFile: 'PORCHLIGHT_SMS_TWILIO_TOKEN_FILE',
  smsGenericKeyFile: 'PORCHLIGHT_SMS_GENERIC_KEY_FILE',
  smsUrl: 'SMS_URL',
  smsBody: 'PORCHLIGHT_SMS_BODY',
  smsOutKeyFile: 'PORCHLIGHT_SMS_OUT_KEY_FILE',
  smsRate: 'PORCHLIGHT_SMS_RATE',
  smtpUrl: 'SMTP_URL',
  smtpKeyFile: 'PORCHLIGHT_SMTP_KEY_FILE',
  mailFrom: 'PORCHLIGHT_MAIL_FROM',
}

/** A wrong value stops the start with one sentence that names it. */
export class ConfigError extends Error {}

type Raw = Record<string, unknown>

/** Reads the configuration once. Throws ConfigError with one sentence that names the fault. */
export function readConfig(
  root: string,
  flags: Raw,
  environment: Record<string, string | undefined> = process.env,
): Config {
  const values: Raw = { ...readFile(root) }
  for (const [key, name] of Object.entries(environmentNames))
    if (environment[name]) values[key] = environment[name]
  for (const key of Object.keys(environmentNames))
    if (flags[key] !== undefined) values[key] = flags[key]
  const parsed = Config.safeParse(values)
  if (!parsed.success) throw new ConfigError(describe(parsed.error, values))
  if (!existsSync(join(root, 'cities', parsed.data.city, 'pack.json')))
    throw new ConfigError(
      `The city "${parsed.data.city}" (--city or PORCHLIGHT_CITY) has no folder cities/${parsed.data.city} with a pack.json.`,
    )
  const { baseMap, faceModel } = parsed.data
  return {
    ...parsed.data,
    data: resolve(root, parsed.data.data),
    ...(baseMap && { baseMap: baseMapFile(resolve(root, baseMap)) }),
    ...(faceModel && { faceModel: faceModelFile(resolve(root, faceModel)) }),
    root,
  }
}

/** A base map that cannot be drawn is told at the start, not by a map with holes. */
function baseMapFile(path: string): string {
  const start = existsSync(path) ? readStart(path) : ''
  if (start === 'PMTiles') return path
  throw new ConfigError(
    `The base map ${JSON.stringify(path)} (--base-map or PORCHLIGHT_BASE_MAP) ${start === '' ? 'is not there or cannot be read' : 'is not a PMTiles file'}.`,
  )
}

/** A model that no phone can use is told at the start, not to everyone who sends a photo. */
function faceModelFile(path: string): string {
  try {
    readGraphModel(path)
    return path
  } catch (error) {
    if (!(error instanceof ModelFault)) throw error
    throw new ConfigError(
      `The face model ${JSON.stringify(path)} (--face-model or PORCHLIGHT_FACE_MODEL) ${error.message}.`,
    )
  }
}

function readStart(path: string): string {
  try {
    const file = openSync(path, 'r')
    const bytes = Buffer.alloc(7)
    readSync(file, bytes)
    closeSync(file)
    return bytes.toString('latin1')
  } catch {
    return ''
  }
}

function readFile(root: string): Raw {
  const path = join(root, 'porchlight.json')
  if (!existsSync(path)) return {}
  try {
    const values = JSON.parse(readFileSync(path, 'utf8')) as Raw
    const unknown = Object.keys(values).find((key) => !(key in environmentNames))
    if (unknown) throw new ConfigError(`porchlight.json has an unknown option "${unknown}".`)
    return values
  } catch (error) {
    if (error instanceof ConfigError) throw error
    throw new ConfigError(`porchlight.json is not valid JSON: ${(error as Error).message}.`)
  }
}

function describe(error: z.ZodError, values: Raw): string {
  const issue = error.issues[0]
  const key = String(issue?.path[0]) as keyof typeof environmentNames
  // An address may hold a password: name the option, never repeat the value.
  const shown = addresses.has(key) ? '(not shown)' : JSON.stringify(values[key])
  return `The option --${kebab(key)} (${environmentNames[key]}) has a wrong value ${shown}: ${issue?.message}.`
}

const addresses = new Set<string>(['databaseUrl', 'smsUrl', 'smsBody', 'smtpUrl'])

const kebab = (name: string): string => name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)

/** Keys the program makes for itself at first start; never in the database, never logged. */
export interface Secrets {
  /** Peppers the slow hash of receipts. */
  receiptPepper: Buffer
  /** Keys the hashes of telephone numbers: without it nobody can try numbers against them. */
  phonePepper: Buffer
  /** Seals where alerts are sent; a copy of it is the operator's to keep (docs/operating.md). */
  subscriberKey: Buffer
  /** The X25519 key (RFC 7748) that opens what phones have sealed to this deployment. */
  sealedToUs: Buffer
}

/** Reads the secrets from `data/secrets`, making them on the first start (files of mode 600). */
export function readSecrets(dataFolder: string): Secrets {
  const folder = join(dataFolder, 'secrets')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return {
    receiptPepper: secretFile(join(folder, 'receipt-pepper')),
    phonePepper: secretFile(join(folder, 'phone-pepper')),
    subscriberKey: secretFile(join(folder, 'subscriber-key')),
    sealedToUs: secretFile(join(folder, 'sealed-to-us')),
  }
}

/** Two texts of ours that belong together, made once and kept in `data/secrets` (mode 600). */
export function keptPair(
  dataFolder: string,
  name: string,
  make: () => Record<string, string>,
): Record<string, string> {
  const path = join(dataFolder, 'secrets', `${name}.json`)
  if (!existsSync(path)) writeOnce(path, JSON.stringify(make()))
  return JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>
}

/** The keys of the text message hooks that are configured; a file that cannot be read stops the start. */
export const readSmsKeys = ({ root, smsTwilioTokenFile, smsGenericKeyFile }: Config) => ({
  twilioToken: keyFile(root, smsTwilioTokenFile, 'PORCHLIGHT_SMS_TWILIO_TOKEN_FILE'),
  genericKey: keyFile(root, smsGenericKeyFile, 'PORCHLIGHT_SMS_GENERIC_KEY_FILE'),
})

/** The secrets by which we send; a gateway's password may be shorter than a key of ours. */
export const readSendKeys = ({ root, smsOutKeyFile, smtpKeyFile }: Config) => ({
  sms: keyFile(root, smsOutKeyFile, 'PORCHLIGHT_SMS_OUT_KEY_FILE', 1),
  smtp: keyFile(root, smtpKeyFile, 'PORCHLIGHT_SMTP_KEY_FILE', 1),
})

/** Shorter than any key of a provider: guessed in an afternoon. */
const leastKeyCharacters = 32

function keyFile(
  root: string,
  path: string | undefined,
  name: string,
  least = leastKeyCharacters,
): string | null {
  if (path === undefined) return null
  const file = resolve(root, path)
  const key = existsSync(file) ? readFileSync(file, 'utf8').trim() : ''
  if (key.length >= least) return key
  throw new ConfigError(
    `The file that ${name} names is not there or holds no key${least > 1 ? ` of ${least} characters or more` : ''}.`,
  )
}

function writeOnce(path: string, text: string): void {
  try {
    writeFileSync(path, text, { mode: 0o600, flag: 'wx' })
  } catch (error) {
    // Two processes starting at once: the other one made it first, and its key is the key.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}

function secretFile(path: string): Buffer {
  if (!existsSync(path)) writeOnce(path, randomBytes(32).toString('hex'))
  return Buffer.from(readFileSync(path, 'utf8').trim(), 'hex')
}
