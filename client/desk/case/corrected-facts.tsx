import type { CaseFile } from '../api.ts'
import { offeredLanguages, useDesk } from '../shell/language.tsx'
import { useNames } from './names.tsx'
import { sexLabels } from './sex-labels.ts'

type Facts = Record<string, unknown>

const isFacts = (value: unknown): value is Facts => typeof value === 'object' && value !== null && !Array.isArray(value)

const labels = { region: 'caseRegion', birthMonths: 'fieldBirthMonth', sex: 'fieldSex', language: 'speaks', role: 'fieldRole' } as const

/** What was registered wrongly, and what it became. */
export function CorrectedFacts({ detail: { before, after } }: { detail: CaseFile['timeline'][number]['detail'] }) {
  const { say, month } = useDesk()
  const names = useNames()
  if (!isFacts(before) || !isFacts(after)) return null
  const shown = (name: string, value: unknown): string => {
    if (isFacts(value)) return Object.values(value).map(String).map(month).join(', ')
    if (typeof value !== 'string') return say('nothingThere')
    if (name === 'sex') return say(sexLabels[value] ?? 'sexOther')
    if (name === 'language') return offeredLanguages.find(({ language }) => language === value)?.name ?? value
    return name === 'role' ? names.role(value) : value
  }
  const fields = (Object.keys(labels) as (keyof typeof labels)[]).filter((name) => name in after)
  return fields.map((name) => (
    <span key={name} className="timeline-why">
      {say(labels[name])}: <span className="visually-hidden">{say('changedFrom')} </span>
      <s>{shown(name, before[name])}</s> <span aria-hidden="true">→</span> <span className="visually-hidden">{say('changedTo')} </span>
      {shown(name, after[name])}
    </span>
  ))
}
