/** What staff change about a study itself: how it is called, who asks, where to get help, its regions, how long contact data stay. */
import type { Context } from '../context.ts'
import { recordEvent } from '../queries/events.ts'
import { removeSetting } from '../queries/settings.ts'
import { findStudy, type Study, updateStudy } from '../queries/studies.ts'
import { Refusal } from '../refusal.ts'
import { lookedAtContact } from './remove-contact-in-time.ts'
import type { Told } from './told.ts'

export type StudyChange = Partial<Pick<Study, 'title' | 'organisation' | 'contact' | 'helpLine' | 'regions' | 'contactMonths'>>

/** Changes what differs; the event has both, from and to. Nothing is written where nothing differs. Returns the names of what changed. */
export async function changeStudy(
  { stores, clock }: Pick<Context, 'stores' | 'clock'>,
  studyId: string,
  wanted: StudyChange,
  told: Told,
): Promise<string[]> {
  return await stores.study.withTx(async (tx) => {
    const study = await findStudy(tx, studyId)
    if (!study) throw new Refusal('not-found')
    const entries = Object.entries(wanted) as [keyof StudyChange, unknown][]
    const changed = entries.filter(([name, value]) => JSON.stringify(study[name]) !== JSON.stringify(value))
    if (changed.length === 0) return []
    await updateStudy(tx, studyId, Object.fromEntries(changed))
    const detail = Object.fromEntries(changed.map(([name, to]) => [name, { from: study[name], to }]))
    await recordEvent(tx, { at: clock.now(), studyId, kind: 'study changed', detail: { ...detail, ...told } })
    // How long contact data stay counts from today on.
    if (changed.some(([name]) => name === 'contactMonths')) await removeSetting(tx, lookedAtContact(studyId))
    return changed.map(([name]) => name)
  })
}
