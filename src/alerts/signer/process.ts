// The signer's own process: `node process.ts FOLDER CITY-FOLDER`. It answers over its standard input
// and output and ends when its input does. Nothing of what it is asked is ever printed.
import { systemClock } from '../../kernel/clock.ts'
import { makeSigner } from './core.ts'
import { readSigningPolicy } from './read-policy.ts'
import { answerOver } from './wire.ts'

const [folder = '', cityFolder = ''] = process.argv.slice(2)
const signer = makeSigner(folder, systemClock, readSigningPolicy(cityFolder))
await answerOver(signer, process.stdin, process.stdout)
