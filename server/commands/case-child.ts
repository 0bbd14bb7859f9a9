import type { Command } from 'commander'
import { addChild } from '../workflow/add-child.ts'
import { removeChild } from '../workflow/remove-mistake.ts'
import { inDataFolder } from './in-data-folder.ts'
import { wholeNumber } from './whole-number.ts'

export const addChildCommands = (ofCase: Command): void => {
  const child = ofCase.command('child').description('The children of a case')
  child
    .command('add')
    .description('Adds a child; the first one of a case is the index child, by whose age norms are chosen')
    .argument('<code>', 'the case code')
    .argument('<birth-month>', 'year and month of birth, YYYY-MM')
    .requiredOption('--study <id>', 'the study that the case belongs to')
    .option('--json', 'print the result as JSON')
    .action(add)
  child
    .command('remove')
    .description('Takes away a child that was added by mistake; those after it move up a number')
    .argument('<code>', 'the case code')
    .argument('<birth-month>', 'its year and month of birth, YYYY-MM, so that no other child goes')
    .requiredOption('--study <id>', 'the study that the case belongs to')
    .option('--number <n>', 'which child; needed where several were born in that month', wholeNumber)
    .requiredOption('--why <text>', 'why, for whoever reads the log of the case; never a name')
    .option('--json', 'print the result as JSON')
    .action(remove)
}

async function add(code: string, birthMonth: string, { study, json }: { study: string; json?: true }): Promise<void> {
  await inDataFolder([], async (context) => {
    const number = await addChild(context, { study, code }, birthMonth)
    const text = `Added child ${number}${number === 1 ? ', the index child,' : ''} to ${code}.`
    process.stdout.write(`${json ? JSON.stringify({ code, number, birthMonth }) : text}\n`)
  })
}

async function remove(
  code: string,
  birthMonth: string,
  { study, number: asked, why, json }: { study: string; number?: number; why: string; json?: true },
): Promise<void> {
  await inDataFolder([], async (context) => {
    const number = await removeChild(context, { study, code }, { number: asked, birthMonth }, { why })
    process.stdout.write(`${json ? JSON.stringify({ code, number, birthMonth }) : `Took child ${number} out of ${code}.`}\n`)
  })
}
