/** README.txt of an export: what lies in the folder, for whoever opens it years later. */
import { missingCodes } from '../../instruments/missing-codes.ts'
import type { ExportPlan } from './plan.ts'
import type { PriceUse } from './price-use.ts'
import { standInPrices, standInsIn, standInWarning } from './stand-ins.ts'

/** `files`: those with data, and what was made beside them. */
export function note(plan: ExportPlan, files: { name: string; about: string }[]): string {
  const standIns = standInsIn(plan)
  return `${[
    [
      `${plan.study.title} (study ${plan.study.id}, protocol ${plan.study.protocolId}@${plan.study.protocolVersion})`,
      ...plan.study.adoptedVersions.map(({ reference, from }) => `From ${from} on: ${reference}`),
    ].join('\n'),
    ...(plan.study.demonstration ? ['DEMONSTRATION: invented families.'] : []),
    ...(standIns.length > 0 ? [standInWarning(standIns)] : []),
    ['Files', ...files.map(({ name, about }) => `  ${name}: ${about}`), ...others].join('\n'),
    ...(plan.prices.length > 0 ? [['Prices behind costs', ...plan.prices.map(priceLine)].join('\n')] : []),
    [
      'Values',
      ...missingCodes.map(({ code, label }) => `  ${code}: ${label.en}`),
      '  empty: not collected, there is no response, or its version of the instrument does not ask it; for a score: there is none, see its columns "missing" and "reason"',
      '  Moments are UTC, dates are YYYY-MM-DD. CSV has a comma between columns and a point in numbers.',
    ].join('\n'),
    'The data are pseudonymous, not anonymous: there are no names and addresses, but people may have written some in an open answer. Keep the folder where only those may read it who may see answers of families.',
  ].join('\n\n')}\n`
}

const priceLine = ({ reference, currency, year, status, source }: PriceUse): string =>
  `  ${reference}: ${currency}, price level of ${year}. ${status === 'stand-in' ? `${standInPrices} ` : ''}${source}`

const others = [
  '  codebook.csv: one row per variable of each file: labels, values, scales, norm tables, price tables, sources',
  '  manifest.json: definition and software versions, the moment, row counts and a sha256 of each file',
]
