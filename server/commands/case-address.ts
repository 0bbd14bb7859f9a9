import type { Command } from 'commander'
import { correctAddress } from '../workflow/correct-address.ts'
import { inDataFolder } from './in-data-folder.ts'
import { changesAsText } from './print-changes.ts'
import { wholeNumber } from './whole-number.ts'

export const addAddress = (ofCase: Command): void => {
  ofCase
    .command('address')
    .description('Corrects the mail address or telephone number of a participant; mail that waited goes out at the next tick')
    .argument('<code>', 'the case code')
    .argument('<role>', 'the role of the participant')
    .requiredOption('--study <id>', 'the study that the case belongs to')
    .option('--email <address>', 'the address')
    .option('--without-email', 'they have no mail address any more: what is planned for it is called off')
    .option('--close-links', 'with --without-email: links that went to the address open nothing any more')
    .option('--telephone <number>', 'the telephone number; empty when there is none any more')
    .option('--number <n>', 'which of several in this role', wholeNumber, 1)
    .action(address)
}

interface AddressOptions {
  study: string
  email?: string
  withoutEmail?: true
  closeLinks?: true
  telephone?: string
  number: number
}

async function address(code: string, role: string, { withoutEmail, ...options }: AddressOptions): Promise<void> {
  await inDataFolder(['BASE_URL'], async (context) => {
    const changes = await correctAddress(context, { code, role, ...options, withoutMail: withoutEmail })
    const done = `Corrected the ${options.email || withoutEmail ? 'address' : 'telephone number'} of ${role} ${options.number} of ${code}.`
    process.stdout.write(`${[done, ...(changes ? [changesAsText(changes)] : [])].join('\n')}\n`)
  })
}
