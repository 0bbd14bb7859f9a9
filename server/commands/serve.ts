import type { Command } from 'commander'
import { readSettings } from '../env.ts'
import { createLog } from '../log.ts'
import { start } from '../main.ts'
import { stopOnSignals } from '../stop-on-signals.ts'

/** Milliseconds that a server gets to end by itself, beside those of DRAIN_SECONDS. */
const patience = 60_000

export const register = (program: Command): void => {
  program
    .command('serve')
    .description('Serves participants and sends mail, with the settings of the environment (see .env.example)')
    .action(async () => {
      const settings = readSettings(['IDENTITY_KEY', 'BASE_URL', 'SMTP_URL', 'MAIL_FROM'])
      const serves = stopOnSignals(createLog(settings.LOG_LEVEL))
      const server = await start(settings)
      const { outdated, stop } = server
      serves(server)
      // Not 0, so that whatever looks after it starts it again: of the newer version, or to be told that it is too old.
      const fail = (): void => {
        process.once('exit', () => {
          process.exitCode = 1
        })
        setTimeout(() => process.exit(1), settings.DRAIN_SECONDS * 1000 + patience).unref()
        void stop()
      }
      if (outdated.aborted) fail()
      else outdated.addEventListener('abort', fail)
    })
}
