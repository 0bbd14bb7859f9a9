/** `nameting study lots`: the log of the lots that were drawn, checked. */
import type { Command } from 'commander'
import { Failure } from '../failure.ts'
import { checkLots, type LotsReport } from '../workflow/check-lots.ts'
import { aligned } from './aligned.ts'
import { inDataFolder } from './in-data-folder.ts'

export const addLots = (study: Command): void => {
  study
    .command('lots')
    .description('Lists the lots that were drawn, and checks that they are those of the seed with which the study was opened')
    .requiredOption('--study <id>', 'the study')
    .option('--json', 'print them as JSON')
    .action(lots)
}

async function lots({ study, json }: { study: string; json?: true }): Promise<void> {
  await inDataFolder([], async (context) => {
    const report = await checkLots(context, study)
    process.stdout.write(json ? `${JSON.stringify({ ...report, verified: report.problems.length === 0 })}\n` : asText(report))
    if (report.problems.length > 0)
      throw new Failure(`${report.problems.join('\n')}\nThe lots of ${study} are not as they were drawn, or cannot be checked.`)
  })
}

function asText({ commitment, lots: drawn, problems }: LotsReport): string {
  const rows = drawn.map(({ stratum, position, arm, code, armNow, at }) => [
    stratum,
    String(position),
    arm,
    code,
    at.slice(0, 10),
    armNow === arm ? '' : `now in ${armNow}`,
  ])
  const strata = rows.some(([stratum]) => stratum !== '')
  const table = [['stratum', '', 'arm', 'case', 'drawn', ''], ...rows].map((row) => (strata ? row : row.slice(1)))
  return [
    ...(drawn.length === 0 ? ['No lot has been drawn yet.'] : aligned(table)),
    `sha256 of the seed: ${commitment}`,
    ...(problems.length === 0 && drawn.length > 0
      ? ['The seed is the one with which the study was opened, and the lots are those of its sequence.']
      : []),
    ...(problems.length === 0 && drawn.length === 0 ? ['The seed is the one with which the study was opened.'] : []),
    '',
  ].join('\n')
}
