import type { Command } from 'commander'
import { addChild } from '../workflow/add-child.ts'
import { inDataFolder } from './in-data-folder.ts'

export const addChildCommands = (ofCase: Command): void => {
  ofCase
    .command('child')
    .description('The children of a case')
    .command('add')
    .description('Adds a child; the first one of a case is the index child, by whose age norms are chosen')
    .argument('<code>', 'the case code')
    .argument('<birth-month>', 'year and month of birth, YYYY-MM')
    .requiredOption('--study <id>', 'the study that the case belongs to')
    .option('--json', 'print the result as JSON')
    .action(add)
}

async function add(code: string, birthMonth: string, { study, json }: { study: string; json?: true }): Promise<void> {
  await inDataFolder([], async (context) => {
    const number = await addChild(context, { study, code }, birthMonth)
    const text = `Added child ${number}${number === 1 ? ', the index child,' : ''} to ${code}.`
    process.stdout.write(`${json ? JSON.stringify({ code, number, birthMonth }) : text}\n`)
  })
}
