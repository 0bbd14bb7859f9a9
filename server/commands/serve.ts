import type { Command } from 'commander'
import { readSettings } from '../env.ts'
import { start } from '../main.ts'

export const register = (program: Command): void => {
  program
    .command('serve')
    .description('Serves participants and sends mail, with the settings of the environment (see .env.example)')
    .action(async () => {
      const server = await start(readSettings(['IDENTITY_KEY', 'BASE_URL', 'SMTP_URL', 'MAIL_FROM']))
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void server.stop())
    })
}
