import type { Changes } from '../../protocols/changes.ts'

/** How many assignments and messages a new plan of a case added, moved and cancelled, in one sentence. */
export function changesAsText({ add, move, cancel }: Changes, dryRun = false): string {
  const part = (what: string, { assignments, messages }: { assignments: unknown[]; messages: unknown[] }): string =>
    `${what} ${assignments.length} assignments and ${messages.length} messages`
  return [
    part(dryRun ? 'Would add' : 'Added', add),
    part(dryRun ? 'would move' : 'moved', move),
    part(dryRun ? 'would cancel' : 'cancelled', cancel),
  ]
    .join(', ')
    .concat('.')
}
