import type { Command } from 'commander'
import { startDemonstration } from '../demonstrate.ts'
import { readSettings } from '../env.ts'

export const register = (program: Command): void => {
  program
    .command('demo')
    .description(
      'A demonstration with 70 invented families, a mailbox and a clock that can be set ahead (DATA_DIR, by default ./data/demo)',
    )
    .action(async () => {
      const server = await startDemonstration(readSettings([], undefined, { DATA_DIR: './data/demo', LOG_LEVEL: 'warn' }))
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void server.stop())
    })
}
