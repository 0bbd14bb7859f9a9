/** What stands in the way of opening a study as somebody wants it. */
import { formatReference } from '../../instruments/definition.ts'
import type { Definitions } from '../definitions/load.ts'
import { standInsOf } from '../definitions/stand-ins-of-study.ts'
import type { Study } from '../queries/studies.ts'
import { draftsOf } from './study-languages.ts'

export type StudyEntry = Pick<Study, 'id' | 'title' | 'organisation' | 'contact' | 'demonstration' | 'standInsAcceptedBy'> & {
  /** `id@version`. */
  protocol: string
  /** Where to get help at once, in place of the usual line. */
  helpLine?: string | null | undefined
  /** Names of the regions that cases can be in. */
  regions?: string[] | undefined
  /** Languages in which people may be asked although nobody has read the translation over. */
  draftsAccepted?: string[] | undefined
  /** The seed of its lots, 32 bytes, where somebody else drew it; made here unless given. Only for a protocol that allocates by lot. */
  allocationSeed?: Buffer | undefined
}

export interface StudyProblem {
  field: keyof StudyEntry
  /** For whoever has words of their own for it. */
  fault: 'study id' | 'study there' | 'no protocol' | 'stand-ins' | 'no lots' | 'seed' | 'no draft'
  /** A sentence. */
  reason: string
}

/** `isTaken`: whether there is a study of that id. Empty when nothing stands in the way. Of a protocol that is not there nothing more is told. */
export function checkStudy(definitions: Definitions, entry: StudyEntry, isTaken: boolean): StudyProblem[] {
  const { id, draftsAccepted = [] } = entry
  const problems: StudyProblem[] = []
  if (!/^[a-z][a-z0-9-]{0,39}$/.test(id))
    problems.push({
      field: 'id',
      fault: 'study id',
      reason: `"${id}" cannot be a study's id: use lower-case letters, digits and hyphens.`,
    })
  if (isTaken) problems.push({ field: 'id', fault: 'study there', reason: `There already is a study ${id}.` })
  const protocol = definitions.protocols.get(entry.protocol)
  if (!protocol) {
    const known = definitions.protocols.all().map(formatReference).join(', ')
    return [...problems, { field: 'protocol', fault: 'no protocol', reason: `There is no protocol ${entry.protocol}; there is: ${known}.` }]
  }
  const standIns = standInsOf(definitions, protocol, [])
  if (standIns.length > 0 && !entry.demonstration && !entry.standInsAcceptedBy)
    problems.push({
      field: 'standInsAcceptedBy',
      fault: 'stand-ins',
      reason: `${entry.protocol} uses stand-ins, not the real lists and norms: ${standIns.join(', ')}.`,
    })
  if (entry.allocationSeed && !protocol.allocation)
    problems.push({
      field: 'allocationSeed',
      fault: 'no lots',
      reason: `${entry.protocol} does not allocate by lot: leave the seed out.`,
    })
  const drafts = draftsOf(definitions, protocol)
  const notDrafts = draftsAccepted.filter((language) => !drafts.includes(language))
  if (notDrafts.length > 0)
    problems.push({
      field: 'draftsAccepted',
      fault: 'no draft',
      reason: `${entry.protocol} has no draft of a translation into ${notDrafts.join(', ')}; it has: ${drafts.join(', ') || 'none'}.`,
    })
  return problems
}
