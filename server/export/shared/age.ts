/** Ages instead of dates of birth, in data that are shared. */
import type { Localized } from '../../../instruments/definition.ts'
import type { ColumnHead, Value } from '../column.ts'

/** `bands`: the coarser one. */
export type Ages = 'years' | 'bands'

/** Whole years from a year `YYYY`, a month `YYYY-MM` or a day `YYYY-MM-DD` to a day, at least 0; a birthday in what is all there is has been. */
export function yearsTo(day: string, born: string): number {
  const years = Number(day.slice(0, 4)) - Number(born.slice(0, 4))
  return Math.max(0, day.slice(5, born.length) < born.slice(5) ? years - 1 : years)
}

/** In years; those of a child are those of its school. */
const begins = [0, 4, 12, 18, 30, 45, 65]
const bands = begins.map((first, index) => {
  const next = begins[index + 1]
  return { first, name: next === undefined ? `${first}+` : `${first}-${next - 1}` }
})

export const bandOf = (years: number): string => bands.findLast(({ first }) => years >= first)?.name ?? ''

const bandLabels: Value[] = bands.map(({ name }) => ({ value: name, label: { nl: `${name} jaar`, en: `${name} years` } }))

/** `label`: of whom and when. */
export const ageHead = (name: string, label: Localized, ages: Ages): Pick<ColumnHead, 'name' | 'label' | 'type' | 'values'> =>
  ages === 'bands' ? { name: `${name}_band`, label, type: 'code', values: bandLabels } : { name, label, type: 'integer', values: [] }
