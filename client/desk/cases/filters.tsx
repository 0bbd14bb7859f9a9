import type { ReactNode } from 'react'
import { navigate } from '../../ui/navigation.ts'
import { wordsIn } from '../../ui/words.ts'
import type { Study } from '../api.ts'
import { useDesk } from '../shell/language.tsx'
import { useStudy } from '../shell/study.tsx'
import { titleOf } from '../shell/title-of.tsx'
import { type CaseChoice, searchOf } from './api.ts'
import { familyLabels } from './figure-labels.ts'
import { stateLabels } from './state-labels.ts'

/** Orders, as the address says them: the sort, and whether it is turned. */
const orders = {
  registered: 'sortRegistered',
  'registered turned': 'sortRegisteredTurned',
  code: 'sortCode',
  next: 'sortNext',
  last: 'sortLast',
  'last turned': 'sortLastTurned',
} as const

/** What can be chosen from a list of cases; every choice is in the address. */
export function Filters({ choice, study }: { choice: CaseChoice; study: Study }) {
  const { say, language } = useDesk()
  const address = useStudy().at('/cases')
  const choose = (change: CaseChoice) => navigate(`${address}${searchOf({ ...choice, ...change })}`, { replace: true })
  const named = (list: Parameters<typeof titleOf>[0]) => list.map(({ id }) => ({ id, label: wordsIn(titleOf(list, id), language).text }))
  const order = `${choice.sort ?? 'registered'}${choice.turned ? ' turned' : ''}`
  return (
    <search className="filters">
      <label className="field field-wide">
        {say('casesSearch')}
        <input type="search" value={choice.search ?? ''} onChange={({ target }) => choose({ search: target.value })} />
      </label>
      <Choice label={say('casesState')} value={choice.state} choose={(state) => choose({ state })}>
        {Object.entries(stateLabels).map(([state, label]) => (
          <option key={state} value={state}>
            {say(label)}
          </option>
        ))}
      </Choice>
      <Choice label={say('casesWave')} value={choice.wave} choose={(wave) => choose({ wave, role: '', list: '', figure: '', reason: '' })}>
        {study.waves.map(({ id }) => (
          <option key={id}>{id}</option>
        ))}
      </Choice>
      <Choice label={say('casesArm')} value={choice.arm} choose={(arm) => choose({ arm })}>
        {named(study.arms).map(({ id, label }) => (
          <option key={id} value={id}>
            {label}
          </option>
        ))}
      </Choice>
      {study.cohorts.length > 1 && (
        <Choice label={say('casesCohort')} value={choice.cohort} choose={(cohort) => choose({ cohort })}>
          {named(study.cohorts).map(({ id, label }) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </Choice>
      )}
      {study.regions.length > 0 && (
        <Choice label={say('casesRegion')} value={choice.region} choose={(region) => choose({ region })}>
          {study.regions.map((region) => (
            <option key={region}>{region}</option>
          ))}
        </Choice>
      )}
      <Choice label={say('casesFamily')} value={choice.family} choose={(family) => choose({ family })}>
        {Object.entries(familyLabels).map(([family, label]) => (
          <option key={family} value={family}>
            {say(label)}
          </option>
        ))}
      </Choice>
      <label className="field">
        {say('casesSort')}
        <select
          value={order}
          onChange={({ target }) => {
            const [sort = '', turned] = target.value.split(' ')
            choose({ sort: sort === 'registered' ? '' : sort, turned: turned ? 'yes' : '' })
          }}
        >
          {Object.entries(orders).map(([value, label]) => (
            <option key={value} value={value}>
              {say(label)}
            </option>
          ))}
        </select>
      </label>
    </search>
  )
}

interface ChoiceProps {
  label: string
  value: string | undefined
  choose(value: string): void
  children: ReactNode
}

/** One of a few, or all. */
export function Choice({ label, value, choose, children }: ChoiceProps) {
  const { say } = useDesk()
  return (
    <label className="field">
      {label}
      <select value={value ?? ''} onChange={({ target }) => choose(target.value)}>
        <option value="">{say('all')}</option>
        {children}
      </select>
    </label>
  )
}
