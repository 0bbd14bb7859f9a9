/** Going over to another version: what changes is shown first, then it is done, for a reason. */
import { useQuery } from '@tanstack/react-query'
import { studyQuery } from '../queries.ts'
import { useInAddress } from '../shell/in-address.ts'
import { useDesk } from '../shell/language.tsx'
import { useStudy } from '../shell/study.tsx'
import { lookAtVersion } from '../work/api.ts'
import { Work } from '../work/work.tsx'
import { definitionsQuery } from './api.ts'

/** The other ones of these versions, which stand oldest first. */
const besidesNow = (versions: string[], now: string | undefined): { reference: string; isNewer: boolean }[] =>
  versions
    .map((reference, index) => ({ reference, isNewer: index > versions.indexOf(now ?? '') }))
    .filter(({ reference }) => reference !== now)

export function Adopt() {
  const { say } = useDesk()
  const { id } = useStudy()
  const { data: definitions } = useQuery(definitionsQuery(id))
  const { data: study } = useQuery(studyQuery(id))
  const now = study?.protocol.reference
  const protocols = definitions?.protocols.map(({ reference }) => reference) ?? []
  const versions = [
    ...besidesNow(protocols, now),
    ...(definitions?.instruments.filter(({ isAsked }) => isAsked).flatMap((one) => besidesNow(one.versions, one.reference)) ?? []),
  ]
  const [wanted, setWanted] = useInAddress('adopt')
  const [day, setDay] = useInAddress('from')
  const isOffered = versions.some(({ reference }) => reference === wanted)
  const entry = { reference: isOffered ? (wanted ?? '') : '', from: day ?? study?.today ?? '' }
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
                required
                value={entry.reference}
                onChange={({ target }) => {
                  setWanted(target.value || null)
                  changed()
                }}
              >
                <option value="">{say('protocolAdoptChoose')}</option>
                {versions.map(({ reference, isNewer }) => (
                  <option key={reference} value={reference}>
                    {reference} ({say(isNewer ? 'protocolAdoptNewer' : 'protocolAdoptOlder')})
                  </option>
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
                  setDay(target.value || null)
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
