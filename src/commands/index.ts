import type { Command } from 'commander'
import { backup, restore } from './backup.ts'
import { demo } from './demo.ts'
import { doctor } from './doctor.ts'
import { importCommand } from './import.ts'
import { inventory } from './inventory.ts'
import { migrateCommand } from './migrate.ts'
import { tokenCommand, userCommand } from './people.ts'
import { serveCommand } from './serve.ts'
import { signerCommand } from './signer.ts'
import { work } from './work.ts'

const roles =
  'operator, verifier, approver, dispatcher, responder, lawyer, advocate, records, analyst, frontline, admin'
const collect = (value: string, all: string[] = []): string[] => [...all, value]

/** The options that every command which touches a deployment takes. */
const deployment = (command: Command): Command =>
  command
    .option('--data <folder>', 'where the database and the keys are (PORCHLIGHT_DATA; ./data)')
    .option('--city <name>', 'folder under cities/ (PORCHLIGHT_CITY; nyc)')
    .option(
      '--database-url <url>',
      'a PostgreSQL of your own instead of the embedded one (DATABASE_URL)',
    )

const web = (command: Command): Command =>
  deployment(command)
    .option('--port <number>', 'port to listen on (PORT; 8080)')
    .option('--host <address>', 'address to listen on (HOST; all)')
    .option('--public-url <url>', 'where the public reaches you, as behind a proxy (PUBLIC_URL)')
    .option(
      '--evidence-recipient <recipient>',
      'age1..., whom phones seal untouched photos and video to (PORCHLIGHT_EVIDENCE_RECIPIENT)',
    )
    .option(
      '--face-model <file>',
      'the model.json by which phones look for faces where the browser cannot (PORCHLIGHT_FACE_MODEL)',
    )
    .option(
      '--signer <socket>',
      'where the signer of alerts listens; a child process holds the key unless told (PORCHLIGHT_SIGNER)',
    )
    .option('--base-map <file>', 'a PMTiles file of your own under our map (PORCHLIGHT_BASE_MAP)')

/** By whom alerts go out: of every process that may run jobs (docs/operating.md, Sending). */
const sending = (command: Command): Command =>
  command
    .option('--sms-url <url>', 'the gateway of text messages, without its secret (SMS_URL)')
    .option('--sms-body <text>', 'what is posted to it, with {to} and {text} (PORCHLIGHT_SMS_BODY)')
    .option('--sms-out-key-file <file>', 'its secret (PORCHLIGHT_SMS_OUT_KEY_FILE)')
    .option('--sms-rate <number>', 'messages a second (PORCHLIGHT_SMS_RATE; 10)')
    .option('--smtp-url <url>', 'the mail server, without its password (SMTP_URL)')
    .option('--smtp-key-file <file>', 'its password (PORCHLIGHT_SMTP_KEY_FILE)')
    .option('--mail-from <sender>', 'Name <box@host> of our letters (PORCHLIGHT_MAIL_FROM)')

/** Every command of the program. */
export function commands(program: Command): void {
  sending(web(program.command('serve')))
    .description('serve pages and API, and run the jobs')
    .option('--no-jobs', 'leave the jobs to "work", in a process or on a machine of its own')
    .action((flags) => serveCommand({ flags }))
  sending(deployment(program.command('work')))
    .description('run the jobs only, beside any number of "serve"')
    .option(
      '--shard <part/parts>',
      'match only this part of a large audience, as 2/4; start as many as there are parts',
    )
    .option('--signer <socket>', 'where the signer of alerts listens (PORCHLIGHT_SIGNER)')
    .action(work)
  deployment(program.command('signer'))
    .description('hold the key of alerts, as a user or on a machine of its own')
    .requiredOption('--listen <socket>', 'path of the socket to answer on')
    .action(signerCommand)
  deployment(program.command('migrate'))
    .description('bring the database to this release')
    .action(migrateCommand)
  web(program.command('demo'))
    .description('Lanternport, an invented city, on a living day')
    .action(demo)
  deployment(program.command('user'))
    .description('invite a person of the desk; prints a one-time link')
    .requiredOption('--person <name>', 'their name')
    .requiredOption('--organisation <name>', 'their organisation; made if it is new')
    .requiredOption('--role <role>', `${roles}; may be given several times`, collect)
    .option('--public-url <url>', 'where the link leads (PUBLIC_URL)')
    .action(userCommand)
  deployment(program.command('token'))
    .description('print a bearer token for the desk API')
    .requiredOption('--role <role>', roles)
    .requiredOption('--organisation <name>', 'organisation; made if it is new')
    .requiredOption('--person <name>', 'the person it acts as; made if they are new')
    .option('--hours <number>', 'hours until it expires', '12')
    .action(tokenCommand)
  moving(program)
}

function moving(program: Command): void {
  const reports = program
    .command('import')
    .description('import records')
    .command('reports')
    .argument('<file>', 'JSONL, CSV or GeoJSON, each also .gz')
  deployment(reports)
    .description('import reports; importing twice changes nothing')
    .option(
      '--map <column=field>',
      'a column of the file and the field it is; may be given several times',
      collect,
    )
    .option('--city-less', 'keep points outside the city, without areas')
    .option('--dry-run', 'change nothing, say what would happen')
    .option('--json', 'end with one JSON object')
    .option('--assignments <file>', 'write sourceId,incidentId for every accepted row')
    .action(importCommand)
  program
    .command('inventory')
    .description('print every kind of data kept, who may see it, for how long')
    .option('--json', 'as JSON')
    .action(inventory)
  deployment(program.command('backup'))
    .description('write the whole database to one file')
    .argument('<file>')
    .action(backup)
  deployment(program.command('restore'))
    .description('read a backup into an empty database')
    .argument('<file>')
    .action(restore)
  deployment(program.command('doctor'))
    .option('--port <number>', 'port to check (PORT; 8080)')
    .description('say what is wrong with a set-up')
    .action(doctor)
}
