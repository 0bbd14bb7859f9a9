/** Going over to another version, at the desk: the same work as `nameting adopt`, for a study that is not too large to wait for. */
import type { Context } from '../context.ts'
import { Failure } from '../failure.ts'
import { casesAfter } from '../queries/waiting-cases.ts'
import { Refusal } from '../refusal.ts'
import { type AdoptionPreview, adoptVersion, previewAdoption } from './adopt-version.ts'
import { needStudy } from './open-study.ts'
import type { Told } from './told.ts'

/** So many cases at most: each is planned twice while somebody waits. The command takes any number. */
export const adoptionLimit = 2_000

interface Entry {
  /** `id@version`. */
  reference: string
  /** `YYYY-MM-DD`. */
  from: string
}

/** Refuses with `not-possible` and says why, when the study may not. */
export const previewAtDesk = (context: Context, studyId: string, entry: Entry): Promise<AdoptionPreview> =>
  refusing(async () => previewAdoption(context, await needSmall(context, studyId), entry))

export const adoptAtDesk = (context: Context, studyId: string, entry: Entry, told: Told): Promise<{ replanned: number }> =>
  refusing(async () => adoptVersion(context, await needSmall(context, studyId), entry, told))

async function needSmall(context: Context, studyId: string) {
  const { study } = await needStudy(context, studyId)
  const cases = await casesAfter(context.stores.study.read, studyId, '')
  if (cases > adoptionLimit) throw new Refusal('not-possible', { fault: 'too-many-cases', cases, limit: adoptionLimit })
  return study
}

async function refusing<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (reason) {
    if (reason instanceof Failure) throw new Refusal('not-possible', { fault: reason.code ?? 'version', why: reason.message })
    throw reason
  }
}
