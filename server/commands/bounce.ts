import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { Failure } from '../failure.ts'
import { readWhole } from '../whole-file.ts'
import { type NoticeOutcome, type TakenNotice, takeNotice } from '../workflow/take-notice.ts'
import { inDataFolder } from './in-data-folder.ts'

export const register = (program: Command): void => {
  program
    .command('bounce')
    .description('Takes notices that a mail could not be delivered after all, and tells a person where one is needed')
    .argument('[file...]', 'mails as they came, one a file; standard input unless given')
    .option('--json', 'print what became of each as JSON')
    .action(bounce)
}

const said: Record<NoticeOutcome, string> = {
  returned: 'the mail came back',
  known: 'this was known already',
  'still under way': 'the mail is late or was delivered; nothing was changed',
  'of no mail here': 'no mail that went out from here is named in it; nothing was changed',
  'no notice': 'this is no notice of non-delivery; nothing was changed',
}
const isTaken = ({ outcome }: TakenNotice): boolean => outcome !== 'of no mail here' && outcome !== 'no notice'

async function bounce(files: string[], { json }: { json?: true }): Promise<void> {
  await inDataFolder([], async (context) => {
    const left: string[] = []
    for (const file of files.length > 0 ? files : ['-']) {
      const name = file === '-' ? 'standard input' : file
      const taken = await takeNotice(context, file === '-' ? readFileSync(0) : readWhole(file))
      if (!isTaken(taken)) left.push(`${name}: ${said[taken.outcome]}`)
      if (json) process.stdout.write(`${JSON.stringify({ file: name, ...taken })}\n`)
      else if (isTaken(taken))
        process.stdout.write(`${name}: ${said[taken.outcome]}${taken.addressRefused ? '; the address is refused' : ''}\n`)
    }
    if (left.length > 0) throw new Failure(`${left.join('\n')}\nA person has to look at ${left.length === 1 ? 'it' : 'them'}.`)
  })
}
