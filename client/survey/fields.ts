/** What stands in text fields where that is not simply the answer, and what is wrong with it. */
import { moveUp } from './asked-items.ts'
import type { ItemProblem } from './view.ts'

export interface Fields {
  typed: ReadonlyMap<string, string>
  /** The problem that the reader sees. */
  problem(name: string): ItemProblem | null
  /** Something stands in a field, with or without a problem: one that was shown for the text before stays in sight. */
  type(name: string, text: string, problem: ItemProblem | null): void
  /** Whether there is a problem now that was not seen before. */
  leave(name: string): boolean
  /** Shows what is wrong with any of these; whether anything is. */
  show(names: string[]): boolean
  refuse(names: string[]): void
  /** There is an answer, so that nothing is wrong any more. */
  settle(name: string): void
  /** What stands in a field is the answer again. */
  forget(name: string): void
  clear(): void
  /** Record `gone` of a group is no more: what belongs to those after it moves along. */
  removeRecord(group: string, gone: number): void
}

export function createFields(): Fields {
  const typed = new Map<string, string>()
  const problems = new Map<string, { problem: ItemProblem; isShown: boolean }>()
  return {
    typed,
    problem(name) {
      const found = problems.get(name)
      return found?.isShown ? found.problem : null
    },
    type(name, text, problem) {
      const isShown = problems.get(name)?.isShown === true
      typed.set(name, text)
      if (problem) problems.set(name, { problem, isShown })
      else problems.delete(name)
    },
    leave(name) {
      const found = problems.get(name)
      if (!found || found.isShown) return false
      found.isShown = true
      return true
    },
    show(names) {
      const found = names.flatMap((name) => problems.get(name) ?? [])
      for (const problem of found) problem.isShown = true
      return found.length > 0
    },
    refuse(names) {
      for (const name of names) problems.set(name, { problem: { code: 'refused' }, isShown: true })
    },
    settle: (name) => void problems.delete(name),
    forget(name) {
      problems.delete(name)
      typed.delete(name)
    },
    clear() {
      typed.clear()
      problems.clear()
    },
    removeRecord(group, gone) {
      moveUp(typed, group, gone)
      moveUp(problems, group, gone)
    },
  }
}
