import type { Command } from 'commander'
import { correctAddress } from '../workflow/correct-address.ts'
import { inDataFolder } from './in-data-folder.ts'
import { wholeNumber } from './whole-number.ts'

export const addAddress = (ofCase: Command): void => {
  ofCase
    .command('address')
    .description('Corrects the mail address of a participant; mail that waited for it goes out at the next tick')
    .argument('<code>', 'the case code')
    .argument('<role>', 'the role of the participant')
    .requiredOption('--study <id>', 'the study that the case belongs to')
    .requiredOption('--email <address>', 'the address')
    .option('--number <n>', 'which of several in this role', wholeNumber, 1)
    .action(address)
}

async function address(code: string, role: string, options: { study: string; email: string; number: number }): Promise<void> {
  await inDataFolder([], async (context) => {
    await correctAddress(context, { code, role, ...options })
    process.stdout.write(`Corrected the address of ${role} ${options.number} of ${code}.\n`)
  })
}
