/**
 * What data that are shared tell of lists that nobody answered.
 *
 * While any list is not over, which lists are and which have closed says how a family lies to the moment of the export: windows are in the
 * protocol, which anybody can read, and who gets the data knows when. So the two are told apart only once nothing is open any more.
 */
import type { Localized } from '../../../instruments/definition.ts'
import type { ExportCase } from '../../queries/export-rows.ts'
import type { Cell, Value } from '../column.ts'

/** Of an assignment: not over yet. */
const isOpen = (state: unknown): boolean => state === 'scheduled' || state === 'open' || state === 'in progress'

const unanswered = {
  value: 'unanswered',
  label: { nl: 'niet beantwoord: verlopen of nog niet afgesloten', en: 'not answered: closed, or not over yet' } satisfies Localized,
}

export class Fates {
  #open = false

  /** Each case of the export, before the first is shared. */
  add({ assignments }: Pick<ExportCase, 'assignments'>): void {
    this.#open ||= assignments.some(({ state }) => isOpen(state))
  }

  /** Whether any list in the export is not over yet. */
  get someAreOpen(): boolean {
    return this.#open
  }

  /** Whether nothing is told of a list but that it has no answers; so neither when it was begun. */
  isHidden(state: unknown): boolean {
    return isOpen(state) || (this.#open && state === 'expired')
  }

  cell(state: Cell): Cell {
    return this.isHidden(state) ? unanswered.value : state
  }

  /** Of the column. */
  values(values: Value[]): Value[] {
    const told = values.filter(({ value }) => !this.isHidden(value))
    return this.#open ? [unanswered, ...told] : told
  }
}
