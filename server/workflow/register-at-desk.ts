/** One case that somebody enters at the desk, with what people said on paper. */
import { type Reach, reaches } from '../access/roles.ts'
import type { Context } from '../context.ts'
import { logAccess } from '../queries/access-log.ts'
import { Refusal } from '../refusal.ts'
import type { CaseEntry, EntryProblem, ParticipantEntry } from './check-case.ts'
import { consentsFor } from './give-consent.ts'
import { needStudy } from './open-study.ts'
import { accessEntry } from './record-access.ts'
import { recordConsentWithin } from './record-consent.ts'
import { registerCases, registrationProblems } from './register-cases.ts'
import type { SignedIn } from './sign-in.ts'

export interface DeskCase extends CaseEntry {
  participants: (ParticipantEntry & {
    /** What they said on paper, by purpose. */
    consents?: Record<string, boolean> | undefined
  })[]
}

/**
 * Refuses with `case-invalid`, and registers nothing, while anything is wrong. `within`: where cases may be registered.
 * Case, consents and the line in the access log are written together: nobody who refused on paper is ever there without that.
 */
export async function registerAtDesk(
  context: Context,
  studyId: string,
  { member: { id: staffId } }: Pick<SignedIn, 'member'>,
  within: Reach,
  entry: DeskCase,
): Promise<{ code: string; arm: string }> {
  const { study, protocol } = await needStudy(context, studyId)
  const problems = [
    ...(await registrationProblems(context, study, protocol, [entry])),
    ...outOfReach(within, entry),
    ...entry.participants.flatMap(({ role, consents = {} }, participant): EntryProblem[] => {
      const asked = consentsFor(protocol, role).map(({ purpose }) => purpose)
      return Object.keys(consents)
        .filter((purpose) => !asked.includes(purpose))
        .map((purpose) => ({
          field: `consents.${purpose}`,
          participant,
          fault: 'unknown' as const,
          details: { known: asked },
          reason: `the role is asked about: ${asked.join(', ') || 'nothing'}`,
        }))
    }),
  ]
  if (problems.length > 0) throw new Refusal('case-invalid', { problems })
  const registration = await registerCases(context, study, [entry], {
    async alongside(tx, { cases }) {
      const { code } = entry
      const caseId = cases.get(code)
      if (caseId === undefined) throw new RangeError(`${code} was registered without an id`)
      await logAccess(tx, accessEntry(context.clock.now(), { staffId, action: 'registered case', outcome: 'allowed', studyId, caseId }))
      for (const { role, number, ...said } of saidOnPaper(entry))
        await recordConsentWithin(tx, context, { study, protocol, caseId, code }, { role, number }, said, {
          staff: staffId,
          why: 'on paper',
          atRegistration: true,
        })
    },
  })
  if (registration.problems.length > 0) throw new Refusal('case-invalid', { problems: registration.problems })
  return { code: entry.code, arm: registration.arms.get(entry.code) ?? entry.arm }
}

/** A case of a region where whoever enters it may not register. */
export const outOfReach = (within: Reach, { region }: Pick<CaseEntry, 'region'>): EntryProblem[] =>
  reaches(within, region ?? null)
    ? []
    : [
        {
          field: 'region',
          fault: 'out of reach',
          details: { known: [within ?? []].flat() },
          reason: `this account registers cases in: ${[within ?? []].flat().join(', ')}`,
        },
      ]

/** Each answer, with who gave it as the case numbers its people. */
const saidOnPaper = ({ participants }: DeskCase) =>
  participants.flatMap(({ role, consents = {} }, index) => {
    const number = participants.slice(0, index + 1).filter((other) => other.role === role).length
    return Object.entries(consents).map(([purpose, given]) => ({ role, number, purpose, given }))
  })
