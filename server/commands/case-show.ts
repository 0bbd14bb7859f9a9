import type { Command } from 'commander'
import { caseGraph } from '../workflow/case-graph.ts'
import { inDataFolder } from './in-data-folder.ts'
import { caseAsText } from './print-case.ts'

export const addShow = (ofCase: Command): void => {
  ofCase
    .command('show')
    .description('Shows a case: people and how they relate, children, dates, assignments, and what it is compared with. No contact data')
    .argument('<code>', 'the case code')
    .requiredOption('--study <id>', 'the study that the case belongs to')
    .option('--json', 'print it as JSON')
    .action(show)
}

async function show(code: string, { study, json }: { study: string; json?: true }): Promise<void> {
  await inDataFolder([], async (context) => {
    const graph = await caseGraph(context, study, code)
    process.stdout.write(json ? `${JSON.stringify(graph, undefined, 2)}\n` : caseAsText(graph))
  })
}
