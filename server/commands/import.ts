import type { Command } from 'commander'
import { readSettings } from '../env.ts'
import { Failure } from '../failure.ts'
import { closeContext, openContext } from '../open-context.ts'
import { readWhole } from '../whole-file.ts'
import { needStudy } from '../workflow/open-study.ts'
import { type LineProblem, onLine, readCasesCsv } from '../workflow/read-cases-csv.ts'
import { registerCases } from '../workflow/register-cases.ts'
import { aligned } from './aligned.ts'

export const register = (program: Command): void => {
  program
    .command('import')
    .description('Registers the cases and participants of a CSV file, and plans them: all rows, or none (see docs/import.md)')
    .argument('<file>', 'the CSV file')
    .requiredOption('--study <id>', 'the study that they belong to')
    .option('--json', 'print the result as JSON')
    .action(importCases)
}

async function importCases(file: string, options: { study: string; json?: true }): Promise<void> {
  const text = readWhole(file).toString('utf8')
  const context = await openContext(readSettings(['IDENTITY_KEY', 'BASE_URL']))
  try {
    const { study, protocol } = await needStudy(context, options.study)
    const { entries, lines, problems } = readCasesCsv(protocol, text)
    refuse(file, problems, options)
    const registration = await registerCases(context, study, entries, process.stderr.isTTY ? { onProgress: tell(entries.length) } : {})
    refuse(
      file,
      registration.problems.map((problem) => onLine(lines, problem)),
      options,
    )
    const participants = entries.reduce((sum, entry) => sum + entry.participants.length, 0)
    const arms = [...registration.arms]
    const result = { study: study.id, cases: entries.length, participants, ...(arms.length > 0 && { arms: Object.fromEntries(arms) }) }
    const lots = arms.length > 0 ? ['Drawn by lot:', ...aligned(arms)] : []
    const said = [`Registered ${entries.length} cases with ${participants} participants in ${study.id}.`, ...lots]
    process.stdout.write(options.json ? `${JSON.stringify(result)}\n` : `${said.join('\n')}\n`)
  } finally {
    await closeContext(context)
  }
}

/** A line that is written over; gone when all is done. */
const tell = (of: number) => async (done: number) => {
  process.stderr.write(done < of ? `\r${done} of ${of} cases` : '\r\u001b[K')
}

function refuse(file: string, problems: LineProblem[], { json }: { json?: true }): void {
  if (problems.length === 0) return
  if (json) process.stdout.write(`${JSON.stringify({ problems })}\n`)
  const sorted = problems.toSorted((a, b) => a.line - b.line)
  const list = sorted.map(({ line, column, reason }) => `${file}, line ${line}${column && `, ${column}`}: ${reason}`)
  throw new Failure(`${list.join('\n')}\nNothing was registered.`)
}
