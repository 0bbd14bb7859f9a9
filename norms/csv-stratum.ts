/** The stratum that one row of a CSV file is about: for whom, and how many they were. */
import { knownFacts } from './check-strata.ts'
import type { CsvProblem } from './from-csv.ts'
import type { Stratum } from './schema.ts'

type When = NonNullable<Stratum['when']>

export interface ReadStratum {
  id: string
  when: When | undefined
  n: number | null
  problems: CsvProblem[]
}

/** `facts`: the columns with conditions, of which an empty cell sets none. `only`: the scale has no other row. */
export function stratumOf({ at, cell }: { at: number; cell(name: string): string }, facts: string[], only: boolean): ReadStratum {
  const problems: CsvProblem[] = []
  const given = facts.filter((fact) => cell(fact) !== '')
  const when: When = {}
  for (const fact of given) {
    const read = conditionOf(fact, cell(fact))
    if (typeof read === 'object' && 'reason' in read) problems.push({ line: at, column: fact, ...read })
    else when[fact] = read
  }
  const n = cell('n')
  if (!/^([1-9]\d*)?$/.test(n))
    problems.push({ line: at, column: 'n', reason: `"${n}" is not a number of people: write digits only, or nothing` })
  const everybody = only ? 'everybody' : 'everybody-else'
  return {
    id: given.length === 0 ? everybody : Object.entries(when).map(nameOf).join('-'),
    when: given.length === 0 ? undefined : when,
    n: n === '' ? null : Number(n),
    problems,
  }
}

const nameOf = ([fact, condition]: [string, When[string]]): string => {
  if (typeof condition === 'string') return condition
  const { from, to } = condition
  return `${fact.replaceAll('_', '-')}-${from}${to === from ? '' : `-${to}`}`
}

function conditionOf(fact: string, text: string): When[string] | { reason: string } {
  const texts = knownFacts[fact]
  if (texts) return texts.includes(text) ? text : { reason: `"${text}" is not known here: write one of ${texts.join(', ')}` }
  const [, from, to = from] = /^(\d{1,3})(?:\s*[-–]\s*(\d{1,3}))?$/.exec(text) ?? []
  if (from === undefined) return { reason: `"${text}" is no number or range: write 4 or 4-7 (a spreadsheet may have made a date of it)` }
  if (Number(from) > Number(to)) return { reason: `${text} ends before it begins` }
  return { from: Number(from), to: Number(to) }
}
