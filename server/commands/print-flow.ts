/** The flow of families as text: a table of the groups, and one of the instruments. Groups without families are left out. Pure. */
import type { InstrumentFlow, Participation } from '../workflow/family-flow.ts'
import type { Outcomes } from '../workflow/outcomes.ts'
import type { StudyFlow } from '../workflow/study-flow.ts'
import { aligned } from './aligned.ts'

export function flowAsText({ study, role, groups, all, instruments }: StudyFlow): string {
  const rows = groups.filter(({ registered, mistakes }) => registered + mistakes > 0)
  // Those that do not belong stand beside their arm: in a trial a lot was drawn for them.
  const beside = (count: number | string): string[] => (all.mistakes > 0 ? [String(count)] : [])
  const table = [
    ['cohort', 'arm', 'registered', 'refused', 'withdrew', 'active', `no ${role}`, ...beside('by mistake')],
    ...rows.map(({ cohort, arm, ...said }) => [cohort, arm, ...participation(said), ...beside(said.mistakes)]),
    ['all', '', ...participation(all), ...beside(all.mistakes)],
  ]
  const why = all.reasons.map(({ state, reason, families }) => `${state}, ${reason ?? 'no reason recorded'}: ${families}`)
  const asked = instruments.filter(({ families }) => families.asked > 0)
  return [
    `Families of ${study}, by what those in the role ${role} said:`,
    ...indented(aligned(numbersRight(table, 2))),
    ...indented(why),
    ...indented(all.mistakes > 0 ? [`registered by mistake, and counted nowhere above or below: ${all.mistakes}`] : []),
    '',
    'Of each instrument, in families:',
    ...indented(aligned(numbersRight([['', ...headings], ...asked.flatMap(linesOf)], 1))),
    '',
    ...(asked.some(({ families }) => families.calledOff > 0)
      ? ['Called off, in families:', ...indented(aligned(asked.flatMap(reasonsOf))), '']
      : []),
    ...neverAsked(instruments.filter((one) => !asked.includes(one))),
  ].join('\n')
}

const participation = ({ registered, refused, withdrew, active, nobody }: Participation): string[] =>
  [registered, refused, withdrew, active, nobody].map(String)

const headings = ['families', 'by design', 'not asked', 'asked', 'completed', 'to come', 'expired', 'called off', 'stopped']

const numbers = ({ all, byDesign, notAsked, asked, completed, toCome, expired, calledOff, stopped }: Outcomes): string[] =>
  [all, byDesign, notAsked, asked, completed, toCome, expired, calledOff, stopped].map(String)

function linesOf({ instrument, families, waves }: InstrumentFlow): string[][] {
  const perWave = waves.map(({ wave, families: ofWave }) => [`  ${wave}`, ...numbers(ofWave)])
  return [[instrument, ...numbers(families)], ...(waves.length > 1 ? perWave : [])]
}

const reasonsOf = ({ instrument, families }: InstrumentFlow): string[][] =>
  families.reasons.map(({ reason, count }, index) => [index === 0 ? instrument : '', reason, String(count)])

const neverAsked = (instruments: InstrumentFlow[]): string[] =>
  instruments.length === 0 ? [] : [`Asked of no family so far: ${instruments.map(({ instrument }) => instrument).join(', ')}.`, '']

/** Numbers stand under each other by their last digit; `from`: the first column with numbers. */
function numbersRight(rows: string[][], from: number): string[][] {
  const widest = (column: number): number => Math.max(...rows.map((row) => row[column]?.length ?? 0))
  return rows.map((row) => row.map((cell, column) => (column < from ? cell : cell.padStart(widest(column)))))
}

const indented = (lines: string[]): string[] => lines.map((line) => `  ${line}`)
