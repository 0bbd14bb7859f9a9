/** README.txt of an export: what lies in the folder, for whoever opens it years later. */
import { missingCodes } from '../../instruments/missing-codes.ts'
import { type WithoutConsent, withoutConsentLines } from './consent.ts'
import type { ExportFilter } from './filter.ts'
import type { ExportPlan } from './plan.ts'
import type { PriceUse } from './price-use.ts'
import type { SharedFacts } from './shared/sharing.ts'
import { standInPrices, standInsIn, standInWarning } from './stand-ins.ts'

interface Told {
  /** Those with data, and what was made beside them. */
  files: { name: string; about: string }[]
  filter: ExportFilter | null
  shared: SharedFacts | null
  withoutConsent: WithoutConsent | null
  sharingWarning: string | null
}

export function note(plan: ExportPlan, { files, filter, shared, withoutConsent, sharingWarning }: Told): string {
  const standIns = standInsIn(plan)
  return `${[
    [
      `${plan.study.title} (study ${plan.study.id}, protocol ${plan.study.protocolId}@${plan.study.protocolVersion})`,
      ...plan.study.adoptedVersions.map(({ reference, from }) => (shared ? `Later: ${reference}` : `From ${from} on: ${reference}`)),
    ].join('\n'),
    ...(filter
      ? [['A part of the study only', ...Object.entries(filter).map(([name, values]) => `  ${name}: ${values.join(', ')}`)].join('\n')]
      : []),
    ...(withoutConsent ? [withoutConsentLines(withoutConsent).join('\n')] : []),
    ...(sharingWarning === null ? [] : [sharingWarning]),
    ...(plan.study.demonstration ? ['DEMONSTRATION: invented families.'] : []),
    ...(standIns.length > 0 ? [standInWarning(standIns)] : []),
    ['Files', ...files.map(({ name, about }) => `  ${name}: ${about}`), ...others].join('\n'),
    ...(plan.prices.length > 0 ? [['Prices behind costs', ...plan.prices.map(priceLine)].join('\n')] : []),
    [
      'Values',
      ...missingCodes.map(({ code, label }) => `  ${code}: ${label.en}`),
      '  empty: not collected, there is no response, or its version of the instrument does not ask it; for a score: there is none, see its columns "missing" and "reason"',
      `  ${shared ? 'Dates' : 'Moments are UTC, dates'} are YYYY-MM-DD. CSV has a comma between columns and a point in numbers.`,
    ].join('\n'),
    shared
      ? sharedLines(shared)
      : 'The data are pseudonymous, not anonymous: there are no names and addresses, but people may have written some in an open answer.',
    'Keep the folder where only those may read it who may see answers of families.',
  ].join('\n\n')}\n`
}

/** What was done before the data were shared, and what is left to look at. */
function sharedLines({ dates, ages, withoutZ, openLists, smallCells }: SharedFacts): string {
  const { by, fewerThan, kinds, smallKinds, cases, days } = smallCells
  return [
    'The data were made for sharing. They are not anonymous: who knows a family well may still recognise it.',
    `  Dates: ${dates}. Years, months, days of the week and the days on which lists opened and closed are not written. They may follow: every day in the data lies before the export was made and after the study began; who works in an office mostly answers on a working day; a list that is answered on its first or last day tells how long the months before it were; and whoever knows one date of a family knows all.`,
    openLists
      ? '  Lists: some were not over yet. So of no list that nobody answered ("unanswered") is told whether it closed or was still open, for that would say how long ago it was. How many answered of those who had the time cannot be counted from these data.'
      : '  Lists: all were over.',
    `  Ages${ages === 'bands' ? ' in bands' : ''} at the first date of the case stand in place of months and days of birth; ${agesAsked[ages]}; free text, changed values and accounts of staff were left out (manifest.json, "shared", lists the columns). Codes of cases and participants are of this tier only.`,
    ...(withoutZ.length > 0
      ? [`  Scores by ${withoutZ.join(', ')} have their raw value only: z and stratum would tell an age more exactly than its band.`]
      : []),
    `  By ${by.join(', ')} there are ${kinds} kinds of family. ${smallKinds} of them have fewer than ${fewerThan} families, ${cases} together: look at them before you pass the data on (manifest.json, "smallCells"). In each of their rows small_cell is 1.`,
    ...(days.cases > 0 ? [daysLine(smallCells)] : []),
  ].join('\n')
}

/** Of ages that lists ask for. */
const agesAsked = {
  bands: 'ages that lists ask for were left out, as two ages on two days would tell a birthday',
  years: 'ages that lists ask for are as they were answered, and two ages on two days tell between which days a birthday was',
}

const daysLine = ({ fewerThan, days: { between, cases, few } }: SharedFacts['smallCells']): string =>
  `  Days between dates are not counted in that: of ${cases} families with two or more dates of the case (${between.join(', ')}), ${few} have days between these that they share with fewer than ${fewerThan - 1} others. Whoever knows these dates of a family finds it by them. So it is with other dates that lists ask for. Count them as known, unless nobody who gets the data can know them.`

const priceLine = ({ reference, currency, year, status, source }: PriceUse): string =>
  `  ${reference}: ${currency}, price level of ${year}. ${status === 'stand-in' ? `${standInPrices} ` : ''}${source}`

const others = [
  '  codebook.csv: one row per variable of each file: labels, values, scales, norm tables, price tables, sources',
  '  codebook.json, codebook.xml: the same for programs, the second as DDI Codebook 2.5',
  '  manifest.json: definition and software versions, the moment, row counts and a sha256 of each file',
]
