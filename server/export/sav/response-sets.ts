/** A question with several answers is a column for each choice; a multiple-response set tells SPSS that they belong together. */
import type { ColumnHead } from '../column.ts'
import type { Language } from '../format.ts'

export interface ResponseSet {
  /** Begins with a dollar sign. */
  name: string
  label: string
  /** Names of the columns, at least two. */
  columns: string[]
}

export function responseSets(columns: ColumnHead[], language: Language): ResponseSet[] {
  const choices = columns.flatMap((column) => {
    const variable = column.origin?.variable
    return variable && 'item' in variable && variable.choice !== undefined ? [{ ...column, variable }] : []
  })
  // What differs between the columns of a set is the choice alone.
  const sets = Map.groupBy(choices, ({ origin, variable: { item, version } }) =>
    JSON.stringify([origin?.instrument.id, item, version, origin?.wave, origin?.role, origin?.participantNumber, origin?.about]),
  )
  return [...sets.values()].flatMap((members) => {
    const [first] = members
    if (!first || members.length < 2) return []
    const label = first.origin?.item?.kind === 'question' ? first.origin.item.question.title[language] : undefined
    return [{ name: setName(first.name), label: label ?? '', columns: members.map(({ name }) => name) }]
  })
}

/** `$visit_t0_support` of `visit_t0_support___1`. A name that was cut ends in a hash, which keeps it apart from others. */
function setName(column: string): string {
  const name = column.replace(/___m?\d+(?=$|__v)/, '')
  return `$${name.length > 62 ? `${name.slice(0, 53)}${name.slice(-9)}` : name}`
}
