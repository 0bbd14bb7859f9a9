/** Going over to another version: what changes is shown first, then it is done, for a reason. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { studyQuery } from '../queries.ts'
import { useDesk } from '../shell/language.tsx'
import { useStudy } from '../shell/study.tsx'
import { lookAtVersion } from '../work/api.ts'
import { Work } from '../work/work.tsx'
import { definitionsQuery } from './api.ts'

export function Adopt() {
  const { say } = useDesk()
  const { id } = useStudy()
  const { data: definitions } = useQuery(definitionsQuery(id))
  const { data: study } = useQuery(studyQuery(id))
  const now = study?.protocol.reference
  const asked = definitions?.instruments.map(({ reference }) => reference) ?? []
  const versions = [
    ...(definitions?.protocols.map(({ reference }) => reference) ?? []),
    ...(definitions?.instruments.filter(({ isAsked }) => isAsked).flatMap((one) => one.versions) ?? []),
  ].filter((reference) => reference !== now && !asked.includes(reference))
  const [chosen, setChosen] = useState('')
  const [day, setDay] = useState('')
  const entry = { reference: chosen || (versions[0] ?? ''), from: day || (study?.now ?? '').slice(0, 10) }
  return (
    <section className="section" aria-labelledby="adopt">
      <h2 id="adopt">{say('protocolAdopt')}</h2>
      {versions.length === 0 ? <p className="alert">{say('protocolAdoptNone')}</p> : <p>{say('protocolAdoptLead')}</p>}
      <Work
        kind="adopt"
        look={versions.length === 0 ? null : () => lookAtVersion(id, entry)}
        fields={(changed) => (
          <div className="filters">
            <label className="field">
              {say('protocolAdoptVersion')}
              <select
                value={entry.reference}
                onChange={({ target }) => {
                  setChosen(target.value)
                  changed()
                }}
              >
                {versions.map((reference) => (
                  <option key={reference}>{reference}</option>
                ))}
              </select>
            </label>
            <label className="field">
              {say('protocolAdoptFrom')}
              <input
                type="date"
                required
                value={entry.from}
                onChange={({ target }) => {
                  setDay(target.value)
                  changed()
                }}
              />
            </label>
          </div>
        )}
      />
    </section>
  )
}
