/** Sends a draft, and sorts out what became of it. */
import { ApiFailure } from '../../ui/api.ts'
import { putDraft } from '../api.ts'
import type { Save, SavedDraft, SaveOutcome } from './draft-saver.ts'

export async function sendDraft(id: string, save: Save): Promise<SaveOutcome> {
  try {
    return { type: 'saved', revision: (await putDraft(id, save)).revision }
  } catch (error) {
    const { code, details } = error instanceof ApiFailure ? error : new ApiFailure('unexpected')
    if (code === 'draft-outdated') return { type: 'outdated', current: currentIn(details) }
    if (code === 'unreachable') return { type: 'failed', at: 'network' }
    if (mayPass.includes(code)) return { type: 'failed', at: 'server' }
    const problems = (details.problems ?? []) as { item?: string }[]
    return { type: 'refused', code, items: problems.flatMap(({ item }) => item ?? []) }
  }
}

/** What the server holds instead, out of the refusal `draft-outdated`. */
export const currentIn = ({ current }: Record<string, unknown>): SavedDraft | null => (current ?? null) as SavedDraft | null

/** What may be over in a while. */
const mayPass: string[] = ['unexpected', 'storage-full', 'storage-away', 'server-outdated']
