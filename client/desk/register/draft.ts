/** What somebody is entering of a family, as the fields hold it, and as the server takes it. Pure. */
import type { EnteredCase, EnteredPerson } from './api.ts'

export interface PersonDraft {
  /** Tells people apart while they are entered. */
  key: number
  role: string
  name: string
  email: string
  /** Has no mail address, said on purpose; what was typed as one counts for nothing then. */
  withoutMail: boolean
  telephone: string
  language: string
  sex: string
  /** `yes`, `no` or empty, by purpose. */
  consents: Record<string, string>
}

export interface CaseDraft {
  code: string
  cohort: string
  arm: string
  region: string
  child: string
  others: string
  anchors: Record<string, string>
  people: PersonDraft[]
}

export const newPerson = (key: number, role: string, language: string): PersonDraft => ({
  key,
  role,
  name: '',
  email: '',
  withoutMail: false,
  telephone: '',
  language,
  sex: '',
  consents: {},
})

/** Begins with one person in the first role; what there is only one of is chosen already. */
export function newCase(study: { cohorts: { id: string }[]; roles: { id: string }[]; languages: string[] }): CaseDraft {
  const [role] = study.roles
  const [language = 'nl'] = study.languages
  return {
    code: '',
    cohort: study.cohorts.length === 1 ? (study.cohorts[0]?.id ?? '') : '',
    arm: '',
    region: '',
    child: '',
    others: '',
    anchors: {},
    people: [newPerson(0, role?.id ?? '', language)],
  }
}

/** What is empty is left out: it is not known. */
export function enteredCase({ code, cohort, arm, region, child, others, anchors, people }: CaseDraft): EnteredCase {
  const months = others.split(/[\s,;]+/).filter(Boolean)
  return {
    code: code.trim(),
    cohort,
    arm,
    ...(region.trim() && { region: region.trim() }),
    ...(child.trim() && { childBirthMonth: child.trim() }),
    ...(months.length > 0 && { otherChildBirthMonths: months }),
    anchors: Object.fromEntries(Object.entries(anchors).filter(([, date]) => date !== '')),
    participants: people.map(enteredPerson),
  }
}

function enteredPerson({ role, name, email, withoutMail, telephone, language, sex, consents }: PersonDraft): EnteredPerson {
  const said = Object.entries(consents).filter(([, answer]) => answer !== '')
  return {
    role,
    name: name.trim(),
    ...(withoutMail ? { withoutMail } : email.trim() && { email: email.trim() }),
    ...(telephone.trim() && { telephone: telephone.trim() }),
    language,
    ...(sex && { sex }),
    ...(said.length > 0 && { consents: Object.fromEntries(said.map(([purpose, answer]) => [purpose, answer === 'yes'])) }),
  }
}
