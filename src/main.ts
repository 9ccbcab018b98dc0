import { Command, CommanderError } from 'commander'
import { needNode26 } from './commands/need-node.ts'

needNode26()
const { commands } = await import('./commands/index.ts')

const program = new Command('porchlight')
  .description('Reports become incidents, trained people confirm them, everyone hears the truth.')
  .showHelpAfterError('(--help shows what there is)')
  .exitOverride()
commands(program)

try {
  await program.parseAsync()
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode
  else {
    // One sentence for people; the rest only where somebody asked to see it.
    console.error(process.env.PORCHLIGHT_DEBUG ? error : (error as Error).message)
    process.exitCode = 1
  }
}
